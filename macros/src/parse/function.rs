//! Reads a function: its attributes, visibility and signature. The body stays as it is.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{
    Attribute, Error, Result, Signature, Visibility,
    parse::{ParseStream, Parser},
};

/// A function with an unread body.
pub(crate) struct Function {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) signature: Signature,
    pub(crate) body: TokenStream,
}

/// Fails for anything but a function with a body.
pub(crate) fn parse(item: TokenStream) -> Result<Function> {
    let whole = item.clone();
    let (head, body) = without_body(item);
    let read = |input: ParseStream<'_>| {
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility: Visibility = input.parse()?;
        if !is_function(input) {
            return Err(Error::new_spanned(
                &whole,
                "`#[security]` belongs on a free function; move it to a handler or a dependency",
            ));
        }
        let signature = input.parse()?;
        let rest: TokenStream = input.parse()?;
        if body.is_none() && !ends_in_block(rest.clone()) {
            return Err(Error::new_spanned(
                &whole,
                "`#[security]` needs a function with a body; trait methods cannot be handlers",
            ));
        }
        Ok(Function { attributes, visibility, signature, body: rest.into_iter().chain(body.clone()).collect() })
    };
    read.parse2(head)
}

/// Takes the body off, because syn would walk through all of it to parse what stands before it.
fn without_body(item: TokenStream) -> (TokenStream, Option<TokenTree>) {
    let mut tokens: Vec<_> = item.into_iter().collect();
    let body = tokens.pop_if(|last| matches!(last, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace));
    (tokens.into_iter().collect(), body)
}

/// Whether `tokens` end in a block. `$body:block` leaves it in a group without delimiters.
fn ends_in_block(tokens: TokenStream) -> bool {
    match tokens.into_iter().last() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::None => ends_in_block(group.stream()),
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
        _ => false,
    }
}

/// Whether qualifiers and `fn` come next.
fn is_function(input: ParseStream<'_>) -> bool {
    input
        .cursor()
        .token_stream()
        .into_iter()
        .find(|token| match token {
            TokenTree::Ident(ident) => !["async", "const", "unsafe", "extern", "safe"].iter().any(|word| ident == word),
            TokenTree::Literal(_) => false,
            _ => true,
        })
        .is_some_and(|token| matches!(token, TokenTree::Ident(ident) if ident == "fn"))
}
