//! The challenges of Docker's registry protocol.

use axum_scopes::{resource::ResourceMetadata, scheme::ErrorStyle};

use super::*;

struct Registry;
impl OAuth2Scheme for Registry {
    const FLOWS: Flows = Flows::client_credentials("https://auth.docker.io/token");
    const SCOPES: &[(&str, &str)] =
        &[("repository:{*name}:pull", "Pull from a repository."), ("repository:{*name}:push", "Push to a repository.")];
    const REALM: Option<&str> = Some("https://auth.docker.io/token");
    const SERVICE: Option<&str> = Some("registry.docker.io");
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

#[security]
async fn puller(
    required: SecurityScopes,
    Bearer(token): Bearer<Registry>,
    headers: HeaderMap,
) -> Result<(), AuthError> {
    if token.as_str() == "bad" {
        return Err(required.unauthorized("authentication required"));
    }
    required.check(&granted(&headers))
}

#[security(scopes = ["repository:{*name}:pull", "repository:{*name}:push"])]
async fn upload(_: Depends<puller>) {}

/// A dependency with an error of the service's own.
#[security]
async fn quota(_: Depends<puller>) -> Result<(), AuthError> {
    Err(AuthError::unauthorized("over quota"))
}

#[security(scopes = ["repository:{*name}:pull"])]
async fn counted(_: Depends<quota>) {}

fn app() -> App {
    App::new(Router::new().route("/v2/upload/{*name}", get(upload)).route("/v2/counted/{*name}", get(counted)))
}

const START: &str = r#"Bearer realm="https://auth.docker.io/token", service="registry.docker.io""#;
const SCOPE: &str = r#"scope="repository:samalba/my-app:pull repository:samalba/my-app:push""#;

/// Clients ask for what the metadata lists, and nobody is granted the text of a template.
#[tokio::test]
async fn metadata_lists_no_templates() {
    let metadata = ResourceMetadata::new("https://registry.example").unwrap();
    let app = App::new(metadata.publish::<Bearer<Repositories>, _>(Router::new()));
    let answer = app.get("/.well-known/oauth-protected-resource").await;
    assert_eq!(answer.json()["scopes_supported"], serde_json::json!(["admin"]));
}

/// <https://distribution.github.io/distribution/spec/auth/token/>
#[tokio::test]
async fn each_challenge_names_the_repository_of_the_request() {
    let app = app();
    let path = "/v2/upload/samalba/my-app";
    let challenge = async |token: Option<&str>, granted: &str| {
        let call = app.get(path).header("granted", granted);
        let answer = match token {
            Some(token) => call.bearer(token).await,
            None => call.await,
        };
        (answer.status(), answer.challenge().unwrap_or_default().to_owned())
    };
    assert_eq!(challenge(None, "").await, (401, format!("{START}, {SCOPE}")));
    assert_eq!(challenge(Some("bad"), "").await, (401, format!(r#"{START}, error="invalid_token", {SCOPE}"#)));
    let weak = "repository:samalba/my-app:pull repository:samalba/other:push";
    assert_eq!(challenge(Some("t"), weak).await, (403, format!(r#"{START}, error="insufficient_scope", {SCOPE}"#)));
    let strong = "repository:samalba/my-app:pull repository:samalba/my-app:push";
    assert_eq!(challenge(Some("t"), strong).await, (200, String::new()));
}

#[tokio::test]
async fn a_refusal_that_does_not_know_the_scopes_gets_them_from_its_place() {
    let answer = ask(&app(), "/v2/counted/a/b", "repository:a/b:pull").await;
    let challenge = format!(r#"{START}, error="invalid_token", scope="repository:a/b:pull""#);
    assert_eq!((answer.status(), answer.challenge()), (401, Some(challenge.as_str())));
}

#[tokio::test]
async fn a_challenge_never_has_the_text_of_a_template() {
    for path in ["/v2/upload/a:b", "/v2/upload/%7Bname%7D", "/v2/upload/a%20b", "/v2/upload/%22", "/v2/counted/.."] {
        let missing = app().get(path).await;
        assert_eq!((missing.status(), missing.challenge()), (401, Some(START)), "{path}");
        let answer = ask(&app(), path, "repository:{*name}:pull repository:{*name}:push").await;
        let challenge = format!(r#"{START}, error="insufficient_scope""#);
        assert_eq!((answer.status(), answer.challenge()), (403, Some(challenge.as_str())), "{path}");
    }
    // Without a credential, the path is not looked at.
    let missing = app().get("/v2/upload/%FF").await;
    assert_eq!((missing.status(), missing.challenge()), (401, Some(START)));
    let undecodable = ask(&app(), "/v2/upload/%FF", "").await;
    let body = r#"{"error":"invalid_request","error_description":"The path is not valid UTF-8"}"#;
    assert_eq!(undecodable, (400, None, body));
}
