use axum_scopes::scopes::ScopeNames;

#[derive(ScopeNames)]
struct ApiScope;

fn main() {}
