//! Scopes with parts that a request fills in.

mod attacks;
mod given;
mod nested;
mod registry;
mod routed;

use axum::http::Method;
use axum_scopes_test_support::logged;
use axum_scopes_tests::prelude::*;

use crate::answers::{accepted, not_authenticated, not_enough};

struct Repositories;
impl OAuth2Scheme for Repositories {
    const FLOWS: Flows = Flows::client_credentials("token");
    const SCOPES: &[(&str, &str)] = &[
        ("repository:{name}:pull", "Pull from a repository."),
        ("repository:{name}:push", "Push to a repository."),
        ("file:{*path}", "Read a file, or a folder with all its files."),
        ("admin", "Everything."),
    ];
    const IMPLIES: &[(&str, &[&str])] = &[("repository:{name}:push", &["repository:{name}:pull"])];
}

/// The header `granted` has the scopes, so that a test can grant any text.
#[security]
async fn client(required: SecurityScopes, _: Bearer<Repositories>, headers: HeaderMap) -> Result<String, AuthError> {
    required.check(&granted(&headers))?;
    Ok(required.value("name").unwrap_or("none").to_owned())
}

fn granted(headers: &HeaderMap) -> Scopes {
    Scopes::from(headers.get("granted").map_or("", |granted| granted.to_str().unwrap()))
}

#[security(scopes = ["repository:{name}:pull"])]
async fn pull(Depends(name): Depends<client>) -> String {
    name
}

#[security(scopes = ["repository:{name}:push"])]
async fn push(Depends(name): Depends<client>) -> String {
    name
}

#[security(scopes = [any("repository:{name}:pull", "admin")])]
async fn pull_or_admin(Depends(name): Depends<client>) -> String {
    name
}

/// Clients are asked for the first, which is no template.
#[security(scopes = [any("admin", "repository:{name}:pull")])]
async fn admin_or_pull(Depends(name): Depends<client>) -> String {
    name
}

#[security(scopes = ["file:{*path}"])]
async fn read_file(_: Depends<client>, Path(path): Path<String>) -> String {
    path
}

#[security(scopes = ["admin"])]
async fn settings(Depends(name): Depends<client>) -> String {
    name
}

fn app() -> App {
    App::new(
        Router::new()
            .route("/v2/{name}/tags", get(pull).put(push))
            .route("/any/{name}", get(pull_or_admin).put(admin_or_pull))
            .route("/files/{*path}", get(read_file))
            .route("/settings/{name}", get(settings))
            .route("/nowhere/{other}", get(pull_or_admin)),
    )
}

async fn ask(app: &App, path: &str, granted: &str) -> Answer {
    app.get(path).bearer("t").header("granted", granted).await
}

#[tokio::test]
async fn the_path_fills_in_what_is_required() {
    let app = app();
    let tags = "/v2/alpine/tags";
    assert_eq!(ask(&app, tags, "repository:alpine:pull").await, accepted("alpine"));
    assert_eq!(ask(&app, tags, "repository:debian:pull").await, not_enough("repository:alpine:pull"));
    assert_eq!(ask(&app, tags, "admin").await, not_enough("repository:alpine:pull"));
    assert_eq!(app.get(tags).await, not_authenticated());
    // Nothing is filled in where no template is required.
    assert_eq!(ask(&app, "/settings/alpine", "admin").await, accepted("none"));
}

#[tokio::test]
async fn a_template_includes_another_with_the_same_value() {
    let app = app();
    assert_eq!(ask(&app, "/v2/alpine/tags", "repository:alpine:push").await, accepted("alpine"));
    assert_eq!(ask(&app, "/v2/alpine/tags", "repository:debian:push").await, not_enough("repository:alpine:pull"));
    let put = app.call(Method::PUT, "/v2/alpine/tags").bearer("t");
    assert_eq!(put.header("granted", "repository:alpine:pull").await, not_enough("repository:alpine:push"));
}

