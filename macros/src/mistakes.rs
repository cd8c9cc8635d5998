//! What the attribute refuses and what it takes: a signature comes in, and the mistakes that are told go out. `tests/ui` shows
//! where in the code each is told.

use proc_macro2::{TokenStream, TokenTree};

/// Arguments of the attribute, function, and the beginnings of all messages.
type Case = (&'static str, &'static str, &'static [&'static str]);

const REFUSED: &[Case] = &[
    ("", "#[security] async fn f() {}", &["`#[security]` is given twice"]),
    ("", "const fn f() -> u8 {}", &["neither handlers nor dependencies can be `const`"]),
    ("", "unsafe fn f() -> u8 {}", &["neither handlers nor dependencies can be `unsafe`"]),
    ("", "extern \"C\" fn f() -> u8 {}", &["neither handlers nor dependencies can be `extern`"]),
    ("", "fn f(_: A, ...) -> u8 {}", &["neither handlers nor dependencies take `...`"]),
    ("", "fn f() -> impl IntoResponse {}", &["axum calls only functions whose future has a name"]),
    ("", "async fn f<'a>(_: A) {}", &["extractors own what they extract"]),
    ("depends(a, b, a)", "async fn f() {}", &["this dependency is named twice"]),
    ("depends(a::b, a::r#b)", "async fn f() {}", &["this dependency is named twice"]),
    ("", "async fn f(_: Depends<f>) {}", &["a dependency cannot depend on itself"]),
    ("", "async fn r#f(_: Option<Depends<f>>) {}", &["a dependency cannot depend on itself"]),
    ("depends(f)", "async fn f() {}", &["a dependency cannot depend on itself"]),
    ("credential_required", "async fn f(_: Option<Key>) {}", &["`credential_required` refuses requests"]),
    (
        "credential_required",
        "async fn f(_: Option<Key>) -> impl Answer {}",
        &["`credential_required` refuses requests"],
    ),
    ("values(\"x\")", "async fn f() -> A {}", &["`values` belongs on a function that takes `SecurityScopes`"]),
    ("values(\"x\", \"y\", \"x\")", "fn f(_: SecurityScopes) -> A {}", &["`x` is named twice"]),
    ("values(\"{x}\")", "fn f(_: SecurityScopes) -> A {}", &["expected the name of a parameter without braces"]),
    ("values(\"a-b\")", "fn f(_: SecurityScopes) -> A {}", &["expected the name of a parameter without braces"]),
    ("values(\"\")", "fn f(_: SecurityScopes) -> A {}", &["expected the name of a parameter without braces"]),
    ("values(\"1a\")", "fn f(_: SecurityScopes) -> A {}", &["expected the name of a parameter without braces"]),
    ("scopes = [T::NAME]", "async fn f<T: S>() {}", &["a scope cannot depend on a type parameter"]),
    (
        "",
        "async fn f<T: S>(#[security(scopes = [\"a\", any(\"b\", T::NAME)])] _: Depends<g>) {}",
        &["a scope cannot depend on a type parameter"],
    ),
    (
        "public = \"why\", scopes = [\"a\"]",
        "async fn f() {}",
        &["what requires scopes is not public; remove `public` or"],
    ),
    (
        "public = \"why\", scopes = [\"a\"]",
        "async fn f(_: Option<Depends<g>>) {}",
        &["what requires scopes is not public; remove `public`, or move the scopes"],
    ),
    (
        "public = \"why\", credential_required",
        "async fn f(_: Option<Key>) -> Result<A, B> {}",
        &["what requires a credential is not public"],
    ),
    ("public = \"why\"", "async fn f(_: SecurityScopes) {}", &["only a handler can be public"]),
    ("public = \"why\", cache", "async fn f() {}", &["only a handler can be public"]),
    ("public = \"why\"", "fn f() -> A {}", &["only a handler can be public"]),
    ("", "#[axum::debug_handler] async fn f(_: SecurityScopes) {}", &["a handler cannot enforce scopes itself"]),
    ("", "async fn f(#[cfg(unix)] _: A) {}", &["`#[security]` cannot see whether this parameter exists"]),
    ("", "async fn f(#[cfg_attr(unix, a)] _: A) {}", &["`#[security]` cannot see whether this parameter exists"]),
    ("", "async fn f(_: impl Extractor) {}", &["the type of this parameter has no name"]),
    ("", "async fn f(_: Depends<g<impl A>>) {}", &["the type of this parameter has no name"]),
    ("", "async fn f(_: State<Self>) {}", &["`#[security]` belongs on a free function; write the type out"]),
    ("", "async fn f(_: &A) {}", &["extractors own what they extract"]),
    ("", "async fn f(_: &'a A) {}", &["extractors own what they extract"]),
    ("", "async fn f(_: Depends<&g>) {}", &["extractors own what they extract"]),
    ("", "async fn f(_: Page<'a>) {}", &["extractors own what they extract"]),
    ("", "async fn f(_: Page<'_, 'static>) {}", &["extractors own what they extract"]),
    ("", "async fn f(_: (A, Page<'a>)) {}", &["extractors own what they extract"]),
    ("", "async fn f(_: SecurityScopes<'_>, _: Alias<'_>) {}", &["extractors own what they extract"]),
    ("depends(Option<g>)", "async fn f() {}", &["`depends(…)` has no place for what is optional"]),
    ("depends(std::option::Option<g>)", "async fn f() {}", &["`depends(…)` has no place for what is optional"]),
    ("cache = true", "async fn f() -> A {}", &["`cache` takes no value"]),
    ("credential_required(a)", "async fn f(_: Option<Key>) -> A {}", &["`credential_required` takes no value"]),
    ("public = \"\"", "async fn f() {}", &["everybody may call this function? say why"]),
    ("public = \"  \"", "async fn f() {}", &["everybody may call this function? say why"]),
    ("public", "async fn f() {}", &["everybody may call this function? say why"]),
    ("scopes = \"a\"", "async fn f() {}", &["expected a list"]),
    ("scopes", "async fn f() {}", &["expected a list"]),
    ("scopes(\"a\")", "async fn f() {}", &["expected a list"]),
    ("scopes = a()", "async fn f() {}", &["expected a list"]),
    ("scopes = &mut A", "async fn f() {}", &["expected a list"]),
    ("scopes = [any(\"a\")]", "async fn f() {}", &["`any` takes two scopes or more"]),
    ("scopes = [any()]", "async fn f() {}", &["`any` takes two scopes or more"]),
    ("scopes = [any(\"a\", any(\"b\", \"c\"))]", "async fn f() {}", &["`any` within `any`"]),
    ("scopes = [#[cfg(unix)] \"a\"]", "async fn f() {}", &["a scope takes no attributes"]),
    ("scopes = [#[cfg(unix)] A]", "async fn f() {}", &["a scope takes no attributes"]),
    ("scopes = [1]", "async fn f() {}", &["expected a scope"]),
    ("scopes = [all(\"a\", \"b\")]", "async fn f() {}", &["expected a scope"]),
    ("", "async fn f();", &["`#[security]` needs a function with a body"]),
    ("", "struct S;", &["`#[security]` belongs on a free function; move it"]),
    // One mistake has one message.
    ("", "async fn f(&self) {}", &["`#[security]` belongs on a free function; take the value as"]),
    ("", "async fn f(_: Depends<g, &'a A>) {}", &["`#[security]` writes the second argument"]),
    ("", "async fn f(_: Depends) {}", &["`Depends` needs the name of a function"]),
    ("", "async fn f(_: Depends<'a>) {}", &["`Depends` needs the name of a function"]),
    ("", "async fn f(_: Option<Option<Depends<g>>>) {}", &["a dependency is optional in one `Option`"]),
    ("", "async fn f(#[security] _: Option<Option<Alias>>) {}", &["a dependency is optional in one `Option`"]),
    ("", "async fn f(#[security] _: SecurityScopes) {}", &["`#[security]` goes on parameters that are dependencies"]),
    ("", "async fn f(#[security] #[security] _: Alias) {}", &["`#[security]` is given twice"]),
    // Several mistakes have one each.
    (
        "",
        "const unsafe fn f<'a>(_: &A) -> u8 {}",
        &["neither handlers nor", "neither handlers nor", "extractors own", "extractors own"],
    ),
];

