//! The HTTP client of this service: URLs that may be fetched, connections with TLS, and answers of a bounded size. It follows
//! no redirect, asks a proxy only if a service says so, and keeps no cookie.

pub(crate) mod client;
pub(crate) mod connect;
pub(crate) mod connections;
pub(crate) mod error;
mod route;
pub(crate) mod url;
