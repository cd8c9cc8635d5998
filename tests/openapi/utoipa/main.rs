//! utoipa's documents, as JSON, show the security of the trees.
#![allow(clippy::unwrap_used, reason = "tests")]
#![allow(dead_code, reason = "a document names functions that no route has")]
#![allow(unused_qualifications, reason = "`crate = …` and `nest(…)` write the user's paths")]

mod alternatives;
mod attribute;
mod claims;
mod clauses;
mod definitions;
mod endpoints;
mod forms;
mod guards;
mod names;
mod optional;
mod personal;
mod places;
mod quiet;
mod refusals;
mod routers;
mod schemas;
mod schemes;
mod scopes;
mod secure;
mod senders;
mod table;
mod templates;
mod tokens;
mod truthful;
