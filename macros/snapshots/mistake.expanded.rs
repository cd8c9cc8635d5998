// #[security(scope = ["items"])]
// #[axum::debug_handler] async fn items(_: Depends<user>) { … }

::core::compile_error!(
    "unknown argument `scope`; expected `scopes = [\"…\"]`, `depends(…)`, `cache`, `values(\"…\")`, `credential_required`, `public = \"…\"` or `crate = path`",
)
#[allow(clippy::type_complexity)]
async fn items(
    _: Depends<user, ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>>,
) {
    body
}
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, missing_docs, non_camel_case_types)]
struct items {}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Secured for items {
    const DEPENDENCY_TREE: &'static ::axum_scopes::private::Node = ::axum_scopes::private::UNKNOWN;
    type WithoutCycle = ();
    type Says = ::axum_scopes::private::Is<{ ::axum_scopes::private::UNSAID }>;
    type Takes = Self;
}
