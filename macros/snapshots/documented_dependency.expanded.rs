// #[security]
// async fn user() -> Result<User, AuthError> { … }

#[allow(clippy::type_complexity)]
fn user() -> ::axum_scopes::private::Of<
    user,
    impl ::axum_scopes::private::Future<Output = Result<User, AuthError>>,
> {
    #[allow(clippy::too_many_arguments, clippy::type_complexity)]
    async fn user() -> Result<User, AuthError> {
        body
    }
    ::axum_scopes::private::Of::new(user())
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
        &::axum_scopes::private::function("user", &[], &[])
    };
    type WithoutCycle = <() as ::axum_scopes::private::Unit>::Unit;
    type Says = ::axum_scopes::private::Is<
        {
            ::axum_scopes::private::says(
                <user as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
            )
        },
    >;
    type Takes = ();
    type Ret = Result<User, AuthError>;
}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Function for user {
    type Args = ();
    type Params<__AxumScopesOuter: ::axum_scopes::private::Path> = ();
    type Reuse = ::axum_scopes::private::Fresh;
    #[inline]
    #[allow(unused_variables)]
    fn call(
        (): Self::Args,
        __axum_scopes_checked: &::axum_scopes::private::Checked,
    ) -> impl ::axum_scopes::private::Future<
        Output = Self::Ret,
    > + ::axum_scopes::private::Send {
        user()
    }
}
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, non_camel_case_types)]
struct __path_user;
