//! The trait of token verifiers: takes a presented token, yields a verified token or an error. A service can verify tokens in
//! its own way with one impl.

use std::{fmt, future::Future, marker::PhantomData};

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
    credential::presented::Presented,
    dependency::judge::Judge,
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
        Ok(self.verify_token(presented.token())?)
    }

    async fn judge_as<T: FromToken>(&self, presented: &Presented<'_>) -> Result<T, VerifyError> {
        Ok(self.read_text(presented.token(), now(), T::from_token)?)
    }

    fn expected(&self, error: &TokenError) -> Vec<&str> {
        self.0.policy.expected(error)
    }
}

/// A function that takes a verifier and `SecurityScopes` may answer 503 if the verifier may. Documents then list 503.
impl<V: VerifyToken> Describe for State<V> {
    const NODE: &'static Node = if V::MAY_BE_UNAVAILABLE { &Node::leaf(Kind::Verifier) } else { &Node::OTHER };
}

impl<V: Verifier> Describe for Judge<V> {
    const NODE: &'static Node = V::NODE;
}

/// The verifier `V` of one scheme or token source `S`. With it, a router's state can have a verifier for each scheme.
///
/// ```
/// use axum::{Router, extract::FromRef, routing::get};
/// use axum_scopes::{Depends, Flows, HmacKey, OAuth2Scheme, TokenVerifier, security, token::SchemeVerifier, verified};
///
/// struct People;
/// impl OAuth2Scheme for People {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// }
///
/// struct Machines;
/// impl OAuth2Scheme for Machines {
///     const FLOWS: Flows = Flows::client_credentials("token");
///     const SCOPES: &[(&str, &str)] = &[("stock", "Write the stock.")];
/// }
///
/// #[derive(Clone, FromRef)]
/// struct App {
///     people: SchemeVerifier<People>,
///     machines: SchemeVerifier<Machines>,
/// }
///
/// #[security(scopes = ["items"])]
/// async fn read_items(_: Depends<verified<People, SchemeVerifier<People>>>) {}
///
/// #[security(scopes = ["stock"])]
/// async fn write_stock(_: Depends<verified<Machines, SchemeVerifier<Machines>>>) {}
///
/// # fn main() -> Result<(), axum_scopes::jose::KeyError> {
/// let app = App {
///     people: SchemeVerifier::new(TokenVerifier::hs256(&HmacKey::new("a secret of at least thirty-two bytes")?)),
///     machines: SchemeVerifier::new(TokenVerifier::hs256(&HmacKey::new("another secret of thirty-two bytes")?)),
/// };
/// let router: Router = Router::new().route("/items", get(read_items).put(write_stock)).with_state(app);
/// # Ok(())
/// # }
/// ```
///
/// The verifier of another scheme does not compile:
///
/// ```compile_fail,E0277
/// # use axum_scopes::{Depends, Flows, OAuth2Scheme, security, token::SchemeVerifier, verified};
/// # struct People;
/// # impl OAuth2Scheme for People {
/// #     const FLOWS: Flows = Flows::password("token");
/// #     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// # }
/// # struct Machines;
/// #[security(scopes = ["items"])]
/// async fn read_items(_: Depends<verified<People, SchemeVerifier<Machines>>>) {}
/// ```
pub struct SchemeVerifier<S, V = TokenVerifier> {
    verifier: V,
    scheme: PhantomData<fn() -> S>,
}

impl<S, V> SchemeVerifier<S, V> {
    /// Uses `verifier` for `S`.
    #[must_use]
    pub const fn new(verifier: V) -> Self {
        Self { verifier, scheme: PhantomData }
    }
}

/// A verifier of tokens of source `S`: each [`VerifyToken`], and the [`SchemeVerifier`] of `S` itself.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not verify tokens of `{S}`",
    label = "expected `TokenVerifier`, or another type that implements `VerifyToken`",
    note = "take `TokenVerifier`, `IssuerVerifier` or `SchemeVerifier<{S}>`, or implement `VerifyToken` for `{Self}`"
)]
pub trait VerifierOf<S>: Verifier {
    /// The verifier that judges.
    type Verifier: VerifyToken;

    /// The verifier that judges.
    fn verifier(&self) -> &Self::Verifier;
}

#[diagnostic::do_not_recommend]
impl<S, V: VerifyToken> VerifierOf<S> for V {
    type Verifier = Self;

    fn verifier(&self) -> &Self {
        self
    }
}

impl<S: 'static, V: VerifyToken> VerifierOf<S> for SchemeVerifier<S, V> {
    type Verifier = V;

    fn verifier(&self) -> &V {
        &self.verifier
    }
}

/// What both kinds of [`VerifierOf`] are to the dependency tree.
#[doc(hidden)]
pub trait Verifier: Clone + Send + Sync + 'static {
    /// The node of a parameter that takes it.
    const NODE: &'static Node;
}

#[diagnostic::do_not_recommend]
impl<V: VerifyToken> Verifier for V {
    const NODE: &'static Node = <State<V> as Describe>::NODE;
}

impl<S: 'static, V: VerifyToken> Verifier for SchemeVerifier<S, V> {
    const NODE: &'static Node = V::NODE;
}

impl<S, V: Clone> Clone for SchemeVerifier<S, V> {
    fn clone(&self) -> Self {
        Self::new(self.verifier.clone())
    }
}

impl<S, V: fmt::Debug> fmt::Debug for SchemeVerifier<S, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SchemeVerifier").field(&self.verifier).finish()
    }
}
