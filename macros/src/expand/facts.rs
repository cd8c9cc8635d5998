//! The facts of a function, as impls for its marker: its tree, what it returns, and how it is called.

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{ReturnType, spanned::Spanned};

use super::{
    call::{args, argument_type, call},
    marker::{bare_generics, marker_type, sample},
    node::{Detail, node},
    path::{target, through, through_start, where_an_alias_is_told},
};
use crate::{
    model::{Dependency, Kind, Model, has_arguments},
    names,
};

/// `impl Secured for f`, or `impl Returns for f` and `impl Function for f` if others may depend on `f`.
pub(crate) fn facts(model: &Model) -> TokenStream {
    let (generics, _, predicates) = model.signature.generics.split_for_impl();
    let marker = marker_type(model);
    let (node_type, tree) = (model.runtime.get(names::NODE), node(model, Detail::Full));
    let (without_cycle, says, takes) = (without_cycle(model), says(model), takes(model));
    let is_dependency = model.may_be_a_dependency();
    let implemented = model.runtime.get(if is_dependency { names::RETURNS } else { names::SECURED });
    let (returned, called) = (is_dependency.then(|| returned(model)), is_dependency.then(|| called(model, &marker)));
    let sketch = model.is_generic().then(|| sketch(model, &node(model, Detail::Sketch)));
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #generics #implemented for #marker #predicates {
            const DEPENDENCY_TREE: &'static #node_type = #tree;
            type WithoutCycle = #without_cycle;
            type Says = #says;
            type Takes = #takes;
            #returned
        }
        #called
        #sketch
    }
}

/// `<(<f as Secured>::WithoutCycle, …) as Unit>::Unit`, over the dependencies.
fn without_cycle(model: &Model) -> TokenStream {
    let below = model.parameters.iter().filter_map(|parameter| match &parameter.kind {
        // Type arguments have bounds. If they do not hold, the compiler says so at the parameter, and would say it here again.
        Kind::Dependency { dependency: Dependency::Named(ty), .. } if has_arguments(ty) => None,
        Kind::Dependency { dependency, .. } => {
            let target = target(&model.runtime, dependency);
            let secured = model.runtime.at(target.span(), names::SECURED);
            Some(quote_spanned!(target.span()=> <#target as #secured>::WithoutCycle))
        }
        _ => None,
    });
    let below: Vec<_> = below.collect();
    let span = below.first().map_or_else(Span::call_site, Spanned::span);
    let unit = model.runtime.at(span, names::UNIT);
    quote_spanned!(span=> <(#(#below,)*) as #unit>::Unit)
}

/// `Is<{ says(<f as Secured>::DEPENDENCY_TREE) }>`: who may call the function, as a type. Of a generic function it is what is known
/// of all type arguments. Nobody asks that of a function that no route can call.
fn says(model: &Model) -> TokenStream {
    let (is, says, secured) =
        (model.runtime.get(names::IS), model.runtime.get(names::SAYS), model.runtime.get(names::SECURED));
    if !model.is_routable() {
        return unknown(model);
    }
    let marker = marker_type(model);
    if !model.is_generic() {
        return quote!(#is<{ #says(<#marker as #secured>::DEPENDENCY_TREE) }>);
    }
    sample(model).map_or_else(|| unknown(model), |sample| quote!(#is<{ #says(#sample::AXUM_SCOPES_SKETCH) }>))
}

/// `(At<f, path>, Extracted<T>, …)`: what the function takes. A route is listed as this function only if its handler takes the same.
fn takes(model: &Model) -> TokenStream {
    if !model.is_routable() {
        return quote!(Self);
    }
    let types = model.parameters.iter().enumerate().map(|(i, parameter)| match &parameter.kind {
        // Without the bounds of `Depends`, so that the compiler does not tell a mistake in the dependency once more.
        Kind::Dependency { dependency, optional, .. } => {
            let span = parameter.ty.span();
            let (at, target) = (model.runtime.at(span, names::AT), target(&model.runtime, dependency));
            let path = through_start(model, i);
            let option = model.runtime.at(span, names::OPTION);
            if *optional {
                quote_spanned!(span=> #option<#at<#target, #path>>)
            } else {
                quote_spanned!(span=> #at<#target, #path>)
            }
        }
        _ => argument_type(model, i),
    });
    let mut tuple = Group::new(Delimiter::Parenthesis, quote!(#(#types,)*));
    tuple.set_span(where_an_alias_is_told(model));
    quote!(#tuple)
}

/// `Is<UNSAID>`.
pub(crate) fn unknown(model: &Model) -> TokenStream {
    let (is, unsaid) = (model.runtime.get(names::IS), model.runtime.get(names::UNSAID));
    quote!(#is<{ #unsaid }>)
}

/// `type Ret = …;`.
pub(crate) fn returned(model: &Model) -> TokenStream {
    match &model.signature.output {
        ReturnType::Default => quote!(
            type Ret = ();
        ),
        ReturnType::Type(_, ty) => quote!(type Ret = #ty;),
    }
}

/// What the function takes, and how it is called.
fn called(model: &Model, marker: &TokenStream) -> TokenStream {
    let (generics, _, predicates) = model.signature.generics.split_for_impl();
    let function = model.runtime.get(names::FUNCTION);
    let (args, members) = (args(model), members(model));
    let bounds = (!model.is_generic()).then(|| bounds(model));
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #generics #function for #marker #predicates #bounds {
            type Args = #args;
            #members
        }
    }
}

/// `where for<'a> f: Stated<'a, Via<g, Start>, 0>, …`, for each dependency. A generic function has bounds of its own.
fn bounds(model: &Model) -> TokenStream {
    let bounds = model.parameters.iter().enumerate().filter_map(|(i, parameter)| match &parameter.kind {
        Kind::Dependency { dependency, .. } => {
            let span = parameter.ty.span();
            let path = through_start(model, i);
            let (ty, stated) = match dependency {
                Dependency::Named(ty) => (ty, model.runtime.at(span, names::STATED)),
                Dependency::Aliased(ty) => (ty, model.runtime.at(span, names::STATED_ALIAS)),
            };
            Some(quote_spanned!(span=> for<'a> #ty: #stated<'a, #path, #i>))
        }
        _ => None,
    });
    quote!(where #(#bounds),*)
}

/// What others need who depend on this function.
fn members(model: &Model) -> TokenStream {
    let runtime = &model.runtime;
    let path = runtime.get(names::PATH);
    let outer = quote!(__AxumScopesOuter);
    let params = model.parameters.iter().enumerate().filter_map(|(i, parameter)| match &parameter.kind {
        Kind::Dependency { dependency, .. } => {
            let span = parameter.ty.span();
            let (at, target) = (runtime.at(span, names::AT), target(runtime, dependency));
            let path = through(model, i, &outer);
            Some(quote_spanned!(span=> #at<#target, #path>))
        }
        _ => None,
    });
    let reuse = runtime.get(if model.cache { names::CACHED } else { names::FRESH });
    let call = call(model);
    quote! {
        type Params<#outer: #path> = (#(#params,)*);
        type Reuse = #reuse;
        #call
    }
}

/// The part of a generic function's tree that is known without bounds, so that `cargo check` sees what it can.
pub(crate) fn sketch(model: &Model, tree: &TokenStream) -> TokenStream {
    let (marker, node_type) = (marker_type(model), model.runtime.get(names::NODE));
    let generics = bare_generics(model);
    quote! {
        #[automatically_derived]
        impl #generics #marker {
            #[doc(hidden)]
            pub const AXUM_SCOPES_SKETCH: &'static #node_type = #tree;
        }
    }
}
