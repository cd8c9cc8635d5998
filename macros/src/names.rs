//! Every name that the expansion writes: those that the runtime exports for it, and those that it makes up.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Path, ext::IdentExt};

/// A name that the runtime exports from its module `private`. The constants below are all there are, so a misspelt name
/// does not compile.
#[derive(Clone, Copy)]
pub(crate) struct Name(&'static str);

macro_rules! exported {
    ($($constant:ident = $name:literal,)*) => {
        $(pub(crate) const $constant: Name = Name($name);)*

        /// All of them, for the test that holds them against the runtime.
        #[cfg(test)]
        pub(crate) const EXPORTED: &[Name] = &[$($constant),*];
    };
}

#[cfg(test)]
impl Name {
    pub(crate) fn as_str(self) -> &'static str {
        self.0
    }
}

exported! {
    // The facts of a function.
    CACHED = "Cached",
    CHILD = "Child",
    FRESH = "Fresh",
    FUNCTION = "Function",
    FUNCTION_NODE = "function",
    IS = "Is",
    GROUP_NODE = "group",
    MARK = "mark",
    MARKED = "Marked",
    MISTAKE = "Mistake",
    NODE = "Node",
    OF = "Of",
    OPTIONAL_NODE = "optional",
    REFUSE = "refuse",
    RETURNS = "Returns",
    SAYS = "says",
    SECURED = "Secured",
    STATED = "Stated",
    STATED_ALIAS = "StatedAlias",
    UNIT = "Unit",
    UNKNOWN = "UNKNOWN",
    UNMARKED = "Unmarked",
    UNSAID = "UNSAID",

    // Its parameters, and where they stand.
    ALIAS = "Alias",
    AT = "At",
    CHECKED = "Checked",
    EDGE = "Edge",
    EXTRACTED = "Extracted",
    LENT = "Lent",
    PATH = "Path",
    PLACED_DEPENDS = "PlacedDepends",
    PLACED_SCOPES = "PlacedScopes",
    PROBE = "Probe",
    START = "Start",
    UNDESCRIBED = "Undescribed",
    VIA = "Via",

    // The checks.
    DOCUMENTED = "documented",
    EDGE_SCOPE = "edge_scope",
    EDGE_SCOPES = "edge_scopes",
    ENFORCES = "enforces",
    OPTIONAL_CREDENTIAL = "optional_credential",
    OWN_SCOPE = "own_scope",
    OWN_SCOPES = "own_scopes",
    PARAMETER = "parameter",
    PUBLIC = "public",

    // The error of a derived enum of scopes.
    UNKNOWN_SCOPE = "UnknownScope",

    // What stands in `#[utoipa::path]`.
    REFUSALS = "Refusals",
    REQUIREMENT_OF = "requirement_of",

    // What the standard library has under the same name.
    FUTURE = "Future",
    OPTION = "Option",
    PENDING = "pending",
    PHANTOM_DATA = "PhantomData",
    READY = "ready",
    SEND = "Send",
}

/// The runtime, by the path that leads to it in the user's crate.
pub(crate) struct Runtime {
    krate: Option<Path>,
}

impl Runtime {
    pub(crate) fn new(krate: Option<Path>) -> Self {
        Self { krate }
    }

    /// `private::name`. All of its tokens have the span, because the compiler points there only then.
    pub(crate) fn at(&self, span: Span, name: Name) -> TokenStream {
        let name = Ident::new(name.0, span);
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

    /// `private::name`, where the compiler has nothing to say about it.
    pub(crate) fn get(&self, name: Name) -> TokenStream {
        self.at(Span::call_site(), name)
    }
}

/// Whether both are the same name to the compiler, to which `r#name` is `name`.
pub(crate) fn is(ident: &Ident, name: &str) -> bool {
    ident.unraw() == name
}

/// The name of the function that `guard!` makes. No user's function has it.
const GUARD: &str = "__axum_scopes_guard";

/// Whether `guard!` has made the function.
pub(crate) fn is_guard(function: &Ident) -> bool {
    function == GUARD
}

/// How messages and trees name a function.
pub(crate) fn shown(function: &Ident) -> String {
    if is_guard(function) { "guard!".to_owned() } else { function.unraw().to_string() }
}

/// What utoipa names a function's operation.
pub(crate) fn operation(function: &Ident) -> Ident {
    format_ident!("__path_{}", function, span = Span::call_site())
}

/// The type by which the operation of a generic function finds the function's tree.
pub(crate) fn sketched(function: &Ident) -> Ident {
    format_ident!("__axum_scopes_sketched_{}", function, span = Span::call_site())
}

/// The parameter `i` of a function where the user's pattern has no name for it. Documentation shows it.
pub(crate) fn unnamed(i: usize, span: Span) -> Ident {
    format_ident!("argument_{i}", span = span)
}

/// The variable for argument `i`, with the span of the parameter. It cannot capture a user's name.
pub(crate) fn argument(i: usize, span: Span) -> Ident {
    format_ident!("__axum_scopes_{i}", span = Span::mixed_site().located_at(span))
}

/// The variable that records whether the function has compared the scopes.
pub(crate) fn checked() -> Ident {
    Ident::new("__axum_scopes_checked", Span::mixed_site())
}
