//! The HTTP client of this service: URLs that may be fetched, connections with TLS, and answers of a bounded size. It follows no
//! redirect, asks no proxy of the environment and keeps no cookie.

pub(crate) mod client;
pub(crate) mod connect;
pub(crate) mod error;
pub(crate) mod url;