#[tokio::test]
async fn an_alternative_may_be_a_template() {
    let app = app();
    for granted in ["admin", "repository:alpine:pull", "repository:alpine:push"] {
        assert_eq!(ask(&app, "/any/alpine", granted).await, accepted("alpine"), "{granted}");
    }
    let put = async |granted| app.call(Method::PUT, "/any/alpine").bearer("t").header("granted", granted).await;
    assert_eq!(put("repository:alpine:pull").await, accepted("alpine"));
    assert_eq!(put("repository:debian:pull repository:{name}:pull").await, not_enough("admin"));
    // A value that is unfit for one alternative leaves the others.
    assert_eq!(ask(&app, "/any/a:b", "admin").await, accepted("none"));
    assert_eq!(ask(&app, "/any/alpine", "repository:debian:pull").await, not_enough("repository:alpine:pull"));
}

#[tokio::test]
async fn a_missing_parameter_is_a_mistake_of_the_service() {
    for granted in ["admin", "repository:{name}:pull", "repository:alpine:pull"] {
        let (answer, log) = logged(ask(&app(), "/nowhere/alpine", granted)).await;
        assert_eq!(answer, (500, None, r#"{"detail":"Internal Server Error"}"#), "{granted}");
        assert!(log.len() == 1 && log[0].contains("repository:{name}:pull"), "{log:?}");
    }
}

#[tokio::test]
async fn listings_show_templates_as_they_are_written() {
    let tree = Tree::of::<pull>().to_string();
    assert!(tree.starts_with("pull [repository:{name}:pull]\n"), "{tree}");
    let table = axum_scopes::AccessTable::new().route("GET", "/v2/{name}/tags", pull).to_string();
    assert!(table.contains("[repository:{name}:pull]"), "{table}");
}

#[security(scopes = ["repository:{name}:pull"])]
async fn shown(required: RequiredScopes, _: Depends<client>) -> String {
    let refusal = required.unauthorized("No");
    format!("{} {}", required.scope_str(), refusal.challenge().unwrap())
}

#[tokio::test]
async fn the_refusals_of_required_scopes_are_filled_in_as_well() {
    let app = App::new(Router::new().route("/{name}", get(shown)));
    let expected = r#"repository:{name}:pull Bearer scope="repository:alpine:pull""#;
    assert_eq!(ask(&app, "/alpine", "repository:alpine:pull").await, accepted(expected));
}

#[cfg(test)]
mod overridden {
    use axum_scopes::testing::Overrides;

    use super::*;

    #[tokio::test]
    async fn a_principal_is_compared_with_filled_scopes() {
        let router = Router::new().route("/v2/{name}/tags", get(pull)).route("/nowhere", get(pull));
        let overrides = Overrides::<()>::new();
        let app = App::new(overrides.principal::<client>("amy".to_owned(), ["repository:alpine:push"]).apply(router));
        assert_eq!(app.get("/v2/debian/tags").await, not_enough("repository:debian:pull"));
        let granted = App::new(
            Overrides::<()>::new()
                .principal::<client>("amy".to_owned(), ["repository:alpine:pull"])
                .apply(Router::new().route("/v2/{name}/tags", get(pull))),
        );
        assert_eq!(granted.get("/v2/alpine/tags").await, accepted("amy"));
        assert_eq!(app.get("/nowhere").await.status(), 500);
    }

    #[security]
    async fn other(required: SecurityScopes) -> Result<String, AuthError> {
        required.check(&["repository:alpine:pull"])?;
        Ok("other".to_owned())
    }

    #[tokio::test]
    async fn a_replacement_fills_in_what_the_original_would() {
        let router = Router::new().route("/v2/{name}/tags", get(pull));
        let app = App::new(Overrides::<()>::new().replace::<client, other>().apply(router));
        assert_eq!(app.get("/v2/alpine/tags").await, accepted("other"));
        assert_eq!(app.get("/v2/debian/tags").await.status(), 401);
    }
}
