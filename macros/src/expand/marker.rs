//! The marker: a type with the function's name, by which `Depends<…>` refers to the function.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{ConstParam, GenericParam, Meta, Signature, Type, ext::IdentExt};

use crate::{model::Model, names};

/// `struct f {}`.
pub(crate) fn marker_item(model: &Model) -> TokenStream {
    let Model { visibility, signature, .. } = model;
    let name = &signature.ident;
    let types: Vec<_> = signature.generics.type_params().map(|param| &param.ident).collect();
    let generics = model.is_generic().then(|| bare_generics(model));
    let field = (!types.is_empty()).then(|| {
        let phantom = model.runtime.get(names::PHANTOM_DATA);
        quote!(__axum_scopes: #phantom<fn() -> (#(#types,)*)>)
    });
    // Editors show the docs on `Depends<…>`. The function has them too, so doctests would run twice.
    let docs = model
        .attributes
        .iter()
        .filter(|attribute| matches!(&attribute.meta, Meta::NameValue(meta) if meta.path.is_ident("doc")));
    let docs = docs.map(|attribute| &attribute.meta);
    quote! {
        #(#[cfg_attr(not(doctest), #docs)])*
        #[doc(hidden)]
        #[allow(dead_code, missing_debug_implementations, missing_docs, non_camel_case_types)]
        #visibility struct #name #generics { #field }
    }
}

/// `f`, or `f<T, N>` with the function's own type parameters and constants.
pub(crate) fn marker_type(model: &Model) -> TokenStream {
    let Signature { ident, generics, .. } = &model.signature;
    let arguments = generics.params.iter().filter_map(|param| match param {
        GenericParam::Type(param) => Some(&param.ident),
        GenericParam::Const(param) => Some(&param.ident),
        // A mistake, which is in the report.
        GenericParam::Lifetime(_) => None,
    });
    if model.is_generic() { quote!(#ident<#(#arguments),*>) } else { quote!(#ident) }
}

/// `<f<(), 0>>`: the marker of a generic function with arguments that nobody chose. Its sketch is the same for all arguments.
pub(crate) fn sample(model: &Model) -> Option<TokenStream> {
    let name = &model.signature.ident;
    let arguments = model.signature.generics.params.iter().filter_map(|param| match param {
        GenericParam::Type(_) => Some(Some(quote!(()))),
        GenericParam::Const(param) => Some(some_constant(&param.ty)),
        GenericParam::Lifetime(_) => None,
    });
    let arguments: Option<Vec<_>> = arguments.collect();
    arguments.map(|arguments| quote!(<#name<#(#arguments),*>>))
}

fn some_constant(ty: &Type) -> Option<TokenStream> {
    let Type::Path(path) = ty else { return None };
    match path.path.get_ident()?.unraw().to_string().as_str() {
        "bool" => Some(quote!(false)),
        "char" => Some(quote!('_')),
        _ => Some(quote!(0)),
    }
}

/// `<T, const N: usize>`, without bounds: the tree of a generic function is sketched before its type parameters are known.
pub(crate) fn bare_generics(model: &Model) -> TokenStream {
    let params = model.signature.generics.params.iter().filter_map(|param| match param {
        GenericParam::Type(param) => Some(param.ident.to_token_stream()),
        GenericParam::Const(ConstParam { ident, ty, .. }) => Some(quote!(const #ident: #ty)),
        GenericParam::Lifetime(_) => None,
    });
    quote!(<#(#params),*>)
}
