//! The user's function, its dependencies placed.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::{
    credential, document,
    path::{placed, through, with_arguments},
};
use crate::model::{Dependency, Kind, Model, Parameter};

/// With the document's requirements in its attributes, and behind what has to be checked first.
pub(crate) fn function(model: &Model, checks: &TokenStream) -> TokenStream {
    let attributes = model.attributes.iter().map(|attribute| document::documented(model, attribute));
    written(model, &attributes.collect(), &with_checks(&model.body, checks))
}

/// With these attributes and this body.
pub(super) fn written(model: &Model, attributes: &TokenStream, body: &TokenStream) -> TokenStream {
    let Model { visibility, signature, .. } = model;
    let syn::Signature { asyncness, safety, abi, ident, generics, variadic, output, .. } = signature;
    let (open, _, predicates) = generics.split_for_impl();
    let parameters = model.parameters.iter().enumerate().map(|(i, parameter)| one(model, i, parameter));
    quote! {
        #attributes
        #[allow(clippy::type_complexity)]
        #visibility #asyncness #safety #abi fn #ident #open (#(#parameters,)* #variadic) #output #predicates
        #body
    }
}

fn one(model: &Model, i: usize, parameter: &Parameter) -> TokenStream {
    let Parameter { attributes, pattern, ty, kind } = parameter;
    let placed = if model.is_method() { quote!(#ty) } else { placed_type(model, i) };
    match (kind, pattern, credential::taken(model, i)) {
        (Kind::Receiver, ..) => placed,
        (_, None, _) => quote!(_: #placed),
        (_, _, Some(name)) => quote!(#name: #placed),
        (_, Some(pattern), None) => quote!(#(#attributes)* #pattern: #placed),
    }
}

/// The type that parameter `i` has in the signature, with the function at a route.
fn placed_type(model: &Model, i: usize) -> TokenStream {
    let Parameter { pattern, ty, kind, .. } = &model.parameters[i];
    let span = ty.span();
    let path = || through(model, i, &model.names.at(span, "Start"));
    match kind {
        // By the name that the user wrote, so that its import counts as used.
        Kind::Dependency { dependency: Dependency::Named(target), .. } if pattern.is_some() => {
            let path = path();
            with_arguments(ty, &quote_spanned!(span=> <#target, #path>))
        }
        Kind::Dependency { dependency, .. } => placed(model, i, dependency),
        Kind::SecurityScopes => with_arguments(ty, &quote_spanned!(span=> <'_>)),
        Kind::RequiredScopes => {
            let path = path();
            with_arguments(ty, &quote_spanned!(span=> <#path>))
        }
        Kind::Extractor | Kind::Mistake | Kind::Receiver => quote!(#ty),
    }
}

/// The body as it was, behind what has to be checked first.
pub(super) fn with_checks(body: &TokenStream, checks: &TokenStream) -> TokenStream {
    if checks.is_empty() {
        return body.clone();
    }
    let inside = |group: Group| {
        let stream = match group.delimiter() {
            Delimiter::Brace => behind_inner_attributes(group.stream(), checks),
            // What `$body:block` leaves around the braces.
            Delimiter::None => with_checks(&group.stream(), checks),
            _ => group.stream(),
        };
        let mut with_checks = Group::new(group.delimiter(), stream);
        with_checks.set_span(group.span());
        TokenTree::Group(with_checks)
    };
    let tokens = body.clone().into_iter();
    tokens.map(|token| if let TokenTree::Group(group) = token { inside(group) } else { token }).collect()
}

/// `#![…]` stays at the top of the block.
fn behind_inner_attributes(block: TokenStream, checks: &TokenStream) -> TokenStream {
    let mut tokens: Vec<_> = block.into_iter().collect();
    let is =
        |token: Option<&TokenTree>, char| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == char);
    let mut at = 0;
    while is(tokens.get(at), '#') && is(tokens.get(at + 1), '!') {
        at += 3;
    }
    let rest = tokens.split_off(at.min(tokens.len()));
    quote!(#(#tokens)* #checks #(#rest)*)
}
