//! The checks of the tree: one constant for each parameter and each scope, so that the compiler tells each mistake where it was
//! made.

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{ReturnType, spanned::Spanned};

use super::{
    marker::{marker_type, sample},
    node::edges,
};
use crate::{
    model::{Kind, Model, Scopes},
    names,
};

/// The checks beside the function, and the checks in its body.
pub(crate) fn checks(model: &Model) -> (TokenStream, TokenStream) {
    let (marker, secured) = (marker_type(model), model.runtime.get(names::SECURED));
    let full = each(model, &quote!(<#marker as #secured>::DEPENDENCY_TREE));
    if !model.is_generic() {
        let (beside, enforcing) = (beside(&full), enforcing(model));
        return (quote!(#beside #enforcing), TokenStream::new());
    }
    // The full tree depends on the type parameters, which are known in the body alone.
    let sketch = sample(model).map(|sample| beside(&each(model, &quote!(#sample::AXUM_SCOPES_SKETCH))));
    (sketch.unwrap_or_default(), quote!(const { #(#full;)* }))
}

/// A function that takes `SecurityScopes` has to return what a dependency returns.
fn enforcing(model: &Model) -> TokenStream {
    let scopes = model.parameters.iter().find(|parameter| matches!(parameter.kind, Kind::SecurityScopes));
    let Some(scopes) = scopes.filter(|_| model.returns_a_named_type()) else { return TokenStream::new() };
    let span = scopes.ty.span();
    let enforces = model.runtime.at(span, names::ENFORCES);
    let ret = match &model.signature.output {
        ReturnType::Default => quote_spanned!(span=> ()),
        ReturnType::Type(_, ty) => quote!(#ty),
    };
    quote_spanned!(span=> const _: () = #enforces::<#ret>();)
}

/// One constant for each check, so that the compiler tells several mistakes at once.
fn beside(checks: &[TokenStream]) -> TokenStream {
    checks.iter().map(|check| quote!(const _: () = #check;)).collect()
}

/// One call for each parameter and each scope, with the span of what the user wrote.
fn each(model: &Model, tree: &TokenStream) -> Vec<TokenStream> {
    // The compiler underlines a call from its first token to its last.
    let call = |at: &dyn ToTokens, check: names::Name, arguments: TokenStream| {
        let (first, last) = ends(at);
        let check = model.runtime.at(first, check);
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
        Some(call(&parameter.ty, names::PARAMETER, quote!(#i, #placed)))
    });
    let of_list = |scopes: &Scopes, place: TokenStream, one: names::Name, all: names::Name| match scopes {
        Scopes::Constant(list) => vec![call(list, all, place)],
        Scopes::List(clauses) => {
            let names = clauses
                .iter()
                .enumerate()
                .flat_map(|(i, clause)| clause.names().iter().enumerate().map(move |(j, name)| (i, j, name)));
            names.map(|(i, j, name)| call(name, one, quote!(#place #i, #j))).collect()
        }
    };
    let own = of_list(&model.scopes, TokenStream::new(), names::OWN_SCOPE, names::OWN_SCOPES);
    let edges = edges(model)
        .flat_map(|(child, scopes)| of_list(scopes, quote!(#child,), names::EDGE_SCOPE, names::EDGE_SCOPES));
    let credential =
        model.credential_required.iter().map(|word| call(word, names::OPTIONAL_CREDENTIAL, TokenStream::new()));
    let public = model.public.iter().map(|reason| call(reason, names::PUBLIC, TokenStream::new()));
    parameters.chain(own).chain(edges).chain(credential).chain(public).collect()
}

/// The spans of the first and the last token.
fn ends(tokens: &dyn ToTokens) -> (Span, Span) {
    let mut spans = tokens.to_token_stream().into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    (first, spans.last().unwrap_or(first))
}
