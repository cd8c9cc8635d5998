//! Replacements of dependencies in one request: the hook of the feature `testing`. Without the feature nothing of this exists.

use std::{
    any::{Any, TypeId, type_name},
    collections::HashMap,
    pin::Pin,
    sync::Arc,
};

use axum::{
    http::{Extensions, request::Parts},
    response::{IntoResponse, Response},
};

use crate::{
    error::AuthError,
    tree::{node::Node, requirement::Requirement},
};

type Resolved<'a, T> = Pin<Box<dyn Future<Output = Result<T, Response>> + Send + 'a>>;
/// The call of a replacement with the state `S`. `T` is the output of the original.
pub(crate) type Resolve<S, T> =
    dyn for<'a> Fn(&'a mut Parts, &'a S, &'static Requirement) -> Resolved<'a, T> + Send + Sync;

/// The key of a replacement in [`Replacements`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    function: TypeId,
    state: TypeId,
}

/// Replacements that are applied together.
#[derive(Default)]
pub(crate) struct Replacements(HashMap<Key, Box<dyn Any + Send + Sync>>);

impl Replacements {
    /// Puts `resolve` in the place of `D`, whose output is `T`.
    pub(crate) fn insert<D: 'static, S: 'static, T: 'static>(&mut self, resolve: Box<Resolve<S, T>>) {
        self.0.insert(Key { function: TypeId::of::<D>(), state: TypeId::of::<S>() }, Box::new(resolve));
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Applies these replacements to the request that has these extensions. Earlier ones win.
    pub(crate) fn apply_to(self: &Arc<Self>, extensions: &mut Extensions) {
        extensions.get_or_insert_default::<Applied>().layers.push(Arc::clone(self));
    }
}

#[derive(Clone, Default)]
struct Applied {
    layers: Vec<Arc<Replacements>>,
    /// The functions whose replacements are running. A replacement that depends on its original gets the original.
    running: Vec<TypeId>,
}

/// Whether the request has replacements.
pub(crate) fn has_replacements(parts: &Parts) -> bool {
    parts.extensions.get::<Applied>().is_some()
}

/// The result of the replacement of `D`, whose output is `T`, if `D` has one in this request.
pub(crate) async fn replaced<D: 'static, S: 'static, T: 'static>(
    node: &Node,
    parts: &mut Parts,
    state: &S,
    requirement: &'static Requirement,
) -> Option<Result<T, Response>> {
    let key = Key { function: TypeId::of::<D>(), state: TypeId::of::<S>() };
    let Applied { layers, running } = parts.extensions.get::<Applied>()?.clone();
    if running.contains(&key.function) {
        return None;
    }
    if let Some(replacement) = layers.iter().find_map(|layer| layer.0.get(&key)) {
        let resolve = replacement.downcast_ref::<Box<Resolve<S, T>>>()?;
        parts.extensions.get_or_insert_default::<Applied>().running.push(key.function);
        let result = resolve(parts, state, requirement).await;
        parts.extensions.get_or_insert_default::<Applied>().running.retain(|running| *running != key.function);
        return Some(result);
    }
    let elsewhere = layers.iter().any(|layer| layer.0.keys().any(|other| other.function == key.function));
    if elsewhere {
        let (dependency, state) = (node.name, type_name::<S>());
        tracing::error!(dependency, state, "replaced for another type of state; refused");
        return Some(Err(AuthError::internal().in_style(requirement.scheme).into_response()));
    }
    None
}
