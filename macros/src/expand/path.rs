//! Types that say where a parameter stands.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, spanned::Spanned};

use crate::{
    model::{Dependency, Model},
    names::Names,
};

/// The marker type, with the function's own type parameters.
pub(crate) fn marker(model: &Model) -> TokenStream {
    let name = &model.signature.ident;
    let (_, generics, _) = model.signature.generics.split_for_impl();
    quote!(#name #generics)
}

/// The path to parameter `i` of the function `this`, which itself stands at `outer`.
pub(crate) fn through(
    names: &Names,
    this: &TokenStream,
    outer: &TokenStream,
    i: usize,
    scopes: &[Expr],
) -> TokenStream {
    let via = names.get("Via");
    let via = quote!(#via<#this, #outer>);
    if scopes.is_empty() {
        via
    } else {
        let edge = names.get("Edge");
        quote!(#edge<#this, #via, #i>)
    }
}

/// The marker of the function that a parameter depends on.
pub(crate) fn target(names: &Names, dependency: &Dependency) -> TokenStream {
    match dependency {
        Dependency::Named(ty) => quote!(#ty),
        Dependency::Aliased(ty) => {
            let alias = names.at(ty.span(), "Alias");
            quote!(<#ty as #alias>::Dependency)
        }
    }
}
