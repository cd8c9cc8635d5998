//! The tools, made with rmcp. They find the caller in the request.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::http::request::Parts;
use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    handler::server::{router::tool::ToolRouter, wrapper::Parameters},
    schemars,
    service::RequestContext,
    tool, tool_handler, tool_router,
};
use serde::Deserialize;

use crate::auth::User;

/// Everybody's notes.
#[derive(Clone, Default)]
pub struct Notes(Arc<Mutex<HashMap<User, Vec<String>>>>);

/// The server of one session.
#[derive(Clone)]
pub struct Server {
    notes: Notes,
    #[allow(dead_code, reason = "the macro reads it")]
    tool_router: ToolRouter<Self>,
}

/// A note.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
pub struct Note {
    text: String,
}

#[tool_router]
impl Server {
    pub fn new(notes: Notes) -> Self {
        Self { notes, tool_router: Self::tool_router() }
    }

    /// The names of the tools.
    #[cfg(test)]
    pub fn tools() -> Vec<String> {
        Self::tool_router().list_all().into_iter().map(|tool| tool.name.into_owned()).collect()
    }

    #[tool(description = "Read your notes")]
    async fn read_notes(&self, context: RequestContext<RoleServer>) -> Result<String, ErrorData> {
        let user = caller(&context)?;
        self.notes.with(|all| Ok(all.get(&user).map(|notes| notes.join("\n")).unwrap_or_default()))
    }

    #[tool(description = "Write a note")]
    async fn write_note(
        &self,
        Parameters(Note { text }): Parameters<Note>,
        context: RequestContext<RoleServer>,
    ) -> Result<String, ErrorData> {
        let user = caller(&context)?;
        self.notes.with(|all| {
            let is_new_user = !all.contains_key(&user);
            if text.len() > 1000
                || (is_new_user && all.len() >= 1000)
                || all.get(&user).is_some_and(|notes| notes.len() >= 100)
            {
                return Err(ErrorData::invalid_params("The note is too long, or there are too many", None));
            }
            all.entry(user).or_default().push(text);
            Ok("written".to_owned())
        })
    }
}

#[tool_handler]
impl ServerHandler for Server {}

impl Notes {
    fn with<R>(&self, with: impl FnOnce(&mut HashMap<User, Vec<String>>) -> R) -> R {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Who calls, as the function of the tool has said. The endpoint has put it into the request.
fn caller(context: &RequestContext<RoleServer>) -> Result<User, ErrorData> {
    let user = context.extensions.get::<Parts>().and_then(|parts| parts.extensions.get::<User>());
    user.cloned().ok_or_else(|| ErrorData::internal_error("The caller is not known", None))
}
