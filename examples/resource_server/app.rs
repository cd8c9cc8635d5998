//! The state that all requests share.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::extract::FromRef;
use axum_scopes::issuer::{Issuer, IssuerError, IssuerVerifier};

use crate::config::Config;

/// What verifies tokens, and everybody's notes.
#[derive(Clone)]
pub struct App {
    pub verifier: IssuerVerifier,
    notes: Arc<Mutex<HashMap<String, Vec<String>>>>,
}

impl App {
    /// Begins to fetch the issuer's keys; it does not wait for them.
    pub fn start(config: &Config) -> Result<Self, IssuerError> {
        let verifier = IssuerVerifier::start([Issuer::new(&config.issuer).audience(&config.audience)])?;
        Ok(Self { verifier, notes: Arc::default() })
    }

    /// The notes of `owner`.
    pub fn notes(&self, owner: &str) -> Vec<String> {
        self.with_notes(|all| all.get(owner).cloned().unwrap_or_default())
    }

    /// Adds a note, unless it is too long, or there are too many of this owner, or owners.
    pub fn add(&self, owner: String, text: String) -> bool {
        self.with_notes(|all| {
            if text.len() > 1000 || all.len() >= 1000 && !all.contains_key(&owner) {
                return false;
            }
            let notes = all.entry(owner).or_default();
            let has_room = notes.len() < 100;
            if has_room {
                notes.push(text);
            }
            has_room
        })
    }

    fn with_notes<R>(&self, with: impl FnOnce(&mut HashMap<String, Vec<String>>) -> R) -> R {
        with(&mut self.notes.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// For the ready-made dependencies, which ask the state for a verifier.
impl FromRef<App> for IssuerVerifier {
    fn from_ref(app: &App) -> Self {
        app.verifier.clone()
    }
}
