use axum_scopes::scopes::ScopeNames;

#[derive(ScopeNames)]
enum ApiScope {
    Repository(String),
}

fn main() {}
