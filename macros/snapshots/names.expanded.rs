// #[security]
// async fn id(id: Path<u64>, Path(_name): Path<u64>, Pair(a, b): Pair, whole @ (c, d): (State<A>, Bearer<B>), (): ()) { … }

#[allow(clippy::type_complexity)]
fn id(
    argument_0: Path<u64>,
    argument_1: Path<u64>,
    argument_2: Pair,
    argument_3: (State<A>, Bearer<B>),
    argument_4: (),
) -> ::axum_scopes::private::Of<id, impl ::axum_scopes::private::Future<Output = ()>> {
    #[allow(clippy::too_many_arguments, clippy::type_complexity)]
    async fn id(
        id: Path<u64>,
        Path(_name): Path<u64>,
        Pair(a, b): Pair,
        whole @ (c, d): (State<A>, Bearer<B>),
        (): (),
    ) {
        body
    }
    ::axum_scopes::private::Of::new(
        id(argument_0, argument_1, argument_2, argument_3, argument_4),
    )
}
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, missing_docs, non_camel_case_types)]
struct id {}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Secured for id {
    const DEPENDENCY_TREE: &'static ::axum_scopes::private::Node = {
        #[allow(unused_imports)]
        use {
            ::axum_scopes::private::Undescribed as _,
            ::axum_scopes::private::Unmarked as _,
        };
        &::axum_scopes::private::function(
            "id",
            &[],
            &[
                ::axum_scopes::private::Child::new(
                    &[],
                    ::axum_scopes::private::Probe::<Path<u64>>::AXUM_SCOPES_NODE,
                ),
                ::axum_scopes::private::Child::new(
                    &[],
                    ::axum_scopes::private::Probe::<Path<u64>>::AXUM_SCOPES_NODE,
                ),
                ::axum_scopes::private::Child::new(
                    &[],
                    ::axum_scopes::private::Probe::<Pair>::AXUM_SCOPES_NODE,
                ),
                ::axum_scopes::private::Child::new(
                    &[],
                    &::axum_scopes::private::group(
                        &[
                            ::axum_scopes::private::Child::new(
                                &[],
                                ::axum_scopes::private::Probe::<State<A>>::AXUM_SCOPES_NODE,
                            ),
                            ::axum_scopes::private::Child::new(
                                &[],
                                ::axum_scopes::private::Probe::<Bearer<B>>::AXUM_SCOPES_NODE,
                            ),
                        ],
                    ),
                ),
                ::axum_scopes::private::Child::new(
                    &[],
                    ::axum_scopes::private::Probe::<()>::AXUM_SCOPES_NODE,
                ),
            ],
        )
    };
    type WithoutCycle = <() as ::axum_scopes::private::Unit>::Unit;
    type Says = ::axum_scopes::private::Is<
        {
            ::axum_scopes::private::says(
                <id as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
            )
        },
    >;
    type Takes = (
        ::axum_scopes::private::Extracted<Path<u64>>,
        ::axum_scopes::private::Extracted<Path<u64>>,
        ::axum_scopes::private::Extracted<Pair>,
        ::axum_scopes::private::Extracted<(State<A>, Bearer<B>)>,
        ::axum_scopes::private::Extracted<()>,
    );
}
const _: () = ::axum_scopes::private::parameter(
    <id as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    0usize,
    false,
);
const _: () = ::axum_scopes::private::parameter(
    <id as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    1usize,
    false,
);
const _: () = ::axum_scopes::private::parameter(
    <id as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    2usize,
    false,
);
const _: () = ::axum_scopes::private::parameter(
    <id as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    3usize,
    false,
);
const _: () = ::axum_scopes::private::parameter(
    <id as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    4usize,
    false,
);
