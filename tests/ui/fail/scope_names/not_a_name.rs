use axum_scopes::scopes::ScopeNames;

#[derive(ScopeNames)]
enum ApiScope {
    #[scope("read items")]
    ItemsRead,
    Gerät,
}

fn main() {}
