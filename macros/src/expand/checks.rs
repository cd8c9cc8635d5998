//! The checks of the tree: constants beside the function, one per scope, so that each mistake is told at its literal.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{GenericParam, Type, spanned::Spanned};

use super::{marker::cfg, node::edges, path::marker};
use crate::model::Model;

/// What stands beside the function, and what stands in its body.
pub(crate) fn checks(model: &Model) -> (TokenStream, TokenStream) {
    let names = &model.names;
    let (this, secured, node) = (marker(model), names.get("Secured"), names.get("Node"));
    let full = quote!(<#this as #secured>::NODE);
    if !model.is_generic() {
        return (beside(model, &full), TokenStream::new());
    }
    let each = each(model, &full);
    let inside = quote!(const { let _: &#node = #full; #(#each;)* });
    let sample = sample(model).map(|sample| beside(model, &quote!(#sample::AXUM_SCOPES_SKETCH)));
    (sample.unwrap_or_default(), inside)
}

/// A constant that needs the tree, and one per scope.
fn beside(model: &Model, tree: &TokenStream) -> TokenStream {
    let node = model.names.get("Node");
    let cfg: Vec<_> = cfg(model).collect();
    let each = each(model, tree).into_iter().map(|check| quote!(#(#cfg)* const _: () = #check;));
    quote! {
        #(#cfg)*
        const _: &#node = #tree;
        #(#each)*
    }
}

/// A call per scope, each at its literal.
fn each(model: &Model, tree: &TokenStream) -> Vec<TokenStream> {
    let own = model.scopes.iter().enumerate().map(|(i, scope)| {
        let check = model.names.at(scope.span(), "own_scope");
        quote_spanned!(scope.span()=> #check(#tree, #i))
    });
    let edges = edges(model).flat_map(|(child, scopes)| {
        scopes.iter().enumerate().map(move |(i, scope)| {
            let check = model.names.at(scope.span(), "edge_scope");
            quote_spanned!(scope.span()=> #check(#tree, #child, #i))
        })
    });
    own.chain(edges).collect()
}

/// The marker of a generic function, with some arguments: its sketch is the same with all of them.
fn sample(model: &Model) -> Option<TokenStream> {
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
    match path.path.get_ident()?.to_string().as_str() {
        "bool" => Some(quote!(false)),
        "char" => Some(quote!('_')),
        _ => Some(quote!(0)),
    }
}
