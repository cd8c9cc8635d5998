// #[security(depends(log, auth::user), scopes = ["items"])]
// async fn items() -> &'static str { … }

#[allow(clippy::type_complexity)]
async fn items(
    _: ::axum_scopes::private::PlacedDepends<
        log,
        ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
    >,
    _: ::axum_scopes::private::PlacedDepends<
        auth::user,
        ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
    >,
) -> &'static str {
    body
}
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, missing_docs, non_camel_case_types)]
struct items {}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Function for items {
    const DEPENDENCY_TREE: &'static ::axum_scopes::private::Node = {
        #[allow(unused_imports)]
        use {
            ::axum_scopes::private::Secured as _,
            ::axum_scopes::private::Undescribed as _,
        };
        &::axum_scopes::private::function(
            "items",
            &["items"],
            &[
                ::axum_scopes::private::Child::new(
                    &[],
                    <log as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
                ),
                ::axum_scopes::private::Child::new(
                    &[],
                    <auth::user as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
                ),
            ],
        )
    };
    type Args = (
        ::axum_scopes::private::PlacedDepends<
            log,
            ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
        >,
        ::axum_scopes::private::PlacedDepends<
            auth::user,
            ::axum_scopes::private::Via<items, ::axum_scopes::private::Start>,
        >,
    );
    type Params<__AxumScopesOuter: ::axum_scopes::private::Path> = (
        ::axum_scopes::private::At<
            log,
            ::axum_scopes::private::Via<items, __AxumScopesOuter>,
        >,
        ::axum_scopes::private::At<
            auth::user,
            ::axum_scopes::private::Via<items, __AxumScopesOuter>,
        >,
    );
    type Ret = &'static str;
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
    <items as ::axum_scopes::private::Function>::DEPENDENCY_TREE,
    0usize,
    true,
);
const _: () = ::axum_scopes::private::parameter(
    <items as ::axum_scopes::private::Function>::DEPENDENCY_TREE,
    1usize,
    true,
);
const _: () = ::axum_scopes::private::own_scope(
    <items as ::axum_scopes::private::Function>::DEPENDENCY_TREE,
    0usize,
);
