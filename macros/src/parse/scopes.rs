//! Reads `scopes = […]`: names, and `any(…)` of names, or a constant that is a list of names.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{
    Error, Expr, ExprCall, ExprLit, ExprPath, Lit, Result, Token, bracketed,
    parse::{ParseStream, Parser},
    punctuated::Punctuated,
};

use super::named::named;

/// The scopes of a function or of a parameter.
pub(crate) enum Scopes {
    List(Vec<Clause>),
    /// The path of a constant.
    Constant(Expr),
}

/// A scope, or several of which one is enough.
pub(crate) enum Clause {
    One(Expr),
    Any(Vec<Expr>),
}

impl Default for Scopes {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl Scopes {
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::List(clauses) if clauses.is_empty())
    }

    /// Everything that the user wrote for a name or a list of names.
    pub(crate) fn names(&self) -> Vec<&Expr> {
        match self {
            Self::List(clauses) => clauses.iter().flat_map(Clause::names).collect(),
            Self::Constant(list) => vec![list],
        }
    }

    /// The list as the runtime takes it, and the call that adds the list instead if it has `any(…)`.
    pub(crate) fn written(&self) -> (TokenStream, Option<TokenStream>) {
        let clauses = match self {
            Self::Constant(list) => return (quote!(#list), None),
            Self::List(clauses) => clauses,
        };
        if clauses.iter().all(|clause| matches!(clause, Clause::One(_))) {
            let names = self.names();
            return (quote!(&[#(#names),*]), None);
        }
        let clauses = clauses.iter().map(|clause| {
            let names = clause.names();
            quote!(&[#(#names),*])
        });
        (quote!(&[]), Some(quote!(.any(&[#(#clauses),*]))))
    }
}

impl Clause {
    /// Its alternatives.
    pub(crate) fn names(&self) -> &[Expr] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Any(names) => names,
        }
    }
}

/// `= ["a", any("b", CONSTANT)]` or `= CONSTANT`.
pub(super) fn scopes(input: ParseStream<'_>, name: Span) -> Result<Scopes> {
    let is_list = input.peek(Token![=]) && input.peek2(syn::token::Bracket);
    if !is_list {
        return constant(input, name);
    }
    input.parse::<Token![=]>()?;
    let list;
    bracketed!(list in input);
    let list = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(list.parse()?)?;
    list.into_iter().map(clause).collect::<Result<_>>().map(Scopes::List)
}

fn constant(input: ParseStream<'_>, name: Span) -> Result<Scopes> {
    const EXPECTED: &str = "expected a list; write `scopes = [\"…\"]`, or the path of a `&[&str]` constant";
    let at = input.fork().parse::<TokenStream>()?.into_iter().nth(1).map_or(name, |token| token.span());
    if !input.peek(Token![=]) || input.peek2(Lit) {
        return Err(Error::new(at, EXPECTED));
    }
    input.parse::<Token![=]>()?;
    match input.parse::<Expr>() {
        Ok(list) if is_constant(&list) => Ok(Scopes::Constant(list)),
        _ => Err(Error::new(at, EXPECTED)),
    }
}

/// A path, or a reference to one.
fn is_constant(list: &Expr) -> bool {
    match ungroup(list) {
        Expr::Path(path) => path.attrs.is_empty(),
        Expr::Reference(reference) => reference.mutability.is_none() && is_constant(&reference.expr),
        _ => false,
    }
}

fn clause(expr: Expr) -> Result<Clause> {
    let Expr::Call(call) = ungroup(&expr) else { return scope(expr).map(Clause::One) };
    if !is_any(call) {
        return scope(expr).map(Clause::One);
    }
    if call.args.len() < 2 {
        return Err(Error::new_spanned(&expr, "`any` takes two scopes or more; write the scope alone"));
    }
    let alternative = |expr: &Expr| match ungroup(expr) {
        Expr::Call(call) if is_any(call) => {
            Err(Error::new_spanned(expr, "`any` within `any`; write all alternatives in one"))
        }
        _ => scope(expr.clone()),
    };
    call.args.iter().map(alternative).collect::<Result<_>>().map(Clause::Any)
}

fn is_any(call: &ExprCall) -> bool {
    matches!(&*call.func, Expr::Path(path) if path.path.is_ident("any")) && call.attrs.is_empty()
}

fn scope(expr: Expr) -> Result<Expr> {
    match ungroup(&expr) {
        Expr::Lit(ExprLit { attrs, .. }) | Expr::Path(ExprPath { attrs, .. }) if !attrs.is_empty() => Err(
            Error::new_spanned(expr, "a scope takes no attributes; write two functions, each with its own `#[cfg]`"),
        ),
        Expr::Lit(lit) if matches!(lit.lit, Lit::Str(_)) => Ok(expr),
        Expr::Path(path) => Ok(named(path.clone())),
        _ => Err(Error::new_spanned(
            expr,
            "expected a scope; write a string literal, the path of a `&str` constant, or `any(…)` of them",
        )),
    }
}

/// The expression in the invisible groups that `macro_rules!` leaves.
pub(super) fn ungroup(expr: &Expr) -> &Expr {
    match expr {
        Expr::Group(group) => ungroup(&group.expr),
        expr => expr,
    }
}
