//! The rules that a signature can break without the help of types: one function each. Mistakes go to the report. The rules
//! about types are constants that the expansion writes.

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::{Attribute, GenericParam, LitStr, ReturnType, Safety, Type, ext::IdentExt};

use crate::{
    model::{Dependency, Kind, Model, Scopes, is_debug_handler, is_named, is_security, mentions, ungroup},
    names,
    report::Report,
};

/// The most that axum's handlers have.
const MOST_PARAMETERS: usize = 16;

pub(crate) fn check(model: &Model, report: &mut Report) {
    attribute_is_given_once(model, report);
    qualifiers_suit_a_handler(model, report);
    futures_are_those_of_async_functions(model, report);
    no_lifetime_parameters(model, report);
    not_too_many_parameters(model, report);
    depends_names_each_once(model, report);
    handlers_do_not_enforce(model, report);
    only_enforcing_functions_give_values(model, report);
    does_not_depend_on_itself(model, report);
    requiring_functions_can_refuse(model, report);
    scopes_are_the_same_for_all_types(model, report);
    public_functions_are_handlers(model, report);
    for parameter in &model.parameters {
        parameter_always_exists(&parameter.attributes, report);
        type_can_be_extracted(&parameter.ty, &parameter.kind, report);
    }
}

/// A second attribute would place the dependencies again.
fn attribute_is_given_once(model: &Model, report: &mut Report) {
    for attribute in &model.attributes {
        if is_security(attribute) {
            report.error(attribute, "`#[security]` is given twice; merge the two");
        }
    }
}

/// Axum calls no `const`, `unsafe` or `extern` function.
fn qualifiers_suit_a_handler(model: &Model, report: &mut Report) {
    let signature = &model.signature;
    let message = |word| format!("neither handlers nor dependencies can be `{word}`; remove it");
    if let Some(token) = &signature.constness {
        report.error(token, message("const"));
    }
    if let Safety::Unsafe(token) = &signature.safety {
        report.error(token, message("unsafe"));
    }
    if let Some(token) = &signature.abi {
        report.error(token, message("extern"));
    }
    if let Some(token) = &signature.variadic {
        report.error(token, "neither handlers nor dependencies take `...`; remove it");
    }
}

/// A future can name the function. Any other type without a name hides what ties the function to its facts.
fn futures_are_those_of_async_functions(model: &Model, report: &mut Report) {
    if let (None, ReturnType::Type(_, ty)) = (&model.signature.asyncness, &model.signature.output)
        && !model.returns_a_named_type()
        && model.returned_future().is_none()
    {
        report.error(ty, "axum calls only functions whose future has a name or is `impl Future<…>`; write `async fn`");
    }
}

/// A lifetime parameter would name something that outlives the request, and nothing does.
fn no_lifetime_parameters(model: &Model, report: &mut Report) {
    for param in &model.signature.generics.params {
        if let GenericParam::Lifetime(param) = param {
            report.error(param, "extractors own what they extract; remove the lifetime");
        }
    }
}

/// Axum takes no handler with more.
fn not_too_many_parameters(model: &Model, report: &mut Report) {
    if model.parameters.len() > MOST_PARAMETERS {
        report.error(
            &model.signature.ident,
            format!(
                "axum takes at most {MOST_PARAMETERS} parameters, and `depends(…)` counts; move some into a dependency"
            ),
        );
    }
}

/// A dependency that is named twice would run twice.
fn depends_names_each_once(model: &Model, report: &mut Report) {
    let mut seen = Vec::new();
    for parameter in model.parameters.iter().filter(|parameter| parameter.pattern.is_none()) {
        let name = parameter.ty.to_token_stream().to_string().replace("r#", "");
        if seen.contains(&name) {
            report.error(&parameter.ty, "this dependency is named twice; remove one");
        }
        seen.push(name);
    }
}

/// The compiler tells longer cycles, when it walks them.
fn does_not_depend_on_itself(model: &Model, report: &mut Report) {
    for parameter in &model.parameters {
        if let Kind::Dependency { dependency: Dependency::Named(ty), .. } = &parameter.kind
            && matches!(ungroup(ty), Type::Path(path) if path.path.get_ident().map(|name| name.unraw()) == Some(model.signature.ident.unraw()))
        {
            report.error(ty, "a dependency cannot depend on itself; remove this parameter");
        }
    }
}

/// The refusal is an error of the return type, so the return type has to be written out.
fn requiring_functions_can_refuse(model: &Model, report: &mut Report) {
    if let Some(word) = model.credential_required.as_ref().filter(|_| names::is_guard(&model.signature.ident)) {
        report.error(word, "a guard has no optional dependencies; remove `credential_required`");
        return;
    }
    let is_opaque = match &model.signature.output {
        ReturnType::Default => true,
        ReturnType::Type(_, ty) => matches!(ungroup(ty), Type::ImplTrait(_)),
    };
    if let Some(word) = model.credential_required.as_ref().filter(|_| is_opaque) {
        report
            .error(word, "`credential_required` refuses requests without a credential; return `Result<…, AuthError>`");
    }
}

