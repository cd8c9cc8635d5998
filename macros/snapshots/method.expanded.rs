// #[security]
// async fn items(&self, _: Depends<user>) { … }

impl Service {
    ::core::compile_error!(
        "`#[security]` belongs on a free function; take the value as `State<…>` instead",
    )
    async fn items(&self, _: Depends<user>) {
        body
    }
}
