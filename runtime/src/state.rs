//! A state in an [`Arc`] provides by `FromRef` what the state itself provides.
//!
//! A service cannot write these impls itself, because neither `FromRef`, nor `Arc`, nor the type is its own (E0117).

use std::sync::Arc;

use axum::extract::FromRef;

#[cfg(feature = "jwt")]
use crate::token::verifier_of::SchemeVerifier;

macro_rules! also_in_an_arc {
    ($($(#[$cfg:meta])? [$($G:ident),*] $Type:ty,)*) => {
        $(
            $(#[$cfg])?
            // Without this, messages about a service's own types would name these impls.
            #[diagnostic::do_not_recommend]
            impl<S, $($G),*> FromRef<Arc<S>> for $Type where $Type: FromRef<S> {
                fn from_ref(state: &Arc<S>) -> Self {
                    Self::from_ref(&**state)
                }
            }
        )*
    };
}

also_in_an_arc!(
    #[cfg(feature = "jwt")]
    [] crate::token::verifier::TokenVerifier,
    #[cfg(feature = "jwt")]
    [Scheme, V] SchemeVerifier<Scheme, V>,
    #[cfg(feature = "jwt")]
    [V] crate::sender::CertificateVerifier<V>,
    #[cfg(feature = "dpop")]
    [V] crate::sender::SenderVerifier<V>,
    #[cfg(feature = "dpop")]
    [] crate::sender::dpop::Dpop,
    #[cfg(feature = "jwt")]
    [A, B] crate::token::judges::Otherwise<A, B>,
    #[cfg(feature = "jwt")]
    [] crate::token::sign::TokenSigner,
    #[cfg(feature = "jwt")]
    [] crate::jose::hmac_key::HmacKey,
    #[cfg(feature = "issuer")]
    [] crate::issuer::verifier::IssuerVerifier,
    #[cfg(feature = "introspection")]
    [] crate::introspection::verifier::IntrospectionVerifier,
    #[cfg(feature = "login")]
    [] crate::login::SessionVerifier,
    #[cfg(feature = "login")]
    [] crate::login::SigningKeys,
    #[cfg(feature = "login")]
    [] crate::login::AccessTokens,
    #[cfg(feature = "password")]
    [] crate::password::Passwords,
    #[cfg(any(feature = "issuer", feature = "utoipa", feature = "aide"))]
    [] crate::scheme::endpoints::Endpoints,
    [] crate::resource::ResourceMetadata,
);

#[cfg(test)]
mod tests {
    use super::*;

    /// A service's own state.
    struct App;

    /// Compiles only if the impls exist.
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
        #[cfg(feature = "jwt")]
        a_verifier_is: crate::token::verifier::TokenVerifier,
        #[cfg(feature = "jwt")]
        a_scheme_verifier_is: SchemeVerifier<App>,
        #[cfg(feature = "jwt")]
        a_certificate_verifier_is: crate::sender::CertificateVerifier<crate::token::verifier::TokenVerifier>,
        #[cfg(feature = "dpop")]
        a_sender_verifier_is: crate::sender::SenderVerifier<crate::token::verifier::TokenVerifier>,
        #[cfg(feature = "dpop")]
        settings_for_proofs_are: crate::sender::dpop::Dpop,
        #[cfg(feature = "jwt")]
        a_composed_verifier_is: crate::token::judges::Otherwise<(), ()>,
        #[cfg(feature = "jwt")]
        a_signer_is: crate::token::sign::TokenSigner,
        #[cfg(feature = "jwt")]
        an_hmac_key_is: crate::jose::hmac_key::HmacKey,
        #[cfg(feature = "issuer")]
        an_issuer_verifier_is: crate::issuer::verifier::IssuerVerifier,
        #[cfg(feature = "introspection")]
        an_introspection_verifier_is: crate::introspection::verifier::IntrospectionVerifier,
        #[cfg(feature = "password")]
        passwords_are: crate::password::Passwords,
        #[cfg(any(feature = "issuer", feature = "utoipa", feature = "aide"))]
        endpoints_are: crate::scheme::endpoints::Endpoints,
        resource_metadata_is: crate::resource::ResourceMetadata,
    );
}
