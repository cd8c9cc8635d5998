//! What expansions of `#[security]` may name. Not for people: it changes with the attribute, without notice.

// The facts of a function.
pub use crate::{
    dependency::{
        cache::{Cached, Fresh},
        function::{Function, OwnType, Signature, Stated},
        result::refuse,
    },
    tree::{
        node::{Child, Node, UNKNOWN, function, group},
        secured::{Marked, Returns, Secured, Unit, Unmarked},
    },
};

// Its parameters, and where they stand; what users import has another name here, so that no lint takes the expansion
// for their code.
pub use crate::dependency::security_scopes::{Checked, RequiredScopes as PlacedScopes};
pub use crate::{
    dependency::{
        depends::{Alias, Depends as PlacedDepends, StatedAlias},
        extract::{Extracted, Lent},
        function::At,
        path::{Edge, Path, Root as Start, Via},
    },
    tree::describe::{Probe, Undescribed},
};

// What the ready-made dependencies take their verifier by.
pub use crate::dependency::judge::Judge;

// The checks, each called at what it is about.
pub use crate::dependency::{mounted::own_type, result::enforces};
pub use crate::tree::check::{documented, edge_scope, guards_something, optional_credential, own_scope, parameter};

// What stands in `#[utoipa::path]`.
#[cfg(feature = "utoipa")]
pub use crate::openapi::utoipa::{
    operation::{Refusals, requirement_of},
    routes::is_documented,
};
#[cfg(feature = "utoipa")]
pub use ::utoipa_axum::routes as utoipa_routes;

// So that an expansion does not depend on what the user's prelude holds.
pub use ::core::{
    future::{Future, pending, ready},
    marker::{PhantomData, Send},
};
