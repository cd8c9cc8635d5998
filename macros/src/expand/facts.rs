//! What is stated of a function: its tree, what it returns, and its signature.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{ReturnType, spanned::Spanned};

use super::{
    call::{args, call, own_type, tie},
    marker::bare_generics,
    node::{Detail, node},
    path::{marker, target, through},
};
use crate::model::{Dependency, Kind, Model, has_arguments};

pub(crate) fn facts(model: &Model) -> TokenStream {
    let (generics, _, predicates) = model.signature.generics.split_for_impl();
    let this = marker(model);
    let tree = node(model, Detail::Full);
    let node_type = model.names.get("Node");
    let without_cycle = without_cycle(model);
    let may_be_a_dependency = model.may_be_a_dependency();
    let (of, returned) = if may_be_a_dependency {
        (model.names.get("Returns"), Some(returned(model)))
    } else {
        (model.names.get("Secured"), None)
    };
    let signature = signature(model, &this);
    let sketch = model.is_generic().then(|| sketch(model, &this));
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #generics #of for #this #predicates {
            const DEPENDENCY_TREE: &'static #node_type = #tree;
            type WithoutCycle = #without_cycle;
            #returned
        }
        #signature
        #sketch
    }
}

/// `<(<f as Secured>::WithoutCycle, …) as Unit>::Unit`, over the dependencies.
fn without_cycle(model: &Model) -> TokenStream {
    let below = model.parameters.iter().filter_map(|parameter| match &parameter.kind {
        // One with type arguments has bounds. A mistake in these is told at the parameter.
        Kind::Dependency { dependency: Dependency::Named(ty), .. } if has_arguments(ty) => None,
        Kind::Dependency { dependency, .. } => {
            let target = target(&model.names, dependency);
            let secured = model.names.at(target.span(), "Secured");
            Some(quote_spanned!(target.span()=> <#target as #secured>::WithoutCycle))
        }
        _ => None,
    });
    let below: Vec<_> = below.collect();
    let span = below.first().map_or_else(Span::call_site, Spanned::span);
    let unit = model.names.at(span, "Unit");
    quote_spanned!(span=> <(#(#below,)*) as #unit>::Unit)
}

pub(super) fn returned(model: &Model) -> TokenStream {
    match &model.signature.output {
        ReturnType::Default => quote!(
            type Ret = ();
        ),
        ReturnType::Type(_, ty) => quote!(type Ret = #ty;),
    }
}

/// What the function takes, and how it is called.
fn signature(model: &Model, this: &TokenStream) -> TokenStream {
    let (generics, _, predicates) = model.signature.generics.split_for_impl();
    let (of, members) = if model.may_be_a_dependency() {
        (model.names.get("Function"), members(model))
    } else {
        (model.names.get("Signature"), tie(model))
    };
    let (args, own_type) = (args(model), own_type(model));
    let bounds = (!model.is_generic()).then(|| bounds(model));
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #generics #of for #this #predicates #bounds {
            type Args = #args;
            #members
            #own_type
        }
    }
}

/// `where for<'a> f: Stated<'a, Via<g, Start>, 0>, …`, for each dependency. A generic function has bounds of its own.
fn bounds(model: &Model) -> TokenStream {
    let bounds = model.parameters.iter().enumerate().filter_map(|(i, parameter)| match &parameter.kind {
        Kind::Dependency { dependency, .. } => {
            let span = parameter.ty.span();
            let path = through(model, i, &model.names.at(span, "Start"));
            let (ty, stated) = match dependency {
                Dependency::Named(ty) => (ty, model.names.at(span, "Stated")),
                Dependency::Aliased(ty) => (ty, model.names.at(span, "StatedAlias")),
            };
            Some(quote_spanned!(span=> for<'a> #ty: #stated<'a, #path, #i>))
        }
        _ => None,
    });
    quote!(where #(#bounds),*)
}

/// The types and the call by which other functions get at this one.
fn members(model: &Model) -> TokenStream {
    let names = &model.names;
    let path = names.get("Path");
    let outer = quote!(__AxumScopesOuter);
    let params = model.parameters.iter().enumerate().filter_map(|(i, parameter)| match &parameter.kind {
        Kind::Dependency { dependency, .. } => {
            let span = parameter.ty.span();
            let (at, target, path) = (names.at(span, "At"), target(names, dependency), through(model, i, &outer));
            Some(quote_spanned!(span=> #at<#target, #path>))
        }
        _ => None,
    });
    let reuse = names.get(if model.cache { "Cached" } else { "Fresh" });
    let call = call(model);
    quote! {
        type Params<#outer: #path> = (#(#params,)*);
        type Reuse = #reuse;
        #call
    }
}

/// The tree of a generic function as far as it is known without bounds, so that `cargo check` sees what it can.
fn sketch(model: &Model, this: &TokenStream) -> TokenStream {
    let node_type = model.names.get("Node");
    let tree = node(model, Detail::Sketch);
    let generics = bare_generics(model);
    quote! {
        #[automatically_derived]
        impl #generics #this {
            #[doc(hidden)]
            pub const AXUM_SCOPES_SKETCH: &'static #node_type = #tree;
        }
    }
}
