// #[security(scopes = ["items"])]
// async fn items(#[security(scopes = [ApiScope::Me])] Depends(user): Depends<auth::user>) { … }

#[allow(clippy::type_complexity)]
fn items(
    user: ::axum_scopes::private::PlacedDepends<
        auth::user,
        ::axum_scopes::private::Edge<
            items,
            ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
            0usize,
        >,
    >,
) -> ::axum_scopes::private::Of<
    items,
    impl ::axum_scopes::private::Future<Output = ()>,
> {
    #[allow(clippy::too_many_arguments, clippy::type_complexity)]
    async fn items(
        Depends(
            user,
        ): Depends<
            auth::user,
            ::axum_scopes::private::Edge<
                items,
                ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
                0usize,
            >,
        >,
    ) {
        body
    }
    ::axum_scopes::private::Of::new(items(user))
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
                    &[ApiScope::Me.as_str()],
                    ::axum_scopes::private::Marked::<auth::user>::AXUM_SCOPES_TREE,
                ),
            ],
        )
    };
    type WithoutCycle = <(
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
            auth::user,
            ::axum_scopes::private::Edge<
                items,
                ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
                0usize,
            >,
        >,
    );
}
const _: () = ::axum_scopes::private::parameter(
    <items as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    0usize,
    true,
);
const _: () = ::axum_scopes::private::own_scope(
    <items as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    0usize,
    0usize,
);
const _: () = ::axum_scopes::private::edge_scope(
    <items as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    0usize,
    0usize,
    0usize,
);
