//! A login of the service's own. Handlers of a token endpoint take [`OAuth2PasswordRequestForm`], the form of the password grant, and
//! return [`TokenResponse`] (RFC 6749 §4.3 and §5.1).
//!
//! With the feature `login`, [`AuthorizationServer`] is such an endpoint for production: it has sessions with refresh tokens, which
//! end, keys that rotate, personal tokens, and a throttle. What it keeps is behind the traits of [`store`]. The chapter
//! [`login_in_production`](crate::guide::login_in_production) puts the parts together, and says what a service has to call.

#[cfg(feature = "login")]
mod access_tokens;
#[cfg(feature = "login")]
mod accounts;
#[cfg(feature = "login")]
mod client_address;
#[cfg(feature = "login")]
mod clients;
#[cfg(feature = "login")]
mod event;
mod fields;
mod form;
#[cfg(feature = "login")]
mod metadata;
#[cfg(feature = "login")]
mod personal;
#[cfg(feature = "login")]
pub(crate) mod random;
#[cfg(feature = "login")]
mod revocations;
#[cfg(feature = "login")]
mod server;
#[cfg(feature = "login")]
mod session_verifier;
#[cfg(feature = "login")]
mod sessions;
#[cfg(feature = "login")]
mod signing_keys;
#[cfg(feature = "login")]
pub mod store;
#[cfg(feature = "login")]
mod task;
#[cfg(test)]
mod tests;
#[cfg(feature = "login")]
mod throttle;
#[cfg(feature = "login")]
mod times;
pub(crate) mod token_response;

#[cfg(feature = "login")]
pub use self::{
    access_tokens::{AccessGrant, AccessTokens},
    accounts::{Account, Accounts},
    client_address::ClientAddress,
    clients::{Client, Clients, GrantType},
    event::{Event, Outcome},
    metadata::ServerMetadata,
    personal::{NewPersonalToken, PersonalTokens},
    revocations::Revocations,
    server::{AuthorizationServer, RevocationRequest, SessionClaims, TokenRequest},
    session_verifier::SessionVerifier,
    sessions::{RefreshToken, Refreshed, Sessions},
    signing_keys::{SigningKeys, SigningKeysError},
    throttle::{Admitted, Attempt, DeviceCookie, Throttle, Throttled},
};
pub use self::{
    form::{OAuth2PasswordRequestForm, OAuth2PasswordRequestFormStrict},
    token_response::TokenResponse,
};
#[cfg(feature = "login")]
pub use crate::peers::PeerError;
