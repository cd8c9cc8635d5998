// #[security(scopes = ["items"], credential_required)]
// async fn items(user: Option<Depends<auth::user>>, #[security(scopes = [ME])] _: std::option::Option<Alias>)
// -> Result<Items, AuthError> { … }

#[allow(clippy::type_complexity)]
fn items(
    user: ::axum_scopes::private::Option<
        ::axum_scopes::private::PlacedDepends<
            auth::user,
            ::axum_scopes::private::Edge<
                items,
                ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
                0usize,
            >,
        >,
    >,
    argument_1: ::axum_scopes::private::Option<
        ::axum_scopes::private::PlacedDepends<
            <Alias as ::axum_scopes::private::Alias>::Dependency,
            ::axum_scopes::private::Edge<
                items,
                ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
                1usize,
            >,
        >,
    >,
) -> ::axum_scopes::private::Of<
    items,
    impl ::axum_scopes::private::Future<Output = Result<Items, AuthError>>,
> {
    #[allow(clippy::too_many_arguments, clippy::type_complexity)]
    async fn items(
        user: Option<
            Depends<
                auth::user,
                ::axum_scopes::private::Edge<
                    items,
                    ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
                    0usize,
                >,
            >,
        >,
        __axum_scopes_1: ::axum_scopes::private::Option<
            ::axum_scopes::private::PlacedDepends<
                <Alias as ::axum_scopes::private::Alias>::Dependency,
                ::axum_scopes::private::Edge<
                    items,
                    ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
                    1usize,
                >,
            >,
        >,
    ) -> Result<Items, AuthError> {
        if !({
            #[allow(unused_imports)]
            use ::axum_scopes::private::Undescribed as _;
            false
                || ::axum_scopes::private::Probe::<
                    ::axum_scopes::private::Option<
                        ::axum_scopes::private::PlacedDepends<
                            auth::user,
                            ::axum_scopes::private::Edge<
                                items,
                                ::axum_scopes::private::Via<
                                    items,
                                    ::axum_scopes::private::Start,
                                >,
                                0usize,
                            >,
                        >,
                    >,
                >::axum_scopes_is_offered(&user)
                || ::axum_scopes::private::Probe::<
                    ::axum_scopes::private::Option<
                        ::axum_scopes::private::PlacedDepends<
                            <Alias as ::axum_scopes::private::Alias>::Dependency,
                            ::axum_scopes::private::Edge<
                                items,
                                ::axum_scopes::private::Via<
                                    items,
                                    ::axum_scopes::private::Start,
                                >,
                                1usize,
                            >,
                        >,
                    >,
                >::axum_scopes_is_offered(&__axum_scopes_1)
        }) {
            return ::axum_scopes::private::refuse(
                <items as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
            );
        }
        let _ = __axum_scopes_1;
        body
    }
    ::axum_scopes::private::Of::new(items(user, argument_1))
}
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, missing_docs, non_camel_case_types)]
struct items {}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Returns for items {
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
                        &::axum_scopes::private::optional(
                            &[
                                ::axum_scopes::private::Child::new(
                                    &[],
                                    ::axum_scopes::private::Marked::<
                                        auth::user,
                                    >::AXUM_SCOPES_TREE,
                                ),
                            ],
                        ),
                    ),
                    ::axum_scopes::private::Child::new(
                        &[ME],
                        &::axum_scopes::private::optional(
                            &[
                                ::axum_scopes::private::Child::new(
                                    &[],
                                    ::axum_scopes::private::Marked::<
                                        <Alias as ::axum_scopes::private::Alias>::Dependency,
                                    >::AXUM_SCOPES_TREE,
                                ),
                            ],
                        ),
                    ),
                ],
            )
            .credential_required()
    };
    type WithoutCycle = <(
        <auth::user as ::axum_scopes::private::Secured>::WithoutCycle,
        <<Alias as ::axum_scopes::private::Alias>::Dependency as ::axum_scopes::private::Secured>::WithoutCycle,
    ) as ::axum_scopes::private::Unit>::Unit;
    type Says = ::axum_scopes::private::Is<
        {
            ::axum_scopes::private::says(
                <items as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
            )
        },
    >;
    type Takes = (
        ::axum_scopes::private::Option<
            ::axum_scopes::private::At<
                auth::user,
                ::axum_scopes::private::Edge<
                    items,
                    ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
                    0usize,
                >,
            >,
        >,
        ::axum_scopes::private::Option<
            ::axum_scopes::private::At<
                <Alias as ::axum_scopes::private::Alias>::Dependency,
                ::axum_scopes::private::Edge<
                    items,
                    ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
                    1usize,
                >,
            >,
        >,
    );
    type Ret = Result<Items, AuthError>;
}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Function for items
where
    for<'a> auth::user: ::axum_scopes::private::Stated<
        'a,
        ::axum_scopes::private::Edge<
            items,
            ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
            0usize,
        >,
        0usize,
    >,
    for<'a> Alias: ::axum_scopes::private::StatedAlias<
        'a,
        ::axum_scopes::private::Edge<
            items,
            ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
            1usize,
        >,
        1usize,
    >,
{
    type Args = (
        ::axum_scopes::private::Option<
            ::axum_scopes::private::PlacedDepends<
                auth::user,
                ::axum_scopes::private::Edge<
                    items,
                    ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
                    0usize,
                >,
            >,
        >,
        ::axum_scopes::private::Option<
            ::axum_scopes::private::PlacedDepends<
                <Alias as ::axum_scopes::private::Alias>::Dependency,
                ::axum_scopes::private::Edge<
                    items,
                    ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
                    1usize,
                >,
            >,
        >,
    );
    type Params<__AxumScopesOuter: ::axum_scopes::private::Path> = (
        ::axum_scopes::private::At<
            auth::user,
            ::axum_scopes::private::Edge<
                items,
                ::axum_scopes::private::Via<items, __AxumScopesOuter>,
                0usize,
            >,
        >,
        ::axum_scopes::private::At<
            <Alias as ::axum_scopes::private::Alias>::Dependency,
            ::axum_scopes::private::Edge<
                items,
                ::axum_scopes::private::Via<items, __AxumScopesOuter>,
                1usize,
            >,
        >,
    );
    type Reuse = ::axum_scopes::private::Fresh;
    #[inline]
    #[allow(unused_variables)]
    fn call(
        (__axum_scopes_0, __axum_scopes_1): Self::Args,
        __axum_scopes_checked: &::axum_scopes::private::Checked,
    ) -> impl ::axum_scopes::private::Future<
        Output = Self::Ret,
    > + ::axum_scopes::private::Send {
        items(__axum_scopes_0, __axum_scopes_1)
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
    true,
);
const _: () = ::axum_scopes::private::own_scope(
    <items as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    0usize,
    0usize,
);
const _: () = ::axum_scopes::private::edge_scope(
    <items as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    1usize,
    0usize,
    0usize,
);
const _: () = ::axum_scopes::private::optional_credential(
    <items as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
);
