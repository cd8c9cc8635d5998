// #[security(scope = ["items"])]
// #[axum::debug_handler] async fn items(_: Depends<user>) { … }

::core::compile_error!(
    "unknown argument `scope`; expected `scopes = [\"…\"]`, `depends(…)`, `cache`, `credential_required` or `crate = path`",
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
impl ::axum_scopes::private::Function for items {
    const DEPENDENCY_TREE: &'static ::axum_scopes::private::Node = ::axum_scopes::private::UNKNOWN;
    type Args = ();
    type Params<__AxumScopesOuter: ::axum_scopes::private::Path> = ();
    type Ret = ();
    type Reuse = ::axum_scopes::private::Fresh;
    #[inline]
    #[allow(unused_variables)]
    fn call(
        (): Self::Args,
        __axum_scopes_checked: &::axum_scopes::private::Checked,
    ) -> impl ::axum_scopes::private::Future<
        Output = Self::Ret,
    > + ::axum_scopes::private::Send {
        ::axum_scopes::private::pending::<Self::Ret>()
    }
}
