//! The mark: the function returns a future that names it, and what the user wrote is a function inside of it. So whoever mounts
//! the function knows its facts.
//!
//! ```text
//! pub async fn read_items(           pub fn read_items(user: PlacedDepends<…>) -> Of<read_items, impl Future<Output = Items>> {
//!     Depends(user): …,        →         async fn read_items(Depends(user): …) -> Items { … }
//! ) -> Items { … }                       Of::new(read_items(user))
//!                                    }
//! ```
//!
//! The outer function has the runtime's own names for the types of dependencies, and the inner one has those that the user
//! wrote. If the latter mean something else, the call does not compile.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Attribute, Pat, ReturnType, Signature, ext::IdentExt, spanned::Spanned};

use super::{call::taken, marker::marker_type, path::where_an_alias_is_told};
use crate::{
    model::{Model, Parameter},
    names,
};

/// Attributes that tell callers something. All others are about what the user wrote.
const FOR_CALLERS: &[&str] =
    &["allow", "cfg", "cfg_attr", "deny", "deprecated", "doc", "expect", "forbid", "must_use", "warn"];

/// The outer function.
pub(crate) struct Outer {
    /// All before its body, without attributes.
    head: TokenStream,
    /// What it returns.
    tail: TokenStream,
}

impl Outer {
    pub(crate) fn new(model: &Model) -> Self {
        let Model { runtime, visibility, signature, parameters, .. } = model;
        let Signature { fn_token, ident, generics, output, .. } = signature;
        // The compiler takes a function for the user's own if its signature begins and ends with tokens of the user's. Only then
        // does it tell that nobody calls the function, or that it lacks documentation.
        let end = quote_spanned!(ident.span()=> >);
        let (open, turbofish, predicates) = generics.split_for_impl();
        let turbofish = turbofish.as_turbofish();
        let (of, future) = (runtime.get(names::OF), runtime.get(names::FUTURE));
        let marker = marker_type(model);
        let names: Vec<_> = parameters.iter().enumerate().map(|(i, parameter)| name(i, parameter, ident)).collect();
        let types = (0..names.len()).map(|i| taken(model, i));
        let (of_async, of_user) = (returned(output), model.returned_future());
        let returned = of_user.map_or_else(|| quote!(impl #future<Output = #of_async>), ToTokens::to_token_stream);
        let span = where_an_alias_is_told(model);
        let (mut called, mut arguments) = (ident.clone(), Group::new(Delimiter::Parenthesis, quote!(#(#names),*)));
        called.set_span(ident.span().located_at(span));
        arguments.set_span(span);
        Self {
            head: quote! {
                #visibility #fn_token #ident #open (#(#names: #types),*) -> #of<#marker, #returned #end #predicates
            },
            tail: quote!(#of::new(#called #turbofish #arguments)),
        }
    }

    /// The function in place of what the user wrote. `inner` is that without its visibility and attributes.
    pub(crate) fn around(&self, attributes: &[Attribute], inner: &TokenStream) -> TokenStream {
        let (outer, own): (Vec<_>, Vec<_>) = attributes.iter().partition(|attribute| is_for_callers(attribute));
        let Self { head, tail } = self;
        let content = quote! {
            #(#own)*
            #[allow(clippy::too_many_arguments, clippy::type_complexity)]
            #inner
            #tail
        };
        // As for the signature, it has to end with a token of the user's.
        let mut body = Group::new(Delimiter::Brace, content);
        body.set_span(inner.clone().into_iter().last().map_or_else(Span::call_site, |body| body.span()));
        quote! {
            #(#outer)*
            #[allow(clippy::type_complexity)]
            #head #body
        }
    }

    /// Reads the arguments that [`into_arguments`](Self::into_arguments) has written.
    pub(crate) fn from_arguments(arguments: TokenStream) -> Self {
        let mut groups = arguments.into_iter().map(|token| match token {
            TokenTree::Group(group) => group.stream(),
            token => token.into(),
        });
        Self { head: groups.next().unwrap_or_default(), tail: groups.next().unwrap_or_default() }
    }

    /// The same as arguments of an attribute that does it later. Another attribute has to see what the user wrote.
    pub(crate) fn into_arguments(self) -> TokenStream {
        let Self { head, tail } = self;
        quote!({ #head } { #tail })
    }
}

/// Whether the attribute is one of the outer function.
pub(crate) fn is_for_callers(attribute: &Attribute) -> bool {
    attribute.path().get_ident().is_some_and(|name| FOR_CALLERS.iter().any(|known| names::is(name, known)))
}

/// The return type.
pub(crate) fn returned(output: &ReturnType) -> TokenStream {
    match output {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, ty) => ty.to_token_stream(),
    }
}

/// The parameter's name in the outer function: that by which the user's pattern takes it, if there is one. The compiler tells a
/// mistake in the type here, so the name is at the type.
fn name(i: usize, parameter: &Parameter, function: &Ident) -> Ident {
    let span = parameter.ty.span();
    let named = parameter.pattern.as_ref().and_then(|pattern| match pattern {
        Pat::TupleStruct(pattern) if pattern.elems.len() == 1 => pattern.elems.first(),
        pattern => Some(pattern),
    });
    // The inner function would hide a parameter of its name. A name that begins with `_` says that nobody uses it.
    let can_be_used = |name: &Ident| name.unraw() != function.unraw() && !name.to_string().starts_with('_');
    match named {
        Some(Pat::Ident(name)) if name.subpat.is_none() && can_be_used(&name.ident) => {
            let mut name = name.ident.clone();
            name.set_span(name.span().located_at(span));
            name
        }
        _ => names::unnamed(i, span),
    }
}
