use axum_scopes::{credential::HttpBearer, resource::ResourceMetadata, scheme::{HttpBearerScheme, ProtectedResource}};
use axum_scopes_tests::prelude::*;

struct Shop;

impl HttpBearerScheme for Shop {
    const PROTECTED_RESOURCE: Option<ProtectedResource> = Some(ProtectedResource::new("https://api.example"));
}

fn main() {
    let resource = ResourceMetadata::new("https://api.example.com").unwrap();
    let _: Router = resource.publish::<HttpBearer<Shop>, _>(Router::new());
}
