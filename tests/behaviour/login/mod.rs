//! The authorization server of a service with users of its own, over HTTP, with its stores in memory.

mod account;
mod bound;
mod cancelled;
mod clients;
mod errors;
mod events;
mod hostile;
mod limits;
mod password;
mod personal;
mod refresh;
mod revocation;
mod service;
mod stores;
mod stores_down;
mod styles;
mod timing;
