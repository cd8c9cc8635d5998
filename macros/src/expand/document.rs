//! The hook into `#[utoipa::path]`, with documented grammar alone: answers and an extension that are functions of the
//! tree. Without the feature `utoipa`, attributes stay as they are.
//!
//! ```text
//! #[utoipa::path(get, path = "/", responses(mine))]    →    #[utoipa::path(get, path = "/", responses(Refusals<f>, mine),
//!                                                                extensions(("x-axum-scopes" = json!(requirement_of::<f>()))))]
//! ```

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Attribute, Meta, Path, spanned::Spanned};

use super::marker::sample;
use crate::{model::Model, names};

/// The attribute, with what the function requires put in if it is `#[utoipa::path]`. In `cfg_attr` there is none any more
/// when an attribute macro runs.
pub(crate) fn documented(model: &Model, attribute: &Attribute) -> TokenStream {
    let mut attribute = attribute.clone();
    if let Meta::List(list) = &mut attribute.meta
        && model.documents
        && !model.is_method()
        && is_utoipa_path(&list.path)
    {
        list.tokens = with_requirement(model, list.tokens.clone());
    }
    attribute.to_token_stream()
}

/// What stands beside the function: for a generic one the type that its document asks. Where no `#[utoipa::path]` is
/// below the attribute, the name that it takes is taken: had it been above, it would have missed the scopes.
pub(crate) fn beside(model: &Model) -> TokenStream {
    let function = &model.signature.ident;
    if !model.documents {
        return TokenStream::new();
    }
    match model.attributes.iter().find(|attribute| is_utoipa_path(attribute.path())) {
        None => {
            let operation = names::operation(function);
            quote! {
                #[doc(hidden)]
                #[allow(dead_code, missing_debug_implementations, non_camel_case_types)]
                struct #operation;
            }
        }
        Some(_) if !model.is_generic() => TokenStream::new(),
        Some(attribute) => {
            let (sketched, sample) = (names::sketched(function), sample(model));
            let (secured, node) = (model.names.get("Secured"), model.names.get("Node"));
            let span = attribute.path().span();
            let documented = model.names.at(span, "documented");
            quote_spanned! {span=>
                #[doc(hidden)]
                #[allow(dead_code, missing_debug_implementations, non_camel_case_types)]
                struct #sketched;
                #[automatically_derived]
                impl #secured for #sketched {
                    const DEPENDENCY_TREE: &'static #node = #sample::AXUM_SCOPES_SKETCH;
                    type WithoutCycle = ();
                }
                const _: () = #documented(#sample::AXUM_SCOPES_SKETCH);
            }
        }
    }
}

fn with_requirement(model: &Model, arguments: TokenStream) -> TokenStream {
    let function = &model.signature.ident;
    let this = if model.is_generic() { names::sketched(function) } else { function.clone() };
    let (refusals, requirement_of) = (model.names.get("Refusals"), model.names.get("requirement_of"));
    // First, so that the user's own answer to the same status is the last word.
    let arguments = put_first(arguments, "responses", quote!(#refusals<#this>));
    put_first(arguments, "extensions", quote!(("x-axum-scopes" = json!(#requirement_of::<#this>()))))
}

/// Puts `item` first into `key(…)`, which is added if it is not there.
fn put_first(arguments: TokenStream, key: &str, item: TokenStream) -> TokenStream {
    let mut tokens: Vec<_> = arguments.into_iter().collect();
    let at = tokens.windows(2).position(|pair| match pair {
        [TokenTree::Ident(ident), TokenTree::Group(group)] => {
            ident == key && group.delimiter() == Delimiter::Parenthesis
        }
        _ => false,
    });
    match at.map(|at| &mut tokens[at + 1]) {
        Some(TokenTree::Group(group)) => {
            let (inner, span) = (group.stream(), group.span());
            *group = Group::new(Delimiter::Parenthesis, quote!(#item, #inner));
            group.set_span(span);
            tokens.into_iter().collect()
        }
        _ => {
            let key = Ident::new(key, Span::call_site());
            let ends = tokens.last().is_none_or(is_comma);
            let comma = (!ends).then(|| quote!(,));
            quote!(#(#tokens)* #comma #key(#item))
        }
    }
}

fn is_utoipa_path(path: &Path) -> bool {
    let mut names = path.segments.iter().rev().map(|segment| &segment.ident);
    names.next().is_some_and(|name| names::is(name, "path"))
        && names.next().is_some_and(|name| names::is(name, "utoipa"))
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}
