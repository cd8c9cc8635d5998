//! What a function takes, and the calls that tie its signature to the facts.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::path::{placed, through};
use crate::{
    model::{Kind, Model, Parameter},
    names,
};

/// What is extracted for the parameters.
pub(super) fn args(model: &Model) -> TokenStream {
    let args = (0..model.parameters.len()).map(|i| argument_type(model, i));
    quote!((#(#args,)*))
}

/// What is extracted for parameter `i`.
fn argument_type(model: &Model, i: usize) -> TokenStream {
    let Parameter { ty, kind, .. } = &model.parameters[i];
    match kind {
        // By the runtime's own names: whatever else the user's names mean, the call does not compile.
        Kind::Dependency { dependency, .. } => placed(model, i, dependency),
        Kind::RequiredScopes => {
            let (scopes, path) = (model.names.get("PlacedScopes"), through(model, i, &model.names.get("Start")));
            quote!(#scopes<#path>)
        }
        Kind::SecurityScopes => model.names.get("Lent"),
        Kind::Extractor | Kind::Mistake | Kind::Receiver => {
            let extracted = model.names.at(ty.span(), "Extracted");
            quote_spanned!(ty.span()=> #extracted<#ty>)
        }
    }
}

/// `fn call((a, b): Self::Args, checked: &Checked) -> impl Future { f(a, b) }`.
pub(super) fn call(model: &Model) -> TokenStream {
    let names = &model.names;
    let (future, send, checked_type) = (names.get("Future"), names.get("Send"), names.get("Checked"));
    let checked = names::checked();
    let (pattern, called) = called(model);
    let called = if model.signature.asyncness.is_some() {
        called
    } else {
        let ready = names.get("ready");
        quote!(#ready(#called))
    };
    quote! {
        #[inline]
        #[allow(unused_variables)]
        fn call(#pattern: Self::Args, #checked: &#checked_type) -> impl #future<Output = Self::Ret> + #send {
            #called
        }
    }
}

/// `fn tie((a, b): Self::Args, checked: &Checked) { let _ = f(a, b); }`: whatever the names in the signature mean, and
/// however many parameters are left of it, it agrees with the facts or nothing compiles.
pub(super) fn tie(model: &Model) -> TokenStream {
    let (checked, checked_type) = (names::checked(), model.names.get("Checked"));
    let (pattern, called) = called(model);
    quote! {
        #[allow(unused_variables)]
        fn tie(#pattern: Self::Args, #checked: &#checked_type) {
            let _ = #called;
        }
    }
}

/// `fn own_type() -> OwnType { own_type(f) }`, for a function that requires a credential. The parameters of one that has
/// dependencies tell it from all others.
pub(super) fn own_type(model: &Model) -> TokenStream {
    let is_told = |parameter: &Parameter| matches!(parameter.kind, Kind::Dependency { .. } | Kind::RequiredScopes);
    if model.credential_required.is_none() || model.parameters.iter().any(is_told) {
        return TokenStream::new();
    }
    let name = &model.signature.ident;
    let (_, generics, _) = model.signature.generics.split_for_impl();
    let turbofish = generics.as_turbofish();
    let (own, own_type) = (model.names.get("OwnType"), model.names.get("own_type"));
    quote! {
        fn own_type() -> #own {
            #own_type(#name #turbofish)
        }
    }
}

/// The pattern that takes the arguments apart, and the call with them.
fn called(model: &Model) -> (TokenStream, TokenStream) {
    let (extracted, checked) = (model.names.get("Extracted"), names::checked());
    let (patterns, arguments): (Vec<_>, Vec<_>) = model
        .parameters
        .iter()
        .enumerate()
        .map(|(i, parameter)| {
            // A mistake in a dependency is told at its type. One in an extractor is told there already.
            let is_dependency = matches!(parameter.kind, Kind::Dependency { .. });
            let name = names::argument(i, if is_dependency { parameter.ty.span() } else { Span::call_site() });
            match &parameter.kind {
                Kind::Dependency { .. } | Kind::RequiredScopes => (quote!(#name), quote!(#name)),
                Kind::SecurityScopes => (quote!(#name), quote!(#name.to(#checked))),
                Kind::Extractor | Kind::Mistake | Kind::Receiver => (quote!(#extracted(#name)), quote!(#name)),
            }
        })
        .unzip();
    let name = &model.signature.ident;
    let (_, generics, _) = model.signature.generics.split_for_impl();
    let turbofish = generics.as_turbofish();
    (quote!((#(#patterns,)*)), quote!(#name #turbofish (#(#arguments),*)))
}
