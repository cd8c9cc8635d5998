//! A service that knows the crate by another name: `#[security(crate = scopes)]`.
#![allow(unused_qualifications, reason = "`depends(…)` names `scopes::private::Depends` at the user's token")]

use axum::{Router, routing::get};
use scopes::{
    AuthError, Bearer, Depends, Flows, OAuth2Scheme, RequiredScopes, Scopes, SecurityScopes, scopes::ScopeNames,
    security,
};

/// The scheme.
#[derive(Debug)]
pub struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = ApiScope::SCOPES;
}

/// Its scopes.
#[derive(Debug, ScopeNames)]
#[scope(crate = scopes)]
pub enum ApiScope {
    /// Read me.
    Me,
    /// Read items.
    Items,
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
#[security(crate = scopes, scopes = [ApiScope::Items], depends(find_user))]
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
mod tests {
    use axum_scopes_test_support::App;

    #[tokio::test]
    async fn a_renamed_dependency_works_like_any_other() {
        let app = App::new(super::router());
        assert_eq!(app.get("/items").bearer("items me").await, (200, None, "joe items"));
        assert_eq!(app.get("/items").bearer("items").await.status(), 401);
    }
}
