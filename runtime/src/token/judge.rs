//! The trait of token verifiers: takes a presented token, yields a verified token or an error. A service can verify tokens in
//! its own way with one impl.

use std::future::Future;

use axum::extract::State;
use serde::de::DeserializeOwned;

use super::{
    claims::Claims,
    error::TokenError,
    verified::{self, VerifiedToken},
    verifier::TokenVerifier,
    verify::now,
    verify_error::VerifyError,
};
use crate::{
    credential::presented::{BoundTokens, Presented},
    scheme::sender::Sender,
    scopes::grants::Grants,
    tree::{
        describe::Describe,
        node::{Kind, Node},
    },
};

/// Verifies tokens. [`TokenVerifier`] does so with configured keys, `IssuerVerifier` with the keys of issuers. Implement
/// it to verify tokens in another way.
///
/// The router's state provides the verifier by [`FromRef`](axum::extract::FromRef), and [`verified`](crate::verified) calls
/// it.
///
/// ```
/// use std::{collections::HashMap, sync::Arc};
/// use axum_scopes::{
///     ApiKeyHeader, ApiKeyScheme, Claims, Depends, credential::Presented, security,
///     token::{TokenError, VerifiedToken, VerifyError, VerifyToken}, verified,
/// };
///
/// struct PersonalToken;
/// impl ApiKeyScheme for PersonalToken {
///     const NAME: &str = "PersonalToken";
///     const PARAMETER: &str = "x-token";
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// }
///
/// /// Owners and scopes of personal tokens, by the token's digest.
/// #[derive(Clone)]
/// struct PersonalTokens(Arc<HashMap<String, Claims>>);
///
/// # /// SHA-256 in a real service.
/// # fn digest(token: &str) -> String { token.to_owned() }
/// impl VerifyToken for PersonalTokens {
///     const MAY_BE_UNAVAILABLE: bool = false;
///
///     async fn judge(&self, presented: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
///         let claims = self.0.get(&digest(presented.token())).ok_or(TokenError::Inactive)?;
///         Ok(VerifiedToken::of(claims.clone()))
///     }
/// }
///
/// #[security(scopes = ["items"])]
/// async fn read_items(Depends(claims): Depends<verified<ApiKeyHeader<PersonalToken>, PersonalTokens>>) -> String {
///     format!("the items of {}", claims.sub)
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not judge tokens",
    label = "expected a type that implements `VerifyToken`",
    note = "take `TokenVerifier`, `IssuerVerifier` or `SchemeVerifier<…>`, or implement `VerifyToken` for `{Self}`"
)]
pub trait VerifyToken: Clone + Send + Sync + 'static {
    /// Whether the error can be [`VerifyError::Unavailable`]. Documents then list 503.
    const MAY_BE_UNAVAILABLE: bool;
    /// How it confirms the sender of a token that is bound to one. A scheme whose [`SENDER`](crate::OAuth2Scheme::SENDER) takes such
    /// tokens needs a verifier that confirms them, such as [`CertificateVerifier`](crate::sender::CertificateVerifier).
    const CONFIRMS: Confirms = Confirms::Nobody;

    /// Verifies a token.
    ///
    /// # Errors
    ///
    /// [`VerifyError::Token`] if the token is refused, [`VerifyError::Unavailable`] if it cannot be verified now. A token whose
    /// [`exp`](Claims::exp) has come is refused with [`TokenError::Expired`] by [`verified`](crate::verified), even if this
    /// accepts it.
    fn judge(&self, presented: &Presented<'_>) -> impl Future<Output = Result<VerifiedToken, VerifyError>> + Send;

    /// Verifies a token, refuses it if it has expired, and reads it as `T`. A verifier that has decoded the payload can override this and save the copy in
    /// [`VerifiedToken`].
    ///
    /// # Errors
    ///
    /// Those of [`judge`](Self::judge) and [`FromToken::from_token`].
    fn judge_as<T: FromToken>(&self, presented: &Presented<'_>) -> impl Future<Output = Result<T, VerifyError>> + Send {
        async move {
            let (claims, payload) = self.judge(presented).await?.into_parts();
            // A verifier that looks tokens up easily forgets it.
            if claims.exp as f64 <= now() {
                return Err(TokenError::Expired.into());
            }
            if presented.bound_tokens()? == BoundTokens::Refused && claims.cnf.is_some() {
                return Err(TokenError::Bound.into());
            }
            Ok(T::from_token(claims, &payload)?)
        }
    }

    /// The accepted issuers or audiences, for the log of a token that is refused with `error`.
    #[must_use]
    fn expected(&self, error: &TokenError) -> Vec<&str> {
        let _ = error;
        Vec::new()
    }
}

