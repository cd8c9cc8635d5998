//! `#[security(cache)]`: a tree resolves a function once for each set of required scopes.
//!
//! A tree is everything that one call of a handler, guard or middleware depends on. It has one state, and nobody changes the
//! request while its dependencies run. Its outputs are dropped when it ends, because another tree may have another state or
//! another request.

use std::any::{Any, TypeId};

use axum::http::request::Parts;

use crate::{dependency::result::DependencyResult, scopes::required::Required, tree::node::Node};

/// Whether a dependency's output is kept for the rest of its tree.
pub trait Reuse<Ret> {
    /// The output that `D` had before in this tree, with the same required scopes.
    fn recall<D: 'static>(parts: &Parts, required: Required) -> Option<Ret::Output>
    where
        Ret: DependencyResult;

    /// Keeps the output for [`recall`](Self::recall).
    fn remember<D: 'static>(parts: &mut Parts, required: Required, output: &Ret::Output)
    where
        Ret: DependencyResult;
}

/// Resolved each time.
#[derive(Debug)]
pub struct Fresh;

/// Resolved once in a tree for each set of required scopes.
#[derive(Debug)]
pub struct Cached;

/// An output that can be cached.
#[diagnostic::on_unimplemented(
    message = "the output of a cached dependency is handed out as clones, and `{Self}` is not `Clone + Send + Sync`",
    label = "`{Self}` cannot be cached",
    note = "derive `Clone` for `{Self}`, return `Arc<{Self}>`, or remove `cache`"
)]
pub trait CacheOutput: Clone + Send + Sync + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Clone + Send + Sync + 'static> CacheOutput for T {}

impl<Ret> Reuse<Ret> for Fresh {
    fn recall<D: 'static>(_: &Parts, _: Required) -> Option<Ret::Output>
    where
        Ret: DependencyResult,
    {
        None
    }

    fn remember<D: 'static>(_: &mut Parts, _: Required, _: &Ret::Output)
    where
        Ret: DependencyResult,
    {
    }
}

impl<Ret: DependencyResult<Output: CacheOutput>> Reuse<Ret> for Cached {
    fn recall<D: 'static>(parts: &Parts, required: Required) -> Option<Ret::Output>
    where
        Ret: DependencyResult,
    {
        let cache = parts.extensions.get::<Cache>()?;
        let entry = cache.entries.iter().find(|entry| entry.is_for::<D>(required))?;
        entry.output.downcast_ref::<Ret::Output>().cloned()
    }

    fn remember<D: 'static>(parts: &mut Parts, required: Required, output: &Ret::Output)
    where
        Ret: DependencyResult,
    {
        // Outside of a tree, nothing would drop the output.
        let Some(cache) = parts.extensions.get_mut::<Cache>() else { return };
        cache.entries.push(Entry { function: TypeId::of::<D>(), required, output: Box::new(output.clone()) });
    }
}

/// The outputs of one tree. A copy of the request is another request, so a clone is empty.
#[derive(Default)]
struct Cache {
    /// The function at which the tree begins. The tree of a guard has none.
    outermost: Option<Outermost>,
    /// The number of the outermost function's own dependencies that are extracted already.
    extracted: usize,
    entries: Vec<Entry>,
}

/// The outermost function of a path: a handler or a middleware. Axum extracts its own dependencies one by one.
#[derive(Clone, Copy, Debug)]
pub struct Outermost {
    pub(crate) function: fn() -> TypeId,
    pub(crate) node: &'static Node,
}

impl Outermost {
    fn is(self, other: Self) -> bool {
        (self.function)() == (other.function)()
    }

    /// The number of dependencies that the function itself takes.
    fn dependencies(self) -> usize {
        self.node.children.iter().filter(|child| child.node.dependency().is_some()).count()
    }
}

/// The request while a tree, or a part of one, is extracted from it. Dropping this restores the request, even if a dependency
/// panics or its future is dropped.
pub(crate) struct Entered<'a> {
    pub(crate) parts: &'a mut Parts,
    outermost: Option<Outermost>,
    /// The outputs of the tree that this one interrupts.
    outer: Option<Cache>,
}

