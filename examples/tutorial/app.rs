//! The state that all requests share.

use std::{sync::Arc, time::Duration};

use axum::extract::FromRef;
use axum_scopes::{HmacKey, TokenVerifier, password::Passwords, token::TokenSigner};

use crate::users::Users;

/// How long a token is good for.
pub const TOKEN_LIFETIME: Duration = Duration::from_secs(30 * 60);

/// The key that FastAPI's tutorial prints, so that everybody can sign with it.
pub const PUBLISHED_SECRET: &str = "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7";

/// Users, and what their passwords and tokens are checked with.
#[derive(Clone)]
pub struct App {
    pub users: Arc<Users>,
    pub passwords: Passwords,
    pub signer: TokenSigner,
    pub verifier: TokenVerifier,
}

impl App {
    /// With the key that tokens are signed with.
    pub fn new(key: &HmacKey) -> Self {
        Self {
            users: Arc::new(Users::of_the_tutorial()),
            passwords: Passwords::default(),
            signer: TokenSigner::hs256(key),
            verifier: TokenVerifier::hs256(key),
        }
    }
}

/// For the ready-made dependencies, which ask the state for a verifier.
impl FromRef<App> for TokenVerifier {
    fn from_ref(app: &App) -> Self {
        app.verifier.clone()
    }
}
