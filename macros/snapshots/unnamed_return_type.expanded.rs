// #[security]
// async fn items(_: Depends<user>) -> impl IntoResponse { … }

#[allow(clippy::type_complexity)]
fn items(
    argument_0: ::axum_scopes::private::PlacedDepends<
        user,
        ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
    >,
) -> ::axum_scopes::private::Of<
    items,
    impl ::axum_scopes::private::Future<Output = impl IntoResponse>,
> {
    #[allow(clippy::too_many_arguments, clippy::type_complexity)]
    async fn items(
        _: Depends<
            user,
            ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
        >,
    ) -> impl IntoResponse {
        body
    }
    ::axum_scopes::private::Of::new(items(argument_0))
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
            &[],
            &[
                ::axum_scopes::private::Child::new(
                    &[],
                    ::axum_scopes::private::Marked::<user>::AXUM_SCOPES_TREE,
                ),
            ],
        )
    };
    type WithoutCycle = <(
        <user as ::axum_scopes::private::Secured>::WithoutCycle,
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
            user,
            ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
        >,
    );
}
const _: () = ::axum_scopes::private::parameter(
    <items as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    0usize,
    true,
);
