//! The most that one path may require, and what the compiler says about more.

/// The most clauses that one path may require.
pub(crate) const MOST_SCOPES: usize = 64;
/// The most bytes that the scopes of one path may take, joined by spaces.
pub(crate) const MOST_BYTES: usize = 4096;
/// The most alternatives along one path, with the scopes that include them.
pub(super) const MOST_ALTERNATIVES: usize = 1024;

pub(super) const TOO_MANY: &str = "more than 64 scopes are required along one path; require fewer";
pub(super) const TOO_LONG: &str =
    "the scopes required along one path are longer than 4096 bytes; require fewer or shorter ones";
pub(super) const TOO_MANY_ALTERNATIVES: &str =
    "more than 1024 scopes are enough along one path; require fewer, or shorten `IMPLIES`";
