//! The derive `ScopeNames`: an enum whose variants are scopes comes in, and their names and descriptions go out.
//!
//! ```text
//! enum ApiScope {                          impl ApiScope {
//!     /// Read items.                          pub const SCOPES: &'static [(&'static str, &'static str)] = &[("items:read", "Read items.")];
//!     #[scope("items:read")]         →         pub const fn as_str(&self) -> &'static str { … }
//!     ItemsRead,                           }
//! }                                        impl Display, AsRef<str>, FromStr
//! ```

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Attribute, Expr, ExprLit, Ident, ItemEnum, Lit, LitStr, Meta, Path, Token, Variant, ext::IdentExt,
    parse::ParseStream,
};

use crate::{
    names::{self, Runtime},
    report::Report,
};

/// A variant as a scope.
struct Scope {
    variant: Ident,
    name: LitStr,
    description: String,
}

pub(crate) fn scope_names(item: TokenStream) -> TokenStream {
    let mut report = Report::default();
    let item: ItemEnum = match syn::parse2(item.clone()) {
        Ok(item) => item,
        Err(_) => {
            report.error(item, "only an enum can be a set of scopes; write `enum ApiScope { ItemsRead }`");
            return report.into_tokens();
        }
    };
    let krate =
        item.attrs.iter().filter(|attribute| is_scope(attribute)).find_map(|attribute| krate(attribute, &mut report));
    let scopes: Vec<_> = item.variants.iter().map(|variant| Scope::new(variant, &mut report)).collect();
    no_name_is_repeated(&scopes, &mut report);
    let runtime = Runtime::new(krate);
    let names = names_of(&item, &scopes);
    let from_str = from_str(&item, &runtime, if report.is_empty() { &scopes } else { &[] });
    let errors = report.into_tokens();
    // All names stay in place after a mistake, so that the compiler does not miss them elsewhere.
    quote!(#errors #names #from_str)
}

impl Scope {
    fn new(variant: &Variant, report: &mut Report) -> Self {
        let shown = variant.ident.unraw().to_string();
        if !is_camel_case(&shown) {
            let message = format!(
                "`#[security]` takes `{shown}` for a constant; write the variant in camel case, with a small letter"
            );
            report.error(&variant.ident, message);
        }
        if !variant.fields.is_empty() {
            report.error(&variant.fields, "a scope has no fields; write the variant alone");
        }
        let mut given = variant.attrs.iter().filter(|attribute| is_scope(attribute));
        let name = given.next().and_then(|attribute| given_name(attribute, report));
        if let Some(second) = given.next() {
            report.error(second, "the scope's name is given twice; remove one");
        }
        let name = name.unwrap_or_else(|| LitStr::new(&snake_case(&variant.ident), variant.ident.span()));
        if !is_scope_token(&name.value()) {
            let message = format!(
                "`{}` is not a scope name; use visible ASCII characters without space, quote and backslash, as in `#[scope(\"items:read\")]`",
                name.value().escape_default()
            );
            report.error(&name, message);
        }
        Self { variant: variant.ident.clone(), name, description: description(&variant.attrs) }
    }
}

fn no_name_is_repeated(scopes: &[Scope], report: &mut Report) {
    for (i, scope) in scopes.iter().enumerate() {
        let name = scope.name.value();
        if let Some(first) = scopes[..i].iter().find(|first| first.name.value() == name) {
            report.error(
                &scope.name,
                format!(
                    "scope `{name}` is the name of variant `{}` as well; remove one, or give it another name",
                    first.variant
                ),
            );
        }
    }
}

fn is_scope(attribute: &Attribute) -> bool {
    attribute.path().segments.last().is_some_and(|segment| names::is(&segment.ident, "scope"))
}

/// `#[scope("items:read")]`.
fn given_name(attribute: &Attribute, report: &mut Report) -> Option<LitStr> {
    let name = attribute.parse_args().ok();
    if name.is_none() {
        report.error(attribute, "expected the scope's name; write `#[scope(\"items:read\")]`");
    }
    name
}

/// `#[scope(crate = path)]` on the enum.
fn krate(attribute: &Attribute, report: &mut Report) -> Option<Path> {
    let path = attribute.parse_args_with(|input: ParseStream<'_>| {
        input.parse::<Token![crate]>()?;
        input.parse::<Token![=]>()?;
        input.call(Path::parse_mod_style)
    });
    if path.is_err() {
        report.error(attribute, "a name belongs on a variant; on the enum, write `#[scope(crate = path)]`");
    }
    path.ok()
}

