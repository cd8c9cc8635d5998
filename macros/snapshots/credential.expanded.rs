// #[security(credential_required)]
// async fn caller(_: Option<Bearer<Api>>, (cookie, key): Either) -> Result<User, AuthError> { … }

#[allow(clippy::type_complexity)]
fn caller(
    argument_0: Option<Bearer<Api>>,
    argument_1: Either,
) -> ::axum_scopes::private::Of<
    caller,
    impl ::axum_scopes::private::Future<Output = Result<User, AuthError>>,
> {
    #[allow(clippy::too_many_arguments, clippy::type_complexity)]
    async fn caller(
        __axum_scopes_0: Option<Bearer<Api>>,
        __axum_scopes_1: Either,
    ) -> Result<User, AuthError> {
        if !({
            #[allow(unused_imports)]
            use ::axum_scopes::private::Undescribed as _;
            false
                || ::axum_scopes::private::Probe::<
                    Option<Bearer<Api>>,
                >::axum_scopes_is_offered(&__axum_scopes_0)
                || ::axum_scopes::private::Probe::<
                    Either,
                >::axum_scopes_is_offered(&__axum_scopes_1)
        }) {
            return ::axum_scopes::private::refuse(
                <caller as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
            );
        }
        let _ = __axum_scopes_0;
        let (cookie, key) = __axum_scopes_1;
        body
    }
    ::axum_scopes::private::Of::new(caller(argument_0, argument_1))
}
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations, missing_docs, non_camel_case_types)]
struct caller {}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Returns for caller {
    const DEPENDENCY_TREE: &'static ::axum_scopes::private::Node = {
        #[allow(unused_imports)]
        use {
            ::axum_scopes::private::Undescribed as _,
            ::axum_scopes::private::Unmarked as _,
        };
        &::axum_scopes::private::function(
                "caller",
                &[],
                &[
                    ::axum_scopes::private::Child::new(
                        &[],
                        ::axum_scopes::private::Probe::<
                            Option<Bearer<Api>>,
                        >::AXUM_SCOPES_NODE,
                    ),
                    ::axum_scopes::private::Child::new(
                        &[],
                        ::axum_scopes::private::Probe::<Either>::AXUM_SCOPES_NODE,
                    ),
                ],
            )
            .credential_required()
    };
    type WithoutCycle = <() as ::axum_scopes::private::Unit>::Unit;
    type Says = ::axum_scopes::private::Is<
        {
            ::axum_scopes::private::says(
                <caller as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
            )
        },
    >;
    type Takes = (
        ::axum_scopes::private::Extracted<Option<Bearer<Api>>>,
        ::axum_scopes::private::Extracted<Either>,
    );
    type Ret = Result<User, AuthError>;
}
#[automatically_derived]
#[allow(deprecated)]
impl ::axum_scopes::private::Function for caller {
    type Args = (
        ::axum_scopes::private::Extracted<Option<Bearer<Api>>>,
        ::axum_scopes::private::Extracted<Either>,
    );
    type Params<__AxumScopesOuter: ::axum_scopes::private::Path> = ();
    type Reuse = ::axum_scopes::private::Fresh;
    #[inline]
    #[allow(unused_variables)]
    fn call(
        (
            ::axum_scopes::private::Extracted(__axum_scopes_0),
            ::axum_scopes::private::Extracted(__axum_scopes_1),
        ): Self::Args,
        __axum_scopes_checked: &::axum_scopes::private::Checked,
    ) -> impl ::axum_scopes::private::Future<
        Output = Self::Ret,
    > + ::axum_scopes::private::Send {
        caller(__axum_scopes_0, __axum_scopes_1)
    }
}
const _: () = ::axum_scopes::private::parameter(
    <caller as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    0usize,
    false,
);
const _: () = ::axum_scopes::private::parameter(
    <caller as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
    1usize,
    false,
);
const _: () = ::axum_scopes::private::optional_credential(
    <caller as ::axum_scopes::private::Secured>::DEPENDENCY_TREE,
);
