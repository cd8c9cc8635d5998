//! Tokens as requests present them, and their sources.

use std::fmt;

use crate::{
    credential::{
        api_key::{ApiKeyCookie, ApiKeyHeader, ApiKeyQuery},
        bearer::{Bearer, HttpBearer},
    },
    scheme::{api_key::ApiKeyScheme, http::HttpBearerScheme, oauth2::OAuth2Scheme},
    tree::{describe::Describe, node::Kind},
};

/// A token as a request presents it. `Debug` does not show the token.
///
/// ```
/// use axum_scopes::credential::{Presented, PresentedAs};
///
/// let presented = Presented::new("mF_9.B5f-4.1JqM", PresentedAs::Bearer);
/// assert_eq!(presented.token(), "mF_9.B5f-4.1JqM");
/// assert_eq!(format!("{presented:?}"), "Presented(Bearer, [redacted])");
/// ```
#[derive(Clone, Copy)]
pub struct Presented<'a> {
    token: &'a str,
    how: PresentedAs,
}

/// The place in a request where a token stands (RFC 6750 §2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PresentedAs {
    /// In the header `Authorization`, behind `Bearer`.
    Bearer,
    /// In a header of its own.
    Header,
    /// In the query, which ends up in logs.
    Query,
    /// In a cookie, which a browser also sends with requests that another site makes.
    Cookie,
}

impl<'a> Presented<'a> {
    /// A token from this place.
    #[must_use]
    pub const fn new(token: &'a str, how: PresentedAs) -> Self {
        Self { token, how }
    }

    /// The token, which nobody has verified.
    #[must_use]
    pub const fn token(&self) -> &'a str {
        self.token
    }

    /// The place where it stands.
    #[must_use]
    pub const fn how(&self) -> PresentedAs {
        self.how
    }
}

impl fmt::Debug for Presented<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Presented({:?}, [redacted])", self.how)
    }
}

/// A source of tokens: an OAuth2 scheme, whose tokens are bearer tokens, or one of the extractors [`Bearer`],
/// [`HttpBearer`], [`ApiKeyHeader`], [`ApiKeyQuery`] and [`ApiKeyCookie`].
///
/// Implement it for an extractor of your own, so that [`verified`](crate::verified) takes tokens from there:
///
/// ```
/// use axum::{extract::FromRequestParts, http::request::Parts};
/// use axum_scopes::{
///     AuthError, Depends, credential::{Presented, PresentedAs, TokenSource}, scheme::SchemeInfo, security,
///     tree::{Describe, Node}, verified,
/// };
///
/// /// A token in the subprotocols of a WebSocket, where browsers cannot send `Authorization`.
/// struct SubprotocolToken(String);
///
/// impl<S: Sync> FromRequestParts<S> for SubprotocolToken {
///     type Rejection = AuthError;
///
///     async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AuthError> {
///         let offered = parts.headers.get("sec-websocket-protocol").and_then(|value| value.to_str().ok());
///         let mut offered = offered.unwrap_or_default().split(',').map(str::trim);
///         let token = offered.find_map(|name| name.strip_prefix("bearer."));
///         let refused = AuthError::no_credential::<Self>;
///         token.map(|token| Self(token.to_owned())).ok_or_else(refused)
///     }
/// }
///
/// impl Describe for SubprotocolToken {
///     const NODE: &'static Node =
///         &Node::scheme(&SchemeInfo::new("SubprotocolToken").with_scopes(&[("chat", "Read and write messages.")]));
/// }
///
/// impl TokenSource for SubprotocolToken {
///     type Extractor = Self;
///
///     fn presented(SubprotocolToken(token): &Self) -> Presented<'_> {
///         Presented::new(token, PresentedAs::Header)
///     }
/// }
///
/// #[security(scopes = ["chat"])]
/// async fn chat(Depends(claims): Depends<verified<SubprotocolToken>>) -> String {
///     claims.sub.to_string()
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no source of tokens",
    label = "expected an OAuth2 scheme, or an extractor such as `ApiKeyCookie<…>`",
    note = "declare a scheme: `impl OAuth2Scheme for {Self} {{ const FLOWS: Flows = …; const SCOPES: &[(&str, &str)] = …; }}`",
    note = "for an API key scheme, name its extractor, as in `verified<ApiKeyCookie<{Self}>>`"
)]
pub trait TokenSource: 'static {
    /// The extractor that reads the credential of one scheme. Any other does not compile in [`verified`](crate::verified):
    ///
    /// ```compile_fail
    /// # use axum_scopes::{ApiKeyHeader, ApiKeyScheme, Depends, security, verified};
    /// # use axum_scopes::credential::{Presented, PresentedAs, TokenSource};
    /// # struct Key;
    /// # impl ApiKeyScheme for Key {
    /// #     const NAME: &str = "Key";
    /// #     const PARAMETER: &str = "x-key";
    /// # }
    /// struct Perhaps;
    ///
    /// impl TokenSource for Perhaps {
    ///     type Extractor = Option<ApiKeyHeader<Key>>;
    ///     # fn presented(key: &Option<ApiKeyHeader<Key>>) -> Presented<'_> {
    ///     #     Presented::new(key.as_ref().map_or("", |ApiKeyHeader(key)| key.as_str()), PresentedAs::Header)
    ///     # }
    /// }
    ///
    /// #[security]
    /// async fn read_items(_: Depends<verified<Perhaps>>) {}
    /// # let _ = axum::Router::<axum_scopes::TokenVerifier>::new().route("/", axum::routing::get(read_items));
    /// ```
    type Extractor: Describe + Send + 'static;

    /// The token in the credential.
    fn presented(credential: &Self::Extractor) -> Presented<'_>;
}

/// Compiles only if the extractor of `S` reads a credential that must be there: what decides is then in trees and documents.
pub(crate) const fn reads_one_scheme<S: TokenSource>() {
    assert!(
        matches!(S::Extractor::NODE.kind, Kind::Scheme(_)),
        "the extractor of a token source reads the credential of one scheme; its node is `Node::scheme(…)`"
    );
}

// So that the message speaks of sources, of which a scheme is one.
#[diagnostic::do_not_recommend]
impl<S: OAuth2Scheme> TokenSource for S {
    type Extractor = Bearer<S>;

    fn presented(Bearer(token): &Bearer<S>) -> Presented<'_> {
        Presented::new(token.as_str(), PresentedAs::Bearer)
    }
}

macro_rules! sources {
    ($($Extractor:ident<$Trait:ident>: $how:ident),* $(,)?) => {
        $(impl<S: $Trait> TokenSource for $Extractor<S> {
            type Extractor = Self;

            fn presented($Extractor(token): &Self) -> Presented<'_> {
                Presented::new(token.as_str(), PresentedAs::$how)
            }
        })*
    };
}

sources!(
    Bearer<OAuth2Scheme>: Bearer,
    HttpBearer<HttpBearerScheme>: Bearer,
    ApiKeyHeader<ApiKeyScheme>: Header,
    ApiKeyQuery<ApiKeyScheme>: Query,
    ApiKeyCookie<ApiKeyScheme>: Cookie,
);
