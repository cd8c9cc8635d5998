//! The attribute of `axum-scopes`; use it through that crate, which re-exports it.

use proc_macro::TokenStream;

mod check;
mod expand;
mod model;
mod names;
mod parse;
mod pipeline;
mod report;
#[cfg(test)]
mod snapshots;

/// The attribute stands on a free function, `async` or not:
///
/// | argument | meaning |
/// |---|---|
/// | `scopes = ["a", "b"]` | required of everything that this function depends on; a literal or a `&str` constant each |
/// | `depends(f, path::g)` | run these dependencies for their effect, before the parameters |
/// | `cache` | resolve this dependency once in a tree for each set of required scopes, or once if nothing in its own tree sees them |
/// | `credential_required` | refuse with 401 where none of the credentials that this function takes in an `Option` is there |
/// | `crate = path` | where `axum-scopes` is, if it has another name |
///
/// On a parameter:
///
/// | attribute | meaning |
/// |---|---|
/// | `#[security(scopes = ["a"])]` | required of this parameter's tree alone |
/// | `#[security]` | this type is an alias of `Depends<…>` |
///
/// A function with the attribute can be called as before; one with `depends(…)` has a leading parameter for each of
/// them. Beside the function stands a type of the same name, by which `Depends<…>` refers to it: a module or another
/// type of that name in the same place is an error (E0428).
///
/// A tree is what one call of a handler, a guard or a middleware depends on: what `cache` keeps ends with it.
///
/// `#[axum::debug_handler]` and `#[utoipa::path]` belong below it.
#[proc_macro_attribute]
pub fn security(arguments: TokenStream, item: TokenStream) -> TokenStream {
    pipeline::security(arguments.into(), item.into(), cfg!(feature = "utoipa")).into()
}
