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
    let scheme = "OAuth2ClientCredentials";
    let scheme =
        document["components"]["securitySchemes"].as_object().unwrap().keys().next().map_or(scheme, |name| name);
    assert_eq!(
        requires(&document, "/v2/{name}/tags"),
        json!([{ scheme: ["repository:{name}:pull"] }, { scheme: ["admin"] }])
    );
    let flows = &document["components"]["securitySchemes"][scheme]["flows"]["clientCredentials"];
    assert_eq!(flows["scopes"]["repository:{name}:pull"], "Pull from a repository.");
}
