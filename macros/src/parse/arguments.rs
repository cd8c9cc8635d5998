//! Reads the arguments of the attribute, on a function and on a parameter. Mistakes go to the report.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{
    Attribute, Error, Expr, ExprLit, Lit, LitStr, Meta, Path, Result, Token, Type,
    ext::IdentExt,
    parenthesized,
    parse::{ParseStream, Parser},
    punctuated::Punctuated,
    spanned::Spanned,
};

use super::scopes::{Scopes, scopes, ungroup};
use crate::report::Report;

/// What `#[security(…)]` on a function says.
#[derive(Default)]
pub(crate) struct Arguments {
    pub(crate) scopes: Scopes,
    pub(crate) depends: Vec<Type>,
    pub(crate) cache: bool,
    pub(crate) values: Vec<LitStr>,
    /// The word itself.
    pub(crate) credential_required: Option<Ident>,
    /// Why everybody may call the function.
    pub(crate) public: Option<LitStr>,
    pub(crate) krate: Option<Path>,
}

enum Argument {
    Scopes(Scopes),
    Depends(Vec<Type>),
    Cache,
    Values(Vec<LitStr>),
    CredentialRequired(Ident),
    Public(LitStr),
    Crate(Path),
}

/// Reads `#[security(…)]` on a function. An argument with a mistake is left out.
pub(crate) fn function(tokens: TokenStream, report: &mut Report) -> Arguments {
    let mut arguments = Arguments::default();
    for argument in list(tokens, FUNCTION, report) {
        match argument {
            Argument::Scopes(scopes) => arguments.scopes = scopes,
            Argument::Depends(depends) => arguments.depends = depends,
            Argument::Cache => arguments.cache = true,
            Argument::Values(values) => arguments.values = values,
            Argument::CredentialRequired(word) => arguments.credential_required = Some(word),
            Argument::Public(reason) => arguments.public = Some(reason),
            Argument::Crate(path) => arguments.krate = Some(path),
        }
    }
    arguments
}

/// Reads `#[security]` or `#[security(scopes = […])]` on a parameter.
pub(crate) fn parameter(attribute: &Attribute, report: &mut Report) -> Scopes {
    let tokens = match &attribute.meta {
        Meta::Path(_) => return Scopes::default(),
        Meta::List(list) => list.tokens.clone(),
        Meta::NameValue(meta) => {
            report
                .error(meta, "`#[security]` takes its arguments in parentheses; write `#[security(scopes = [\"…\"])]`");
            return Scopes::default();
        }
    };
    list(tokens, PARAMETER, report)
        .into_iter()
        .find_map(|argument| if let Argument::Scopes(scopes) = argument { Some(scopes) } else { None })
        .unwrap_or_default()
}

const FUNCTION: &[&str] = &["scopes", "depends", "cache", "values", "credential_required", "public", "crate"];
const PARAMETER: &[&str] = &["scopes"];

/// Reads arguments that commas separate, each at most once. After a mistake, it goes on behind the next comma.
fn list(tokens: TokenStream, known: &[&str], report: &mut Report) -> Vec<Argument> {
    let mut seen: Vec<Ident> = Vec::new();
    let mut arguments = Vec::new();
    let read = |input: ParseStream<'_>| {
        while !input.is_empty() {
            let argument = argument(input, known, &mut seen).and_then(|argument| {
                if !input.is_empty() && !input.peek(Token![,]) {
                    return Err(input.error("expected `,` between two arguments; add it"));
                }
                Ok(argument)
            });
            match argument {
                Ok(argument) => arguments.push(argument),
                Err(error) => {
                    report.add(error);
                    skip_to_comma(input)?;
                }
            }
            let _: Option<Token![,]> = input.parse()?;
        }
        Ok(())
    };
    if let Err(error) = read.parse2(tokens) {
        report.add(error);
    }
    arguments
}

fn skip_to_comma(input: ParseStream<'_>) -> Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<proc_macro2::TokenTree>()?;
    }
    Ok(())
}

