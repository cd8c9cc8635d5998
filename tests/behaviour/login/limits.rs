//! What a token is worth at most: scopes and time.

use std::time::Duration;

use axum_scopes::{
    Flows, OAuth2Scheme, Scopes,
    login::{AccessTokens, AuthorizationServer, Outcome, PersonalTokens, store::MemoryStore},
    scheme::ErrorStyle,
};
use axum_scopes_test_support::App;

use super::service::{Api, ISSUER, Service, Tokens, claims, is_error, passwords};

/// Who may do everything may ask for any number of names.
#[derive(Clone)]
struct Wide;

impl OAuth2Scheme for Wide {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = Api::SCOPES;
    const IMPLIES: &[(&str, &[&str])] = &[("admin", &["orders:{id}"])];
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

fn orders(numbers: usize) -> String {
    (1000..1000 + numbers).map(|number| format!("orders:{number} ")).collect()
}

/// Stores keep 8 KiB of scopes, and a token with more of them is too large for those who verify it.
#[tokio::test]
async fn nobody_gets_more_scopes_than_stores_keep() {
    let service = Service::<Wide>::of(|server, _| server).await;
    let form =
        |scope| [("grant_type", "password"), ("username", "joe"), ("password", "correct horse"), ("scope", scope)];
    let many = format!("{:8192}", orders(682));
    let too_many = format!("{many} ");
    let tokens = Tokens::of(&service.post(&form(&many)).await);
    assert_eq!(tokens.scope.len(), 682 * 12 - 1);
    // It is not too large.
    assert_eq!(service.me(&tokens.access).await.json()["error"], "insufficient_scope");
    is_error(&service.post(&form(&too_many)).await, 400, "invalid_scope");
    is_error(&service.refresh_with(&tokens.refresh, &[("scope", &too_many)]).await, 400, "invalid_scope");
    assert_eq!(service.sessions.of("2").await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_personal_token_has_no_scope_that_its_owner_lacks() {
    let personal = PersonalTokens::new(MemoryStore::default(), "acme_");
    let service = Service::with(|server, _| server.personal_tokens(personal.clone())).await;
    let make = async |subject: &str, scope: &str| {
        let made = service.server.create_personal_token(subject, "script", &Scopes::from(scope), None).await;
        made.map(|made| made.token().scope.to_string()).map_err(|error| error.status().as_u16())
    };
    for scope in ["admin", "me admin", "orders:8", "orders:{id}", "nonsense", "ME", &orders(1000)] {
        assert_eq!(make("1", scope).await, Err(400), "{scope}");
    }
    service.users.change("joe", |joe| joe.disabled = true);
    for subject in ["2", "3", "client_id:reports"] {
        assert_eq!(make(subject, "me").await, Err(400), "{subject}");
    }
    assert_eq!(service.outcomes(), [Outcome::RequestRefused; 10]);
    assert_eq!(personal.list("1").await.unwrap(), []);
    assert_eq!(make("1", "orders:7 me").await.as_deref(), Ok("orders:7 me"));
    service.users.change("joe", |joe| joe.disabled = false);
    assert_eq!(make("2", "items").await.as_deref(), Ok("items"));
}

#[tokio::test]
async fn no_access_token_outlives_its_session() {
    let service = Service::new().await;
    let sessions = service.sessions.clone().lifetimes(Duration::from_secs(30), Duration::from_secs(30));
    let tokens = AccessTokens::new(service.keys.clone(), ISSUER, ISSUER);
    let server = AuthorizationServer::<Api>::new(service.users.clone(), passwords(), sessions, tokens);
    let app = App::new(server.routes::<()>());
    let form = [("grant_type", "password"), ("username", "amy"), ("password", "secret"), ("scope", "me")];
    let mut answer = app.post("/token").form(&form).await;
    for _ in 0..2 {
        let (tokens, lifetime) = (Tokens::of(&answer), answer.json()["expires_in"].as_u64().unwrap());
        let claims = claims(&tokens.access);
        assert_eq!(claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap(), lifetime);
        assert!((20..=30).contains(&lifetime), "{lifetime}");
        answer = app.post("/token").form(&[("grant_type", "refresh_token"), ("refresh_token", &tokens.refresh)]).await;
    }
}

fn without_clients(service: &Service) -> AuthorizationServer<Api> {
    let tokens = AccessTokens::new(service.keys.clone(), ISSUER, ISSUER);
    AuthorizationServer::new(service.users.clone(), passwords(), service.sessions.clone(), tokens)
}

#[tokio::test]
async fn the_metadata_names_ways_to_authenticate_only_if_there_are_clients() {
    let service = Service::new().await;
    let methods = async |server: &AuthorizationServer<Api>| {
        let answer = App::new(server.routes::<()>()).get("/.well-known/oauth-authorization-server").await;
        let json = answer.json();
        assert_eq!(json["token_endpoint_auth_methods_supported"], json["revocation_endpoint_auth_methods_supported"]);
        json["token_endpoint_auth_methods_supported"].to_string()
    };
    assert_eq!(methods(&service.server).await, r#"["client_secret_basic","client_secret_post","none"]"#);
    assert_eq!(methods(&without_clients(&service)).await, r#"["none"]"#);
}

#[tokio::test]
async fn debug_shows_of_a_server_what_it_has() {
    let service = Service::new().await;
    let shown = format!("{:?}", without_clients(&service));
    assert!(shown.starts_with("AuthorizationServer { scheme: "), "{shown}");
    assert!(shown.ends_with("clients: false, throttle: false, .. }"), "{shown}");
    assert!(format!("{:?}", service.server).contains("clients: true"), "{:?}", service.server);
}
