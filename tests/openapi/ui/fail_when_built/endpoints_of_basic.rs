use axum_scopes::{HttpBasic, HttpBasicScheme, access::DocumentError, openapi::SetEndpoints, scheme::Endpoints};

struct Staff;

impl HttpBasicScheme for Staff {}

fn set(api: &mut utoipa::openapi::OpenApi, endpoints: &Endpoints) -> Result<(), DocumentError> {
    api.set_endpoints::<HttpBasic<Staff>>(endpoints)
}

fn main() {
    let endpoints = Endpoints::new("https://id.example/authorize", "https://id.example/token").unwrap();
    let _ = set(&mut utoipa::openapi::OpenApi::default(), &endpoints);
}
