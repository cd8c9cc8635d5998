//! The cost of templates, and of challenges that name scopes where there is no credential.

use axum_scopes::scheme::ErrorStyle;

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

fn cost(handler: MethodRouter, token: &str, status: u16) -> AllocationInfo {
    let app = Router::new().route("/{name}", handler);
    let mut cost = AllocationInfo::default();
    for _ in 0..3 {
        let request = Request::get("/x").header("authorization", token).body(Body::empty()).unwrap();
        cost = measure(|| {
            let answer = now(tower::ServiceExt::oneshot(app.clone(), request)).unwrap();
            assert_eq!(answer.status(), status);
        });
    }
    cost
}

fn count(handler: MethodRouter) -> u64 {
    cost(handler, "Bearer t", 200).count_total
}

#[test]
fn any_number_of_templates_cost_one_allocation() {
    let constant = count(get(constant));
    assert_eq!((count(get(one)), count(get(several))), (constant + 1, constant + 1));
}

struct Rfc6750;

impl OAuth2Scheme for Rfc6750 {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("first", ""), ("second", "")];
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

#[security]
async fn nobody(required: SecurityScopes, _: Bearer<Rfc6750>) -> Result<(), AuthError> {
    Err(required.unauthorized("Could not validate credentials"))
}

#[security]
async fn unscoped(_: Depends<nobody>) {}

#[security(scopes = ["first", "second"])]
async fn scoped(_: Depends<nobody>) {}

#[test]
fn scopes_add_no_allocation_to_a_challenge() {
    for token in ["", "Bearer x"] {
        let [unscoped, scoped] = [get(unscoped), get(scoped)].map(|handler| cost(handler, token, 401));
        assert_eq!((unscoped.count_total, unscoped.bytes_total), (scoped.count_total, scoped.bytes_total), "{token}");
    }
}
