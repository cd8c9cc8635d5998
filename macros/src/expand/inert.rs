//! A function with a mistake: everything is there, so that one mistake gives one message, and nothing is concluded from it.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    credential::patterns,
    document::documented,
    facts::returned,
    function::{with_checks, written},
    marker::{bare_generics, marker as marker_of},
    path::marker,
};
use crate::{
    model::{Model, is_debug_handler, is_security},
    names,
};

pub(crate) fn inert(model: &Model) -> TokenStream {
    // `debug_handler` would only tell the consequences.
    let attributes =
        model.attributes.iter().filter(|attribute| !is_debug_handler(attribute) && !is_security(attribute));
    let function = written(
        model,
        &attributes.map(|attribute| documented(model, attribute)).collect(),
        &with_checks(&model.body, &patterns(model)),
    );
    if model.is_method() {
        return function;
    }
    let (marker, facts) = (marker_of(model), facts(model));
    quote!(#function #marker #facts)
}

/// A tree that is not known, and a call that never ends: nobody makes it.
fn facts(model: &Model) -> TokenStream {
    let names = &model.names;
    let (generics, _, predicates) = model.signature.generics.split_for_impl();
    let (this, node, unknown) = (marker(model), names.get("Node"), names.get("UNKNOWN"));
    let (checked, checked_type) = (names::checked(), names.get("Checked"));
    let (states, takes, returned, members) = if model.may_be_a_dependency() {
        let (path, fresh, pending) = (names.get("Path"), names.get("Fresh"), names.get("pending"));
        let (future, send, returned) = (names.get("Future"), names.get("Send"), returned(model));
        let members = quote! {
            type Params<__AxumScopesOuter: #path> = ();
            type Reuse = #fresh;
            fn call((): (), #checked: &#checked_type) -> impl #future<Output = Self::Ret> + #send {
                #pending::<Self::Ret>()
            }
        };
        (names.get("Returns"), names.get("Function"), Some(returned), members)
    } else {
        (names.get("Secured"), names.get("Signature"), None, quote!(fn tie((): (), #checked: &#checked_type) {}))
    };
    let sketch = model.is_generic().then(|| {
        let generics = bare_generics(model);
        quote! {
            #[automatically_derived]
            impl #generics #this {
                #[doc(hidden)]
                pub const AXUM_SCOPES_SKETCH: &'static #node = #unknown;
            }
        }
    });
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #generics #states for #this #predicates {
            const DEPENDENCY_TREE: &'static #node = #unknown;
            type WithoutCycle = ();
            #returned
        }
        #[automatically_derived]
        #[allow(deprecated, unused_variables)]
        impl #generics #takes for #this #predicates {
            type Args = ();
            #members
        }
        #sketch
    }
}
