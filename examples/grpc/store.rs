//! What the methods do: a call that has been let in comes in, with its caller; notes go out.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tonic::{Request, Response, Status};

use crate::notes::{AddReply, AddRequest, ListReply, ListRequest, Notes};

/// Who calls. The routes add it to each call that they hand on.
#[derive(Clone)]
pub struct Caller(pub String);

/// Everybody's notes.
#[derive(Default)]
pub struct Store(Mutex<HashMap<String, Vec<String>>>);

impl Store {
    fn all(&self) -> MutexGuard<'_, HashMap<String, Vec<String>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Notes for Store {
    async fn list(&self, request: Request<ListRequest>) -> Result<Response<ListReply>, Status> {
        let notes = self.all().get(caller(&request)?).cloned().unwrap_or_default();
        Ok(Response::new(ListReply { notes }))
    }

    async fn add(&self, request: Request<AddRequest>) -> Result<Response<AddReply>, Status> {
        let caller = caller(&request)?.to_owned();
        let text = request.into_inner().text;
        let mut all = self.all();
        if text.len() > 1000 || all.len() >= 1000 && !all.contains_key(&caller) {
            return Err(Status::resource_exhausted("The note is too long, or there are too many"));
        }
        let notes = all.entry(caller).or_default();
        if notes.len() >= 100 {
            return Err(Status::resource_exhausted("You have too many notes"));
        }
        notes.push(text);
        Ok(Response::new(AddReply {}))
    }
}

/// Without a caller, somebody has mounted the service beside the routes. It is then closed, not open.
fn caller<T>(request: &Request<T>) -> Result<&str, Status> {
    let caller = request.extensions().get::<Caller>();
    caller.map(|Caller(name)| name.as_str()).ok_or_else(|| Status::internal("the caller is not known"))
}
