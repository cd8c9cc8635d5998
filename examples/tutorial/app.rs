//! The state that all requests share.

use std::{sync::Arc, time::Duration};

use axum::extract::FromRef;
use axum_scopes::{HmacKey, KeyError, Passwords, TokenSigner, TokenVerifier};

use crate::users::Users;

/// How long a token is good for.
pub const TOKEN_LIFETIME: Duration = Duration::from_secs(30 * 60);

/// Users, and what their passwords and tokens are checked with.
#[derive(Clone)]
pub struct App {
    pub users: Arc<Users>,
    pub passwords: Passwords,
    pub signer: TokenSigner,
    pub verifier: TokenVerifier,
}

impl App {
    /// Fails where the secret has fewer than 32 bytes.
    pub fn new(secret: &str) -> Result<Self, KeyError> {
        let key = HmacKey::new(secret)?;
        Ok(Self {
            users: Arc::new(Users::of_the_tutorial()),
            passwords: Passwords::default(),
            signer: TokenSigner::hs256(&key),
            verifier: TokenVerifier::hs256(&key),
        })
    }
}

/// For the ready-made dependencies, which ask the state for a verifier.
impl FromRef<App> for TokenVerifier {
    fn from_ref(app: &App) -> Self {
        app.verifier.clone()
    }
}
