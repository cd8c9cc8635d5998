//! Who may use what: the scheme with its scopes, the function that all callers pass, and those of the tools.

use axum_scopes::{
    AuthError, Depends, Flows, HmacKey, OAuth2Scheme,
    credential::AccessToken,
    issuer::{Issuer, IssuerVerifier},
    scheme::{ErrorStyle, Sender},
    security,
    sender::{
        SenderVerifier,
        dpop::{Dpop, Nonces},
    },
    token::VerifiedToken,
    verified_as,
};
use serde::Deserialize;

use crate::config::Config;

/// The scopes are constants. Where the issuer is, only the environment says. These URLs lead nowhere until then.
pub struct Api;

impl OAuth2Scheme for Api {
    const NAME: &str = "Issuer";
    const FLOWS: Flows = Flows::authorization_code("https://issuer.invalid/authorize", "https://issuer.invalid/token");
    const SCOPES: &[(&str, &str)] = &[
        ("notes:read", "Read your notes."),
        ("notes:write", "Write notes."),
        // No tool needs it. A client that asked for all scopes would get it.
        ("admin", "Manage the server."),
    ];
    const BASIC_SCOPES: Option<&[&str]> = Some(&["notes:read"]);
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
    const SENDER: Sender = Sender::bearer().or_dpop(&["ES256", "EdDSA"]);
}

/// What clients present.
pub type Token = AccessToken<Api>;

/// What judges it: the issuer's keys, and the proofs of tokens that are bound to a key.
pub type Verifier = SenderVerifier<IssuerVerifier>;

/// Begins to fetch the issuer's keys. It does not wait for them.
pub fn verifier(config: &Config) -> Result<Verifier, Box<dyn std::error::Error>> {
    let issuer = IssuerVerifier::start([Issuer::new(&config.issuer).audience(config.audience())])?;
    let mut dpop = Dpop::new(&config.public_url)?;
    if config.dpop_nonce {
        // With replicas, this key comes from the configuration that they share.
        let mut key = [0; 32];
        std::io::Read::read_exact(&mut std::fs::File::open("/dev/urandom")?, &mut key)?;
        dpop = dpop.nonces(Nonces::new(&HmacKey::new(key)?)?);
    }
    Ok(SenderVerifier::new(issuer, dpop))
}

/// A user. Two issuers may use one subject for two users.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct User {
    pub issuer: String,
    pub subject: String,
}

#[derive(Deserialize)]
struct OfIssuer {
    iss: String,
}

/// Who may use the server at all: its session, its lists, and the tool that reads.
#[security(scopes = ["notes:read"])]
pub async fn reader(Depends(token): Depends<verified_as<Api, VerifiedToken, Verifier>>) -> Result<User, AuthError> {
    let refused = |_| AuthError::unauthorized("Could not validate credentials");
    let OfIssuer { iss } = token.claims_as().map_err(refused)?;
    Ok(User { issuer: iss, subject: token.claims().sub.to_string() })
}

/// Who may write, on top of that.
#[security(scopes = ["notes:write"])]
pub async fn writer(Depends(user): Depends<reader>) -> Result<User, AuthError> {
    Ok(user)
}
