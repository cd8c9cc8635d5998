// #[security(scope = ["items"])]
// /// A user.
// #[security] pub async fn user(Depends(id): Depends<id>) -> Result<User, AuthError> { … }

::core::compile_error!(
    "unknown argument `scope`; expected `scopes = [\"…\"]`, `depends(…)`, `cache`, `values(\"…\")`, `credential_required`, `public = \"…\"` or `crate = path`",
)
::core::compile_error!("`#[security]` is given twice; merge the two")
/// A user.
#[allow(clippy::type_complexity)]
pub async fn user(
    Depends(
        id,
    ): Depends<id, ::axum_scopes::private::Via<user, ::axum_scopes::private::Start>>,
) -> Result<User, AuthError> {
    body
}
#[cfg_attr(not(doctest), doc = " A user.")]
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, missing_docs, non_camel_case_types)]
pub struct user {}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Returns for user {
    const DEPENDENCY_TREE: &'static ::axum_scopes::private::Node = ::axum_scopes::private::UNKNOWN;
    type WithoutCycle = ();
    type Says = ::axum_scopes::private::Is<{ ::axum_scopes::private::UNSAID }>;
    type Takes = Self;
    type Ret = Result<User, AuthError>;
}
#[automatically_derived]
#[allow(deprecated, unused_variables)]
impl ::axum_scopes::private::Function for user {
    type Args = ();
    type Params<__AxumScopesOuter: ::axum_scopes::private::Path> = ();
    type Reuse = ::axum_scopes::private::Fresh;
    fn call(
        (): (),
        __axum_scopes_checked: &::axum_scopes::private::Checked,
    ) -> impl ::axum_scopes::private::Future<
        Output = Self::Ret,
    > + ::axum_scopes::private::Send {
        ::axum_scopes::private::pending::<Self::Ret>()
    }
}
