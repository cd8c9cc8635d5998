//! The authorization server of a service with users of its own: takes requests for tokens, yields responses.

mod account;
mod attempt;
mod authentication;
mod authorization_server;
mod binding;
mod claims;
mod client_grant;
mod form_of;
mod granting;
mod issuing;
mod password_grant;
mod profile;
mod refresh_grant;
mod refusal;
mod report;
mod request;
mod revocation;
mod routes;
mod settings;
mod to_its_end;

pub use self::{
    authorization_server::AuthorizationServer,
    claims::SessionClaims,
    request::{RevocationRequest, TokenRequest},
};
