//! Types that say where a parameter stands.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use crate::{
    model::{Dependency, Kind, Model, Parameter},
    names::Names,
};

/// The marker type, with the function's own type parameters.
pub(crate) fn marker(model: &Model) -> TokenStream {
    let name = &model.signature.ident;
    let (_, generics, _) = model.signature.generics.split_for_impl();
    quote!(#name #generics)
}

/// The path to parameter `i` of the function, which itself stands at `outer`.
pub(crate) fn through(model: &Model, i: usize, outer: &TokenStream) -> TokenStream {
    let Parameter { ty, kind, .. } = &model.parameters[i];
    let (span, this) = (ty.span(), marker(model));
    let via = model.names.at(span, "Via");
    let via = quote_spanned!(span=> #via<#this, #outer>);
    match kind {
        Kind::Dependency { scopes, .. } if !scopes.is_empty() => {
            let edge = model.names.at(span, "Edge");
            quote_spanned!(span=> #edge<#this, #via, #i>)
        }
        _ => via,
    }
}

/// The marker of the function that a parameter depends on.
pub(crate) fn target(names: &Names, dependency: &Dependency) -> TokenStream {
    match dependency {
        Dependency::Named(ty) => quote!(#ty),
        Dependency::Aliased(ty) => {
            let alias = names.at(ty.span(), "Alias");
            quote_spanned!(ty.span()=> <#ty as #alias>::Dependency)
        }
    }
}
