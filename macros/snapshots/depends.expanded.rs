// #[security(depends(log, auth::user), scopes = ["items"])]
// async fn items() -> &'static str { … }

#[allow(clippy::type_complexity)]
fn items(
    argument_0: ::axum_scopes::private::PlacedDepends<
        log,
        ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
    >,
    argument_1: ::axum_scopes::private::PlacedDepends<
        auth::user,
        ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
    >,
) -> ::axum_scopes::private::Of<
    items,
    impl ::axum_scopes::private::Future<Output = &'static str>,
> {
    #[allow(clippy::too_many_arguments, clippy::type_complexity)]
    async fn items(
        _: ::axum_scopes::private::PlacedDepends<
            log,
            ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
        >,
        _: ::axum_scopes::private::PlacedDepends<
            auth::user,
            ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
        >,
    ) -> &'static str {
        body
    }
    ::axum_scopes::private::Of::new(items(argument_0, argument_1))
}
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, missing_docs, non_camel_case_types)]
struct items {}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Secured for items {
    const DEPENDENCY_TREE: &'static ::axum_scopes::private::Node = {
        #[allow(unused_imports)]
        use {
            ::axum_scopes::private::Undescribed as _,
            ::axum_scopes::private::Unmarked as _,
        };
        &::axum_scopes::private::function(
            "items",
            &["items"],
            &[
                ::axum_scopes::private::Child::new(
                    &[],
                    ::axum_scopes::private::Marked::<log>::AXUM_SCOPES_TREE,
                ),
                ::axum_scopes::private::Child::new(
                    &[],
                    ::axum_scopes::private::Marked::<auth::user>::AXUM_SCOPES_TREE,
                ),
            ],
        )
    };
    type WithoutCycle = <(
        <log as ::axum_scopes::private::Secured>::WithoutCycle,
        <auth::user as ::axum_scopes::private::Secured>::WithoutCycle,
    ) as ::axum_scopes::private::Unit>::Unit;
    type Says = ::axum_scopes::private::Is<
        {
            ::axum_scopes::private::says(
                <items as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
            )
        },
    >;
    type Takes = (
        ::axum_scopes::private::At<
            log,
            ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
        >,
        ::axum_scopes::private::At<
            auth::user,
            ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
        >,
    );
}
const _: () = ::axum_scopes::private::parameter(
    <items as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    0usize,
    true,
);
const _: () = ::axum_scopes::private::parameter(
    <items as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    1usize,
    true,
);
const _: () = ::axum_scopes::private::own_scope(
    <items as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    0usize,
    0usize,
);
