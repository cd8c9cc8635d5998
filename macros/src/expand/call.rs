//! What a function takes, and the call that ties the signature of a dependency to the facts.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::path::{placed, through_start};
use crate::{
    model::{Kind, Model, Parameter},
    names,
};

/// The tuple of what is extracted for the parameters.
pub(crate) fn args(model: &Model) -> TokenStream {
    let args = (0..model.parameters.len()).map(|i| argument_type(model, i));
    quote!((#(#args,)*))
}

/// What is extracted for parameter `i`.
pub(crate) fn argument_type(model: &Model, i: usize) -> TokenStream {
    let Parameter { ty, kind, .. } = &model.parameters[i];
    let taken = taken(model, i);
    match kind {
        Kind::Dependency { .. } | Kind::RequiredScopes | Kind::SecurityScopes => taken,
        Kind::Extractor | Kind::Mistake | Kind::Receiver => {
            let extracted = model.runtime.at(ty.span(), names::EXTRACTED);
            quote_spanned!(ty.span()=> #extracted<#taken>)
        }
    }
}

/// The type of parameter `i`. Scopes are lent only for a call.
pub(crate) fn taken(model: &Model, i: usize) -> TokenStream {
    let Parameter { ty, kind, .. } = &model.parameters[i];
    match kind {
        // By the runtime's own names: if the user's names mean something else, the call does not compile.
        Kind::Dependency { dependency, .. } => placed(model, i, dependency),
        Kind::RequiredScopes => {
            let (scopes, path) = (model.runtime.get(names::PLACED_SCOPES), through_start(model, i));
            quote!(#scopes<#path>)
        }
        Kind::SecurityScopes => model.runtime.get(names::LENT),
        Kind::Extractor | Kind::Mistake | Kind::Receiver => quote!(#ty),
    }
}

/// `fn call((a, b): Self::Args, checked: &Checked) -> impl Future { f(a, b) }`.
pub(crate) fn call(model: &Model) -> TokenStream {
    let runtime = &model.runtime;
    let (future, send) = (runtime.get(names::FUTURE), runtime.get(names::SEND));
    let (checked, checked_type) = (names::checked(), runtime.get(names::CHECKED));
    let (pattern, called) = called(model);
    let called = if model.signature.asyncness.is_some() {
        called
    } else {
        let ready = runtime.get(names::READY);
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

/// The pattern that takes the arguments apart, and the call with them.
fn called(model: &Model) -> (TokenStream, TokenStream) {
    let (extracted, checked) = (model.runtime.get(names::EXTRACTED), names::checked());
    let (patterns, arguments): (Vec<_>, Vec<_>) = model
        .parameters
        .iter()
        .enumerate()
        .map(|(i, parameter)| {
            // The compiler tells a mistake in a dependency here, so the variable is at its type. It has told a mistake in
            // an extractor before.
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