const TAKEN: &[(&str, &str)] = &[
    ("", "fn f() -> impl Future<Output = A> {}"),
    ("", "async fn f() -> impl IntoResponse {}"),
    ("", "fn f() -> A {}"),
    ("", "fn f() {}"),
    ("depends(a, b)", "async fn f(_: Depends<a>, _: Depends<a>) {}"),
    ("", "async fn f(_: Depends<a::f>, _: Depends<f<A>>, _: Path<f>) {}"),
    ("credential_required", "async fn f(_: Option<Key>) -> Result<A, B> {}"),
    ("values(\"_a\", \"b1\", \"C\")", "fn f(_: SecurityScopes) -> A {}"),
    ("scopes = [a::T, ME]", "async fn f<S>(#[security(scopes = [\"a\"])] _: Depends<g>, _: State<S>) {}"),
    ("public = \"why\"", "async fn f(_: Option<Depends<g>>) {}"),
    ("public = \"why\"", "fn f() -> impl Future<Output = A> {}"),
    ("cache", "async fn f() -> A {}"),
    ("scopes = [any(\"a\", B), \"c\", D::E]", "async fn f() -> A {}"),
    ("scopes = a::B", "async fn f() -> A {}"),
    ("scopes = &B", "async fn f() -> A {}"),
    ("cache, depends(Option, options::g<A>)", "async fn f() -> A {}"),
    ("", "async fn f(_: Option<SecurityScopes>, _: Option<RequiredScopes>) {}"),
    ("", "#[axum::debug_handler] async fn f(_: RequiredScopes) {}"),
    ("", "#[other] async fn f(_: SecurityScopes<'_>) -> A {}"),
    ("", "async fn f(#[allow(unused)] a: A) {}"),
    ("", "async fn f(_: &'static str, _: Page<'static>, _: (A, Page<A>), _: [A; 2]) {}"),
];

