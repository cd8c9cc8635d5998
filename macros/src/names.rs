//! Every path into the runtime and every name that the expansion makes up.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Path, ext::IdentExt};

/// Where the runtime is.
pub(crate) struct Names {
    krate: Option<Path>,
}

impl Names {
    pub(crate) fn new(krate: Option<Path>) -> Self {
        Self { krate }
    }

    /// `private::name`, all of it at `span`: the compiler points there only if no token is elsewhere.
    pub(crate) fn at(&self, span: Span, name: &str) -> TokenStream {
        let name = Ident::new(name, span);
        match &self.krate {
            None => quote_spanned!(span=> ::axum_scopes::private::#name),
            Some(path) => {
                let path = quote!(#path).into_iter().map(|mut token| {
                    token.set_span(token.span().located_at(span));
                    token
                });
                quote_spanned!(span=> #(#path)*::private::#name)
            }
        }
    }

    /// `private::name`.
    pub(crate) fn get(&self, name: &str) -> TokenStream {
        self.at(Span::call_site(), name)
    }
}

/// Whether both are one name to the compiler, to which `r#name` is `name`.
pub(crate) fn is(ident: &Ident, name: &str) -> bool {
    ident.unraw() == name
}

/// The function that `guard!` makes: no dependency of a user's has its name.
const GUARD: &str = "__axum_scopes_guard";

/// How messages and trees name a function.
pub(crate) fn shown(function: &Ident) -> String {
    if function == GUARD { "guard!".to_owned() } else { function.unraw().to_string() }
}

/// What utoipa names a function's operation.
pub(crate) fn operation(function: &Ident) -> Ident {
    format_ident!("__path_{}", function, span = Span::call_site())
}

/// The type by which the operation of a generic function asks for its tree.
pub(crate) fn sketched(function: &Ident) -> Ident {
    format_ident!("__axum_scopes_sketched_{}", function, span = Span::call_site())
}

/// The variable for argument `i`, told as the parameter at `span`: no user's name can be captured by it.
pub(crate) fn argument(i: usize, span: Span) -> Ident {
    format_ident!("__axum_scopes_{i}", span = Span::mixed_site().located_at(span))
}

/// The variable for what notes that the scopes were compared.
pub(crate) fn checked() -> Ident {
    Ident::new("__axum_scopes_checked", Span::mixed_site())
}
