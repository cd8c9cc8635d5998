//! `#[security(cache)]`: one resolution per request, keyed by function, set of required scopes and state type.

use std::any::{Any, TypeId};

use axum::http::request::Parts;

use super::function::DependencyResult;
use crate::scopes::{ScopeList, grammar::same_set};

/// Whether a dependency's output is kept for the rest of the request.
pub trait Reuse<Ret> {
    /// The output that `D` had before in this request, under the same requirement.
    fn recall<D: 'static, S: 'static>(parts: &Parts, scopes: ScopeList) -> Option<Ret::Output>
    where
        Ret: DependencyResult;

    /// Keeps the output for [`recall`](Self::recall).
    fn remember<D: 'static, S: 'static>(parts: &mut Parts, scopes: ScopeList, output: &Ret::Output)
    where
        Ret: DependencyResult;
}

/// Resolved each time.
#[derive(Debug)]
pub struct Fresh;

/// Resolved once per request and set of required scopes.
#[derive(Debug)]
pub struct Cached;

/// What a cached dependency may hand out.
#[diagnostic::on_unimplemented(
    message = "the output of a cached dependency is handed out as clones, and `{Self}` is not `Clone + Send + Sync`",
    label = "`{Self}` cannot be cached",
    note = "derive `Clone` for `{Self}`, return `Arc<{Self}>`, or remove `cache`"
)]
pub trait CacheOutput: Clone + Send + Sync + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Clone + Send + Sync + 'static> CacheOutput for T {}

impl<Ret> Reuse<Ret> for Fresh {
    fn recall<D: 'static, S: 'static>(_: &Parts, _: ScopeList) -> Option<Ret::Output>
    where
        Ret: DependencyResult,
    {
        None
    }

    fn remember<D: 'static, S: 'static>(_: &mut Parts, _: ScopeList, _: &Ret::Output)
    where
        Ret: DependencyResult,
    {
    }
}

impl<Ret: DependencyResult<Output: CacheOutput>> Reuse<Ret> for Cached {
    fn recall<D: 'static, S: 'static>(parts: &Parts, scopes: ScopeList) -> Option<Ret::Output>
    where
        Ret: DependencyResult,
    {
        let cache = parts.extensions.get::<Cache>()?;
        let entry = cache.0.iter().find(|entry| entry.answers::<D, S>(scopes))?;
        entry.output.downcast_ref::<Ret::Output>().cloned()
    }

    fn remember<D: 'static, S: 'static>(parts: &mut Parts, scopes: ScopeList, output: &Ret::Output)
    where
        Ret: DependencyResult,
    {
        let (function, state) = (TypeId::of::<D>(), TypeId::of::<S>());
        let entry = Entry { function, state, scopes, output: Box::new(output.clone()) };
        parts.extensions.get_or_insert_default::<Cache>().0.push(entry);
    }
}

/// Takes the outputs so far away, and gives back what was taken: what happens between the two neither sees nor leaves
/// any. For another value of a state type, whose outputs the key cannot tell apart.
pub(crate) fn exchange(parts: &mut Parts, outputs: Option<Cache>) -> Option<Cache> {
    let taken = parts.extensions.remove::<Cache>();
    if let Some(outputs) = outputs {
        parts.extensions.insert(outputs);
    }
    taken
}

/// The outputs of one request. A copy of the request is another request, so a clone is empty.
#[derive(Default)]
pub(crate) struct Cache(Vec<Entry>);

struct Entry {
    function: TypeId,
    state: TypeId,
    scopes: ScopeList,
    output: Box<dyn Any + Send + Sync>,
}

impl Entry {
    /// A weaker check must never answer for a stronger one, so the sets are compared by content.
    fn answers<D: 'static, S: 'static>(&self, scopes: ScopeList) -> bool {
        self.function == TypeId::of::<D>() && self.state == TypeId::of::<S>() && same_set(self.scopes, scopes)
    }
}

impl Clone for Cache {
    fn clone(&self) -> Self {
        Self::default()
    }
}
