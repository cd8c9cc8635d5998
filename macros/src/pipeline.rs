//! From the tokens of the attribute and its function to the expansion: parse → model → check → expand. No other file knows
//! all four stages.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    check, expand,
    model::Model,
    parse::{self, function::Function},
    report::Report,
};

/// `documents` is whether `#[utoipa::path]` is to say what the function requires.
pub(crate) fn security(arguments: TokenStream, item: TokenStream, documents: bool) -> TokenStream {
    let mut report = Report::default();
    let arguments = parse::arguments::function(arguments, &mut report);
    let function = match parse::function::parse(item.clone()) {
        Ok(function) => function,
        Err(error) => {
            report.add(error);
            let errors = report.into_tokens();
            return quote!(#errors #item);
        }
    };
    let model = Model::new(arguments, function, documents, &mut report);
    check::check(&model, &mut report);
    let expansion = expand::expand(&model, report.is_empty());
    let errors = report.into_tokens();
    quote!(#errors #expansion)
}

/// The rest of `security` for a function with other attributes: its arguments are the outer function, and the function in it
/// comes as other attributes have left it.
pub(crate) fn mark(arguments: TokenStream, item: TokenStream) -> TokenStream {
    match parse::function::parse(item) {
        Ok(Function { attributes, signature, body, .. }) => {
            expand::mark::Outer::from_arguments(arguments).around(&attributes, &quote!(#signature #body))
        }
        Err(error) => error.into_compile_error(),
    }
}
