//! Connections that outlive their request, such as WebSockets and server-sent events: a [`Lease`] ends them when their token ends.
//!
//! A token is verified once, when the request comes. A stream then goes on for hours, after the token has expired, or after somebody
//! has revoked it. The lease knows when the token expires, and can have it verified again from time to time.
//!
//! | connection | write |
//! |---|---|
//! | server-sent events, or any other stream | [`lease.stream(events)`](Lease::stream) |
//! | a WebSocket, or any other future | [`lease.run(serve(&mut socket))`](Lease::run) |
//! | a loop with `tokio::select!` | [`lease.ended()`](Lease::ended) as one of its branches |
//! | a client that sends its next token | [`lease.renew(…)`](Lease::renew) |
//!
//! The chapter [`long_connections`](crate::guide::long_connections) shows each of them.

mod again;
mod ended;
mod expiry;
mod lease;
mod recheck;
mod stream;

#[cfg(test)]
mod tests;

pub use ended::Ended;
pub use lease::Lease;
pub use stream::Leased;

// `expiry` knows when the token expires, `recheck` has it verified again. `lease` asks both, and has the timer for both. `again` is
// how a service asks for the second. `stream`
// asks the lease before it asks its stream.
