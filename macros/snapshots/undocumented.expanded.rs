// #[security]
// #[utoipa::path(get)] async fn items() { … }

#[utoipa::path(get)]
#[::axum_scopes::private::mark(
    {fn
    items()->::axum_scopes::private::Of<items,
    impl::axum_scopes::private::Future<Output = (

    )>>}{::axum_scopes::private::Of::new(items())}
)]
#[allow(clippy::type_complexity)]
async fn items() {
    body
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
        &::axum_scopes::private::function("items", &[], &[])
    };
    type WithoutCycle = <() as ::axum_scopes::private::Unit>::Unit;
    type Says = ::axum_scopes::private::Is<
        {
            ::axum_scopes::private::says(
                <items as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
            )
        },
    >;
    type Takes = ();
}
