// #[security(cache)]
// async fn user(Depends(id): Depends<id>) -> Result<User, AuthError> { … }

#[allow(clippy::type_complexity)]
fn user(
    id: ::axum_scopes::private::PlacedDepends<
        id,
        ::axum_scopes::private::Via<user, ::axum_scopes::private::Start>,
    >,
) -> ::axum_scopes::private::Of<
    user,
    impl ::axum_scopes::private::Future<Output = Result<User, AuthError>>,
> {
    #[allow(clippy::too_many_arguments, clippy::type_complexity)]
    async fn user(
        Depends(
            id,
        ): Depends<id, ::axum_scopes::private::Via<user, ::axum_scopes::private::Start>>,
    ) -> Result<User, AuthError> {
        body
    }
    ::axum_scopes::private::Of::new(user(id))
}
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, missing_docs, non_camel_case_types)]
struct user {}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Returns for user {
    const DEPENDENCY_TREE: &'static ::axum_scopes::private::Node = {
        #[allow(unused_imports)]
        use {
            ::axum_scopes::private::Undescribed as _,
            ::axum_scopes::private::Unmarked as _,
        };
        &::axum_scopes::private::function(
                "user",
                &[],
                &[
                    ::axum_scopes::private::Child::new(
                        &[],
                        ::axum_scopes::private::Marked::<id>::AXUM_SCOPES_TREE,
                    ),
                ],
            )
            .cached()
    };
    type WithoutCycle = <(
        <id as ::axum_scopes::private::Secured>::WithoutCycle,
    ) as ::axum_scopes::private::Unit>::Unit;
    type Says = ::axum_scopes::private::Is<
        {
            ::axum_scopes::private::says(
                <user as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
            )
        },
    >;
    type Takes = (
        ::axum_scopes::private::At<
            id,
            ::axum_scopes::private::Via<user, ::axum_scopes::private::Start>,
        >,
    );
    type Ret = Result<User, AuthError>;
}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Function for user
where
    for<'a> id: ::axum_scopes::private::Stated<
        'a,
        ::axum_scopes::private::Via<user, ::axum_scopes::private::Start>,
        0usize,
    >,
{
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
    <user as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    0usize,
    true,
);
