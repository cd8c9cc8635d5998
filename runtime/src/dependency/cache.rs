//! `#[security(cache)]`: one resolution in a tree, keyed by function and set of required scopes.
//!
//! A tree is what one call of a handler, guard or middleware depends on. It has one state, and nobody changes the request
//! while its dependencies run. What is kept ends with it: another tree may have another state, or another request.

use std::any::{Any, TypeId};

use axum::http::request::Parts;

use super::{
    function::DependencyResult,
    node::{Kind, Node},
};
use crate::scopes::{ScopeList, grammar::same_set};

/// Whether a dependency's output is kept for the rest of the request.
pub trait Reuse<Ret> {
    /// The output that `D` had before in this tree, under the same requirement.
    fn recall<D: 'static>(parts: &Parts, scopes: ScopeList) -> Option<Ret::Output>
    where
        Ret: DependencyResult;

    /// Keeps the output for [`recall`](Self::recall).
    fn remember<D: 'static>(parts: &mut Parts, scopes: ScopeList, output: &Ret::Output)
    where
        Ret: DependencyResult;
}

/// Resolved each time.
#[derive(Debug)]
pub struct Fresh;

/// Resolved once in a tree for each set of required scopes.
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
    fn recall<D: 'static>(_: &Parts, _: ScopeList) -> Option<Ret::Output>
    where
        Ret: DependencyResult,
    {
        None
    }

    fn remember<D: 'static>(_: &mut Parts, _: ScopeList, _: &Ret::Output)
    where
        Ret: DependencyResult,
    {
    }
}

impl<Ret: DependencyResult<Output: CacheOutput>> Reuse<Ret> for Cached {
    fn recall<D: 'static>(parts: &Parts, scopes: ScopeList) -> Option<Ret::Output>
    where
        Ret: DependencyResult,
    {
        let cache = parts.extensions.get::<Cache>()?;
        let entry = cache.entries.iter().find(|entry| entry.answers::<D>(scopes))?;
        entry.output.downcast_ref::<Ret::Output>().cloned()
    }

    fn remember<D: 'static>(parts: &mut Parts, scopes: ScopeList, output: &Ret::Output)
    where
        Ret: DependencyResult,
    {
        // Outside of a tree nobody would forget it.
        if let Some(cache) = parts.extensions.get_mut::<Cache>() {
            cache.entries.push(Entry { function: TypeId::of::<D>(), scopes, output: Box::new(output.clone()) });
        }
    }
}

/// The outputs of one tree. A copy of the request is another request, so a clone is empty.
#[derive(Default)]
struct Cache {
    /// Where the tree begins; nowhere for that of a guard.
    outermost: Option<Outermost>,
    /// How many of the outermost function's own dependencies have been extracted.
    extracted: usize,
    entries: Vec<Entry>,
}

/// The outermost function of a path: a handler or a middleware, whose own dependencies are extracted one by one.
#[derive(Clone, Copy, Debug)]
pub struct Outermost {
    pub(crate) function: fn() -> TypeId,
    pub(crate) node: &'static Node,
}

impl Outermost {
    fn is(self, other: Self) -> bool {
        (self.function)() == (other.function)()
    }

    /// How many dependencies the function itself takes.
    fn dependencies(self) -> usize {
        self.node.children.iter().filter(|child| matches!(child.node.kind, Kind::Function)).count()
    }
}

/// The request, while a tree is extracted from it, or a part of one. It is given back as it was by whoever drops this: also
/// where the dependency panics, or is given up halfway.
pub(crate) struct Within<'a> {
    pub(crate) parts: &'a mut Parts,
    outermost: Option<Outermost>,
    /// What another tree has kept, in whose midst this one stands.
    outer: Option<Cache>,
}

/// Before a dependency of the `outermost` function is extracted, or one that is a tree of its own: what another tree has
/// kept is out of reach.
pub(crate) fn enter(parts: &mut Parts, outermost: Option<Outermost>) -> Within<'_> {
    let known = parts.extensions.remove::<Cache>();
    let (cache, outer) = match outermost {
        Some(outermost) => (known.filter(|cache| cache.outermost.is_some_and(|known| known.is(outermost))), None),
        None => (None, known),
    };
    parts.extensions.insert(cache.unwrap_or_else(|| Cache { outermost, ..Cache::default() }));
    Within { parts, outermost, outer }
}

/// With the outermost function's last dependency the tree ends, and what it has kept with it.
impl Drop for Within<'_> {
    fn drop(&mut self) {
        let extensions = &mut self.parts.extensions;
        let ended = match (self.outermost, extensions.get_mut::<Cache>()) {
            (Some(outermost), Some(cache)) => {
                cache.extracted += 1;
                cache.extracted >= outermost.dependencies()
            }
            _ => true,
        };
        if ended {
            extensions.remove::<Cache>();
        }
        if let Some(outer) = self.outer.take() {
            extensions.insert(outer);
        }
    }
}

struct Entry {
    function: TypeId,
    scopes: ScopeList,
    output: Box<dyn Any + Send + Sync>,
}

impl Entry {
    /// A weaker check must never answer for a stronger one, so the sets are compared by content.
    fn answers<D: 'static>(&self, scopes: ScopeList) -> bool {
        self.function == TypeId::of::<D>() && same_set(self.scopes, scopes)
    }
}

impl Clone for Cache {
    fn clone(&self) -> Self {
        Self::default()
    }
}
