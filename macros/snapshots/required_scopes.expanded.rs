// #[security]
// async fn log(required: RequiredScopes) -> Result<(), Infallible> { … }

#[allow(clippy::type_complexity)]
fn log(
    required: ::axum_scopes::private::PlacedScopes<
        ::axum_scopes::private::Via<log, ::axum_scopes::private::Start>,
    >,
) -> ::axum_scopes::private::Of<
    log,
    impl ::axum_scopes::private::Future<Output = Result<(), Infallible>>,
> {
    #[allow(clippy::too_many_arguments, clippy::type_complexity)]
    async fn log(
        required: RequiredScopes<
            ::axum_scopes::private::Via<log, ::axum_scopes::private::Start>,
        >,
    ) -> Result<(), Infallible> {
        body
    }
    ::axum_scopes::private::Of::new(log(required))
}
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, missing_docs, non_camel_case_types)]
struct log {}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Returns for log {
    const DEPENDENCY_TREE: &'static ::axum_scopes::private::Node = {
        #[allow(unused_imports)]
        use {
            ::axum_scopes::private::Undescribed as _,
            ::axum_scopes::private::Unmarked as _,
        };
        &::axum_scopes::private::function(
            "log",
            &[],
            &[
                ::axum_scopes::private::Child::new(
                    &[],
                    ::axum_scopes::private::Probe::<RequiredScopes>::AXUM_SCOPES_NODE,
                ),
            ],
        )
    };
    type WithoutCycle = <() as ::axum_scopes::private::Unit>::Unit;
    type Says = ::axum_scopes::private::Is<
        {
            ::axum_scopes::private::says(
                <log as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
            )
        },
    >;
    type Takes = (
        ::axum_scopes::private::PlacedScopes<
            ::axum_scopes::private::Via<log, ::axum_scopes::private::Start>,
        >,
    );
    type Ret = Result<(), Infallible>;
}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Function for log {
    type Args = (
        ::axum_scopes::private::PlacedScopes<
            ::axum_scopes::private::Via<log, ::axum_scopes::private::Start>,
        >,
    );
    type Params<__AxumScopesOuter: ::axum_scopes::private::Path> = ();
    type Reuse = ::axum_scopes::private::Fresh;
    #[inline]
    #[allow(unused_variables)]
    fn call(
        (__axum_scopes_0,): Self::Args,
        __axum_scopes_checked: &::axum_scopes::private::Checked,
    ) -> impl ::axum_scopes::private::Future<
        Output = Self::Ret,
    > + ::axum_scopes::private::Send {
        log(__axum_scopes_0)
    }
}
