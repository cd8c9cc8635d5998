//! The code that all credential extractors share.

use crate::{
    error::AuthError,
    scheme::{error_style::ErrorStyle, info::SchemeInfo},
};

/// The type of an extractor's only field. It is the same for all schemes, but named through the scheme's type, so that
/// `Bearer(token)` is a pattern.
pub trait Carries<Value> {
    /// `Value`.
    type Carried;
}

impl<Scheme: ?Sized, Value> Carries<Value> for Scheme {
    type Carried = Value;
}

/// Defines the extractor `$Name<S>` for a scheme `S: $Trait`.
///
/// `$read` is `fn(&Parts) -> Result<Option<$Value>, Unreadable>`. Without a value the extractor refuses, and an `Option` of it is
/// `None`. Both refuse if [`Unreadable::refusal`] does.
macro_rules! extractor {
    ($(#[$doc:meta])* $Name:ident<$Trait:ident>($Value:ty), $info:ident, $read:expr) => {
        $(#[$doc])*
        ///
        #[doc = concat!("The field is a [`", stringify!($Value), "`](crate::credential::", stringify!($Value), ") for every `S`.")]
        pub struct $Name<S: $Trait>(pub <S as $crate::credential::extractor::Carries<$Value>>::Carried);

        impl<S: $Trait> std::fmt::Debug for $Name<S> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_tuple(stringify!($Name)).field(&self.0).finish()
            }
        }

        impl<S: $Trait> $crate::tree::describe::Describe for $Name<S> {
            const NODE: &'static $crate::tree::node::Node = &$crate::tree::node::Node::scheme(Self::SCHEME);
        }

        impl<S: $Trait> $Name<S> {
            const SCHEME: &'static $crate::scheme::info::SchemeInfo = &$crate::scheme::info::SchemeInfo::$info::<S>();
        }

        impl<S: $Trait, St: Sync> axum::extract::FromRequestParts<St> for $Name<S> {
            type Rejection = $crate::error::AuthError;

            async fn from_request_parts(
                parts: &mut axum::http::request::Parts,
                _: &St,
            ) -> Result<Self, $crate::error::AuthError> {
                let scheme = const { Self::SCHEME.well_formed() };
                match $read(parts) {
                    Ok(Some(value)) => Ok(Self(value)),
                    Ok(None) => Err($crate::credential::extractor::refuse(None, scheme)),
                    Err(unreadable) => Err($crate::credential::extractor::refuse(Some(unreadable), scheme)),
                }
            }
        }

        impl<S: $Trait, St: Sync> axum::extract::OptionalFromRequestParts<St> for $Name<S> {
            type Rejection = $crate::error::AuthError;

            async fn from_request_parts(
                parts: &mut axum::http::request::Parts,
                _: &St,
            ) -> Result<Option<Self>, $crate::error::AuthError> {
                let scheme = const { Self::SCHEME.well_formed() };
                match $read(parts) {
                    Ok(value) => Ok(value.map(Self)),
                    Err(unreadable) => unreadable.refusal(scheme).map_or(Ok(None), Err),
                }
            }
        }
    };
}

pub(crate) use extractor;

/// The reason why a credential cannot be read.
pub(crate) enum Unreadable {
    /// It has the right scheme, but cannot be decoded.
    Malformed,
    /// There are two.
    Repeated,
}

impl Unreadable {
    /// The refusal, even if the credential is optional. `None` if this counts as no credential.
    pub(crate) fn refusal(self, scheme: &'static SchemeInfo) -> Option<AuthError> {
        match (self, scheme.error_style()) {
            (Self::Malformed, _) => Some(AuthError::malformed_credential(scheme)),
            (Self::Repeated, ErrorStyle::FastApi) => None,
            (Self::Repeated, ErrorStyle::Rfc6750) => Some(AuthError::repeated_credential(scheme)),
        }
    }
}

/// The refusal of a request without a credential. It is not inlined, because the code that accepts copies less without it.
#[inline(never)]
pub(crate) fn refuse(unreadable: Option<Unreadable>, scheme: &'static SchemeInfo) -> AuthError {
    let refusal = unreadable.and_then(|unreadable| unreadable.refusal(scheme));
    refusal.unwrap_or_else(|| AuthError::not_authenticated(Some(scheme)))
}
