//! Functions that other functions take as parameters, by [`Depends`], with the scopes that are required there, in
//! [`SecurityScopes`]. A [`Guard`] has dependencies of a whole router.

#[cfg(feature = "jwt")]
mod answering;
pub(crate) mod cache;
pub(crate) mod checked;
pub(crate) mod choice;
pub(crate) mod depends;
pub(crate) mod extract;
pub(crate) mod function;
pub(crate) mod guard;
pub(crate) mod judge;
mod lengths;
pub(crate) mod marked;
pub(crate) mod optional;
#[cfg(feature = "testing")]
pub(crate) mod overridden;
pub(crate) mod path;
pub(crate) mod protect;
pub(crate) mod required_scopes;
pub(crate) mod requirement;
pub(crate) mod result;
pub(crate) mod security_scopes;
pub(crate) mod values;

pub use choice::{Either, either};
pub use depends::Depends;
pub use extract::Dependency;
pub use function::Provides;
pub use guard::{Guard, Passable};
pub use judge::HasJudge;
pub use marked::Attributed;
pub use path::{Path, Placed, Root};
pub use protect::Routes;
pub use required_scopes::RequiredScopes;
pub use security_scopes::SecurityScopes;
