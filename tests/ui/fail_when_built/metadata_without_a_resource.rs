use axum_scopes::resource::protected_resource_metadata;
use axum_scopes_tests::prelude::*;

struct Shop;

impl OAuth2Scheme for Shop {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
}

fn main() {
    let _: Router = protected_resource_metadata::<Bearer<Shop>, _>();
}
