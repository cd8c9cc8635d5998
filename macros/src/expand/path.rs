//! Paths: types that say where a parameter stands in a tree.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{PathArguments, Type, spanned::Spanned};

use super::marker::marker_type;
use crate::{
    model::{Dependency, Kind, Model, Parameter, ungroup},
    names::{self, Runtime},
};

/// `Via<f, Outer>`: the path to parameter `i` of the function, which itself stands at `outer`.
pub(crate) fn through(model: &Model, i: usize, outer: &TokenStream) -> TokenStream {
    let Parameter { ty, kind, .. } = &model.parameters[i];
    let (span, marker) = (ty.span(), marker_type(model));
    let via = model.runtime.at(span, names::VIA);
    let via = quote_spanned!(span=> #via<#marker, #outer>);
    match kind {
        Kind::Dependency { scopes, optional, .. } if *optional || !scopes.is_empty() => {
            let edge = model.runtime.at(span, names::EDGE);
            quote_spanned!(span=> #edge<#marker, #via, #i>)
        }
        _ => via,
    }
}

/// The path to parameter `i` of the function where a route calls it.
pub(crate) fn through_start(model: &Model, i: usize) -> TokenStream {
    let start = model.runtime.at(model.parameters[i].ty.span(), names::START);
    through(model, i, &start)
}

/// `Depends<dependency, path>` for parameter `i`, or that in an `Option`, by the runtime's own names.
pub(crate) fn placed(model: &Model, i: usize, dependency: &Dependency) -> TokenStream {
    // At the alias, because the compiler tells there that it is none.
    let span = match dependency {
        Dependency::Named(_) => model.parameters[i].ty.span(),
        Dependency::Aliased(ty) => ty.span(),
    };
    let (depends, target) = (model.runtime.at(span, names::PLACED_DEPENDS), target(&model.runtime, dependency));
    let path = through_start(model, i);
    let depends = quote_spanned!(span=> #depends<#target, #path>);
    match model.parameters[i].kind {
        Kind::Dependency { optional: true, .. } => {
            let option = model.runtime.at(span, names::OPTION);
            quote_spanned!(span=> #option<#depends>)
        }
        _ => depends,
    }
}

/// The marker of the function that a parameter depends on.
pub(crate) fn target(runtime: &Runtime, dependency: &Dependency) -> TokenStream {
    match dependency {
        Dependency::Named(ty) => quote!(#ty),
        Dependency::Aliased(ty) => {
            let alias = runtime.at(ty.span(), names::ALIAS);
            quote_spanned!(ty.span()=> <#ty as #alias>::Dependency)
        }
    }
}

/// The first parameter that is marked as an alias, or else the function's name. What the compiler says of an alias that is none, it
/// says wherever its dependency is named. At one place, it says it once.
pub(crate) fn where_an_alias_is_told(model: &Model) -> Span {
    let is_alias =
        |parameter: &&Parameter| matches!(parameter.kind, Kind::Dependency { dependency: Dependency::Aliased(_), .. });
    model.parameters.iter().find(is_alias).map_or_else(|| model.signature.ident.span(), |alias| alias.ty.span())
}

/// The type that the user wrote, with other arguments.
pub(crate) fn with_arguments(ty: &Type, arguments: &TokenStream) -> TokenStream {
    let Type::Path(path) = ungroup(ty) else { return ty.to_token_stream() };
    let mut path = path.clone();
    if let Some(last) = path.path.segments.last_mut() {
        last.arguments = PathArguments::None;
    }
    quote!(#path #arguments)
}
