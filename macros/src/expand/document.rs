//! What `#[utoipa::path]` is told: responses and an extension, both functions of the tree. It uses nothing but utoipa's
//! documented grammar. Without the feature `utoipa`, attributes stay as they are.
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

/// The attribute. If it is `#[utoipa::path]`, it also says what the function requires. None hides in a `cfg_attr`, because
/// the compiler resolves these before an attribute macro runs.
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

/// What stands beside the function. A generic function gets a type that its document can ask for the tree. A function without
/// `#[utoipa::path]` below `#[security]` takes the name of utoipa's operation, so that `#[utoipa::path]` above `#[security]`
/// does not compile: it would miss the scopes.
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
            let (secured, node) = (model.runtime.get(names::SECURED), model.runtime.get(names::NODE));
            let span = attribute.path().span();
            let documented = model.runtime.at(span, names::DOCUMENTED);
            quote_spanned! {span=>
                #[doc(hidden)]
                #[allow(dead_code, missing_debug_implementations, non_camel_case_types)]
                struct #sketched;
                #[automatically_derived]
                impl #secured for #sketched {
                    const DEPENDENCY_TREE: &'static #node = #sample::AXUM_SCOPES_SKETCH;
                    type WithoutCycle = ();
                    type Says = ();
                    type Takes = Self;
                }
                const _: () = #documented(#sample::AXUM_SCOPES_SKETCH);
            }
        }
    }
}

fn with_requirement(model: &Model, arguments: TokenStream) -> TokenStream {
    let function = &model.signature.ident;
    let documented = if model.is_generic() { names::sketched(function) } else { function.clone() };
    let (refusals, requirement_of) = (model.runtime.get(names::REFUSALS), model.runtime.get(names::REQUIREMENT_OF));
    // utoipa keeps the last response of a status, which is the user's own if there is one.
    let arguments = put_first(arguments, "responses", quote!(#refusals<#documented>));
    put_first(arguments, "extensions", quote!(("x-axum-scopes" = json!(#requirement_of::<#documented>()))))
}

/// Puts `item` first into `key(…)`, or adds `key(item)`.
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
