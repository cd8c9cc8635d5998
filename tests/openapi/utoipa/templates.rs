//! Documents show templates of scopes as they are written.

use axum_scopes_openapi_tests::prelude::*;

struct Registry;

impl OAuth2Scheme for Registry {
    const NAME: &str = "Registry";
    const FLOWS: Flows = Flows::client_credentials("token");
    const SCOPES: &[(&str, &str)] = &[("repository:{name}:pull", "Pull from a repository."), ("admin", "Everything.")];
}

#[security]
async fn client(required: SecurityScopes, _: Bearer<Registry>) -> Result<(), AuthError> {
    required.check(&["admin"])
}

#[security(scopes = [any("repository:{name}:pull", "admin")])]
#[utoipa::path(get, path = "/v2/{name}/tags", params(("name" = String, Path)))]
async fn tags(_: Depends<client>) {}

#[test]
fn a_document_shows_templates_as_they_are_written() {
    let document = document(OpenApiRouter::new().routes(routes!(tags)));
    assert_eq!(
        requires(&document, "get /v2/{name}/tags"),
        json!([{ "Registry": ["repository:{name}:pull"] }, { "Registry": ["admin"] }])
    );
    let flows = &document["components"]["securitySchemes"]["Registry"]["flows"]["clientCredentials"];
    assert_eq!(flows["scopes"]["repository:{name}:pull"], "Pull from a repository.");
}
