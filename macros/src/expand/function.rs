//! The user's function, its dependencies placed.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{PathArguments, Type};

use super::path::{marker, target, through};
use crate::model::{Dependency, Kind, Model, Parameter, ungroup};

pub(crate) fn function(model: &Model, checks: &TokenStream) -> TokenStream {
    let Model { attributes, visibility, signature, .. } = model;
    let syn::Signature { constness, asyncness, safety, abi, ident, generics, variadic, output, .. } = signature;
    let (open, _, predicates) = generics.split_for_impl();
    let parameters = model.parameters.iter().enumerate().map(|(i, parameter)| one(model, i, parameter));
    let body = with_checks(&model.body, checks);
    quote! {
        #(#attributes)*
        #visibility #constness #asyncness #safety #abi fn #ident #open (#(#parameters,)* #variadic) #output #predicates
        #body
    }
}

fn one(model: &Model, i: usize, parameter: &Parameter) -> TokenStream {
    let Parameter { attributes, pattern, ty, kind } = parameter;
    let placed = placed_type(model, i, parameter);
    match (kind, pattern) {
        (Kind::Mistake, None) => quote!(#ty),
        (_, None) => quote!(_: #placed),
        (_, Some(pattern)) => quote!(#(#attributes)* #pattern: #placed),
    }
}

/// The type that the parameter has in the signature, with the function at a route.
pub(crate) fn placed_type(model: &Model, i: usize, Parameter { pattern, ty, kind, .. }: &Parameter) -> TokenStream {
    let names = &model.names;
    match kind {
        Kind::Dependency { dependency, scopes } => {
            let path = through(names, &marker(model), &names.get("Root"), i, scopes);
            let target = target(names, dependency);
            match (dependency, pattern) {
                (Dependency::Named(_), Some(_)) => with_arguments(ty, &quote!(<#target, #path>)),
                _ => {
                    let depends = names.get("Depends");
                    quote!(#depends<#target, #path>)
                }
            }
        }
        Kind::SecurityScopes => with_arguments(ty, &quote!(<'_>)),
        Kind::RequiredScopes => {
            let path = through(names, &marker(model), &names.get("Root"), i, &[]);
            with_arguments(ty, &quote!(<#path>))
        }
        Kind::Extractor | Kind::Mistake => quote!(#ty),
    }
}

/// The path that the user wrote, with other arguments.
fn with_arguments(ty: &Type, arguments: &TokenStream) -> TokenStream {
    let Type::Path(path) = ungroup(ty) else { return ty.to_token_stream() };
    let mut path = path.clone();
    if let Some(last) = path.path.segments.last_mut() {
        last.arguments = PathArguments::None;
    }
    quote!(#path #arguments)
}

/// The body as it was, behind the checks that only an instance of a generic function can make.
fn with_checks(body: &TokenStream, checks: &TokenStream) -> TokenStream {
    if checks.is_empty() {
        return body.clone();
    }
    body.clone()
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let inner = group.stream();
                let mut with_checks = Group::new(Delimiter::Brace, quote!(#checks #inner));
                with_checks.set_span(group.span());
                TokenTree::Group(with_checks)
            }
            other => other,
        })
        .collect()
}
