//! Types that say where a parameter stands.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{GenericParam, PathArguments, Type, spanned::Spanned};

use crate::{
    model::{Dependency, Kind, Model, Parameter, ungroup},
    names::Names,
};

/// The marker type, with the function's own type parameters.
pub(crate) fn marker(model: &Model) -> TokenStream {
    let syn::Signature { ident, generics, .. } = &model.signature;
    let arguments = generics.params.iter().filter_map(|param| match param {
        GenericParam::Type(param) => Some(&param.ident),
        GenericParam::Const(param) => Some(&param.ident),
        // A mistake, which the report names.
        GenericParam::Lifetime(_) => None,
    });
    if model.is_generic() { quote!(#ident<#(#arguments),*>) } else { quote!(#ident) }
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

/// The type of parameter `i`, a dependency, by the runtime's own names, with the function at a route.
pub(crate) fn placed(model: &Model, i: usize, dependency: &Dependency) -> TokenStream {
    let span = model.parameters[i].ty.span();
    let (depends, target) = (model.names.at(span, "PlacedDepends"), target(&model.names, dependency));
    let path = through(model, i, &model.names.at(span, "Start"));
    quote_spanned!(span=> #depends<#target, #path>)
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

/// The path that the user wrote, with other arguments.
pub(crate) fn with_arguments(ty: &Type, arguments: &TokenStream) -> TokenStream {
    let Type::Path(path) = ungroup(ty) else { return ty.to_token_stream() };
    let mut path = path.clone();
    if let Some(last) = path.path.segments.last_mut() {
        last.arguments = PathArguments::None;
    }
    quote!(#path #arguments)
}
