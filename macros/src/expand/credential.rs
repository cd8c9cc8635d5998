//! `credential_required`: before anything that the user wrote, the body refuses where none of the credentials that the
//! function takes in an `Option` is there. It is in the body, so that it holds for handlers and for direct calls, too.
//!
//! ```text
//! if !(Probe::<Option<Bearer<Api>>>::axum_scopes_is_offered(&token) || …) { return refuse(f::DEPENDENCY_TREE); }
//! let (cookie, key): Either = __axum_scopes_100;
//! ```

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Index, Pat, Type, spanned::Spanned};

use super::path::marker;
use crate::{
    model::{Kind, Model, Parameter, ungroup},
    names,
};

pub(crate) fn required(model: &Model) -> TokenStream {
    let Some(word) = &model.credential_required else { return TokenStream::new() };
    let parameters = || model.parameters.iter().enumerate();
    let offered = parameters().flat_map(|(i, parameter)| offered(model, i, parameter));
    let taken_apart = parameters().filter_map(|(i, parameter)| taken_apart(i, parameter));
    let (this, span) = (marker(model), word.span());
    let (secured, refuse, undescribed) =
        (model.names.get("Secured"), model.names.at(span, "refuse"), model.names.get("Undescribed"));
    quote_spanned! {span=>
        if !({
            #[allow(unused_imports)]
            use #undescribed as _;
            false #(|| #offered)*
        }) {
            return #refuse(<#this as #secured>::DEPENDENCY_TREE);
        }
        #(#taken_apart)*
    }
}

/// The pattern of parameter `i` in the signature. What nobody names is named, so that it can be asked.
pub(crate) fn named(model: &Model, i: usize, pattern: &Pat) -> Pat {
    let Parameter { ty, kind: Kind::Extractor, .. } = &model.parameters[i] else { return pattern.clone() };
    if model.credential_required.is_none() {
        return pattern.clone();
    }
    if !is_plain(pattern, ty) {
        let name = whole(i, pattern);
        return Pat::Verbatim(quote!(#name));
    }
    let mut pattern = pattern.clone();
    name(&mut pattern, &mut |n, span| names::argument(100 * i + n, span), &mut 0);
    pattern
}

/// Parameter `i`, where its own pattern does not name all that is in it.
fn whole(i: usize, pattern: &Pat) -> Ident {
    names::argument(100 * i, pattern.span())
}

/// Whether each credential that may be missing has a name in the pattern, or gets one in the place of a `_`.
fn is_plain(pattern: &Pat, ty: &Type) -> bool {
    match (pattern, ungroup(ty)) {
        (Pat::Ident(_) | Pat::Wild(_), _) => true,
        (Pat::Tuple(pattern), Type::Tuple(ty)) => {
            pattern.elems.len() == ty.elems.len()
                && pattern.elems.iter().zip(&ty.elems).all(|(pattern, ty)| is_plain(pattern, ty))
        }
        // `Path(id): Path<u64>`; an `Option` has another name than its variants.
        (Pat::TupleStruct(pattern), Type::Path(ty)) => {
            let name = |path: &syn::Path| path.segments.last().map(|last| last.ident.clone());
            name(&pattern.path) == name(&ty.path)
        }
        _ => false,
    }
}

/// What the signature would have done with a parameter that it only names.
fn taken_apart(i: usize, parameter: &Parameter) -> Option<TokenStream> {
    let Parameter { attributes, pattern: Some(pattern), ty, kind: Kind::Extractor } = parameter else { return None };
    let name = whole(i, pattern);
    (!is_plain(pattern, ty)).then(|| quote!(#(#attributes)* let #pattern: #ty = #name;))
}

/// Names each `_`, also in a tuple.
fn name(pattern: &mut Pat, new: &mut dyn FnMut(usize, Span) -> Ident, named: &mut usize) {
    match pattern {
        Pat::Wild(wild) => {
            let name = new(*named, wild.span());
            *pattern = Pat::Verbatim(quote!(#name));
            *named += 1;
        }
        Pat::Tuple(tuple) => tuple.elems.iter_mut().for_each(|pattern| name(pattern, new, named)),
        _ => {}
    }
}

/// Whether parameter `i` holds a credential that may be missing.
fn offered(model: &Model, i: usize, parameter: &Parameter) -> Vec<TokenStream> {
    let Parameter { pattern: Some(pattern), ty, kind: Kind::Extractor, .. } = parameter else { return Vec::new() };
    let mut found = Vec::new();
    by_pattern(model, &named(model, i, pattern), ty, &mut found);
    found
}

fn by_pattern(model: &Model, pattern: &Pat, ty: &Type, found: &mut Vec<TokenStream>) {
    match (pattern, ungroup(ty)) {
        (Pat::Ident(pattern), ty) => by_type(model, &pattern.ident.to_token_stream(), ty, found),
        (Pat::Verbatim(name), ty) => by_type(model, name, ty, found),
        (Pat::Tuple(pattern), Type::Tuple(tuple)) => {
            let elements = pattern.elems.iter().zip(&tuple.elems);
            elements.for_each(|(pattern, ty)| by_pattern(model, pattern, ty, found));
        }
        _ => {}
    }
}

/// A tuple is opened, so that a credential in it is seen whatever stands beside it.
fn by_type(model: &Model, value: &TokenStream, ty: &Type, found: &mut Vec<TokenStream>) {
    match ungroup(ty) {
        Type::Tuple(tuple) => {
            for (i, ty) in tuple.elems.iter().enumerate() {
                let i = Index::from(i);
                by_type(model, &quote!(#value.#i), ty, found);
            }
        }
        ty => {
            let probe = model.names.get("Probe");
            found.push(quote!(#probe::<#ty>::axum_scopes_is_offered(&#value)));
        }
    }
}
