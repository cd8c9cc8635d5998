//! What was parsed, in the words of the expansion. After this, nobody reads the user's tokens again.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{
    Attribute, FnArg, GenericArgument, GenericParam, LitStr, Pat, PatType, PathArguments, ReturnType, Signature, Type,
    TypeParamBound, Visibility, ext::IdentExt,
};

use crate::{
    names::{self, Runtime},
    parse::{
        arguments::{self, Arguments},
        function::Function,
    },
    report::Report,
};
pub(crate) use crate::{
    parse::scopes::Scopes,
    syntax::{has_arguments, inside_option, is_debug_handler, is_named, is_security, last_name, mentions, ungroup},
};

/// Extractors of axum whose type parameters have no bounds.
const OF_AXUM: &[&str] = &["ConnectInfo", "Extension", "Form", "Json", "Path", "Query", "State"];

/// Types that handlers return and dependencies do not, by the names that axum and the standard library give them.
const ANSWERS: &[&str] = &["Form", "Html", "Json", "Redirect", "Response", "StatusCode", "String"];

/// A function with `#[security]`.
pub(crate) struct Model {
    pub(crate) runtime: Runtime,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    /// As the user wrote it; the parameters have moved to `parameters`.
    pub(crate) signature: Signature,
    pub(crate) body: TokenStream,
    pub(crate) scopes: Scopes,
    pub(crate) cache: bool,
    /// The parameters of scopes for which the function itself has values.
    pub(crate) values: Vec<LitStr>,
    /// The word itself. One of the credentials that the function takes in an `Option` has to be there.
    pub(crate) credential_required: Option<Ident>,
    /// Why everybody may call the function.
    pub(crate) public: Option<LitStr>,
    /// Whether `#[utoipa::path]` is to say what the function requires.
    pub(crate) documents: bool,
    /// The dependencies of `depends(…)`, then the function's own parameters.
    pub(crate) parameters: Vec<Parameter>,
}

/// A parameter of the function as the expansion writes it.
pub(crate) struct Parameter {
    pub(crate) attributes: Vec<Attribute>,
    /// `None` for a dependency of `depends(…)`, since nobody uses its value.
    pub(crate) pattern: Option<Pat>,
    pub(crate) ty: Type,
    pub(crate) kind: Kind,
}

/// What the attribute makes of a parameter.
#[expect(clippy::large_enum_variant, reason = "a function has a handful of parameters")]
pub(crate) enum Kind {
    /// `Depends<…>`: an edge of the tree, with its own scopes. It may be in an `Option`.
    Dependency { dependency: Dependency, scopes: Scopes, optional: bool },
    /// `SecurityScopes`.
    SecurityScopes,
    /// `RequiredScopes`.
    RequiredScopes,
    /// Any other extractor.
    Extractor,
    /// A parameter with a mistake, which is in the report.
    Mistake,
    /// `self`, which is a mistake too.
    Receiver,
}

/// How the expansion names a dependency.
pub(crate) enum Dependency {
    /// By the argument of `Depends<…>`.
    Named(Type),
    /// By an alias of `Depends<…>`.
    Aliased(Type),
}

impl Model {
    pub(crate) fn new(arguments: Arguments, function: Function, documents: bool, report: &mut Report) -> Self {
        let Function { attributes, visibility, mut signature, body } = function;
        let inputs = std::mem::take(&mut signature.inputs);
        let mut parameters: Vec<_> = arguments.depends.into_iter().map(Parameter::for_effect).collect();
        parameters.extend(inputs.into_iter().map(|input| Parameter::new(input, report)));
        Self {
            runtime: Runtime::new(arguments.krate),
            attributes,
            visibility,
            signature,
            body,
            scopes: arguments.scopes,
            cache: arguments.cache,
            values: arguments.values,
            credential_required: arguments.credential_required,
            public: arguments.public,
            documents,
            parameters,
        }
    }

