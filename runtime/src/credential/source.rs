//! Sources of tokens: from an extractor to the token that it has read.

use crate::{
    credential::{
        access_token::AccessToken,
        api_key::{ApiKeyCookie, ApiKeyHeader, ApiKeyQuery},
        bearer::{Bearer, HttpBearer},
        presented::{Presented, PresentedAs},
    },
    scheme::{api_key::ApiKeyScheme, http::HttpBearerScheme, oauth2::OAuth2Scheme, sender::Sender},
    tree::{describe::Describe, node::Kind},
};

/// A source of tokens: an OAuth2 scheme, whose tokens are read by [`AccessToken`], or one of the extractors [`Bearer`],
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

    /// What the scheme asks of the senders of its tokens. [`verified`](crate::verified) then needs a verifier that confirms them.
    ///
    /// A verifier that does not confirm them does not compile there:
    ///
    /// ```compile_fail
    /// # use axum_scopes::{Depends, Flows, OAuth2Scheme, TokenVerifier, scheme::Sender, security, verified};
    /// # struct Bank;
    /// # impl OAuth2Scheme for Bank {
    /// #     const FLOWS: Flows = Flows::client_credentials("token");
    /// #     const SCOPES: &[(&str, &str)] = &[];
    /// #     const SENDER: Sender = Sender::bearer().or_certificate().required();
    /// # }
    /// #[security]
    /// async fn read_accounts(_: Depends<verified<Bank, TokenVerifier>>) {}
    /// # let _ = axum::Router::<TokenVerifier>::new().route("/", axum::routing::get(read_accounts));
    /// ```
    ///
    /// Neither does a source that reads any token of a scheme whose tokens have to be bound:
    ///
    /// ```compile_fail
    /// # use axum_scopes::{Bearer, Depends, Flows, OAuth2Scheme, TokenVerifier, scheme::Sender, security, verified};
    /// # struct Bank;
    /// # impl OAuth2Scheme for Bank {
    /// #     const FLOWS: Flows = Flows::client_credentials("token");
    /// #     const SCOPES: &[(&str, &str)] = &[];
    /// #     const SENDER: Sender = Sender::bearer().or_certificate().required();
    /// # }
    /// #[security]
    /// async fn read_accounts(_: Depends<verified<Bearer<Bank>>>) {}
    /// # let _ = axum::Router::<TokenVerifier>::new().route("/", axum::routing::get(read_accounts));
    /// ```
    const SENDER: Sender = Sender::bearer();

    /// The token in the credential.
    fn presented(credential: &Self::Extractor) -> Presented<'_>;
}

/// Compiles only if the extractor of `S` reads a credential that must be there, as its scheme asks for it: what decides is then in
/// trees and documents.
pub(crate) const fn reads_one_scheme<S: TokenSource>() {
    let Kind::Scheme(scheme) = S::Extractor::NODE.kind else {
        panic!("the extractor of a token source reads the credential of one scheme; its node is `Node::scheme(…)`")
    };
    assert!(
        !scheme.sender().is_required() || S::SENDER.is_required(),
        "this scheme's `SENDER` requires tokens that are bound to their sender, and this source reads any; name the scheme itself, \
         as in `verified<Api, …>`"
    );
}

// So that the message speaks of sources, of which a scheme is one.
#[diagnostic::do_not_recommend]
impl<S: OAuth2Scheme> TokenSource for S {
    type Extractor = AccessToken<S>;

    const SENDER: Sender = S::SENDER;

    fn presented(token: &AccessToken<S>) -> Presented<'_> {
        token.presented()
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

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::{AccessToken, Bearer, OAuth2Scheme, Presented, Sender, TokenSource, reads_one_scheme};
    use crate::scheme::flows::Flows;

    struct Bank;

    impl OAuth2Scheme for Bank {
        const FLOWS: Flows = Flows::client_credentials("token");
        const SCOPES: &'static [(&'static str, &'static str)] = &[];
        const SENDER: Sender = Sender::bearer().or_certificate().required();
    }

    /// A credential that may be missing.
    struct Optional;

    impl TokenSource for Optional {
        type Extractor = Option<AccessToken<Bank>>;

        fn presented(_: &Self::Extractor) -> Presented<'_> {
            unreachable!("nobody asks it")
        }
    }

    /// In the compiler, these panics are errors.
    #[test]
    fn a_source_reads_a_credential_as_its_scheme_asks_for_it() {
        reads_one_scheme::<Bank>();
        assert!(catch_unwind(reads_one_scheme::<Bearer<Bank>>).is_err(), "any token, where bound ones are required");
        assert!(catch_unwind(reads_one_scheme::<Optional>).is_err(), "a credential that may be missing");
    }
}
