//! The constant tree of a function: its name, its scopes, and a child per parameter.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Expr, Type, spanned::Spanned};

use super::path::{target, with_arguments};
use crate::{
    model::{Dependency, Kind, Model, Parameter, ungroup},
    names,
};

/// With what a tree is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// All of it.
    Full,
    /// What is known without the type parameters' bounds.
    Sketch,
}

/// `&function("name", &["own"], &[children])`.
pub(crate) fn node(model: &Model, detail: Detail) -> TokenStream {
    let names = &model.names;
    let function = names.get("function");
    let name = names::shown(&model.signature.ident);
    let scopes = &model.scopes;
    let children = model.parameters.iter().map(|parameter| child(model, parameter, detail));
    let cached = model.cache.then(|| quote!(.cached()));
    let generic = model.is_generic().then(|| quote!(.generic()));
    let credential = model.credential_required.as_ref().map(|_| quote!(.credential_required()));
    let undescribed = names.get("Undescribed");
    let of_dependencies = names.get(if detail == Detail::Full { "Unmarked" } else { "Secured" });
    quote! {{
        #[allow(unused_imports)]
        use {#undescribed as _, #of_dependencies as _};
        &#function(#name, &[#(#scopes),*], &[#(#children),*])#cached #generic #credential
    }}
}

fn child(model: &Model, parameter: &Parameter, detail: Detail) -> TokenStream {
    let Parameter { ty, kind, .. } = parameter;
    let names = &model.names;
    let span = ty.span();
    let child = names.at(span, "Child");
    let open = detail == Detail::Sketch && model.is_open(ty);
    match kind {
        Kind::Dependency { dependency, scopes } => {
            let node = dependency_node(model, dependency, detail, open);
            quote_spanned!(span=> #child::new(&[#(#scopes),*], #node))
        }
        Kind::SecurityScopes => probe(model, &with_arguments(ty, &quote!(<'static>)), span),
        _ if open => quote!(#child::OPEN),
        _ => extractor(model, ty),
    }
}

/// A tuple is opened here, so that a scheme in it is seen whatever stands beside it.
fn extractor(model: &Model, ty: &Type) -> TokenStream {
    let span = ty.span();
    match ungroup(ty) {
        Type::Tuple(tuple) if !tuple.elems.is_empty() => {
            let (child, group) = (model.names.at(span, "Child"), model.names.at(span, "group"));
            let elements = tuple.elems.iter().map(|element| extractor(model, element));
            quote_spanned!(span=> #child::new(&[], &#group(&[#(#elements),*])))
        }
        _ => probe(model, &quote!(#ty), span),
    }
}

fn probe(model: &Model, ty: &TokenStream, span: Span) -> TokenStream {
    let (child, probe) = (model.names.at(span, "Child"), model.names.at(span, "Probe"));
    quote_spanned!(span=> #child::new(&[], #probe::<#ty>::AXUM_SCOPES_NODE))
}

fn dependency_node(model: &Model, dependency: &Dependency, detail: Detail, open: bool) -> TokenStream {
    let names = &model.names;
    let target = target(names, dependency);
    match (dependency, detail) {
        (Dependency::Aliased(_), Detail::Sketch) if open => names.get("UNKNOWN"),
        (_, Detail::Sketch) => quote_spanned!(target.span()=> <#target>::AXUM_SCOPES_SKETCH),
        (_, Detail::Full) => {
            let marked = names.at(target.span(), "Marked");
            quote_spanned!(target.span()=> #marked::<#target>::AXUM_SCOPES_TREE)
        }
    }
}

/// The scopes of each parameter that has some, with its place.
pub(crate) fn edges(model: &Model) -> impl Iterator<Item = (usize, &[Expr])> {
    model.parameters.iter().enumerate().filter_map(|(i, parameter)| match &parameter.kind {
        Kind::Dependency { scopes, .. } => Some((i, scopes.as_slice())),
        _ => None,
    })
}
