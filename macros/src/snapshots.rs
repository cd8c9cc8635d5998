//! Compares what the attribute expands to with `snapshots/*.expanded.rs`, which are there to be reviewed as code.
//!
//! After a change to the expansion, `UPDATE_SNAPSHOTS=1 cargo test -p axum-scopes-macros` rewrites them. Commit them with the
//! change.
#![expect(clippy::expect_used, reason = "tests")]

use std::{env, fs, path::PathBuf};

use proc_macro2::TokenStream;

/// Name, arguments of the attribute, and function.
const CASES: &[(&str, &str, &str)] = &[
    ("alias", "", "async fn f(#[security(scopes = [ME])] a: Alias, #[security] Alias(b): Alias) { … }"),
    ("cache", "cache", "async fn user(Depends(id): Depends<id>) -> Result<User, AuthError> { … }"),
    (
        "credential",
        "credential_required",
        "async fn caller(_: Option<Bearer<Api>>, (cookie, key): Either) -> Result<User, AuthError> { … }",
    ),
    ("dependency", "", "async fn user(required: SecurityScopes, _: Bearer<Api>) -> Result<User, AuthError> { … }"),
    (
        "credential_patterns",
        "credential_required",
        "async fn items(extract::Path(id): extract::Path<u64>, Some(user): Option<Depends<user>>, key @ _: Option<ApiKeyHeader<Key>>)
        -> Result<Items, AuthError> { … }",
    ),
    ("depends", "depends(log, auth::user), scopes = [\"items\"]", "async fn items() -> &'static str { … }"),
    (
        "documented",
        "scopes = [\"items\"]",
        "#[utoipa::path(get, path = \"/items\", responses((status = OK)))] async fn items(_: Depends<user>) { … }",
    ),
    ("documented_dependency", "", "async fn user() -> Result<User, AuthError> { … }"),
    (
        "documented_generic",
        "",
        "#[utoipa::path(get, path = \"/items\")] async fn items<S>(_: Depends<user>, _: State<S>) { … }",
    ),
    ("documented_method", "", "#[utoipa::path(get)] async fn items(&self) { … }"),
    (
        "documented_once",
        "",
        "#[other::path(get)] #[utoipa::other(get)] #[doc(hidden)] #[utoipa::path(get, path = \"/items\",)] async fn items() { … }",
    ),
    (
        "generic",
        "scopes = [\"items\"]",
        "async fn items<S: Store, const N: usize>(_: Depends<user<S>>, _: State<S>, _: Page<N>) -> [u8; N]
        where S::Key: Send { … }",
    ),
    (
        "generic_dependencies",
        "",
        "async fn items<S>(#[security] _: Alias<S>, #[security] _: Plain, _: Depends<user<S, Vec<S>>>) -> Items { … }",
    ),
    (
        "handler",
        "scopes = [\"items\", names::ME]",
        "/// Reads items.
        pub(crate) async fn items(Depends(user): Depends<user>, State(app): State<App>) -> Json<Items> { … }",
    ),
    ("constants", "", "async fn items<const ALL: bool, const SEPARATOR: char>(_: Page<ALL>) { … }"),
    ("mistake_of_a_handler", "scope = [\"items\"]", "/** Reads items. */ pub async fn items(_: Depends<user>) -> Json<Items> { … }"),
    ("method", "", "async fn items(&self, _: Depends<user>) { … }"),
    ("mistake", "scope = [\"items\"]", "#[axum::debug_handler] async fn items(_: Depends<user>) { … }"),
    (
        "mistake_of_a_dependency",
        "scope = [\"items\"]",
        "/// A user.
        #[security] pub async fn user(Depends(id): Depends<id>) -> Result<User, AuthError> { … }",
    ),
    ("names", "", "async fn id(id: Path<u64>, Path(_name): Path<u64>, Pair(a, b): Pair, whole @ (c, d): (State<A>, Bearer<B>), (): ()) { … }"),
    ("not_async", "", "fn language(headers: HeaderMap) -> Result<Language, Infallible> { … }"),
    (
        "optional",
        "scopes = [\"items\"], credential_required",
        "async fn items(user: Option<Depends<auth::user>>, #[security(scopes = [ME])] _: std::option::Option<Alias>)
        -> Result<Items, AuthError> { … }",
    ),
    (
        "other_crate",
        "crate = vendored::scopes",
        "#[cfg(unix)] #[axum::debug_handler] async fn r#type(_: Depends<user>) { … }",
    ),
    (
        "parameter",
        "scopes = [\"items\"]",
        "async fn items(#[security(scopes = [ApiScope::Me])] Depends(user): Depends<auth::user>) { … }",
    ),
    (
        "values",
        "values(\"tenant\", \"region\")",
        "async fn caller(required: SecurityScopes, _: Bearer<Api>) -> Result<User, AuthError> { … }",
    ),
    ("undocumented", "", "#[utoipa::path(get)] async fn items() { … }"),
    ("public", "public = \"load balancers have no token\"", "async fn health() -> StatusCode { … }"),
    ("required_scopes", "", "async fn log(required: RequiredScopes) -> Result<(), Infallible> { … }"),
    ("unnamed_return_type", "", "async fn items(_: Depends<user>) -> impl IntoResponse { … }"),
];

