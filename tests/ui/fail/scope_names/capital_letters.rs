use axum_scopes::scopes::ScopeNames;

#[derive(ScopeNames)]
enum ApiScope {
    READ,
}

fn main() {}
