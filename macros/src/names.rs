//! Every path into the runtime and every name that the expansion makes up.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Path;

/// Where the runtime is.
pub(crate) struct Names {
    krate: TokenStream,
}

impl Names {
    pub(crate) fn new(krate: Option<Path>) -> Self {
        let krate = match krate {
            Some(path) => quote!(#path),
            None => quote!(::axum_scopes),
        };
        Self { krate }
    }

    /// `private::name`, as if written at `span`.
    pub(crate) fn at(&self, span: Span, name: &str) -> TokenStream {
        let krate = &self.krate;
        let name = Ident::new(name, span);
        quote_spanned!(span=> #krate::private::#name)
    }

    /// `private::name`.
    pub(crate) fn get(&self, name: &str) -> TokenStream {
        self.at(Span::call_site(), name)
    }
}

/// The variable for argument `i`: no user's name can be captured by it.
pub(crate) fn argument(i: usize) -> Ident {
    format_ident!("__axum_scopes_{i}", span = Span::mixed_site())
}

/// The variable for what notes that the scopes were compared.
pub(crate) fn checked() -> Ident {
    Ident::new("__axum_scopes_checked", Span::mixed_site())
}
