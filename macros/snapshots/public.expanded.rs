// #[security(public = "load balancers have no token")]
// async fn health() -> StatusCode { … }

#[allow(clippy::type_complexity)]
fn health() -> ::axum_scopes::private::Of<
    health,
    impl ::axum_scopes::private::Future<Output = StatusCode>,
> {
    #[allow(clippy::too_many_arguments, clippy::type_complexity)]
    async fn health() -> StatusCode {
        body
    }
    ::axum_scopes::private::Of::new(health())
}
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, missing_docs, non_camel_case_types)]
struct health {}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Secured for health {
    const DEPENDENCY_TREE: &'static ::axum_scopes::private::Node = {
        #[allow(unused_imports)]
        use {
            ::axum_scopes::private::Undescribed as _,
            ::axum_scopes::private::Unmarked as _,
        };
        &::axum_scopes::private::function("health", &[], &[])
            .public("load balancers have no token")
    };
    type WithoutCycle = <() as ::axum_scopes::private::Unit>::Unit;
    type Says = ::axum_scopes::private::Is<
        {
            ::axum_scopes::private::says(
                <health as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
            )
        },
    >;
    type Takes = ();
}
const _: () = ::axum_scopes::private::public(
    <health as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
);
