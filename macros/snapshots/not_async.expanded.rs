// #[security]
// fn language(headers: HeaderMap) -> Result<Language, Infallible> { … }

#[allow(clippy::type_complexity)]
fn language(headers: HeaderMap) -> Result<Language, Infallible> {
    body
}
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, missing_docs, non_camel_case_types)]
struct language {}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Returns for language {
    const DEPENDENCY_TREE: &'static ::axum_scopes::private::Node = {
        #[allow(unused_imports)]
        use {
            ::axum_scopes::private::Undescribed as _,
            ::axum_scopes::private::Unmarked as _,
        };
        &::axum_scopes::private::function(
            "language",
            &[],
            &[
                ::axum_scopes::private::Child::new(
                    &[],
                    ::axum_scopes::private::Probe::<HeaderMap>::AXUM_SCOPES_NODE,
                ),
            ],
        )
    };
    type WithoutCycle = <() as ::axum_scopes::private::Unit>::Unit;
    type Says = ::axum_scopes::private::Is<{ ::axum_scopes::private::UNSAID }>;
    type Takes = Self;
    type Ret = Result<Language, Infallible>;
}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Function for language {
    type Args = (::axum_scopes::private::Extracted<HeaderMap>,);
    type Params<__AxumScopesOuter: ::axum_scopes::private::Path> = ();
    type Reuse = ::axum_scopes::private::Fresh;
    #[inline]
    #[allow(unused_variables)]
    fn call(
        (::axum_scopes::private::Extracted(__axum_scopes_0),): Self::Args,
        __axum_scopes_checked: &::axum_scopes::private::Checked,
    ) -> impl ::axum_scopes::private::Future<
        Output = Self::Ret,
    > + ::axum_scopes::private::Send {
        ::axum_scopes::private::ready(language(__axum_scopes_0))
    }
}
const _: () = ::axum_scopes::private::parameter(
    <language as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    0usize,
    false,
);
