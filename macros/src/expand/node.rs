//! The node: the constant tree of a function, with its name, its scopes, and a child for each parameter.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{GenericArgument, PathArguments, Type, parse_quote, spanned::Spanned};

use super::path::{target, with_arguments};
use crate::{
    model::{Dependency, Kind, Model, Parameter, Scopes, ungroup},
    names,
};

/// How much of a tree the constant holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// All of it.
    Full,
    /// What is known without the bounds of the type parameters.
    Sketch,
}

/// `&function("name", &["own"], &[children])`.
pub(crate) fn node(model: &Model, detail: Detail) -> TokenStream {
    let runtime = &model.runtime;
    let function = runtime.get(names::FUNCTION_NODE);
    let name = names::shown(&model.signature.ident);
    let (scopes, any) = model.scopes.written();
    let children = model.parameters.iter().map(|parameter| child(model, parameter, detail));
    let cached = model.cache.then(|| quote!(.cached()));
    let values = (!model.values.is_empty()).then(|| {
        let values = &model.values;
        quote!(.values(&[#(#values),*]))
    });
    let generic = model.is_generic().then(|| quote!(.generic()));
    let credential = model.credential_required.as_ref().map(|_| quote!(.credential_required()));
    let public = model.public.as_ref().map(|reason| quote!(.public(#reason)));
    let of_extractors = runtime.get(names::UNDESCRIBED);
    let of_dependencies = runtime.get(if detail == Detail::Full { names::UNMARKED } else { names::SECURED });
    quote! {{
        #[allow(unused_imports)]
        use {#of_extractors as _, #of_dependencies as _};
        &#function(#name, #scopes, &[#(#children),*])#any #cached #values #generic #credential #public
    }}
}

fn child(model: &Model, parameter: &Parameter, detail: Detail) -> TokenStream {
    let Parameter { ty, kind, .. } = parameter;
    let span = ty.span();
    let child = model.runtime.at(span, names::CHILD);
    let open = detail == Detail::Sketch && model.is_open(ty);
    match kind {
        Kind::Dependency { dependency, scopes, optional } => {
            let node = dependency_node(model, dependency, detail, open);
            let node = if *optional {
                let optional = model.runtime.at(span, names::OPTIONAL_NODE);
                quote_spanned!(span=> &#optional(&[#child::new(&[], #node)]))
            } else {
                node
            };
            let (scopes, any) = scopes.written();
            quote_spanned!(span=> #child::new(#scopes, #node)#any)
        }
        Kind::SecurityScopes => probe(model, &with_arguments(ty, &quote!(<'static>)), span),
        _ if open => quote!(#child::OPEN),
        _ => extractor(model, ty),
    }
}

/// The expansion takes a tuple apart, because the runtime would not see a scheme beside an extractor without a description.
fn extractor(model: &Model, ty: &Type) -> TokenStream {
    let span = ty.span();
    match ungroup(ty) {
        Type::Tuple(tuple) if !tuple.elems.is_empty() => {
            let (child, group) = (model.runtime.at(span, names::CHILD), model.runtime.at(span, names::GROUP_NODE));
            let elements = tuple.elems.iter().map(|element| extractor(model, element));
            quote_spanned!(span=> #child::new(&[], &#group(&[#(#elements),*])))
        }
        _ => probe(model, &quote!(#ty), span),
    }
}

fn probe(model: &Model, ty: &TokenStream, span: Span) -> TokenStream {
    let (child, probe) = (model.runtime.at(span, names::CHILD), model.runtime.at(span, names::PROBE));
    quote_spanned!(span=> #child::new(&[], #probe::<#ty>::AXUM_SCOPES_NODE))
}

fn dependency_node(model: &Model, dependency: &Dependency, detail: Detail, open: bool) -> TokenStream {
    let runtime = &model.runtime;
    let target = target(runtime, dependency);
    match (dependency, detail) {
        (Dependency::Aliased(_), Detail::Sketch) if open => runtime.get(names::UNKNOWN),
        (Dependency::Named(ty), Detail::Sketch) => {
            let target = without_bounds(model, ty);
            quote_spanned!(ty.span()=> <#target>::AXUM_SCOPES_SKETCH)
        }
        (Dependency::Aliased(_), Detail::Sketch) => quote_spanned!(target.span()=> <#target>::AXUM_SCOPES_SKETCH),
        (_, Detail::Full) => {
            let marked = runtime.at(target.span(), names::MARKED);
            quote_spanned!(target.span()=> #marked::<#target>::AXUM_SCOPES_TREE)
        }
    }
}

/// The dependency with `()` for each argument that may need a bound of a type parameter, as `ApiKeyHeader<S>` does. The sketch
/// has no bounds, and is the same for all arguments.
fn without_bounds(model: &Model, ty: &Type) -> Type {
    let mut ty = ungroup(ty).clone();
    if let Type::Path(path) = &mut ty
        && let Some(last) = path.path.segments.last_mut()
        && let PathArguments::AngleBracketed(arguments) = &mut last.arguments
    {
        for argument in &mut arguments.args {
            if let GenericArgument::Type(argument) = argument
                && model.mentions_parameters(argument)
                && !is_name(argument)
            {
                *argument = parse_quote!(());
            }
        }
    }
    ty
}

/// Whether the type is one name, as that of a type parameter is.
fn is_name(ty: &Type) -> bool {
    matches!(ungroup(ty), Type::Path(path) if path.qself.is_none() && path.path.get_ident().is_some())
}

/// The scopes of each dependency among the parameters, with the parameter's number.
pub(crate) fn edges(model: &Model) -> impl Iterator<Item = (usize, &Scopes)> {
    model.parameters.iter().enumerate().filter_map(|(i, parameter)| match &parameter.kind {
        Kind::Dependency { scopes, .. } => Some((i, scopes)),
        _ => None,
    })
}
