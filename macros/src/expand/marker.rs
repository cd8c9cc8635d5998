//! The type of the function's name, by which `Depends<…>` refers to it.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{ConstParam, GenericParam, Meta, Type, ext::IdentExt};

use crate::model::Model;

pub(crate) fn marker(model: &Model) -> TokenStream {
    let Model { visibility, signature, .. } = model;
    let name = &signature.ident;
    let types: Vec<_> = signature.generics.type_params().map(|param| &param.ident).collect();
    let generics = model.is_generic().then(|| bare_generics(model));
    let field = (!types.is_empty()).then(|| {
        let phantom = model.names.get("PhantomData");
        quote!(__axum_scopes: #phantom<fn() -> (#(#types,)*)>)
    });
    // For editors, which show it on `Depends<…>`; tests in it are the function's.
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

/// The type parameters and constants, declared without bounds: so the tree of a generic function can be sketched before
/// its parameters are known.
pub(super) fn bare_generics(model: &Model) -> TokenStream {
    let params = model.signature.generics.params.iter().filter_map(|param| match param {
        GenericParam::Type(param) => Some(param.ident.to_token_stream()),
        GenericParam::Const(ConstParam { ident, ty, .. }) => Some(quote!(const #ident: #ty)),
        GenericParam::Lifetime(_) => None,
    });
    quote!(<#(#params),*>)
}

/// The marker of a generic function, with some arguments: its sketch is the same with all of them.
pub(super) fn sample(model: &Model) -> Option<TokenStream> {
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
