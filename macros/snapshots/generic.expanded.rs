// #[security(scopes = ["items"])]
// async fn items<S: Store, const N: usize>(_: Depends<user<S>>, _: State<S>, _: Page<N>) -> [u8; N]
// where S::Key: Send { … }

#[allow(clippy::type_complexity)]
fn items<S: Store, const N: usize>(
    argument_0: ::axum_scopes::private::PlacedDepends<
        user<S>,
        ::axum_scopes::private::Via<items<S, N>, ::axum_scopes::private::Start>,
    >,
    argument_1: State<S>,
    argument_2: Page<N>,
) -> ::axum_scopes::private::Of<
    items<S, N>,
    impl ::axum_scopes::private::Future<Output = [u8; N]>,
>
where
    S::Key: Send,
{
    #[allow(clippy::too_many_arguments, clippy::type_complexity)]
    async fn items<S: Store, const N: usize>(
        _: Depends<
            user<S>,
            ::axum_scopes::private::Via<items<S, N>, ::axum_scopes::private::Start>,
        >,
        _: State<S>,
        _: Page<N>,
    ) -> [u8; N]
    where
        S::Key: Send,
    {
        const {
            ::axum_scopes::private::parameter(
                <items<S, N> as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
                0usize,
                true,
            );
            ::axum_scopes::private::parameter(
                <items<S, N> as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
                1usize,
                false,
            );
            ::axum_scopes::private::parameter(
                <items<S, N> as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
                2usize,
                false,
            );
            ::axum_scopes::private::own_scope(
                <items<S, N> as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
                0usize,
                0usize,
            );
        }
        body
    }
    ::axum_scopes::private::Of::new(items::<S, N>(argument_0, argument_1, argument_2))
}
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, missing_docs, non_camel_case_types)]
struct items<S, const N: usize> {
    __axum_scopes: ::axum_scopes::private::PhantomData<fn() -> (S,)>,
}
#[automatically_derived]
#[allow(deprecated)]
impl<S: Store, const N: usize> ::axum_scopes::private::Secured for items<S, N>
where
    S::Key: Send,
{
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
                        ::axum_scopes::private::Marked::<user<S>>::AXUM_SCOPES_TREE,
                    ),
                    ::axum_scopes::private::Child::new(
                        &[],
                        ::axum_scopes::private::Probe::<State<S>>::AXUM_SCOPES_NODE,
                    ),
                    ::axum_scopes::private::Child::new(
                        &[],
                        ::axum_scopes::private::Probe::<Page<N>>::AXUM_SCOPES_NODE,
                    ),
                ],
            )
            .generic()
    };
    type WithoutCycle = <() as ::axum_scopes::private::Unit>::Unit;
    type Says = ::axum_scopes::private::Is<
        { ::axum_scopes::private::says(<items<(), 0>>::AXUM_SCOPES_SKETCH) },
    >;
    type Takes = (
        ::axum_scopes::private::At<
            user<S>,
            ::axum_scopes::private::Via<items<S, N>, ::axum_scopes::private::Start>,
        >,
        ::axum_scopes::private::Extracted<State<S>>,
        ::axum_scopes::private::Extracted<Page<N>>,
    );
}
#[automatically_derived]
impl<S, const N: usize> items<S, N> {
    #[doc(hidden)]
    pub const AXUM_SCOPES_SKETCH: &'static ::axum_scopes::private::Node = {
        #[allow(unused_imports)]
        use {
            ::axum_scopes::private::Undescribed as _,
            ::axum_scopes::private::Secured as _,
        };
        &::axum_scopes::private::function(
                "items",
                &["items"],
                &[
                    ::axum_scopes::private::Child::new(
                        &[],
                        <user<S>>::AXUM_SCOPES_SKETCH,
                    ),
                    ::axum_scopes::private::Child::new(
                        &[],
                        ::axum_scopes::private::Probe::<State<S>>::AXUM_SCOPES_NODE,
                    ),
                    ::axum_scopes::private::Child::OPEN,
                ],
            )
            .generic()
    };
}
const _: () = ::axum_scopes::private::parameter(
    <items<(), 0>>::AXUM_SCOPES_SKETCH,
    0usize,
    true,
);
const _: () = ::axum_scopes::private::parameter(
    <items<(), 0>>::AXUM_SCOPES_SKETCH,
    1usize,
    false,
);
const _: () = ::axum_scopes::private::parameter(
    <items<(), 0>>::AXUM_SCOPES_SKETCH,
    2usize,
    false,
);
const _: () = ::axum_scopes::private::own_scope(
    <items<(), 0>>::AXUM_SCOPES_SKETCH,
    0usize,
    0usize,
);