#[test]
fn each_mistake_has_one_message() {
    for (arguments, function, expected) in REFUSED {
        let told = mistakes(arguments, function);
        assert!(
            told.len() == expected.len() && told.iter().zip(*expected).all(|(told, start)| told.starts_with(start)),
            "#[security({arguments})] {function} is told {told:#?}"
        );
        assert!(told.iter().all(|message| message.contains("; ")), "a message has a remedy: {told:?}");
    }
}

#[test]
fn what_is_no_mistake_is_taken() {
    for (arguments, function) in TAKEN {
        assert_eq!(mistakes(arguments, function), <[String; 0]>::default(), "#[security({arguments})] {function}");
    }
}

#[test]
fn a_function_has_as_many_parameters_as_axum_takes() {
    let function = |count| format!("async fn f({}) {{}}", "_: A,".repeat(count));
    assert!(mistakes("", &function(16)).is_empty());
    for (arguments, count) in [("", 17), ("", 18), ("depends(a)", 16)] {
        let told = mistakes(arguments, &function(count));
        assert!(matches!(told.as_slice(), [one] if one.starts_with("axum takes at most 16 parameters")), "{told:?}");
    }
}

/// The messages of `compile_error!`, in order.
fn mistakes(arguments: &str, function: &str) -> Vec<String> {
    let tokens = |text: &str| -> TokenStream { text.parse().unwrap_or_else(|_| panic!("no tokens: {text}")) };
    let expansion: Vec<_> = crate::pipeline::security(tokens(arguments), tokens(function), false).into_iter().collect();
    let called = expansion.windows(3).filter_map(|three| match three {
        [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Group(group)] if name == "compile_error" => {
            syn::parse2::<syn::LitStr>(group.stream()).ok()
        }
        _ => None,
    });
    called.map(|message| message.value()).collect()
}
