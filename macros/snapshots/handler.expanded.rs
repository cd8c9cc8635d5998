// #[security(scopes = ["items", names::ME])]
// /// Reads items.
// pub(crate) async fn items(Depends(user): Depends<user>, State(app): State<App>) -> Json<Items> { … }

/// Reads items.
#[allow(clippy::type_complexity)]
pub(crate) fn items(
    user: ::axum_scopes::private::PlacedDepends<
        user,
        ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
    >,
    app: State<App>,
) -> ::axum_scopes::private::Of<
    items,
    impl ::axum_scopes::private::Future<Output = Json<Items>>,
> {
    #[allow(clippy::too_many_arguments, clippy::type_complexity)]
    async fn items(
        Depends(
            user,
        ): Depends<
            user,
            ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
        >,
        State(app): State<App>,
    ) -> Json<Items> {
        body
    }
    ::axum_scopes::private::Of::new(items(user, app))
}
#[cfg_attr(not(doctest), doc = " Reads items.")]
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, missing_docs, non_camel_case_types)]
pub(crate) struct items {}
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
            &["items", names::ME],
            &[
                ::axum_scopes::private::Child::new(
                    &[],
                    ::axum_scopes::private::Marked::<user>::AXUM_SCOPES_TREE,
                ),
                ::axum_scopes::private::Child::new(
                    &[],
                    ::axum_scopes::private::Probe::<State<App>>::AXUM_SCOPES_NODE,
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
        ::axum_scopes::private::Extracted<State<App>>,
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
    false,
);
const _: () = ::axum_scopes::private::own_scope(
    <items as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    0usize,
    0usize,
);
const _: () = ::axum_scopes::private::own_scope(
    <items as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    1usize,
    0usize,
);
