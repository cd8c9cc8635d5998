use axum_scopes::scopes::ScopeNames;

#[derive(ScopeNames)]
#[scope("items")]
enum ApiScope {
    Items,
}

fn main() {}
