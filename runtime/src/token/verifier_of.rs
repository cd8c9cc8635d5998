//! The verifiers of one source of tokens: every verifier, and a [`SchemeVerifier`] of that source alone.

use std::{fmt, marker::PhantomData};

use axum::extract::State;

use super::{judge::VerifyToken, verifier::TokenVerifier};
use crate::{
    dependency::judge::Judge,
    tree::{describe::Describe, node::Node},
};

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

impl<V: Verifier> Describe for Judge<V> {
    const NODE: &'static Node = V::NODE;
}

#[cfg(test)]
mod tests {
    use super::SchemeVerifier;

    #[test]
    fn debug_shows_the_verifier() {
        assert_eq!(format!("{:?}", SchemeVerifier::<(), _>::new("of people")), r#"SchemeVerifier("of people")"#);
    }
}
