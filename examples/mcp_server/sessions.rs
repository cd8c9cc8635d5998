//! Whose session it is. A session's ID is no authentication: whoever learns it must not use it with a token of his own.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Extension,
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    middleware::Next,
    response::{IntoResponse, Response},
};
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;

use crate::auth::User;

const SESSION: &str = "mcp-session-id";

/// The owners of the sessions that rmcp knows.
#[derive(Clone, Default)]
pub struct Sessions {
    pub manager: Arc<LocalSessionManager>,
    owners: Arc<Mutex<HashMap<String, User>>>,
}

impl Sessions {
    fn is_of(&self, id: &str, user: &User) -> bool {
        self.owners.lock().unwrap_or_else(PoisonError::into_inner).get(id) == Some(user)
    }

    /// Remembers the owner of a new session, and forgets sessions that have ended.
    async fn add(&self, id: String, user: User) {
        let known = self.manager.sessions.read().await;
        let mut owners = self.owners.lock().unwrap_or_else(PoisonError::into_inner);
        // Seldom, because it looks at all of them.
        if owners.len() > 2 * known.len() + 100 {
            owners.retain(|id, _| known.contains_key(id.as_str()));
        }
        owners.insert(id, user);
    }
}

/// Lets the owner of a session through. For everybody else there is no such session, and their client begins one of its own.
pub async fn only_ones_own(
    State(sessions): State<Sessions>,
    Extension(user): Extension<User>,
    request: Request,
    next: Next,
) -> Response {
    let id = match id(request.headers()) {
        Ok(id) => id,
        Err(refusal) => return refusal.into_response(),
    };
    match &id {
        Some(id) if !sessions.is_of(id, &user) => return StatusCode::NOT_FOUND.into_response(),
        _ => {}
    }
    let response = next.run(request).await;
    if let (None, Ok(Some(new))) = (id, self::id(response.headers())) {
        sessions.add(new, user).await;
    }
    response
}

/// The only ID in the headers.
fn id(headers: &HeaderMap) -> Result<Option<String>, StatusCode> {
    let mut ids = headers.get_all(SESSION).iter();
    match (ids.next(), ids.next()) {
        (None, _) => Ok(None),
        (Some(id), None) => id.to_str().map(|id| Some(id.to_owned())).map_err(|_| StatusCode::BAD_REQUEST),
        _ => Err(StatusCode::BAD_REQUEST),
    }
}