/// `SecurityScopes::with` is the only place for a value.
fn only_enforcing_functions_give_values(model: &Model, report: &mut Report) {
    if let Some(first) = model.values.first()
        && !model.enforces()
    {
        report.error(first, "`values` belongs on a function that takes `SecurityScopes`; take it, or remove `values`");
    }
    let names: Vec<_> = model.values.iter().map(LitStr::value).collect();
    for (i, (value, name)) in model.values.iter().zip(&names).enumerate() {
        if names[..i].contains(name) {
            report.error(value, format!("`{name}` is named twice; remove one"));
        }
        if !is_parameter(name) {
            report.error(value, "expected the name of a parameter without braces; write `values(\"tenant\")`");
        }
    }
}

/// Whether a scope can have a parameter of this name.
fn is_parameter(name: &str) -> bool {
    let is_of_name = |char: char| char == '_' || char.is_ascii_alphanumeric();
    !name.is_empty() && name.chars().all(is_of_name) && !name.starts_with(|first: char| first.is_ascii_digit())
}

/// The compiler knows a tree before it knows the type parameters.
fn scopes_are_the_same_for_all_types(model: &Model, report: &mut Report) {
    let edges = model.parameters.iter().filter_map(|parameter| match &parameter.kind {
        Kind::Dependency { scopes, .. } => Some(scopes),
        _ => None,
    });
    for scope in edges.chain([&model.scopes]).flat_map(Scopes::names) {
        if model.mentions_parameters(scope) {
            report
                .error(scope, "a scope cannot depend on a type parameter; write a string literal or another constant");
        }
    }
}

/// What everybody may call requires nothing of its own, and nobody depends on it.
fn public_functions_are_handlers(model: &Model, report: &mut Report) {
    let Some(reason) = &model.public else { return };
    if names::is_guard(&model.signature.ident) {
        report.error(reason, "a guard asks every request; remove `public`");
    } else if !model.scopes.is_empty() {
        let remedy = if model.takes_an_optional_dependency() {
            "remove `public`, or move the scopes to the `Option<Depends<…>>` that they are required of"
        } else {
            "remove `public` or `scopes`"
        };
        report.error(reason, format!("what requires scopes is not public; {remedy}"));
    } else if model.credential_required.is_some() {
        report.error(reason, "what requires a credential is not public; remove `public` or `credential_required`");
    } else if model.cache || !model.is_routable() {
        report.error(reason, "only a handler can be public, and this is a dependency; remove `public`");
    }
}

/// `debug_handler` says that the function is a handler, and only a dependency can take `SecurityScopes`.
fn handlers_do_not_enforce(model: &Model, report: &mut Report) {
    if model.attributes.iter().any(is_debug_handler) {
        for parameter in model.parameters.iter().filter(|parameter| matches!(parameter.kind, Kind::SecurityScopes)) {
            report.error(
                &parameter.ty,
                "a handler cannot enforce scopes itself; move the check into a dependency, or take `RequiredScopes`",
            );
        }
    }
}

/// The attribute runs before the compiler drops parameters by `#[cfg]`. An enforcer that is compiled out would count.
fn parameter_always_exists(attributes: &[Attribute], report: &mut Report) {
    for attribute in attributes {
        if is_named(attribute, "cfg") || is_named(attribute, "cfg_attr") {
            report.error(
                attribute,
                "`#[security]` cannot see whether this parameter exists; write two functions, each with its own `#[cfg]`",
            );
        }
    }
}

/// The expansion repeats the type of a parameter beside the function, where it has to mean the same.
fn type_can_be_extracted(ty: &Type, kind: &Kind, report: &mut Report) {
    let ty = match kind {
        Kind::Mistake | Kind::Receiver => return,
        Kind::Dependency { dependency: Dependency::Named(ty), .. } => ty,
        _ => ty,
    };
    if mentions(ty.to_token_stream(), "impl") {
        report.error(ty, "the type of this parameter has no name; write a type parameter instead of `impl`");
    } else if mentions(ty.to_token_stream(), "Self") {
        report.error(ty, "`#[security]` belongs on a free function; write the type out instead of `Self`");
    } else if !matches!(kind, Kind::SecurityScopes) && borrows(ty) {
        report.error(
            ty,
            "extractors own what they extract; remove the lifetime, or write `SecurityScopes` by its own name",
        );
    }
}

/// Whether `ty` has a lifetime other than `'static`.
fn borrows(ty: &Type) -> bool {
    fn has_lifetime(tokens: proc_macro2::TokenStream) -> bool {
        let mut after_quote = false;
        for token in tokens {
            match token {
                TokenTree::Group(group) if has_lifetime(group.stream()) => return true,
                TokenTree::Ident(ident) if after_quote && ident != "static" => return true,
                TokenTree::Punct(punct) if punct.as_char() == '\'' => {
                    after_quote = true;
                    continue;
                }
                _ => {}
            }
            after_quote = false;
        }
        false
    }
    matches!(ungroup(ty), Type::Reference(reference) if reference.lifetime.as_ref().is_none_or(|name| name.ident != "static"))
        || has_lifetime(ty.to_token_stream())
}
