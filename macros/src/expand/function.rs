//! The user's function, with its dependencies placed.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::{Signature, spanned::Spanned};

use super::{
    credential, document,
    mark::{Outer, is_for_callers, returned},
    path::{placed, through_start, with_arguments},
};
use crate::{
    model::{Dependency, Kind, Model, Parameter, inside_option},
    names,
};

/// The function. `first` stands at the top of its body.
pub(crate) fn function(model: &Model, first: &TokenStream) -> TokenStream {
    let body = behind(first, &model.body);
    if !model.is_routable() {
        let attributes = &model.attributes;
        return written(model, &quote!(#(#attributes)*), &body);
    }
    let outer = Outer::new(model);
    if model.attributes.iter().all(is_for_callers) {
        return outer.around(&model.attributes, &bare(model, &body));
    }
    // Another attribute sees what the user wrote, and what it writes stands beside the function. The mark comes after it.
    let attributes = model.attributes.iter().map(|attribute| document::documented(model, attribute));
    let (mark, arguments) = (model.runtime.get(names::MARK), outer.into_arguments());
    written(model, &quote!(#(#attributes)* #[#mark(#arguments)]), &body)
}

/// The function with these attributes and this body.
pub(crate) fn written(model: &Model, attributes: &TokenStream, body: &TokenStream) -> TokenStream {
    let (visibility, bare) = (&model.visibility, bare(model, body));
    quote! {
        #attributes
        #[allow(clippy::type_complexity)]
        #visibility #bare
    }
}

/// The same with a future that names a mistake, so that nobody says of the function what it cannot say.
pub(crate) fn mistake(model: &Model, attributes: &TokenStream, body: &TokenStream) -> TokenStream {
    let Model { visibility, signature, runtime, .. } = model;
    let Signature { ident, generics, output, .. } = signature;
    let (open, _, predicates) = generics.split_for_impl();
    let (of, future, mistake) = (runtime.get(names::OF), runtime.get(names::FUTURE), runtime.get(names::MISTAKE));
    let parameters = model.parameters.iter().enumerate().map(|(i, parameter)| one(model, i, parameter));
    let output = returned(output);
    quote! {
        #attributes
        #[allow(clippy::type_complexity)]
        #visibility fn #ident #open (#(#parameters),*) -> #of<#mistake, impl #future<Output = #output>> #predicates {
            #of::new(async move #body)
        }
    }
}

/// The function with this body, without attributes and visibility.
fn bare(model: &Model, body: &TokenStream) -> TokenStream {
    let Model { signature, .. } = model;
    let Signature { asyncness, safety, abi, ident, generics, variadic, output, .. } = signature;
    let (open, _, predicates) = generics.split_for_impl();
    let parameters = model.parameters.iter().enumerate().map(|(i, parameter)| one(model, i, parameter));
    quote! {
        #asyncness #safety #abi fn #ident #open (#(#parameters,)* #variadic) #output #predicates
        #body
    }
}

fn one(model: &Model, i: usize, parameter: &Parameter) -> TokenStream {
    let Parameter { attributes, pattern, ty, kind } = parameter;
    let placed = if model.is_method() { quote!(#ty) } else { placed_type(model, i) };
    match (kind, pattern, credential::taken_whole(model, i)) {
        (Kind::Receiver, ..) => placed,
        (_, None, _) => quote!(_: #placed),
        (_, _, Some(name)) => quote!(#name: #placed),
        (_, Some(pattern), None) => quote!(#(#attributes)* #pattern: #placed),
    }
}

/// The type that parameter `i` has in the signature. Its path starts at the function, as for a handler at a route.
fn placed_type(model: &Model, i: usize) -> TokenStream {
    let Parameter { pattern, ty, kind, .. } = &model.parameters[i];
    let span = ty.span();
    match kind {
        // By the name that the user wrote, so that its import counts as used.
        Kind::Dependency { dependency: Dependency::Named(target), .. } if pattern.is_some() => {
            let path = through_start(model, i);
            let arguments = quote_spanned!(span=> <#target, #path>);
            match inside_option(ty) {
                Some(depends) => {
                    let depends = with_arguments(depends, &arguments);
                    with_arguments(ty, &quote_spanned!(span=> <#depends>))
                }
                None => with_arguments(ty, &arguments),
            }
        }
        Kind::Dependency { dependency, .. } => placed(model, i, dependency),
        Kind::SecurityScopes => with_arguments(ty, &quote_spanned!(span=> <'_>)),
        Kind::RequiredScopes => {
            let path = through_start(model, i);
            with_arguments(ty, &quote_spanned!(span=> <#path>))
        }
        Kind::Extractor | Kind::Mistake | Kind::Receiver => quote!(#ty),
    }
}

/// `{ first body }`.
pub(crate) fn behind(first: &TokenStream, body: &TokenStream) -> TokenStream {
    if first.is_empty() {
        return body.clone();
    }
    let inside = |group: Group| {
        let stream = match group.delimiter() {
            Delimiter::Brace => behind_inner_attributes(first, group.stream()),
            // `$body:block` leaves a group without delimiters around the braces.
            Delimiter::None => behind(first, &group.stream()),
            _ => group.stream(),
        };
        let mut grown = Group::new(group.delimiter(), stream);
        grown.set_span(group.span());
        TokenTree::Group(grown)
    };
    let tokens = body.clone().into_iter();
    tokens.map(|token| if let TokenTree::Group(group) = token { inside(group) } else { token }).collect()
}

/// `#![…]` stays at the top of the block.
fn behind_inner_attributes(first: &TokenStream, block: TokenStream) -> TokenStream {
    let mut tokens: Vec<_> = block.into_iter().collect();
    let is =
        |token: Option<&TokenTree>, char| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == char);
    let mut at = 0;
    while is(tokens.get(at), '#') && is(tokens.get(at + 1), '!') {
        at += 3;
    }
    let rest = tokens.split_off(at.min(tokens.len()));
    quote!(#(#tokens)* #first #(#rest)*)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The body with `first;` at its top.
    fn grown(body: &str) -> String {
        let body: TokenStream = body.parse().unwrap_or_default();
        behind(&quote!(first;), &body).to_string().replace(' ', "")
    }

    #[test]
    fn inner_attributes_stay_at_the_top() {
        for (body, expected) in [
            ("{ last }", "{first;last}"),
            ("{ #![a] #![b(c)] last }", "{#![a]#![b(c)]first;last}"),
            ("{ #[a] let b; }", "{first;#[a]letb;}"),
            ("{ !a }", "{first;!a}"),
            ("{ #![a] }", "{#![a]first;}"),
        ] {
            assert_eq!(grown(body), expected);
        }
    }

    #[test]
    fn a_body_that_another_macro_has_handed_on_is_the_same_body() {
        let body = TokenTree::Group(Group::new(Delimiter::None, quote!({ last })));
        assert_eq!(behind(&quote!(first;), &body.into()).to_string().replace(['{', '}', ' '], ""), "first;last");
    }
}
