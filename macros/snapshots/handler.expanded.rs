// #[security(scopes = ["items", names::ME])]
// /// Reads items.
// pub(crate) async fn items(Depends(user): Depends<user>, State(app): State<App>) -> Json<Items> { … }

/// Reads items.
#[allow(clippy::type_complexity)]
pub(crate) async fn items(
    Depends(
        user,
    ): Depends<user, ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>>,
    State(app): State<App>,
) -> Json<Items> {
    body
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
}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Signature for items
where
    for<'a> user: ::axum_scopes::private::Stated<
        'a,
        ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
        0usize,
    >,
{
    type Args = (
        ::axum_scopes::private::PlacedDepends<
            user,
            ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
        >,
        ::axum_scopes::private::Extracted<State<App>>,
    );
    #[allow(unused_variables)]
    fn tie(
        (
            __axum_scopes_0,
            ::axum_scopes::private::Extracted(__axum_scopes_1),
        ): Self::Args,
        __axum_scopes_checked: &::axum_scopes::private::Checked,
    ) {
        let _ = items(__axum_scopes_0, __axum_scopes_1);
    }
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
