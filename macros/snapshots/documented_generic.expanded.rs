// #[security]
// #[utoipa::path(get, path = "/items")] async fn items<S>(_: Depends<user>, _: State<S>) { … }

#[utoipa::path(
    get,
    path = "/items",
    responses(::axum_scopes::private::Refusals<__axum_scopes_sketched_items>),
    extensions(
        (
            "x-axum-scopes" = json!(
                ::axum_scopes::private::requirement_of::<__axum_scopes_sketched_items>()
            )
        )
    )
)]
#[::axum_scopes::private::mark(
    {fn
    items<S>(
        argument_0:::axum_scopes::private::PlacedDepends<user,
        ::axum_scopes::private::Via<items<S>,
        ::axum_scopes::private::Start>>,
        argument_1:State<S>
    )->::axum_scopes::private::Of<items<S>,
    impl::axum_scopes::private::Future<Output = (

    )>>}{::axum_scopes::private::Of::new(items::<S>(argument_0, argument_1))}
)]
#[allow(clippy::type_complexity)]
async fn items<S>(
    _: Depends<
        user,
        ::axum_scopes::private::Via<items<S>, ::axum_scopes::private::Start>,
    >,
    _: State<S>,
) {
    const {
        ::axum_scopes::private::parameter(
            <items<S> as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
            0usize,
            true,
        );
        ::axum_scopes::private::parameter(
            <items<S> as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
            1usize,
            false,
        );
    }
    body
}
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, missing_docs, non_camel_case_types)]
struct items<S> {
    __axum_scopes: ::axum_scopes::private::PhantomData<fn() -> (S,)>,
}
#[automatically_derived]
#[allow(deprecated)]
impl<S> ::axum_scopes::private::Secured for items<S> {
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
                    ::axum_scopes::private::Child::new(
                        &[],
                        ::axum_scopes::private::Probe::<State<S>>::AXUM_SCOPES_NODE,
                    ),
                ],
            )
            .generic()
    };
    type WithoutCycle = <(
        <user as ::axum_scopes::private::Secured>::WithoutCycle,
    ) as ::axum_scopes::private::Unit>::Unit;
    type Says = ::axum_scopes::private::Is<
        { ::axum_scopes::private::says(<items<()>>::AXUM_SCOPES_SKETCH) },
    >;
    type Takes = (
        ::axum_scopes::private::At<
            user,
            ::axum_scopes::private::Via<items<S>, ::axum_scopes::private::Start>,
        >,
        ::axum_scopes::private::Extracted<State<S>>,
    );
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
                    ::axum_scopes::private::Child::new(&[], <user>::AXUM_SCOPES_SKETCH),
                    ::axum_scopes::private::Child::new(
                        &[],
                        ::axum_scopes::private::Probe::<State<S>>::AXUM_SCOPES_NODE,
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
    false,
);
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, non_camel_case_types)]
struct __axum_scopes_sketched_items;
#[automatically_derived]
impl ::axum_scopes::private::Secured for __axum_scopes_sketched_items {
    const DEPENDENCY_TREE: &'static ::axum_scopes::private::Node = <items<
        (),
    >>::AXUM_SCOPES_SKETCH;
    type WithoutCycle = ();
    type Says = ();
    type Takes = Self;
}
const _: () = ::axum_scopes::private::documented(<items<()>>::AXUM_SCOPES_SKETCH);
