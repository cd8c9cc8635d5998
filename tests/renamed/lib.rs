//! A service that knows the crate by another name: `#[security(crate = scopes)]`.
#![allow(unused_qualifications, reason = "`depends(…)` names `scopes::private::Depends` at the user's token")]

use axum::{Router, routing::get};
use scopes::{AuthError, Bearer, Depends, Flows, OAuth2Scheme, RequiredScopes, Scopes, SecurityScopes, security};

/// The scheme.
#[derive(Debug)]
pub struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", "Read me."), ("items", "Read items.")];
}

/// The token is the list of granted scopes.
///
/// # Errors
///
/// If one that is required is not in it.
#[security(crate = scopes, cache)]
pub async fn find_user(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<String, AuthError> {
    required.check(&Scopes::from(token.as_str()))?;
    Ok("joe".to_owned())
}

/// Everything that the attribute writes, in one signature.
#[security(crate = scopes, scopes = ["items"], depends(find_user))]
pub async fn read_items(
    #[security(scopes = ["me"])] Depends(user): Depends<find_user>,
    required: RequiredScopes,
) -> String {
    format!("{user} {}", required.scope_str())
}

/// The routes.
pub fn router() -> Router {
    Router::new().route("/items", get(read_items))
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "tests")]
mod tests {
    use axum::{
        body::{Body, to_bytes},
        extract::Request,
    };
    use tower::ServiceExt;

    async fn send(token: &str) -> (u16, String) {
        let request = Request::get("/items").header("authorization", format!("Bearer {token}"));
        let request = request.body(Body::empty()).expect("a request");
        let response = super::router().oneshot(request).await.expect("a response");
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    #[tokio::test]
    async fn a_renamed_dependency_works_like_any_other() {
        assert_eq!(send("items me").await, (200, "joe items".to_owned()));
        assert_eq!(send("items").await.0, 401);
    }
}
