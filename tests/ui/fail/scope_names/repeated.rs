use axum_scopes::scopes::ScopeNames;

#[derive(ScopeNames)]
enum ApiScope {
    #[scope("me")]
    Profile,
    Me,
}

fn main() {}
