//! What a function with a mistake expands to: all items that others may name, so that one mistake gives one message, and
//! nothing from which the compiler could conclude another.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::{
    credential::patterns,
    document::documented,
    facts::{self, returned, sketch},
    function::{behind, mistake, written},
    mark::is_for_callers,
    marker::{marker_item, marker_type},
};
use crate::{
    model::{Model, is_debug_handler, is_security, mentions},
    names,
};

/// The function as the user wrote it, its marker, and facts that say nothing.
pub(crate) fn inert(model: &Model) -> TokenStream {
    // `debug_handler` would only tell the consequences.
    let attributes =
        model.attributes.iter().filter(|attribute| !is_debug_handler(attribute) && !is_security(attribute));
    let attributes = attributes.map(|attribute| documented(model, attribute)).collect();
    let body = behind(&patterns(model), &model.body);
    let marked = can_be_marked(model);
    let function = if marked { mistake(model, &attributes, &body) } else { written(model, &attributes, &body) };
    if model.is_method() {
        return function;
    }
    let (marker, facts) = (marker_item(model), facts(model));
    quote!(#function #marker #facts)
}

/// Whether the function can name the mistake. What another attribute sees is what the user wrote, and a type that has no name is
/// written once.
fn can_be_marked(model: &Model) -> bool {
    let has_names = model.parameters.iter().all(|parameter| !mentions(parameter.ty.to_token_stream(), "impl"));
    let is_async = model.signature.asyncness.is_some() && model.is_routable();
    is_async && has_names && model.attributes.iter().all(is_for_callers)
}

/// An unknown tree, and a call that never ends. Nobody makes that call.
fn facts(model: &Model) -> TokenStream {
    let (generics, _, predicates) = model.signature.generics.split_for_impl();
    let (marker, runtime) = (marker_type(model), &model.runtime);
    let (node_type, unknown) = (runtime.get(names::NODE), runtime.get(names::UNKNOWN));
    let is_dependency = model.may_be_a_dependency();
    let states = runtime.get(if is_dependency { names::RETURNS } else { names::SECURED });
    let (returned, called) = (is_dependency.then(|| returned(model)), is_dependency.then(|| called(model, &marker)));
    let (sketch, says) = (model.is_generic().then(|| sketch(model, &unknown)), facts::unknown(model));
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #generics #states for #marker #predicates {
            const DEPENDENCY_TREE: &'static #node_type = #unknown;
            type WithoutCycle = ();
            type Says = #says;
            type Takes = Self;
            #returned
        }
        #called
        #sketch
    }
}

fn called(model: &Model, marker: &TokenStream) -> TokenStream {
    let (generics, _, predicates) = model.signature.generics.split_for_impl();
    let (function, members) = (model.runtime.get(names::FUNCTION), members(model));
    quote! {
        #[automatically_derived]
        #[allow(deprecated, unused_variables)]
        impl #generics #function for #marker #predicates {
            type Args = ();
            #members
        }
    }
}

fn members(model: &Model) -> TokenStream {
    let runtime = &model.runtime;
    let (path, fresh, pending) = (runtime.get(names::PATH), runtime.get(names::FRESH), runtime.get(names::PENDING));
    let (future, send) = (runtime.get(names::FUTURE), runtime.get(names::SEND));
    let (checked, checked_type) = (names::checked(), runtime.get(names::CHECKED));
    quote! {
        type Params<__AxumScopesOuter: #path> = ();
        type Reuse = #fresh;
        fn call((): (), #checked: &#checked_type) -> impl #future<Output = Self::Ret> + #send {
            #pending::<Self::Ret>()
        }
    }
}
