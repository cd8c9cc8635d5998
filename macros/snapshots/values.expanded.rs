// #[security(values("tenant", "region"))]
// async fn caller(required: SecurityScopes, _: Bearer<Api>) -> Result<User, AuthError> { … }

#[allow(clippy::type_complexity)]
async fn caller(
    required: SecurityScopes<'_>,
    _: Bearer<Api>,
) -> Result<User, AuthError> {
    body
}
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, missing_docs, non_camel_case_types)]
struct caller {}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Returns for caller {
    const DEPENDENCY_TREE: &'static ::axum_scopes::private::Node = {
        #[allow(unused_imports)]
        use {
            ::axum_scopes::private::Undescribed as _,
            ::axum_scopes::private::Unmarked as _,
        };
        &::axum_scopes::private::function(
                "caller",
                &[],
                &[
                    ::axum_scopes::private::Child::new(
                        &[],
                        ::axum_scopes::private::Probe::<
                            SecurityScopes<'static>,
                        >::AXUM_SCOPES_NODE,
                    ),
                    ::axum_scopes::private::Child::new(
                        &[],
                        ::axum_scopes::private::Probe::<Bearer<Api>>::AXUM_SCOPES_NODE,
                    ),
                ],
            )
            .values(&["tenant", "region"])
    };
    type WithoutCycle = <() as ::axum_scopes::private::Unit>::Unit;
    type Says = ::axum_scopes::private::Is<{ ::axum_scopes::private::UNSAID }>;
    type Takes = Self;
    type Ret = Result<User, AuthError>;
}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Function for caller {
    type Args = (
        ::axum_scopes::private::Lent,
        ::axum_scopes::private::Extracted<Bearer<Api>>,
    );
    type Params<__AxumScopesOuter: ::axum_scopes::private::Path> = ();
    type Reuse = ::axum_scopes::private::Fresh;
    #[inline]
    #[allow(unused_variables)]
    fn call(
        (
            __axum_scopes_0,
            ::axum_scopes::private::Extracted(__axum_scopes_1),
        ): Self::Args,
        __axum_scopes_checked: &::axum_scopes::private::Checked,
    ) -> impl ::axum_scopes::private::Future<
        Output = Self::Ret,
    > + ::axum_scopes::private::Send {
        caller(__axum_scopes_0.to(__axum_scopes_checked), __axum_scopes_1)
    }
}
const _: () = ::axum_scopes::private::parameter(
    <caller as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    1usize,
    false,
);
const _: () = ::axum_scopes::private::enforces::<Result<User, AuthError>>();
