// #[security(crate = vendored::scopes)]
// #[cfg(unix)] #[axum::debug_handler] async fn r#type(_: Depends<user>) { … }

#[cfg(unix)]
#[axum::debug_handler]
#[vendored::scopes::private::mark(
    {fn
    r#type(
        argument_0:vendored::scopes::private::PlacedDepends<user,
        vendored::scopes::private::Via<r#type,
        vendored::scopes::private::Start>>
    )->vendored::scopes::private::Of<r#type,
    impl
    vendored::scopes::private::Future<Output = (

    )>>}{vendored::scopes::private::Of::new(r#type(argument_0))}
)]
#[allow(clippy::type_complexity)]
async fn r#type(
    _: Depends<
        user,
        vendored::scopes::private::Via<r#type, vendored::scopes::private::Start>,
    >,
) {
    body
}
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, missing_docs, non_camel_case_types)]
struct r#type {}
#[automatically_derived]
#[allow(deprecated)]
impl vendored::scopes::private::Secured for r#type {
    const DEPENDENCY_TREE: &'static vendored::scopes::private::Node = {
        #[allow(unused_imports)]
        use {
            vendored::scopes::private::Undescribed as _,
            vendored::scopes::private::Unmarked as _,
        };
        &vendored::scopes::private::function(
            "type",
            &[],
            &[
                vendored::scopes::private::Child::new(
                    &[],
                    vendored::scopes::private::Marked::<user>::AXUM_SCOPES_TREE,
                ),
            ],
        )
    };
    type WithoutCycle = <(
        <user as vendored::scopes::private::Secured>::WithoutCycle,
    ) as vendored::scopes::private::Unit>::Unit;
    type Says = vendored::scopes::private::Is<
        {
            vendored::scopes::private::says(
                <r#type as vendored::scopes::private::Secured>::DEPENDENCY_TREE,
            )
        },
    >;
    type Takes = (
        vendored::scopes::private::At<
            user,
            vendored::scopes::private::Via<r#type, vendored::scopes::private::Start>,
        >,
    );
}
const _: () = vendored::scopes::private::parameter(
    <r#type as vendored::scopes::private::Secured>::DEPENDENCY_TREE,
    0usize,
    true,
);