    /// Whether this is a method. No other items can stand beside a method.
    pub(crate) fn is_method(&self) -> bool {
        self.parameters.iter().any(|parameter| matches!(parameter.kind, Kind::Receiver))
    }

    /// Whether the function has type parameters or constants.
    pub(crate) fn is_generic(&self) -> bool {
        self.signature.generics.params.iter().any(|param| !matches!(param, GenericParam::Lifetime(_)))
    }

    /// Whether it depends on the type parameters what `ty` is to the tree. Axum's own extractors are the same for all type
    /// arguments.
    pub(crate) fn is_open(&self, ty: &Type) -> bool {
        if last_name(ty).is_some_and(|name| OF_AXUM.contains(&name.as_str())) {
            return false;
        }
        self.mentions_parameters(ty)
    }

    /// Whether a type parameter or constant of the function occurs in `tokens`.
    pub(crate) fn mentions_parameters(&self, tokens: &impl ToTokens) -> bool {
        self.signature.generics.params.iter().any(|param| match param {
            GenericParam::Type(param) => mentions(tokens.to_token_stream(), &param.ident.unraw().to_string()),
            GenericParam::Const(param) => mentions(tokens.to_token_stream(), &param.ident.unraw().to_string()),
            GenericParam::Lifetime(_) => false,
        })
    }

    /// Whether axum can call the function at a route. It cannot lend scopes.
    pub(crate) fn is_routable(&self) -> bool {
        (self.signature.asyncness.is_some() || self.returned_future().is_some())
            && !self.enforces()
            && !self.is_method()
    }

    /// `impl Future<…>`, if the function is not `async` and returns that.
    pub(crate) fn returned_future(&self) -> Option<&Type> {
        let ReturnType::Type(_, ty) = &self.signature.output else { return None };
        let Type::ImplTrait(opaque) = ungroup(ty) else { return None };
        let is_future = |bound: &TypeParamBound| matches!(bound, TypeParamBound::Trait(bound) if bound.path.segments.last().is_some_and(|last| names::is(&last.ident, "Future")));
        (self.signature.asyncness.is_none() && opaque.bounds.iter().any(is_future)).then_some(&**ty)
    }

    /// Whether others may depend on the function. They may not if its return type has no name, or if its name says that it is
    /// no `Result`. Such a function is only a handler, and its expansion costs the compiler less.
    pub(crate) fn may_be_a_dependency(&self) -> bool {
        let is_answer = match &self.signature.output {
            ReturnType::Default => true,
            ReturnType::Type(_, ty) => match ungroup(ty) {
                Type::Tuple(_) | Type::Reference(_) | Type::Array(_) => true,
                // `Response<User>` may be the service's own alias of a `Result`.
                ty => last_name(ty)
                    .is_some_and(|name| ANSWERS.contains(&name.as_str()) && !(name == "Response" && has_arguments(ty))),
            },
        };
        // A function with `cache` or `SecurityScopes` is a dependency, and so is one that is not `async`. If it is not, the
        // bounds in its facts tell the mistake.
        let is_no_handler = self.cache || self.enforces() || self.signature.asyncness.is_none();
        self.returns_a_named_type() && (is_no_handler || !is_answer)
    }

    /// Whether the function takes `SecurityScopes`.
    pub(crate) fn enforces(&self) -> bool {
        self.parameters.iter().any(|parameter| matches!(parameter.kind, Kind::SecurityScopes))
    }

    /// Whether a parameter is `Option<Depends<…>>`.
    pub(crate) fn takes_an_optional_dependency(&self) -> bool {
        self.parameters.iter().any(|parameter| matches!(parameter.kind, Kind::Dependency { optional: true, .. }))
    }

    /// Whether the return type can be written elsewhere, which `impl Trait` cannot.
    pub(crate) fn returns_a_named_type(&self) -> bool {
        match &self.signature.output {
            ReturnType::Default => true,
            ReturnType::Type(_, ty) => !mentions(ty.to_token_stream(), "impl"),
        }
    }
}

