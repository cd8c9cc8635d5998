//! Functions that other functions take as parameters: their paths, their extraction and their calls.

pub(crate) mod cache;
pub(crate) mod depends;
pub(crate) mod extract;
pub(crate) mod function;
pub(crate) mod guard;
pub(crate) mod judge;
mod lengths;
pub(crate) mod mounted;
#[cfg(feature = "testing")]
pub(crate) mod overridden;
pub(crate) mod path;
pub(crate) mod requirement;
pub(crate) mod result;
pub(crate) mod security_scopes;

pub use depends::Depends;
pub use extract::Dependency;
pub use function::{Provides, Signature};
pub use guard::{Guard, Passable, Routes};
pub use judge::HasJudge;
pub use mounted::Takes;
pub use path::{Path, Placed, Root};
pub use security_scopes::{RequiredScopes, SecurityScopes};
