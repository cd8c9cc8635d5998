//! The one impl that states what the function is.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ReturnType;

use super::{
    function::placed_type,
    marker::cfg,
    node::{Detail, node},
    path::{marker, target, through},
};
use crate::{
    model::{Kind, Model, Parameter},
    names,
};

pub(crate) fn facts(model: &Model, sound: bool) -> TokenStream {
    let (generics, _, predicates) = model.signature.generics.split_for_impl();
    let this = marker(model);
    let tree = node(model, sound, Detail::Full);
    let node_type = model.names.get("Node");
    let cfg: Vec<_> = cfg(model).collect();
    let (of, members) = if model.returns_a_named_type() {
        (model.names.get("Function"), members(model, &this))
    } else {
        (model.names.get("Secured"), TokenStream::new())
    };
    let sketch = model.is_generic().then(|| sketch(model, sound, &this));
    quote! {
        #(#cfg)*
        #[automatically_derived]
        #[allow(deprecated)]
        impl #generics #of for #this #predicates {
            const NODE: &'static #node_type = #tree;
            #members
        }
        #sketch
    }
}

/// The types and the call by which other functions get at this one.
fn members(model: &Model, this: &TokenStream) -> TokenStream {
    let names = &model.names;
    let path = names.get("Path");
    let outer = quote!(__AxumScopesOuter);
    let params = model.parameters.iter().enumerate().filter_map(|(i, parameter)| match &parameter.kind {
        Kind::Dependency { dependency, scopes } => {
            let (at, target) = (names.get("At"), target(names, dependency));
            let path = through(names, this, &outer, i, scopes);
            Some(quote!(#at<#target, #path>))
        }
        _ => None,
    });
    let args = model.parameters.iter().enumerate().map(|(i, parameter)| argument_type(model, i, parameter));
    let ret = match &model.signature.output {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, ty) => quote!(#ty),
    };
    let reuse = names.get(if model.cache { "Cached" } else { "Fresh" });
    let call = call(model);
    quote! {
        type Params<#outer: #path> = (#(#params,)*);
        type Args = (#(#args,)*);
        type Ret = #ret;
        type Reuse = #reuse;
        #call
    }
}

/// What is extracted for a parameter.
fn argument_type(model: &Model, i: usize, parameter: &Parameter) -> TokenStream {
    let names = &model.names;
    match &parameter.kind {
        Kind::Dependency { .. } | Kind::RequiredScopes => placed_type(model, i, parameter),
        Kind::SecurityScopes => names.get("Lent"),
        Kind::Extractor | Kind::Mistake => {
            let (extracted, ty) = (names.get("Extracted"), &parameter.ty);
            quote!(#extracted<#ty>)
        }
    }
}

/// `fn call((a, b): Self::Args, checked: &Checked) -> impl Future { f(a, b) }`.
fn call(model: &Model) -> TokenStream {
    let names = &model.names;
    let (future, send, checked_type) = (names.get("Future"), names.get("Send"), names.get("Checked"));
    let extracted = names.get("Extracted");
    let checked = names::checked();
    let (patterns, arguments): (Vec<_>, Vec<_>) = model
        .parameters
        .iter()
        .enumerate()
        .map(|(i, parameter)| {
            let name = names::argument(i);
            match &parameter.kind {
                Kind::Dependency { .. } | Kind::RequiredScopes => (quote!(#name), quote!(#name)),
                Kind::SecurityScopes => (quote!(#name), quote!(#name.to(#checked))),
                Kind::Extractor | Kind::Mistake => (quote!(#extracted(#name)), quote!(#name)),
            }
        })
        .unzip();
    let name = &model.signature.ident;
    let (_, generics, _) = model.signature.generics.split_for_impl();
    let turbofish = generics.as_turbofish();
    let called = quote!(#name #turbofish (#(#arguments),*));
    let called = if model.signature.asyncness.is_some() {
        called
    } else {
        let ready = names.get("ready");
        quote!(#ready(#called))
    };
    quote! {
        #[inline]
        fn call((#(#patterns,)*): Self::Args, #checked: &#checked_type) -> impl #future<Output = Self::Ret> + #send {
            let _ = #checked;
            #called
        }
    }
}

/// The tree of a generic function as far as it is known without bounds, so that `cargo check` sees what it can.
fn sketch(model: &Model, sound: bool, this: &TokenStream) -> TokenStream {
    let node_type = model.names.get("Node");
    let tree = node(model, sound, Detail::Sketch);
    let cfg = cfg(model);
    let params = model.signature.generics.params.iter().filter_map(|param| match param {
        syn::GenericParam::Type(param) => {
            let ident = &param.ident;
            Some(quote!(#ident))
        }
        syn::GenericParam::Const(param) => {
            let (ident, ty) = (&param.ident, &param.ty);
            Some(quote!(const #ident: #ty))
        }
        syn::GenericParam::Lifetime(_) => None,
    });
    quote! {
        #(#cfg)*
        #[automatically_derived]
        impl<#(#params),*> #this {
            #[doc(hidden)]
            pub const AXUM_SCOPES_SKETCH: &'static #node_type = #tree;
        }
    }
}
