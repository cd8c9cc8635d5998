// #[security]
// async fn items<S>(#[security] _: Alias<S>, #[security] _: Plain, _: Depends<user<S, Vec<S>>>) -> Items { … }

#[allow(clippy::type_complexity)]
fn items<S>(
    argument_0: ::axum_scopes::private::PlacedDepends<
        <Alias<S> as ::axum_scopes::private::Alias>::Dependency,
        ::axum_scopes::private::Via<items<S>, ::axum_scopes::private::Start>,
    >,
    argument_1: ::axum_scopes::private::PlacedDepends<
        <Plain as ::axum_scopes::private::Alias>::Dependency,
        ::axum_scopes::private::Via<items<S>, ::axum_scopes::private::Start>,
    >,
    argument_2: ::axum_scopes::private::PlacedDepends<
        user<S, Vec<S>>,
        ::axum_scopes::private::Via<items<S>, ::axum_scopes::private::Start>,
    >,
) -> ::axum_scopes::private::Of<
    items<S>,
    impl ::axum_scopes::private::Future<Output = Items>,
> {
    #[allow(clippy::too_many_arguments, clippy::type_complexity)]
    async fn items<S>(
        _: ::axum_scopes::private::PlacedDepends<
            <Alias<S> as ::axum_scopes::private::Alias>::Dependency,
            ::axum_scopes::private::Via<items<S>, ::axum_scopes::private::Start>,
        >,
        _: ::axum_scopes::private::PlacedDepends<
            <Plain as ::axum_scopes::private::Alias>::Dependency,
            ::axum_scopes::private::Via<items<S>, ::axum_scopes::private::Start>,
        >,
        _: Depends<
            user<S, Vec<S>>,
            ::axum_scopes::private::Via<items<S>, ::axum_scopes::private::Start>,
        >,
    ) -> Items {
        const {
            ::axum_scopes::private::parameter(
                <items<S> as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
                0usize,
                true,
            );
            ::axum_scopes::private::parameter(
                <items<S> as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
                1usize,
                true,
            );
            ::axum_scopes::private::parameter(
                <items<S> as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
                2usize,
                true,
            );
        }
        body
    }
    ::axum_scopes::private::Of::new(items::<S>(argument_0, argument_1, argument_2))
}
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, missing_docs, non_camel_case_types)]
struct items<S> {
    __axum_scopes: ::axum_scopes::private::PhantomData<fn() -> (S,)>,
}
#[automatically_derived]
#[allow(deprecated)]
impl<S> ::axum_scopes::private::Returns for items<S> {
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
                        ::axum_scopes::private::Marked::<
                            <Alias<S> as ::axum_scopes::private::Alias>::Dependency,
                        >::AXUM_SCOPES_TREE,
                    ),
                    ::axum_scopes::private::Child::new(
                        &[],
                        ::axum_scopes::private::Marked::<
                            <Plain as ::axum_scopes::private::Alias>::Dependency,
                        >::AXUM_SCOPES_TREE,
                    ),
                    ::axum_scopes::private::Child::new(
                        &[],
                        ::axum_scopes::private::Marked::<
                            user<S, Vec<S>>,
                        >::AXUM_SCOPES_TREE,
                    ),
                ],
            )
            .generic()
    };
    type WithoutCycle = <(
        <<Alias<
            S,
        > as ::axum_scopes::private::Alias>::Dependency as ::axum_scopes::private::Secured>::WithoutCycle,
        <<Plain as ::axum_scopes::private::Alias>::Dependency as ::axum_scopes::private::Secured>::WithoutCycle,
    ) as ::axum_scopes::private::Unit>::Unit;
    type Says = ::axum_scopes::private::Is<
        { ::axum_scopes::private::says(<items<()>>::AXUM_SCOPES_SKETCH) },
    >;
    type Takes = (
        ::axum_scopes::private::At<
            <Alias<S> as ::axum_scopes::private::Alias>::Dependency,
            ::axum_scopes::private::Via<items<S>, ::axum_scopes::private::Start>,
        >,
        ::axum_scopes::private::At<
            <Plain as ::axum_scopes::private::Alias>::Dependency,
            ::axum_scopes::private::Via<items<S>, ::axum_scopes::private::Start>,
        >,
        ::axum_scopes::private::At<
            user<S, Vec<S>>,
            ::axum_scopes::private::Via<items<S>, ::axum_scopes::private::Start>,
        >,
    );
    type Ret = Items;
}
#[automatically_derived]
#[allow(deprecated)]
impl<S> ::axum_scopes::private::Function for items<S> {
    type Args = (
        ::axum_scopes::private::PlacedDepends<
            <Alias<S> as ::axum_scopes::private::Alias>::Dependency,
            ::axum_scopes::private::Via<items<S>, ::axum_scopes::private::Start>,
        >,
        ::axum_scopes::private::PlacedDepends<
            <Plain as ::axum_scopes::private::Alias>::Dependency,
            ::axum_scopes::private::Via<items<S>, ::axum_scopes::private::Start>,
        >,
        ::axum_scopes::private::PlacedDepends<
            user<S, Vec<S>>,
            ::axum_scopes::private::Via<items<S>, ::axum_scopes::private::Start>,
        >,
    );
    type Params<__AxumScopesOuter: ::axum_scopes::private::Path> = (
        ::axum_scopes::private::At<
            <Alias<S> as ::axum_scopes::private::Alias>::Dependency,
            ::axum_scopes::private::Via<items<S>, __AxumScopesOuter>,
        >,
        ::axum_scopes::private::At<
            <Plain as ::axum_scopes::private::Alias>::Dependency,
            ::axum_scopes::private::Via<items<S>, __AxumScopesOuter>,
        >,
        ::axum_scopes::private::At<
            user<S, Vec<S>>,
            ::axum_scopes::private::Via<items<S>, __AxumScopesOuter>,
        >,
    );
    type Reuse = ::axum_scopes::private::Fresh;
    #[inline]
    #[allow(unused_variables)]
    fn call(
        (__axum_scopes_0, __axum_scopes_1, __axum_scopes_2): Self::Args,
        __axum_scopes_checked: &::axum_scopes::private::Checked,
    ) -> impl ::axum_scopes::private::Future<
        Output = Self::Ret,
    > + ::axum_scopes::private::Send {
        items::<S>(__axum_scopes_0, __axum_scopes_1, __axum_scopes_2)
    }
}
#[automatically_derived]
impl<S> items<S> {
    #[doc(hidden)]
    pub const AXUM_SCOPES_SKETCH: &'static ::axum_scopes::private::Node = {
        #[allow(unused_imports)]
        use {
            ::axum_scopes::private::Undescribed as _,
            ::axum_scopes::private::Secured as _,
        };
        &::axum_scopes::private::function(
                "items",
                &[],
                &[
                    ::axum_scopes::private::Child::new(
                        &[],
                        ::axum_scopes::private::UNKNOWN,
                    ),
                    ::axum_scopes::private::Child::new(
                        &[],
                        <<Plain as ::axum_scopes::private::Alias>::Dependency>::AXUM_SCOPES_SKETCH,
                    ),
                    ::axum_scopes::private::Child::new(
                        &[],
                        <user<S, ()>>::AXUM_SCOPES_SKETCH,
                    ),
                ],
            )
            .generic()
    };
}
const _: () = ::axum_scopes::private::parameter(
    <items<()>>::AXUM_SCOPES_SKETCH,
    0usize,
    true,
);
const _: () = ::axum_scopes::private::parameter(
    <items<()>>::AXUM_SCOPES_SKETCH,
    1usize,
    true,
);
const _: () = ::axum_scopes::private::parameter(
    <items<()>>::AXUM_SCOPES_SKETCH,
    2usize,
    true,
);