fn argument(input: ParseStream<'_>, known: &[&str], seen: &mut Vec<Ident>) -> Result<Argument> {
    if !input.peek(Ident::peek_any) {
        let got = input.parse::<proc_macro2::TokenTree>()?;
        return Err(Error::new_spanned(got, format!("expected {}", one_of(known))));
    }
    let name = input.call(Ident::parse_any)?.unraw();
    if !known.iter().any(|known| name == known) {
        let text = if FUNCTION.iter().any(|known| name == known) {
            format!("`{name}` does not go on a parameter; write it in the attribute of the function")
        } else {
            format!("unknown argument `{name}`; expected {}", one_of(known))
        };
        return Err(Error::new(name.span(), text));
    }
    if seen.contains(&name) {
        return Err(Error::new(name.span(), format!("`{name}` is given twice; merge the two")));
    }
    seen.push(name.clone());
    match name.to_string().as_str() {
        "scopes" => scopes(input, name.span()).map(Argument::Scopes),
        "depends" => depends(input, name.span()).map(Argument::Depends),
        "cache" => alone(input, &name).map(|()| Argument::Cache),
        "values" => values(input, name.span()).map(Argument::Values),
        "credential_required" => alone(input, &name).map(|()| Argument::CredentialRequired(name)),
        "public" => public(input, name.span()).map(Argument::Public),
        _ => krate(input, name.span()).map(Argument::Crate),
    }
}

fn one_of(known: &[&str]) -> String {
    let shown: Vec<_> = known
        .iter()
        .map(|name| match *name {
            "scopes" => "`scopes = [\"…\"]`",
            "depends" => "`depends(…)`",
            "cache" => "`cache`",
            "values" => "`values(\"…\")`",
            "credential_required" => "`credential_required`",
            "public" => "`public = \"…\"`",
            _ => "`crate = path`",
        })
        .collect();
    match shown.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => shown.concat(),
    }
}

/// `(f, path::g)`.
fn depends(input: ParseStream<'_>, name: Span) -> Result<Vec<Type>> {
    if !input.peek(syn::token::Paren) {
        return Err(Error::new(name, "expected the dependencies; write `depends(function)`"));
    }
    let list;
    parenthesized!(list in input);
    let list = Punctuated::<Type, Token![,]>::parse_terminated
        .parse2(list.parse()?)
        .map_err(|error| Error::new(error.span(), "expected paths of functions; write `depends(f, path::g)`"))?;
    if list.is_empty() {
        return Err(Error::new(name, "`depends` names no dependency; remove it"));
    }
    list.into_iter()
        .map(|dependency| match dependency {
            Type::Path(path) if is_option(&path.path) => Err(Error::new_spanned(
                path,
                "`depends(…)` has no place for what is optional; write the function alone, or take `Option<Depends<…>>` as a parameter",
            )),
            Type::Path(_) | Type::Group(_) => Ok(dependency),
            other => Err(Error::new(
                other.span(),
                "expected the path of a function with `#[security]`; write `depends(f, path::g)`",
            )),
        })
        .collect()
}

/// `Option<f>`.
fn is_option(path: &Path) -> bool {
    path.segments.last().is_some_and(|last| last.ident == "Option" && !last.arguments.is_none())
}

/// `("tenant", "region")`.
fn values(input: ParseStream<'_>, name: Span) -> Result<Vec<LitStr>> {
    const EXPECTED: &str = "expected the names of parameters of scopes; write `values(\"tenant\")`";
    if !input.peek(syn::token::Paren) {
        return Err(Error::new(name, EXPECTED));
    }
    let list;
    parenthesized!(list in input);
    let list = Punctuated::<LitStr, Token![,]>::parse_terminated
        .parse2(list.parse()?)
        .map_err(|error| Error::new(error.span(), EXPECTED))?;
    if list.is_empty() {
        return Err(Error::new(name, "`values` names no parameter; remove it"));
    }
    Ok(list.into_iter().collect())
}

fn alone(input: ParseStream<'_>, name: &Ident) -> Result<()> {
    if !input.is_empty() && !input.peek(Token![,]) {
        return Err(input.error(format!("`{name}` takes no value; write `{name}` alone")));
    }
    Ok(())
}

/// `= "why"`. A reason that nobody wrote is none.
fn public(input: ParseStream<'_>, name: Span) -> Result<LitStr> {
    let missing = |at| Error::new(at, "everybody may call this function? say why; write `public = \"…\"`");
    if !input.peek(Token![=]) {
        return Err(missing(name));
    }
    input.parse::<Token![=]>()?;
    let at = input.span();
    let reason = match input.parse::<Expr>() {
        Ok(reason) => reason,
        Err(_) => return Err(missing(at)),
    };
    match ungroup(&reason) {
        Expr::Lit(ExprLit { lit: Lit::Str(reason), .. }) if !reason.value().trim().is_empty() => Ok(reason.clone()),
        _ => Err(missing(reason.span())),
    }
}

/// `= path`.
fn krate(input: ParseStream<'_>, name: Span) -> Result<Path> {
    if !input.peek(Token![=]) {
        return Err(Error::new(name, "expected a path; write `crate = path`"));
    }
    input.parse::<Token![=]>()?;
    if input.peek(Lit) {
        return Err(input.error("expected a path without quotes; write `crate = path`"));
    }
    input.call(Path::parse_mod_style)
}
