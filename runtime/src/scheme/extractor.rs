//! What all scheme extractors have in common, written once.

/// The type of an extractor's only field, which does not depend on the scheme: it ties the field to the scheme's type,
/// so that `Bearer(token)` is a pattern.
pub trait Carries<Value> {
    /// `Value`.
    type Carried;
}

impl<Scheme: ?Sized, Value> Carries<Value> for Scheme {
    type Carried = Value;
}

/// Defines the extractor `$Name<S>` for a scheme `S: $Trait`.
///
/// `$read` is `fn(&Parts) -> Result<Option<$Value>, Malformed>`; nothing found is a refusal, or `None` for an `Option`.
/// What is malformed is refused in both.
macro_rules! extractor {
    ($(#[$doc:meta])* $Name:ident<$Trait:ident>($Value:ty), $info:ident, $read:expr) => {
        $(#[$doc])*
        ///
        #[doc = concat!("The field is a [`", stringify!($Value), "`](crate::", stringify!($Value), "), whatever `S` is.")]
        pub struct $Name<S: $Trait>(pub <S as $crate::scheme::extractor::Carries<$Value>>::Carried);

        impl<S: $Trait> std::fmt::Debug for $Name<S> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_tuple(stringify!($Name)).field(&self.0).finish()
            }
        }

        impl<S: $Trait> $crate::Describe for $Name<S> {
            const NODE: &'static $crate::Node = &$crate::Node::scheme(&$crate::SchemeInfo::$info::<S>());
        }

        impl<S: $Trait> $Name<S> {
            fn refuse() -> $crate::AuthError {
                let info = const { &$crate::SchemeInfo::$info::<S>() };
                $crate::AuthError::not_authenticated(info.error_style(), info.challenge())
            }
        }

        impl<S: $Trait, St: Sync> axum::extract::FromRequestParts<St> for $Name<S> {
            type Rejection = $crate::AuthError;

            async fn from_request_parts(
                parts: &mut axum::http::request::Parts,
                _: &St,
            ) -> Result<Self, $crate::AuthError> {
                match $read(parts) {
                    Ok(Some(value)) => Ok(Self(value)),
                    Ok(None) | Err($crate::scheme::extractor::Malformed) => Err(Self::refuse()),
                }
            }
        }

        impl<S: $Trait, St: Sync> axum::extract::OptionalFromRequestParts<St> for $Name<S> {
            type Rejection = $crate::AuthError;

            async fn from_request_parts(
                parts: &mut axum::http::request::Parts,
                _: &St,
            ) -> Result<Option<Self>, $crate::AuthError> {
                match $read(parts) {
                    Ok(value) => Ok(value.map(Self)),
                    Err($crate::scheme::extractor::Malformed) => Err(Self::refuse()),
                }
            }
        }
    };
}

pub(crate) use extractor;

/// A credential of the right scheme that cannot be read.
pub(crate) struct Malformed;
