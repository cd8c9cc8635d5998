//! A scope by the name of a constant or of a variant comes in, and the expression of its text goes out.

use quote::quote_spanned;
use syn::{Expr, ExprPath, ext::IdentExt};

/// `ApiScope::ItemsRead` is the variant of an enum with `#[derive(ScopeNames)]`, and becomes `ApiScope::ItemsRead.as_str()`.
/// `names::ITEMS` is a `&str` constant, and stays. The attribute knows no types, so it goes by the case of the letters, which
/// rustc's own lints ask for.
pub(super) fn named(path: ExprPath) -> Expr {
    let Some(last) = path.path.segments.last().filter(|last| is_of_variant(&last.ident.unraw().to_string())) else {
        return Expr::Path(path);
    };
    // The call has the span of the name, so that all messages stand there.
    let call = quote_spanned!(last.ident.span()=> .as_str());
    Expr::Verbatim(quote::quote!(#path #call))
}

fn is_of_variant(name: &str) -> bool {
    name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase)
}