/// Name and enum, for the derive.
const ENUMS: &[(&str, &str)] = &[(
    "scope_names",
    "#[derive(ScopeNames)]
    enum ApiScope { /** Read items. */ #[scope(\"items:read\")] ItemsRead, Me }",
)];

#[test]
fn expansions_are_as_reviewed() {
    let update = env::var_os("UPDATE_SNAPSHOTS").is_some();
    let mut changed = Vec::new();
    let functions = CASES
        .iter()
        .map(|(name, arguments, function)| (*name, expand(arguments, function, name.starts_with("documented"))));
    let enums = ENUMS.iter().map(|(name, item)| (*name, shown(item, crate::scope_names::scope_names(tokens(item)))));
    for (name, expansion) in functions.chain(enums) {
        let path = folder().join(format!("{name}.expanded.rs"));
        if update {
            fs::write(&path, &expansion).expect("the snapshot can be written");
        } else if fs::read_to_string(&path).is_ok_and(|reviewed| reviewed == expansion) {
            continue;
        } else {
            changed.push(format!("{name} is now\n{expansion}"));
        }
    }
    assert!(changed.is_empty(), "set UPDATE_SNAPSHOTS=1 to rewrite, then review:\n{}", changed.join("\n"));
}

#[test]
fn every_snapshot_has_a_case() {
    for entry in fs::read_dir(folder()).expect("there are snapshots") {
        let name = entry.expect("an entry").file_name().into_string().expect("a name in UTF-8");
        let mut cases = CASES.iter().map(|(case, ..)| case).chain(ENUMS.iter().map(|(case, _)| case));
        let known = cases.any(|case| name == format!("{case}.expanded.rs"));
        assert!(known, "{name} belongs to no case; remove it");
    }
}

/// The input as a comment, then the output of the pipeline, formatted.
fn expand(arguments: &str, function: &str, documents: bool) -> String {
    let attribute = if arguments.is_empty() { String::new() } else { format!("({arguments})") };
    let input = format!("#[security{attribute}]\n{function}");
    let expansion = crate::pipeline::security(tokens(arguments), tokens(&function.replace('…', "body")), documents);
    shown(&input, if function.contains("self") { in_impl(expansion) } else { expansion })
}

fn shown(input: &str, expansion: TokenStream) -> String {
    let input: String = input.lines().map(comment).collect();
    let file = syn::parse2(expansion).expect("the expansion is Rust");
    format!("{input}\n{}", prettyplease::unparse(&file))
}

fn comment(line: &str) -> String {
    format!("// {}\n", line.trim_start())
}

/// A method is Rust only in an `impl`.
fn in_impl(method: TokenStream) -> TokenStream {
    quote::quote!(impl Service { #method })
}

fn tokens(text: &str) -> TokenStream {
    text.parse().expect("the input is made of tokens")
}

fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "snapshots"].iter().collect()
}
