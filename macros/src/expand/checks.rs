//! The checks of the tree: constants beside the function, one per scope, so that each mistake is told at its literal.

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{ReturnType, spanned::Spanned};

use super::{marker::sample, node::edges, path::marker};
use crate::model::{Kind, Model};

/// What stands beside the function, and what stands in its body.
pub(crate) fn checks(model: &Model) -> (TokenStream, TokenStream) {
    let (this, secured) = (marker(model), model.names.get("Secured"));
    let full = each(model, &quote!(<#this as #secured>::DEPENDENCY_TREE));
    if !model.is_generic() {
        let (beside, enforcing) = (beside(&full), enforcing(model));
        return (quote!(#beside #enforcing), TokenStream::new());
    }
    let sketch = sample(model).map(|sample| beside(&each(model, &quote!(#sample::AXUM_SCOPES_SKETCH))));
    (sketch.unwrap_or_default(), quote!(const { #(#full;)* }))
}

/// Who takes `SecurityScopes` is a dependency.
fn enforcing(model: &Model) -> TokenStream {
    let scopes = model.parameters.iter().find(|parameter| matches!(parameter.kind, Kind::SecurityScopes));
    let Some(scopes) = scopes.filter(|_| model.returns_a_named_type()) else { return TokenStream::new() };
    let span = scopes.ty.span();
    let enforces = model.names.at(span, "enforces");
    let ret = match &model.signature.output {
        ReturnType::Default => quote_spanned!(span=> ()),
        ReturnType::Type(_, ty) => quote!(#ty),
    };
    quote_spanned!(span=> const _: () = #enforces::<#ret>();)
}

/// A constant per check, so that several mistakes are told at once.
fn beside(checks: &[TokenStream]) -> TokenStream {
    checks.iter().map(|check| quote!(const _: () = #check;)).collect()
}

/// A call per parameter and per scope, each at what the user wrote.
fn each(model: &Model, tree: &TokenStream) -> Vec<TokenStream> {
    // The compiler underlines a call from its first token to its last.
    let call = |at: &dyn ToTokens, check: &str, arguments: TokenStream| {
        let (first, last) = ends(at);
        let check = model.names.at(first, check);
        let mut arguments = Group::new(Delimiter::Parenthesis, quote!(#tree, #arguments));
        arguments.set_span(last);
        quote!(#check #arguments)
    };
    let parameters = model.parameters.iter().enumerate().filter_map(|(i, parameter)| {
        let placed = match &parameter.kind {
            Kind::Dependency { .. } => true,
            Kind::Extractor => false,
            _ => return None,
        };
        Some(call(&parameter.ty, "parameter", quote!(#i, #placed)))
    });
    let own = model.scopes.iter().enumerate().map(|(i, scope)| call(scope, "own_scope", quote!(#i)));
    let edges = edges(model).flat_map(|(child, scopes)| {
        scopes.iter().enumerate().map(move |(i, scope)| call(scope, "edge_scope", quote!(#child, #i)))
    });
    let credential = model.credential_required.iter().map(|word| call(word, "optional_credential", TokenStream::new()));
    parameters.chain(own).chain(edges).chain(credential).collect()
}

/// The first and the last token of what the user wrote.
fn ends(tokens: &dyn ToTokens) -> (Span, Span) {
    let mut spans = tokens.to_token_stream().into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    (first, spans.last().unwrap_or(first))
}
