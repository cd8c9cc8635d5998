//! The one impl that states what the function is.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{ReturnType, spanned::Spanned};

use super::{
    marker::bare_generics,
    node::{Detail, node},
    path::{marker, placed, target, through},
};
use crate::{
    model::{Dependency, Kind, Model, Parameter, has_arguments},
    names,
};

pub(crate) fn facts(model: &Model, sound: bool) -> TokenStream {
    let (generics, _, predicates) = model.signature.generics.split_for_impl();
    let this = marker(model);
    let tree = node(model, sound, Detail::Full);
    let node_type = model.names.get("Node");
    let without_cycle = without_cycle(model, sound);
    let may_be_a_dependency = model.may_be_a_dependency();
    let (of, returned) = if may_be_a_dependency {
        (model.names.get("Returns"), Some(returned(model)))
    } else {
        (model.names.get("Secured"), None)
    };
    let signature = signature(model, sound, &this);
    let sketch = model.is_generic().then(|| sketch(model, sound, &this));
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
fn without_cycle(model: &Model, sound: bool) -> TokenStream {
    let parameters = model.parameters.iter().filter(|_| sound);
    let below = parameters.filter_map(|parameter| match &parameter.kind {
        // One with type arguments has bounds, and what is wrong with these is told at the parameter.
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

fn returned(model: &Model) -> TokenStream {
    match &model.signature.output {
        ReturnType::Default => quote!(
            type Ret = ();
        ),
        ReturnType::Type(_, ty) => quote!(type Ret = #ty;),
    }
}

/// What the function takes, and how it is called.
fn signature(model: &Model, sound: bool, this: &TokenStream) -> TokenStream {
    let (generics, _, predicates) = model.signature.generics.split_for_impl();
    let (of, members) = if model.may_be_a_dependency() {
        (model.names.get("Function"), members(model, sound))
    } else {
        (model.names.get("Signature"), tie(model, sound))
    };
    let args = args(model, sound);
    let own_type = own_type(model, sound);
    let bounds = (sound && !model.is_generic()).then(|| bounds(model));
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
fn members(model: &Model, sound: bool) -> TokenStream {
    let names = &model.names;
    let path = names.get("Path");
    let outer = quote!(__AxumScopesOuter);
    let parameters = if sound { model.parameters.as_slice() } else { &[] };
    let params = parameters.iter().enumerate().filter_map(|(i, parameter)| match &parameter.kind {
        Kind::Dependency { dependency, .. } => {
            let span = parameter.ty.span();
            let (at, target, path) = (names.at(span, "At"), target(names, dependency), through(model, i, &outer));
            Some(quote_spanned!(span=> #at<#target, #path>))
        }
        _ => None,
    });
    let reuse = names.get(if model.cache { "Cached" } else { "Fresh" });
    let call = call(model, sound);
    quote! {
        type Params<#outer: #path> = (#(#params,)*);
        type Reuse = #reuse;
        #call
    }
}

/// What is extracted for the parameters.
fn args(model: &Model, sound: bool) -> TokenStream {
    let parameters = if sound { model.parameters.len() } else { 0 };
    let args = (0..parameters).map(|i| argument_type(model, i));
    quote!((#(#args,)*))
}

/// What is extracted for parameter `i`.
fn argument_type(model: &Model, i: usize) -> TokenStream {
    let Parameter { ty, kind, .. } = &model.parameters[i];
    match kind {
        // By the runtime's own names: whatever else the user's names mean, the call does not compile.
        Kind::Dependency { dependency, .. } => placed(model, i, dependency),
        Kind::RequiredScopes => {
            let (scopes, path) = (model.names.get("PlacedScopes"), through(model, i, &model.names.get("Start")));
            quote!(#scopes<#path>)
        }
        Kind::SecurityScopes => model.names.get("Lent"),
        Kind::Extractor | Kind::Mistake | Kind::Receiver => {
            let extracted = model.names.at(ty.span(), "Extracted");
            quote_spanned!(ty.span()=> #extracted<#ty>)
        }
    }
}

/// `fn call((a, b): Self::Args, checked: &Checked) -> impl Future { f(a, b) }`. With a mistake, nothing is called.
fn call(model: &Model, sound: bool) -> TokenStream {
    let names = &model.names;
    let (future, send, checked_type) = (names.get("Future"), names.get("Send"), names.get("Checked"));
    let checked = names::checked();
    let (pattern, called) = called(model, sound);
    let called = match (sound, model.signature.asyncness) {
        (true, Some(_)) => called,
        (true, None) => {
            let ready = names.get("ready");
            quote!(#ready(#called))
        }
        (false, _) => {
            let pending = names.get("pending");
            quote!(#pending::<Self::Ret>())
        }
    };
    quote! {
        #[inline]
        #[allow(unused_variables)]
        fn call(#pattern: Self::Args, #checked: &#checked_type) -> impl #future<Output = Self::Ret> + #send {
            #called
        }
    }
}

/// `fn tie((a, b): Self::Args, checked: &Checked) { let _ = f(a, b); }`: whatever the names in the signature mean, and
/// however many parameters are left of it, it agrees with the facts or nothing compiles.
fn tie(model: &Model, sound: bool) -> TokenStream {
    let (checked, checked_type) = (names::checked(), model.names.get("Checked"));
    let (pattern, called) = called(model, sound);
    let called = sound.then(|| quote!(let _ = #called;));
    quote! {
        #[allow(unused_variables)]
        fn tie(#pattern: Self::Args, #checked: &#checked_type) {
            #called
        }
    }
}

/// `fn own_type() -> OwnType { own_type(f) }`, for a function that requires a credential. The parameters of one that
/// has dependencies tell it from all others.
fn own_type(model: &Model, sound: bool) -> TokenStream {
    let is_told = |parameter: &Parameter| matches!(parameter.kind, Kind::Dependency { .. } | Kind::RequiredScopes);
    if model.credential_required.is_none() || !sound || model.parameters.iter().any(is_told) {
        return TokenStream::new();
    }
    let name = &model.signature.ident;
    let (_, generics, _) = model.signature.generics.split_for_impl();
    let turbofish = generics.as_turbofish();
    let (own, own_type) = (model.names.get("OwnType"), model.names.get("own_type"));
    quote! {
        fn own_type() -> #own {
            #own_type(#name #turbofish)
        }
    }
}

/// The pattern that takes the arguments apart, and the call with them.
fn called(model: &Model, sound: bool) -> (TokenStream, TokenStream) {
    let (extracted, checked) = (model.names.get("Extracted"), names::checked());
    let (patterns, arguments): (Vec<_>, Vec<_>) = model
        .parameters
        .iter()
        .enumerate()
        .filter(|_| sound)
        .map(|(i, parameter)| {
            // What is wrong with a dependency is told at its type, what is wrong with an extractor is told there already.
            let is_dependency = matches!(parameter.kind, Kind::Dependency { .. });
            let name = names::argument(i, if is_dependency { parameter.ty.span() } else { Span::call_site() });
            match &parameter.kind {
                Kind::Dependency { .. } | Kind::RequiredScopes => (quote!(#name), quote!(#name)),
                Kind::SecurityScopes => (quote!(#name), quote!(#name.to(#checked))),
                Kind::Extractor | Kind::Mistake | Kind::Receiver => (quote!(#extracted(#name)), quote!(#name)),
            }
        })
        .unzip();
    let name = &model.signature.ident;
    let (_, generics, _) = model.signature.generics.split_for_impl();
    let turbofish = generics.as_turbofish();
    (quote!((#(#patterns,)*)), quote!(#name #turbofish (#(#arguments),*)))
}

/// The tree of a generic function as far as it is known without bounds, so that `cargo check` sees what it can.
fn sketch(model: &Model, sound: bool, this: &TokenStream) -> TokenStream {
    let node_type = model.names.get("Node");
    let tree = node(model, sound, Detail::Sketch);
    let generics = bare_generics(model);
    quote! {
        #[automatically_derived]
        impl #generics #this {
            #[doc(hidden)]
            pub const AXUM_SCOPES_SKETCH: &'static #node_type = #tree;
        }
    }
}
