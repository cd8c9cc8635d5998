// #[security]
// async fn items<const ALL: bool, const SEPARATOR: char>(_: Page<ALL>) { … }

#[allow(clippy::type_complexity)]
fn items<const ALL: bool, const SEPARATOR: char>(
    argument_0: Page<ALL>,
) -> ::axum_scopes::private::Of<
    items<ALL, SEPARATOR>,
    impl ::axum_scopes::private::Future<Output = ()>,
> {
    #[allow(clippy::too_many_arguments, clippy::type_complexity)]
    async fn items<const ALL: bool, const SEPARATOR: char>(_: Page<ALL>) {
        const {
            ::axum_scopes::private::parameter(
                <items<
                    ALL,
                    SEPARATOR,
                > as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
                0usize,
                false,
            );
        }
        body
    }
    ::axum_scopes::private::Of::new(items::<ALL, SEPARATOR>(argument_0))
}
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, missing_docs, non_camel_case_types)]
struct items<const ALL: bool, const SEPARATOR: char> {}
#[automatically_derived]
#[allow(deprecated)]
impl<const ALL: bool, const SEPARATOR: char> ::axum_scopes::private::Secured
for items<ALL, SEPARATOR> {
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
                        ::axum_scopes::private::Probe::<Page<ALL>>::AXUM_SCOPES_NODE,
                    ),
                ],
            )
            .generic()
    };
    type WithoutCycle = <() as ::axum_scopes::private::Unit>::Unit;
    type Says = ::axum_scopes::private::Is<
        { ::axum_scopes::private::says(<items<false, '_'>>::AXUM_SCOPES_SKETCH) },
    >;
    type Takes = (::axum_scopes::private::Extracted<Page<ALL>>,);
}
#[automatically_derived]
impl<const ALL: bool, const SEPARATOR: char> items<ALL, SEPARATOR> {
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
                &[::axum_scopes::private::Child::OPEN],
            )
            .generic()
    };
}
const _: () = ::axum_scopes::private::parameter(
    <items<false, '_'>>::AXUM_SCOPES_SKETCH,
    0usize,
    false,
);
