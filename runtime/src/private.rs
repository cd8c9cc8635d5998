//! The names that expansions of `#[security]` use. They are not for people: they change with the attribute, without notice.

// The facts of a function.
pub use crate::{
    dependency::{
        cache::{Cached, Fresh},
        function::{Function, Stated},
        marked::{Mistake, Of},
        result::refuse,
    },
    tree::{
        node::{Child, Node, UNKNOWN, function, group, optional},
        says::{Is, UNSAID, says},
        secured::{Marked, Returns, Secured, Unit, Unmarked},
    },
};

// Its parameters and their paths. Names that users import are different here, so that no lint takes an expansion for their code.
pub use crate::dependency::{checked::Checked, required_scopes::RequiredScopes as PlacedScopes};
pub use crate::{
    dependency::{
        depends::{Alias, Depends as PlacedDepends, StatedAlias},
        extract::{Extracted, Lent},
        function::At,
        path::{Edge, Path, Root as Start, Via},
    },
    tree::describe::{Probe, Undescribed},
};

// The extractor of verifiers.
pub use crate::dependency::judge::Judge;

// The rest of the attribute, below other attributes.
pub use ::axum_scopes_macros::mark;

// The checks. Expansions call each one at the span of the user's code.
pub use crate::dependency::result::enforces;
pub use crate::tree::check::{
    documented, edge_scope, edge_scopes, guards_something, optional_credential, own_scope, own_scopes, parameter,
    public,
};

// The error of a derived enum of scopes.
pub use crate::scopes::names::UnknownScope;

// The calls in `#[utoipa::path]`.
#[cfg(feature = "utoipa")]
pub use crate::openapi::utoipa::{
    operation::{Refusals, requirement_of},
    routes::is_documented,
};
#[cfg(feature = "utoipa")]
pub use crate::secure::utoipa::secured_routes;
#[cfg(feature = "utoipa")]
pub use ::utoipa_axum::routes as utoipa_routes;

// With these, an expansion does not depend on the user's prelude.
pub use ::core::{
    future::{Future, pending, ready},
    marker::{PhantomData, Send},
    option::Option,
};