/// How a verifier confirms the senders of tokens that are bound to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Confirms {
    /// Not at all: such tokens are refused.
    Nobody,
    /// By their certificates (RFC 8705).
    Certificates,
    /// By their certificates and by proofs (RFC 9449).
    CertificatesAndProofs,
}

impl Confirms {
    /// What both confirm.
    pub(crate) const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nobody, _) | (_, Self::Nobody) => Self::Nobody,
            (Self::Certificates, _) | (_, Self::Certificates) => Self::Certificates,
            (Self::CertificatesAndProofs, Self::CertificatesAndProofs) => Self::CertificatesAndProofs,
        }
    }

    /// Whether this is enough for a scheme that asks for `sender`.
    pub(crate) const fn suffices_for(self, sender: &Sender) -> bool {
        match self {
            Self::Nobody => !sender.has_to_be_confirmed(),
            Self::Certificates => sender.dpop_algorithms().is_empty(),
            Self::CertificatesAndProofs => true,
        }
    }
}

/// A type that is read from a verified token: [`Claims`], the [`VerifiedToken`] itself, or a type of your own that implements
/// `Deserialize` and [`Grants`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a token",
    label = "expected `Claims`, `VerifiedToken` or a claims type of your own",
    note = "a claims type implements `Grants`, which says what it grants, and `serde::Deserialize`"
)]
pub trait FromToken: Grants + Sized + Send + 'static {
    /// Reads the value from the standard claims and from `payload`, the JSON of all claims.
    ///
    /// # Errors
    ///
    /// [`TokenError::ClaimsType`] if the claims do not fit the type.
    fn from_token(claims: Claims, payload: &str) -> Result<Self, TokenError>;
}

impl FromToken for Claims {
    fn from_token(claims: Claims, _: &str) -> Result<Self, TokenError> {
        Ok(claims)
    }
}

impl FromToken for VerifiedToken {
    fn from_token(claims: Claims, payload: &str) -> Result<Self, TokenError> {
        Ok(Self::new(claims, payload))
    }
}

#[diagnostic::do_not_recommend]
impl<C: DeserializeOwned + Grants + Send + 'static> FromToken for C {
    fn from_token(_: Claims, payload: &str) -> Result<Self, TokenError> {
        verified::read(payload)
    }
}

impl VerifyToken for TokenVerifier {
    const MAY_BE_UNAVAILABLE: bool = false;

    async fn judge(&self, presented: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
        self.judge_as(presented).await
    }

    async fn judge_as<T: FromToken>(&self, presented: &Presented<'_>) -> Result<T, VerifyError> {
        Ok(self.read_text(presented.token(), now(), presented.bound_tokens()?, T::from_token)?)
    }

    fn expected(&self, error: &TokenError) -> Vec<&str> {
        self.0.policy.expected(error)
    }
}

/// A function that takes a verifier and `SecurityScopes` may answer 503 if the verifier may. Documents then list 503.
impl<V: VerifyToken> Describe for State<V> {
    const NODE: &'static Node = if V::MAY_BE_UNAVAILABLE { &Node::leaf(Kind::Verifier) } else { &Node::OTHER };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone)]
    struct Own;

    impl VerifyToken for Own {
        const MAY_BE_UNAVAILABLE: bool = false;

        async fn judge(&self, _: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
            Err(TokenError::Inactive.into())
        }
    }

    #[test]
    fn a_verifier_that_does_not_say_what_it_expects_adds_nothing_to_the_log() {
        assert_eq!(Own.expected(&TokenError::Issuer), Vec::<&str>::new());
    }

    #[test]
    fn a_scheme_is_verified_by_what_confirms_its_senders() {
        use Confirms::{Certificates, CertificatesAndProofs, Nobody};
        const DPOP: Sender = Sender::bearer().or_dpop(&["ES256"]);
        for (sender, enough) in [
            (Sender::bearer(), &[Nobody, Certificates, CertificatesAndProofs][..]),
            (Sender::unchecked(), &[Nobody, Certificates, CertificatesAndProofs]),
            (Sender::bearer().or_certificate(), &[Certificates, CertificatesAndProofs]),
            (DPOP, &[CertificatesAndProofs]),
            (DPOP.or_certificate().required(), &[CertificatesAndProofs]),
        ] {
            for confirms in [Nobody, Certificates, CertificatesAndProofs] {
                assert_eq!(confirms.suffices_for(&sender), enough.contains(&confirms), "{confirms:?} {sender:?}");
            }
        }
    }
}
