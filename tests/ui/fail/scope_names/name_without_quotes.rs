use axum_scopes::scopes::ScopeNames;

#[derive(ScopeNames)]
enum ApiScope {
    #[scope = "items:read"]
    ItemsRead,
    #[scope(me)]
    Me,
}

fn main() {}
