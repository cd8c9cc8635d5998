//! What templates add to a request.

use super::*;

struct Repositories;

impl OAuth2Scheme for Repositories {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("a:{name}", ""), ("b:{name}", ""), ("c", "")];
}

#[security]
async fn enforcer(required: SecurityScopes, _: Bearer<Repositories>) -> Result<(), AuthError> {
    required.check(&["a:x", "b:x", "c"])
}

#[security(scopes = ["c"])]
async fn constant(_: Depends<enforcer>) {}

#[security(scopes = ["a:{name}"])]
async fn one(_: Depends<enforcer>) {}

#[security(scopes = [any("a:{name}", "c"), "b:{name}"])]
async fn several(_: Depends<enforcer>) {}

fn count(handler: MethodRouter) -> u64 {
    let app = Router::new().route("/{name}", handler);
    let mut count = 0;
    for _ in 0..3 {
        let request = Request::get("/x").header("authorization", "Bearer t").body(Body::empty()).unwrap();
        let request = measure(|| {
            let answer = now(tower::ServiceExt::oneshot(app.clone(), request)).unwrap();
            assert_eq!(answer.status(), 200);
        });
        count = request.count_total;
    }
    count
}

#[test]
fn any_number_of_templates_cost_one_allocation() {
    let constant = count(get(constant));
    assert_eq!((count(get(one)), count(get(several))), (constant + 1, constant + 1));
}
