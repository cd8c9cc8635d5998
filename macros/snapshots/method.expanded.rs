// #[security]
// async fn items(&self, _: Depends<user>) { … }

impl Service {
    ::core::compile_error!(
        "`#[security]` belongs on a free function; take the value as `State<…>` instead",
    )
    #[allow(clippy::type_complexity)]
    async fn items(&self, _: Depends<user>) {
        body
    }
}
