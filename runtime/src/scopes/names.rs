//! Enums of scopes: the derive, and the error for a text that is no variant's name.

use std::fmt;

/// Makes an enum a set of scopes: each variant is one scope, and its documentation is the scope's description.
///
/// ```
/// use axum_scopes::{Depends, Flows, OAuth2Scheme, Tree, scopes::ScopeNames, security, verified};
///
/// #[derive(Clone, Copy, Debug, PartialEq, ScopeNames)]
/// enum ApiScope {
///     /// Read items.
///     #[scope("items:read")]
///     ItemsRead,
///     /// Read information about the current user.
///     Me,
/// }
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = ApiScope::SCOPES;
/// }
///
/// #[security(scopes = [ApiScope::ItemsRead])]
/// async fn read_items(_: Depends<verified<Api>>) {}
///
/// assert_eq!(Api::SCOPES[1], ("me", "Read information about the current user."));
/// assert!(Tree::of::<read_items>().to_string().starts_with("read_items [items:read]"));
/// assert_eq!("items:read".parse(), Ok(ApiScope::ItemsRead));
/// assert_eq!(ApiScope::Me.to_string(), "me");
/// ```
pub use axum_scopes_macros::ScopeNames;

/// The error of a text that is the name of no scope. It does not hold the text, which may come from a client.
///
/// ```
/// use axum_scopes::scopes::{ScopeNames, UnknownScope};
///
/// #[derive(Debug, PartialEq, ScopeNames)]
/// enum ApiScope {
///     Me,
/// }
///
/// assert_eq!("ME".parse::<ApiScope>(), Err(UnknownScope::default()));
/// assert_eq!(UnknownScope::default().to_string(), "unknown scope");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownScope;

impl fmt::Display for UnknownScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown scope")
    }
}

impl std::error::Error for UnknownScope {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_scope_is_not_shown() {
        assert_eq!(UnknownScope.to_string(), "unknown scope");
    }
}
