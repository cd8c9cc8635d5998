use axum_scopes::{ApiKeyHeader, ApiKeyScheme, resource::ResourceMetadata};
use axum_scopes_tests::prelude::*;

struct Partner;

impl ApiKeyScheme for Partner {
    const NAME: &str = "PartnerKey";
    const PARAMETER: &str = "x-partner-key";
}

fn main() {
    let resource = ResourceMetadata::new("https://api.example.com").unwrap();
    let _: Router = resource.publish::<ApiKeyHeader<Partner>, _>(Router::new());
}