/// By this, `#[security]` tells a variant from a constant. `parse::named` has the same rule.
fn is_camel_case(name: &str) -> bool {
    name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase)
}

/// An underscore before each capital letter, then small letters: `ItemsRead` is `items_read`.
fn snake_case(variant: &Ident) -> String {
    let mut name = String::new();
    for (i, char) in variant.unraw().to_string().chars().enumerate() {
        if char.is_uppercase() && i > 0 {
            name.push('_');
        }
        name.extend(char.to_lowercase());
    }
    name
}

/// RFC 6749 §3.3.
fn is_scope_token(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| matches!(byte, 0x21 | 0x23..=0x5B | 0x5D..=0x7E))
}

/// The first paragraph of the documentation, in one line.
fn description(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(meta) if attribute.path().is_ident("doc") => literal(&meta.value),
        _ => None,
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    let lines = text.lines().map(str::trim);
    let paragraph = lines.skip_while(|line| line.is_empty()).take_while(|line| !line.is_empty());
    paragraph.collect::<Vec<_>>().join(" ")
}

fn literal(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        Expr::Group(group) => literal(&group.expr),
        _ => None,
    }
}

fn names_of(item: &ItemEnum, scopes: &[Scope]) -> TokenStream {
    let this = &item.ident;
    let (generics, arguments, predicates) = item.generics.split_for_impl();
    let variants: Vec<_> = scopes.iter().map(|scope| &scope.variant).collect();
    let names: Vec<_> = scopes.iter().map(|scope| &scope.name).collect();
    let descriptions = scopes.iter().map(|scope| &scope.description);
    let str = quote!(::core::primitive::str);
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #generics #this #arguments #predicates {
            /// The names of the scopes, each with its description.
            pub const SCOPES: &'static [(&'static #str, &'static #str)] = &[#((#names, #descriptions)),*];

            /// The name of the scope.
            #[must_use]
            pub const fn as_str(&self) -> &'static #str {
                match *self { #(Self::#variants { .. } => #names,)* }
            }
        }

        #[automatically_derived]
        impl #generics ::core::fmt::Display for #this #arguments #predicates {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        #[automatically_derived]
        impl #generics ::core::convert::AsRef<#str> for #this #arguments #predicates {
            fn as_ref(&self) -> &#str {
                self.as_str()
            }
        }
    }
}

/// Reads a name. After a mistake there are no `scopes`: a variant with fields has no value, and a repeated name is a warning.
fn from_str(item: &ItemEnum, runtime: &Runtime, scopes: &[Scope]) -> TokenStream {
    let this = &item.ident;
    let (generics, arguments, predicates) = item.generics.split_for_impl();
    let (variants, names): (Vec<_>, Vec<_>) = scopes.iter().map(|scope| (&scope.variant, &scope.name)).unzip();
    let unknown = runtime.get(names::UNKNOWN_SCOPE);
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #generics ::core::str::FromStr for #this #arguments #predicates {
            type Err = #unknown;

            fn from_str(name: &::core::primitive::str) -> ::core::result::Result<Self, Self::Err> {
                match name {
                    #(#names => ::core::result::Result::Ok(Self::#variants),)*
                    _ => ::core::result::Result::Err(::core::default::Default::default()),
                }
            }
        }
    }
}
