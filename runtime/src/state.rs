//! A state in an [`Arc`] provides by `FromRef` what the state itself provides.
//!
//! A service cannot write these impls itself: neither `FromRef`, nor `Arc`, nor the type is its own (E0117).

use std::sync::Arc;

use axum::extract::FromRef;

#[cfg(any(feature = "aws_lc_rs", feature = "rust_crypto"))]
use crate::token::judge::SchemeVerifier;

macro_rules! also_in_an_arc {
    ($($(#[$cfg:meta])? $Type:ty,)*) => {
        $(
            $(#[$cfg])?
            // Else messages about a service's own types name these.
            #[diagnostic::do_not_recommend]
            impl<S> FromRef<Arc<S>> for $Type where $Type: FromRef<S> {
                fn from_ref(state: &Arc<S>) -> Self {
                    Self::from_ref(&**state)
                }
            }
        )*
    };
}

also_in_an_arc!(
    #[cfg(any(feature = "aws_lc_rs", feature = "rust_crypto"))]
    crate::token::verifier::TokenVerifier,
    #[cfg(any(feature = "aws_lc_rs", feature = "rust_crypto"))]
    crate::token::sign::TokenSigner,
    #[cfg(any(feature = "aws_lc_rs", feature = "rust_crypto"))]
    crate::jose::hmac_key::HmacKey,
    #[cfg(feature = "jwks")]
    crate::issuer::verifier::IssuerVerifier,
    #[cfg(feature = "password")]
    crate::password::Passwords,
    #[cfg(any(feature = "jwks", feature = "utoipa", feature = "aide"))]
    crate::scheme::endpoints::Endpoints,
    crate::resource::ResourceMetadata,
);

#[cfg(any(feature = "aws_lc_rs", feature = "rust_crypto"))]
#[diagnostic::do_not_recommend]
impl<S, Scheme, V> FromRef<Arc<S>> for SchemeVerifier<Scheme, V>
where
    Self: FromRef<S>,
{
    fn from_ref(state: &Arc<S>) -> Self {
        Self::from_ref(&**state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A service's own state.
    struct App;

    /// Calls no `from_ref`: which impls there are is what counts.
    fn provides<T: FromRef<Arc<App>> + FromRef<Arc<Arc<App>>>>() {}

    macro_rules! is_provided {
        ($($(#[$cfg:meta])? $name:ident: $Type:ty,)*) => {
            $(
                $(#[$cfg])?
                impl FromRef<App> for $Type {
                    fn from_ref(_: &App) -> Self {
                        unreachable!("nobody takes it")
                    }
                }

                $(#[$cfg])?
                #[test]
                fn $name() {
                    provides::<$Type>();
                }
            )*
        };
    }

    is_provided!(
        #[cfg(any(feature = "aws_lc_rs", feature = "rust_crypto"))]
        a_verifier_is: crate::token::verifier::TokenVerifier,
        #[cfg(any(feature = "aws_lc_rs", feature = "rust_crypto"))]
        a_scheme_verifier_is: SchemeVerifier<App>,
        #[cfg(any(feature = "aws_lc_rs", feature = "rust_crypto"))]
        a_signer_is: crate::token::sign::TokenSigner,
        #[cfg(any(feature = "aws_lc_rs", feature = "rust_crypto"))]
        an_hmac_key_is: crate::jose::hmac_key::HmacKey,
        #[cfg(feature = "jwks")]
        an_issuer_verifier_is: crate::issuer::verifier::IssuerVerifier,
        #[cfg(feature = "password")]
        passwords_are: crate::password::Passwords,
        #[cfg(any(feature = "jwks", feature = "utoipa", feature = "aide"))]
        endpoints_are: crate::scheme::endpoints::Endpoints,
        resource_metadata_is: crate::resource::ResourceMetadata,
    );
}
