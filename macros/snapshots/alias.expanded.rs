// #[security]
// async fn f(#[security(scopes = [ME])] a: Alias, #[security] Alias(b): Alias) { … }

#[allow(clippy::type_complexity)]
fn f(
    a: ::axum_scopes::private::PlacedDepends<
        <Alias as ::axum_scopes::private::Alias>::Dependency,
        ::axum_scopes::private::Edge<
            f,
            ::axum_scopes::private::Via<f, ::axum_scopes::private::Start>,
            0usize,
        >,
    >,
    b: ::axum_scopes::private::PlacedDepends<
        <Alias as ::axum_scopes::private::Alias>::Dependency,
        ::axum_scopes::private::Via<f, ::axum_scopes::private::Start>,
    >,
) -> ::axum_scopes::private::Of<f, impl ::axum_scopes::private::Future<Output = ()>> {
    #[allow(clippy::too_many_arguments, clippy::type_complexity)]
    async fn f(
        a: ::axum_scopes::private::PlacedDepends<
            <Alias as ::axum_scopes::private::Alias>::Dependency,
            ::axum_scopes::private::Edge<
                f,
                ::axum_scopes::private::Via<f, ::axum_scopes::private::Start>,
                0usize,
            >,
        >,
        Alias(
            b,
        ): ::axum_scopes::private::PlacedDepends<
            <Alias as ::axum_scopes::private::Alias>::Dependency,
            ::axum_scopes::private::Via<f, ::axum_scopes::private::Start>,
        >,
    ) {
        body
    }
    ::axum_scopes::private::Of::new(f(a, b))
}
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, missing_docs, non_camel_case_types)]
struct f {}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Secured for f {
    const DEPENDENCY_TREE: &'static ::axum_scopes::private::Node = {
        #[allow(unused_imports)]
        use {
            ::axum_scopes::private::Undescribed as _,
            ::axum_scopes::private::Unmarked as _,
        };
        &::axum_scopes::private::function(
            "f",
            &[],
            &[
                ::axum_scopes::private::Child::new(
                    &[ME],
                    ::axum_scopes::private::Marked::<
                        <Alias as ::axum_scopes::private::Alias>::Dependency,
                    >::AXUM_SCOPES_TREE,
                ),
                ::axum_scopes::private::Child::new(
                    &[],
                    ::axum_scopes::private::Marked::<
                        <Alias as ::axum_scopes::private::Alias>::Dependency,
                    >::AXUM_SCOPES_TREE,
                ),
            ],
        )
    };
    type WithoutCycle = <(
        <<Alias as ::axum_scopes::private::Alias>::Dependency as ::axum_scopes::private::Secured>::WithoutCycle,
        <<Alias as ::axum_scopes::private::Alias>::Dependency as ::axum_scopes::private::Secured>::WithoutCycle,
    ) as ::axum_scopes::private::Unit>::Unit;
    type Says = ::axum_scopes::private::Is<
        {
            ::axum_scopes::private::says(
                <f as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
            )
        },
    >;
    type Takes = (
        ::axum_scopes::private::At<
            <Alias as ::axum_scopes::private::Alias>::Dependency,
            ::axum_scopes::private::Edge<
                f,
                ::axum_scopes::private::Via<f, ::axum_scopes::private::Start>,
                0usize,
            >,
        >,
        ::axum_scopes::private::At<
            <Alias as ::axum_scopes::private::Alias>::Dependency,
            ::axum_scopes::private::Via<f, ::axum_scopes::private::Start>,
        >,
    );
}
const _: () = ::axum_scopes::private::parameter(
    <f as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    0usize,
    true,
);
const _: () = ::axum_scopes::private::parameter(
    <f as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    1usize,
    true,
);
const _: () = ::axum_scopes::private::edge_scope(
    <f as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    0usize,
    0usize,
    0usize,
);
