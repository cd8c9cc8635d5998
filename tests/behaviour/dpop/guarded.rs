//! A guard and a handler that both verify the token use its proof once.

use axum_scopes::guard;

use super::*;

#[tokio::test]
async fn a_proof_is_one_use_for_all_verifiers_of_a_request() {
    let verifier = verifier(dpop());
    let guard = guard!(scopes = ["items"], depends(verified<Api, Verifier>)).with_state(verifier.clone());
    let router = Router::new().route("/items", get(items)).route("/twice", get(twice)).with_state(verifier);
    let app = App::new(guard.protect(router));
    let token = bound("items");
    for path in ["/items", "/twice"] {
        let once = proof(path, &token).sign();
        assert_eq!(show(&app, path, &token, &[once.clone()]).await.status(), 200, "{path}");
        // It is one use, but not for another request.
        assert_eq!(show(&app, path, &token, &[once]).await.status(), 401, "{path}");
    }
}

#[security]
async fn twice(
    Depends(one): Depends<verified<Api, Verifier>>,
    Depends(two): Depends<verified<Plain, Verifier>>,
) -> String {
    format!("{} {}", one.sub, two.sub)
}
