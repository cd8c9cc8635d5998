//! Questions about types and attributes as the user wrote them. Names are compared without `r#`.

use proc_macro2::TokenStream;
use syn::{Attribute, GenericArgument, PathArguments, Type, ext::IdentExt};

use crate::names;

/// `T` of `Option<T>`, by the name alone. The facts name the standard library's `Option`, so another one does not compile.
pub(crate) fn inside_option(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ungroup(ty) else { return None };
    let last = path.path.segments.last().filter(|last| names::is(&last.ident, "Option"))?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match (arguments.args.first(), arguments.args.len()) {
        (Some(GenericArgument::Type(inner)), 1) => Some(inner),
        _ => None,
    }
}

/// Whether the path of the attribute ends in `name`.
pub(crate) fn is_named(attribute: &Attribute, name: &str) -> bool {
    attribute.path().segments.last().is_some_and(|segment| names::is(&segment.ident, name))
}

pub(crate) fn is_security(attribute: &Attribute) -> bool {
    is_named(attribute, "security")
}

pub(crate) fn is_debug_handler(attribute: &Attribute) -> bool {
    is_named(attribute, "debug_handler")
}

/// The type in parentheses, or in the invisible groups that `macro_rules!` leaves.
pub(crate) fn ungroup(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => ungroup(&group.elem),
        Type::Paren(paren) => ungroup(&paren.elem),
        ty => ty,
    }
}

/// Whether the last name of the type has arguments.
pub(crate) fn has_arguments(ty: &Type) -> bool {
    matches!(ungroup(ty), Type::Path(path) if path.path.segments.last().is_some_and(|last| !last.arguments.is_none()))
}

/// `Bearer` of `axum_scopes::Bearer<Api>`.
pub(crate) fn last_name(ty: &Type) -> Option<String> {
    match ungroup(ty) {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.unraw().to_string()),
        _ => None,
    }
}

/// Whether `tokens` hold an identifier of this name.
pub(crate) fn mentions(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        proc_macro2::TokenTree::Ident(ident) => names::is(&ident, name),
        proc_macro2::TokenTree::Group(group) => mentions(group.stream(), name),
        _ => false,
    })
}
