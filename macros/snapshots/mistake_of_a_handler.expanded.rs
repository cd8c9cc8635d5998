// #[security(scope = ["items"])]
// /** Reads items. */ pub async fn items(_: Depends<user>) -> Json<Items> { … }

::core::compile_error!(
    "unknown argument `scope`; expected `scopes = [\"…\"]`, `depends(…)`, `cache`, `values(\"…\")`, `credential_required`, `public = \"…\"` or `crate = path`",
)
/// Reads items.
#[allow(clippy::type_complexity)]
pub fn items(
    _: Depends<user, ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>>,
) -> ::axum_scopes::private::Of<
    ::axum_scopes::private::Mistake,
    impl ::axum_scopes::private::Future<Output = Json<Items>>,
> {
    ::axum_scopes::private::Of::new(async move { body })
}
#[cfg_attr(not(doctest), doc = " Reads items. ")]
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, missing_docs, non_camel_case_types)]
pub struct items {}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Secured for items {
    const DEPENDENCY_TREE: &'static ::axum_scopes::private::Node = ::axum_scopes::private::UNKNOWN;
    type WithoutCycle = ();
    type Says = ::axum_scopes::private::Is<{ ::axum_scopes::private::UNSAID }>;
    type Takes = Self;
}
