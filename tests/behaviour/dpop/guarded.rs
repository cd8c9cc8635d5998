//! A guard and a handler that both verify the token use its proof once.

use std::time::Duration;

use axum_scopes::{connection::Lease, credential::AccessToken, guard};
use tokio::time::timeout;

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
        assert_eq!(show(&app, path, &token, std::slice::from_ref(&once)).await.status(), 200, "{path}");
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

/// Tells whether a connection is still open after its token was verified again.
#[security(scopes = ["items"])]
async fn connection(
    Depends(claims): Depends<verified<Api, Verifier>>,
    token: AccessToken<Api>,
    State(verifier): State<Verifier>,
) -> String {
    let mut lease = Lease::of(&claims).verify_again(Duration::from_secs(1), &verifier, &token.presented());
    match timeout(Duration::from_millis(2500), lease.ended()).await {
        Ok(ended) => format!("{ended:?}"),
        Err(_) => "open".to_owned(),
    }
}

#[tokio::test]
async fn a_connection_of_a_bound_token_needs_no_second_proof() {
    let app = App::new(Router::new().route("/items", get(connection)).with_state(verifier(dpop())));
    let token = bound("items");
    let answer = show(&app, "/items", &token, &[proof("/items", &token).sign()]).await;
    assert_eq!((answer.status(), answer.text()), (200, "open"));
}
