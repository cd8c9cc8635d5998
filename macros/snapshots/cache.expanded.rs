// #[security(cache)]
// async fn user(Depends(id): Depends<id>) -> Result<User, AuthError> { … }

#[allow(clippy::type_complexity)]
async fn user(
    Depends(
        id,
    ): Depends<id, ::axum_scopes::private::Via<user, ::axum_scopes::private::Start>>,
) -> Result<User, AuthError> {
    body
}
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, missing_docs, non_camel_case_types)]
struct user {}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Function for user {
    const DEPENDENCY_TREE: &'static ::axum_scopes::private::Node = {
        #[allow(unused_imports)]
        use {
            ::axum_scopes::private::Secured as _,
            ::axum_scopes::private::Undescribed as _,
        };
        &::axum_scopes::private::function(
                "user",
                &[],
                &[
                    ::axum_scopes::private::Child::new(
                        &[],
                        <id as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
                    ),
                ],
            )
            .cached()
    };
    type Args = (
        ::axum_scopes::private::PlacedDepends<
            id,
            ::axum_scopes::private::Via<user, ::axum_scopes::private::Start>,
        >,
    );
    type Params<__AxumScopesOuter: ::axum_scopes::private::Path> = (
        ::axum_scopes::private::At<
            id,
            ::axum_scopes::private::Via<user, __AxumScopesOuter>,
        >,
    );
    type Ret = Result<User, AuthError>;
    type Reuse = ::axum_scopes::private::Cached;
    #[inline]
    #[allow(unused_variables)]
    fn call(
        (__axum_scopes_0,): Self::Args,
        __axum_scopes_checked: &::axum_scopes::private::Checked,
    ) -> impl ::axum_scopes::private::Future<
        Output = Self::Ret,
    > + ::axum_scopes::private::Send {
        user(__axum_scopes_0)
    }
}
const _: () = ::axum_scopes::private::parameter(
    <user as ::axum_scopes::private::Function>::DEPENDENCY_TREE,
    0usize,
    true,
);