impl Parameter {
    fn for_effect(dependency: Type) -> Self {
        let kind = Kind::Dependency {
            dependency: Dependency::Named(dependency.clone()),
            scopes: Scopes::default(),
            optional: false,
        };
        Self { attributes: Vec::new(), pattern: None, ty: dependency, kind }
    }

    fn new(input: FnArg, report: &mut Report) -> Self {
        let input = match input {
            FnArg::Typed(input) => input,
            FnArg::Receiver(receiver) => {
                report
                    .error(&receiver, "`#[security]` belongs on a free function; take the value as `State<…>` instead");
                let ty = Type::Verbatim(receiver.to_token_stream());
                return Self { attributes: Vec::new(), pattern: None, ty, kind: Kind::Receiver };
            }
        };
        let PatType { attrs, pat, ty, .. } = input;
        let (marks, attributes): (Vec<_>, Vec<_>) = attrs.into_iter().partition(is_security);
        if let [_, second, ..] = marks.as_slice() {
            report.error(second, "`#[security]` is given twice; merge the two");
        }
        let mark = marks.first().map(|mark| (mark, arguments::parameter(mark, report)));
        let kind = kind(&ty, mark, report);
        Self { attributes, pattern: Some(*pat), ty: *ty, kind }
    }
}

fn kind(ty: &Type, mark: Option<(&Attribute, Scopes)>, report: &mut Report) -> Kind {
    let (inner, optional) = inside_option(ty).map_or((ty, false), |inner| (inner, true));
    if optional && (is_optional_dependency(inner) || mark.is_some() && inside_option(inner).is_some()) {
        report.error(ty, "a dependency is optional in one `Option`; write `Option<Depends<…>>`");
        return Kind::Mistake;
    }
    match (last_name(inner).as_deref(), mark) {
        (Some("Depends"), mark) => match dependency(inner, report) {
            Some(dependency) => {
                let scopes = mark.map(|(_, scopes)| scopes).unwrap_or_default();
                Kind::Dependency { dependency: Dependency::Named(dependency), scopes, optional }
            }
            None => Kind::Mistake,
        },
        (Some("SecurityScopes" | "RequiredScopes"), Some((mark, _))) => {
            report.error(mark, "`#[security]` goes on parameters that are dependencies; remove it from this one");
            Kind::Mistake
        }
        (Some("SecurityScopes"), None) if !optional => Kind::SecurityScopes,
        (Some("RequiredScopes"), None) if !optional => Kind::RequiredScopes,
        (_, Some((_, scopes))) => Kind::Dependency { dependency: Dependency::Aliased(inner.clone()), scopes, optional },
        (_, None) => Kind::Extractor,
    }
}

/// Whether `ty` is `Option<Depends<…>>`, or an `Option` of that.
fn is_optional_dependency(ty: &Type) -> bool {
    inside_option(ty)
        .is_some_and(|inner| last_name(inner).as_deref() == Some("Depends") || is_optional_dependency(inner))
}

/// The function that `Depends<…>` names.
fn dependency(ty: &Type, report: &mut Report) -> Option<Type> {
    let Type::Path(path) = ungroup(ty) else { return None };
    let arguments = match &path.path.segments.last()?.arguments {
        PathArguments::AngleBracketed(arguments) => arguments,
        _ => {
            report.error(ty, "`Depends` needs the name of a function; write `Depends<function>`");
            return None;
        }
    };
    let mut arguments = arguments.args.iter();
    match (arguments.next(), arguments.next()) {
        (Some(GenericArgument::Type(dependency)), None) => Some(dependency.clone()),
        (Some(GenericArgument::Type(_)), Some(path)) => {
            let message = "`#[security]` writes the second argument of `Depends`; remove this one, or write it as an argument of the function";
            report.error(path, message);
            None
        }
        _ => {
            report.error(ty, "`Depends` needs the name of a function; write `Depends<function>`");
            None
        }
    }
}
