//! `credential_required`: the body begins with a refusal for the case that no credential is there. The credentials are those
//! that the function takes in an `Option`. The refusal is in the body, so it holds for handlers and for direct calls too.
//!
//! ```text
//! (token, (key, _)): (…)     (token, __axum_scopes_1): (…) {
//!                                if !(false || Probe::<Option<Bearer<Api>>>::axum_scopes_is_offered(&token) || …) {
//!                                    return refuse(f::DEPENDENCY_TREE);
//!                                }
//!                                let (key, _) = __axum_scopes_1;
//! ```

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Index, Pat, Type, spanned::Spanned};

use super::{marker::marker_type, path::placed};
use crate::{
    model::{Kind, Model, Parameter, last_name, ungroup},
    names,
};

/// The refusal, then the patterns.
pub(crate) fn required(model: &Model) -> TokenStream {
    let refusal = model.credential_required.as_ref().map(|word| refusal(model, word));
    let patterns = patterns(model);
    quote!(#refusal #patterns)
}

/// `let pattern = variable;` for each parameter that is [taken whole](taken_whole).
pub(crate) fn patterns(model: &Model) -> TokenStream {
    let patterns = model.parameters.iter().enumerate().filter_map(|(i, parameter)| {
        let (name, Parameter { attributes, pattern, .. }) = (taken_whole(model, i)?, parameter);
        Some(quote!(#(#attributes)* let #pattern = #name;))
    });
    patterns.collect()
}

fn refusal(model: &Model, word: &Ident) -> TokenStream {
    let mut present = Vec::new();
    for (i, Parameter { pattern, ty, kind, .. }) in model.parameters.iter().enumerate() {
        let value = match (taken_whole(model, i), pattern) {
            (Some(name), _) => name.to_token_stream(),
            (None, Some(Pat::Ident(pattern))) => pattern.ident.to_token_stream(),
            // A pattern that takes a structure apart does not take an `Option`.
            _ => continue,
        };
        match kind {
            Kind::Extractor => presence(model, &value, ty, &mut present),
            Kind::Dependency { dependency, optional: true, .. } => {
                present.push(offered(model, &value, &placed(model, i, dependency)));
            }
            _ => {}
        }
    }
    let (marker, span) = (marker_type(model), word.span());
    let (secured, undescribed) = (model.runtime.get(names::SECURED), model.runtime.get(names::UNDESCRIBED));
    let refuse = model.runtime.at(span, names::REFUSE);
    quote_spanned! {span=>
        if !({
            #[allow(unused_imports)]
            use #undescribed as _;
            false #(|| #present)*
        }) {
            return #refuse(<#marker as #secured>::DEPENDENCY_TREE);
        }
    }
}

/// The variable by which the function takes parameter `i` whole, because its own pattern may leave a credential without a name.
/// A single name leaves none. `Path(id): Path<u64>` leaves none either: its type is no `Option`, whose patterns are named
/// for its variants.
pub(crate) fn taken_whole(model: &Model, i: usize) -> Option<Ident> {
    let Parameter { pattern, ty, kind, .. } = &model.parameters[i];
    if !matches!(kind, Kind::Extractor | Kind::Dependency { optional: true, .. }) {
        return None;
    }
    let pattern = pattern.as_ref().filter(|_| model.credential_required.is_some())?;
    let is_plain = match pattern {
        Pat::Ident(pattern) => pattern.subpat.is_none(),
        Pat::TupleStruct(pattern) => pattern.path.segments.last().map(|last| last.ident.to_string()) == last_name(ty),
        _ => false,
    };
    (!is_plain).then(|| names::argument(i, pattern.span()))
}

/// Adds to `present` whether `value` is an `Option` that holds a credential. The expansion takes a tuple apart, because the
/// runtime would not see a credential beside an extractor without a description.
fn presence(model: &Model, value: &TokenStream, ty: &Type, present: &mut Vec<TokenStream>) {
    match ungroup(ty) {
        Type::Tuple(tuple) => {
            for (i, ty) in tuple.elems.iter().enumerate() {
                let i = Index::from(i);
                presence(model, &quote!(#value.#i), ty, present);
            }
        }
        ty => present.push(offered(model, value, &ty.to_token_stream())),
    }
}

/// Whether `value`, which has the type `ty`, is an optional credential that is there.
fn offered(model: &Model, value: &TokenStream, ty: &TokenStream) -> TokenStream {
    let probe = model.runtime.get(names::PROBE);
    quote!(#probe::<#ty>::axum_scopes_is_offered(&#value))
}