/// Whether a tree needs a cache, because one of its functions `has_cache`. A replacement may have `cache`, too.
pub(crate) fn is_needed(parts: &Parts, has_cache: bool) -> bool {
    #[cfg(feature = "testing")]
    if crate::dependency::overridden::has_replacements(parts) {
        return true;
    }
    let _ = parts;
    has_cache
}

/// Enters the tree of the `outermost` function, before one of its dependencies is extracted. Without such a function it enters a
/// new tree. The outputs of any other tree are out of reach.
pub(crate) fn enter(parts: &mut Parts, outermost: Option<Outermost>) -> Entered<'_> {
    let known = parts.extensions.get::<Cache>().and_then(|cache| cache.outermost);
    let goes_on = known.zip(outermost).is_some_and(|(known, outermost)| known.is(outermost));
    let other = if goes_on { None } else { parts.extensions.insert(Cache { outermost, ..Cache::default() }) };
    // The tree of a function interrupts no other. Outputs that are still there are left over.
    Entered { parts, outermost, outer: other.filter(|_| outermost.is_none()) }
}

/// The tree ends with the outermost function's last dependency, and its outputs are dropped.
impl Drop for Entered<'_> {
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
    required: Required,
    output: Box<dyn Any + Send + Sync>,
}

impl Entry {
    /// A weaker check must never answer for a stronger one, so the sets are compared by content.
    fn is_for<D: 'static>(&self, required: Required) -> bool {
        self.function == TypeId::of::<D>() && self.required.same(required)
    }
}

impl Clone for Cache {
    fn clone(&self) -> Self {
        Self::default()
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;
    use crate::{
        error::AuthError,
        tree::node::{Child, function},
    };

    type Ret = Result<u8, AuthError>;

    /// The functions `f` and `g`, and a dependency of theirs.
    struct F;
    struct G;
    struct Dependency;

    const NODE: &Node = &function("dependency", &[], &[]).cached();
    const OF_TWO: &Node = &function("f", &[], &[Child::new(&[], NODE), Child::new(&[], NODE)]);

    fn outermost<T: 'static>() -> Option<Outermost> {
        Some(Outermost { function: TypeId::of::<T>, node: OF_TWO })
    }

    fn request() -> Parts {
        Request::new(()).into_parts().0
    }

    fn recall(parts: &Parts) -> Option<u8> {
        <Cached as Reuse<Ret>>::recall::<Dependency>(parts, Required::NONE)
    }

    fn remember(parts: &mut Parts) {
        <Cached as Reuse<Ret>>::remember::<Dependency>(parts, Required::NONE, &7);
    }

    #[test]
    fn a_tree_ends_with_the_last_dependency_of_its_function() {
        let mut parts = request();
        remember(enter(&mut parts, outermost::<F>()).parts);
        let tree = enter(&mut parts, outermost::<F>());
        assert_eq!(recall(tree.parts), Some(7));
        drop(tree);
        assert!(parts.extensions.get::<Cache>().is_none());
    }

    /// The tree of the other function is unfinished.
    #[test]
    fn another_function_begins_with_an_empty_cache() {
        let mut parts = request();
        remember(enter(&mut parts, outermost::<F>()).parts);
        assert_eq!(recall(enter(&mut parts, outermost::<G>()).parts), None);
    }

    #[test]
    fn a_tree_within_another_shares_no_output_with_it() {
        let mut parts = request();
        let outer = enter(&mut parts, outermost::<F>());
        remember(outer.parts);
        assert_eq!(recall(enter(outer.parts, None).parts), None);
        assert_eq!(recall(outer.parts), Some(7));
    }

    #[test]
    fn outputs_of_a_guard_end_with_it() {
        let mut parts = request();
        let tree = enter(&mut parts, None);
        remember(tree.parts);
        assert_eq!(recall(tree.parts), Some(7));
        drop(tree);
        assert!(parts.extensions.get::<Cache>().is_none());
    }

    #[test]
    fn outputs_are_not_kept_outside_of_a_tree() {
        let mut parts = request();
        remember(&mut parts);
        assert_eq!(recall(&parts), None);
    }

    #[test]
    fn a_copy_of_the_request_has_an_empty_cache() {
        let mut parts = request();
        enter(&mut parts, outermost::<F>());
        remember(&mut parts);
        assert_eq!((recall(&parts.clone()), recall(&parts)), (None, Some(7)));
    }
}
