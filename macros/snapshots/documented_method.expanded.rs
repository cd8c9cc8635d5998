// #[security]
// #[utoipa::path(get)] async fn items(&self) { … }

impl Service {
    ::core::compile_error!(
        "`#[security]` belongs on a free function; take the value as `State<…>` instead",
    )
    #[utoipa::path(get)]
    #[allow(clippy::type_complexity)]
    async fn items(&self) {
        body
    }
}
