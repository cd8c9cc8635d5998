//! What a function with a mistake expands to: all items that others may name, so that one mistake gives one message, and
//! nothing from which the compiler could conclude another.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    credential::patterns,
    document::documented,
    facts::{self, returned, sketch},
    function::{behind, mistake, written},
    mark::is_for_callers,
    marker::{marker_item, marker_type},
};
use crate::{
    model::{Model, is_debug_handler, is_security},
    names,
};

/// The function as the user wrote it, its marker, and facts that say nothing.
pub(crate) fn inert(model: &Model) -> TokenStream {
    // `debug_handler` would only tell the consequences.
    let attributes =
        model.attributes.iter().filter(|attribute| !is_debug_handler(attribute) && !is_security(attribute));
    let attributes = attributes.map(|attribute| documented(model, attribute)).collect();
    let body = behind(&patterns(model), &model.body);
    // What another attribute sees is what the user wrote.
    let marked =
        model.is_routable() && model.signature.asyncness.is_some() && model.attributes.iter().all(is_for_callers);
    let function = if marked { mistake(model, &attributes, &body) } else { written(model, &attributes, &body) };
    if model.is_method() {
        return function;
    }
    let (marker, facts) = (marker_item(model), facts(model));
    quote!(#function #marker #facts)
}

/// An unknown tree, and a call that never ends. Nobody makes that call.
fn facts(model: &Model) -> TokenStream {
    let (generics, _, predicates) = model.signature.generics.split_for_impl();
    let (marker, runtime) = (marker_type(model), &model.runtime);
    let (node_type, unknown) = (runtime.get(names::NODE), runtime.get(names::UNKNOWN));
    let (states, takes, returned, members) = if model.may_be_a_dependency() {
        let members = members(model);
        (runtime.get(names::RETURNS), runtime.get(names::FUNCTION), Some(returned(model)), Some(members))
    } else {
        (runtime.get(names::SECURED), runtime.get(names::SIGNATURE), None, None)
    };
    let (sketch, says) = (model.is_generic().then(|| sketch(model, &unknown)), facts::unknown(model));
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #generics #states for #marker #predicates {
            const DEPENDENCY_TREE: &'static #node_type = #unknown;
            type WithoutCycle = ();
            type Says = #says;
            #returned
        }
        #[automatically_derived]
        #[allow(deprecated, unused_variables)]
        impl #generics #takes for #marker #predicates {
            type Args = ();
            #members
        }
        #sketch
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
