//! `credential_required`: the body begins with a refusal, for the case that none of the credentials is there that the function
//! takes in an `Option`. It is in the body, so that it holds for handlers and for direct calls, too.
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

use super::path::marker;
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

/// The patterns of the parameters that are [`taken`] whole.
pub(crate) fn patterns(model: &Model) -> TokenStream {
    let patterns = model.parameters.iter().enumerate().filter_map(|(i, parameter)| {
        let (name, Parameter { attributes, pattern, .. }) = (taken(model, i)?, parameter);
        Some(quote!(#(#attributes)* let #pattern = #name;))
    });
    patterns.collect()
}

fn refusal(model: &Model, word: &Ident) -> TokenStream {
    let mut present = Vec::new();
    for (i, Parameter { pattern, ty, kind, .. }) in model.parameters.iter().enumerate() {
        match (kind, pattern, taken(model, i)) {
            (Kind::Extractor, _, Some(name)) => presence(model, &name.to_token_stream(), ty, &mut present),
            (Kind::Extractor, Some(Pat::Ident(pattern)), None) => {
                presence(model, &pattern.ident.to_token_stream(), ty, &mut present);
            }
            // A pattern that takes a structure apart is not that of an `Option`.
            _ => {}
        }
    }
    let (this, span) = (marker(model), word.span());
    let (secured, refuse, undescribed) =
        (model.names.get("Secured"), model.names.at(span, "refuse"), model.names.get("Undescribed"));
    quote_spanned! {span=>
        if !({
            #[allow(unused_imports)]
            use #undescribed as _;
            false #(|| #present)*
        }) {
            return #refuse(<#this as #secured>::DEPENDENCY_TREE);
        }
    }
}

/// The variable that parameter `i` is taken by, if its own pattern may leave a credential without a name: any but a name, and
/// `Path(id): Path<u64>`, since an `Option` has another name than its variants.
pub(crate) fn taken(model: &Model, i: usize) -> Option<Ident> {
    let Parameter { pattern, ty, kind: Kind::Extractor, .. } = &model.parameters[i] else { return None };
    let pattern = pattern.as_ref().filter(|_| model.credential_required.is_some())?;
    let is_plain = match pattern {
        Pat::Ident(pattern) => pattern.subpat.is_none(),
        Pat::TupleStruct(pattern) => pattern.path.segments.last().map(|last| last.ident.to_string()) == last_name(ty),
        _ => false,
    };
    (!is_plain).then(|| names::argument(i, pattern.span()))
}

/// Whether `value` holds a credential that may be missing. A tuple is opened, so that a credential in it is seen whatever stands beside it.
fn presence(model: &Model, value: &TokenStream, ty: &Type, present: &mut Vec<TokenStream>) {
    match ungroup(ty) {
        Type::Tuple(tuple) => {
            for (i, ty) in tuple.elems.iter().enumerate() {
                let i = Index::from(i);
                presence(model, &quote!(#value.#i), ty, present);
            }
        }
        ty => {
            let probe = model.names.get("Probe");
            present.push(quote!(#probe::<#ty>::axum_scopes_is_offered(&#value)));
        }
    }
}
