//! The attribute of `axum-scopes`. Use it through that crate, which exports it.

use proc_macro::TokenStream;

mod check;
mod expand;
#[cfg(test)]
mod exports;
#[cfg(test)]
mod mistakes;
mod model;
mod names;
mod parse;
mod pipeline;
mod report;
mod scope_names;
#[cfg(test)]
mod snapshots;
mod syntax;

/// The attribute goes on a free function, `async` or not:
///
/// | argument | meaning |
/// |---|---|
/// | `scopes = ["a", "b"]` | these scopes are required of everything that the function depends on; each is a literal, a `&str` constant, or a variant of an enum with `#[derive(ScopeNames)]` |
/// | `scopes = ["a", any("b", "c")]` | one of `b` and `c` is enough; clients are asked for the first |
/// | `scopes = READER` | the scopes of a constant, which is a `&[&str]` |
/// | `depends(f, path::g)` | these dependencies run before the parameters are extracted, for their effect |
/// | `public = "why"` | everybody may call this handler, for this reason; no request needs a credential |
/// | `cache` | this dependency runs once in a tree for each set of required scopes, or once if nothing below it sees the scopes |
/// | `values("tenant")` | this function gives the values of these parameters of required scopes, by `SecurityScopes::with` |
/// | `credential_required` | a request is refused with 401 if it has none of the credentials that the function takes in an `Option` |
/// | `crate = path` | the path of `axum-scopes`, if your crate knows it by another name |
///
/// On a parameter:
///
/// | attribute | meaning |
/// |---|---|
/// | `#[security(scopes = ["a"])]` | these scopes are required of this parameter's tree alone |
/// | `#[security]` | this type is an alias of `Depends<…>` |
///
/// Both also go on a parameter of the type `Option<Depends<…>>`, or `Option` of an alias. Then the dependency is optional: it is
/// `None` for a request without a credential, and its scopes are required of the others.
///
/// A function with the attribute can be called as before. With `depends(…)` it has one more parameter at the front for each
/// dependency named there. The attribute puts a type of the same name beside the function, by which `Depends<…>` refers to it.
/// A module or another type of that name in the same place is an error (E0428).
///
/// A tree is everything that one call of a handler, a guard or a middleware depends on. What `cache` keeps is dropped when that
/// call ends.
///
/// Write `#[axum::debug_handler]` and `#[utoipa::path]` below this attribute.
#[proc_macro_attribute]
pub fn security(arguments: TokenStream, item: TokenStream) -> TokenStream {
    pipeline::security(arguments.into(), item.into(), cfg!(feature = "utoipa")).into()
}

/// The derive is for enums whose variants have no fields. It makes:
///
/// | item | meaning |
/// |---|---|
/// | `SCOPES` | the names with their descriptions, for `SCOPES` of a scheme |
/// | `as_str`, `Display`, `AsRef<str>` | the name of one scope; `as_str` works in constants |
/// | `FromStr` | the scope with this name, or else the error `UnknownScope` |
///
/// It reads:
///
/// | attribute | meaning |
/// |---|---|
/// | `#[scope("items:read")]` on a variant | the name; without it, `ItemsRead` is `items_read` |
/// | `#[scope(crate = path)]` on the enum | the path of `axum-scopes`, if your crate knows it by another name |
///
/// The description is the first paragraph of a variant's documentation, in one line. The compiler refuses a name outside the
/// grammar of RFC 6749 §3.3, and one that two variants have. `#[security]` tells a variant from a constant by its small letters,
/// so a variant `READ` is an error.
#[proc_macro_derive(ScopeNames, attributes(scope))]
pub fn scope_names(item: TokenStream) -> TokenStream {
    scope_names::scope_names(item.into()).into()
}

/// Written by `security` below other attributes, and by nobody else.
#[doc(hidden)]
#[proc_macro_attribute]
pub fn mark(arguments: TokenStream, item: TokenStream) -> TokenStream {
    pipeline::mark(arguments.into(), item.into()).into()
}
