// #[security(crate = vendored::scopes)]
// #[cfg(unix)] #[axum::debug_handler] async fn r#type(_: Depends<user>) { … }

#[cfg(unix)]
#[axum::debug_handler]
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
impl vendored::scopes::private::Function for r#type {
    const DEPENDENCY_TREE: &'static vendored::scopes::private::Node = {
        #[allow(unused_imports)]
        use {
            vendored::scopes::private::Secured as _,
            vendored::scopes::private::Undescribed as _,
        };
        &vendored::scopes::private::function(
            "type",
            &[],
            &[
                vendored::scopes::private::Child::new(
                    &[],
                    <user as vendored::scopes::private::Secured>::DEPENDENCY_TREE,
                ),
            ],
        )
    };
    type Args = (
        vendored::scopes::private::PlacedDepends<
            user,
            vendored::scopes::private::Via<r#type, vendored::scopes::private::Start>,
        >,
    );
    type Params<__AxumScopesOuter: vendored::scopes::private::Path> = (
        vendored::scopes::private::At<
            user,
            vendored::scopes::private::Via<r#type, __AxumScopesOuter>,
        >,
    );
    type Ret = ();
    type Reuse = vendored::scopes::private::Fresh;
    #[inline]
    #[allow(unused_variables)]
    fn call(
        (__axum_scopes_0,): Self::Args,
        __axum_scopes_checked: &vendored::scopes::private::Checked,
    ) -> impl vendored::scopes::private::Future<
        Output = Self::Ret,
    > + vendored::scopes::private::Send {
        r#type(__axum_scopes_0)
    }
}
const _: () = vendored::scopes::private::parameter(
    <r#type as vendored::scopes::private::Function>::DEPENDENCY_TREE,
    0usize,
    true,
);
