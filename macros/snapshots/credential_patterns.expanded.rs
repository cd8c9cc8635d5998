// #[security(credential_required)]
// async fn items(extract::Path(id): extract::Path<u64>, Some(user): Option<Depends<user>>, key @ _: Option<ApiKeyHeader<Key>>)
// -> Result<Items, AuthError> { … }

#[allow(clippy::type_complexity)]
fn items(
    id: extract::Path<u64>,
    user: ::axum_scopes::private::Option<
        ::axum_scopes::private::PlacedDepends<
            user,
            ::axum_scopes::private::Edge<
                items,
                ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
                1usize,
            >,
        >,
    >,
    argument_2: Option<ApiKeyHeader<Key>>,
) -> ::axum_scopes::private::Of<
    items,
    impl ::axum_scopes::private::Future<Output = Result<Items, AuthError>>,
> {
    #[allow(clippy::too_many_arguments, clippy::type_complexity)]
    async fn items(
        extract::Path(id): extract::Path<u64>,
        __axum_scopes_1: Option<
            Depends<
                user,
                ::axum_scopes::private::Edge<
                    items,
                    ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
                    1usize,
                >,
            >,
        >,
        __axum_scopes_2: Option<ApiKeyHeader<Key>>,
    ) -> Result<Items, AuthError> {
        if !({
            #[allow(unused_imports)]
            use ::axum_scopes::private::Undescribed as _;
            false
                || ::axum_scopes::private::Probe::<
                    ::axum_scopes::private::Option<
                        ::axum_scopes::private::PlacedDepends<
                            user,
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
                || ::axum_scopes::private::Probe::<
                    Option<ApiKeyHeader<Key>>,
                >::axum_scopes_is_offered(&__axum_scopes_2)
        }) {
            return ::axum_scopes::private::refuse(
                <items as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
            );
        }
        let Some(user) = __axum_scopes_1;
        let key @ _ = __axum_scopes_2;
        body
    }
    ::axum_scopes::private::Of::new(items(id, user, argument_2))
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
                &[],
                &[
                    ::axum_scopes::private::Child::new(
                        &[],
                        ::axum_scopes::private::Probe::<
                            extract::Path<u64>,
                        >::AXUM_SCOPES_NODE,
                    ),
                    ::axum_scopes::private::Child::new(
                        &[],
                        &::axum_scopes::private::optional(
                            &[
                                ::axum_scopes::private::Child::new(
                                    &[],
                                    ::axum_scopes::private::Marked::<user>::AXUM_SCOPES_TREE,
                                ),
                            ],
                        ),
                    ),
                    ::axum_scopes::private::Child::new(
                        &[],
                        ::axum_scopes::private::Probe::<
                            Option<ApiKeyHeader<Key>>,
                        >::AXUM_SCOPES_NODE,
                    ),
                ],
            )
            .credential_required()
    };
    type WithoutCycle = <(
        <user as ::axum_scopes::private::Secured>::WithoutCycle,
    ) as ::axum_scopes::private::Unit>::Unit;
    type Says = ::axum_scopes::private::Is<
        {
            ::axum_scopes::private::says(
                <items as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
            )
        },
    >;
    type Takes = (
        ::axum_scopes::private::Extracted<extract::Path<u64>>,
        ::axum_scopes::private::Option<
            ::axum_scopes::private::At<
                user,
                ::axum_scopes::private::Edge<
                    items,
                    ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
                    1usize,
                >,
            >,
        >,
        ::axum_scopes::private::Extracted<Option<ApiKeyHeader<Key>>>,
    );
    type Ret = Result<Items, AuthError>;
}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Function for items
where
    for<'a> user: ::axum_scopes::private::Stated<
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
        ::axum_scopes::private::Extracted<extract::Path<u64>>,
        ::axum_scopes::private::Option<
            ::axum_scopes::private::PlacedDepends<
                user,
                ::axum_scopes::private::Edge<
                    items,
                    ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
                    1usize,
                >,
            >,
        >,
        ::axum_scopes::private::Extracted<Option<ApiKeyHeader<Key>>>,
    );
    type Params<__AxumScopesOuter: ::axum_scopes::private::Path> = (
        ::axum_scopes::private::At<
            user,
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
        (
            ::axum_scopes::private::Extracted(__axum_scopes_0),
            __axum_scopes_1,
            ::axum_scopes::private::Extracted(__axum_scopes_2),
        ): Self::Args,
        __axum_scopes_checked: &::axum_scopes::private::Checked,
    ) -> impl ::axum_scopes::private::Future<
        Output = Self::Ret,
    > + ::axum_scopes::private::Send {
        items(__axum_scopes_0, __axum_scopes_1, __axum_scopes_2)
    }
}
const _: () = ::axum_scopes::private::parameter(
    <items as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    0usize,
    false,
);
const _: () = ::axum_scopes::private::parameter(
    <items as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    1usize,
    true,
);
const _: () = ::axum_scopes::private::parameter(
    <items as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    2usize,
    false,
);
const _: () = ::axum_scopes::private::optional_credential(
    <items as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
);
