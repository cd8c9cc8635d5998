//! What is configured wrong is said, and passwords that everybody knows are for this machine alone.

use super::Folder;
use axum_scopes_test_support::App as Client;

use crate::{app::App, commands, config::Config, routes};

fn config(variables: &[(&str, &str)]) -> Result<Config, String> {
    Config::from_env(&|name| Some(variables.iter().find(|(known, _)| *known == name)?.1.to_owned()))
}

#[test]
fn what_is_configured_wrong_is_said() {
    for (name, value, expected) in [
        ("PUBLIC_URL", "api.example.com", "is no URL"),
        ("PUBLIC_URL", "https://", "is not just an origin"),
        ("PUBLIC_URL", "https://api.example.com/", "is not just an origin"),
        ("PUBLIC_URL", "https://amy@api.example.com", "is not just an origin"),
        ("PUBLIC_URL", "http://api.example.com", "does not begin with https://"),
        ("PUBLIC_URL", "ftp://127.0.0.1", "does not begin with https://"),
        ("LISTEN", "0.0.0.0:8000", "so PUBLIC_URL has to say the origin"),
        ("ACCESS_TOKEN_SECONDS", "0", "is not a number above zero"),
        ("ACCESS_TOKEN_SECONDS", "3601", "is more than 3600"),
        ("LOG_FORMAT", "JSON", "is neither `text` nor `json`"),
        ("LOGIN_ATTEMPTS", "many", "is not a number above zero"),
        ("TRUSTED_PROXIES", "proxy.internal", "which has no address or network"),
    ] {
        let error = config(&[(name, value)]).err().unwrap();
        assert!(error.contains(expected), "{name}={value}: {error}");
    }
}

#[test]
fn a_service_is_for_this_machine_if_its_address_and_its_name_are() {
    for (listen, public_url, expected) in [
        ("127.0.0.1:8000", "http://127.0.0.1:8000", true),
        ("[::1]:8000", "http://[::1]:8000", true),
        ("localhost:8000", "https://localhost", true),
        ("127.0.0.1:8000", "https://api.example.com", false),
        ("0.0.0.0:8000", "http://localhost:8000", false),
        ("[::]:8000", "http://localhost:8000", false),
        ("127.0.0.1.example.com:80", "http://localhost:8000", false),
    ] {
        let config = config(&[("LISTEN", listen), ("PUBLIC_URL", public_url)]).unwrap();
        assert_eq!(config.is_for_this_machine(), expected, "{listen} {public_url}");
    }
}

#[test]
fn a_service_behind_a_proxy_is_not_for_this_machine() {
    for proxies in ["127.0.0.1", "::1", "10.0.0.0/8"] {
        assert!(!config(&[("TRUSTED_PROXIES", proxies)]).unwrap().is_for_this_machine(), "{proxies}");
    }
}

/// Nginx on the same machine, say, and nobody has told the service.
#[tokio::test]
async fn what_comes_through_a_proxy_does_not_reach_a_service_for_this_machine() {
    let folder = Folder::new();
    let local = Client::new(routes::router(App::start(folder.config(&[]).unwrap()).await.unwrap()).unwrap());
    let public = [("PUBLIC_URL", "https://api.example.com")];
    let other = Folder::new();
    let public = Client::new(routes::router(App::start(other.config(&public).unwrap()).await.unwrap()).unwrap());
    for (name, value, expected) in [
        ("host", "127.0.0.1:8000", 200),
        ("host", "localhost", 200),
        ("host", "[::1]:8000", 200),
        ("host", "api.example.com", 421),
        ("host", "localhost.example.com", 421),
        ("host", "192.168.0.7:8000", 421),
        ("x-forwarded-for", "192.0.2.1", 421),
        ("forwarded", "for=192.0.2.1", 421),
        ("x-real-ip", "192.0.2.1", 421),
        ("via", "1.1 proxy", 421),
    ] {
        assert_eq!(local.get("/docs").header(name, value).await.status(), expected, "{name}: {value}");
        assert_eq!(public.get("/docs").header(name, value).await.status(), 200, "{name}: {value}");
    }
    // As HTTP/2 says it.
    assert_eq!(local.get("http://localhost:8000/docs").await.status(), 200);
    assert_eq!(local.get("http://api.example.com/docs").await.status(), 421);
}

/// A shell has the settings of this machine, unless somebody says otherwise.
#[tokio::test]
async fn a_command_adds_no_users_whose_passwords_everybody_knows() {
    let folder = Folder::new();
    let local = folder.config(&[]).unwrap();
    commands::add_user(&local, "amy", "me", &mut "correct horse battery\n".as_bytes()).await.unwrap();
    let short = commands::add_user(&local, "bob", "me", &mut "eleven char\n".as_bytes()).await.unwrap_err();
    assert!(short.contains("less than 12 characters"), "{short}");
    let unknown = commands::disable_user(local, "nobody").await.unwrap_err();
    assert!(unknown.contains("no user `nobody`"), "{unknown}");
    let app = App::start(folder.config(&[]).unwrap()).await.unwrap();
    assert_eq!(app.users.count().await.unwrap(), 1);
}

#[tokio::test]
async fn passwords_that_everybody_knows_let_nobody_in_who_comes_from_elsewhere() {
    let (folder, log_in) =
        (Folder::new(), [("username", "johndoe"), ("password", "secret"), ("grant_type", "password")]);
    let app = App::start(folder.config(&[("PUBLIC_URL", "https://api.example.com")]).unwrap()).await.unwrap();
    let client = Client::new(routes::router(app).unwrap());
    // Somebody tries the service on this machine, and the database is the same.
    let local = App::start(folder.config(&[]).unwrap()).await.unwrap();
    assert_eq!(Client::new(routes::router(local).unwrap()).post("/token").form(&log_in).await.status(), 200);
    assert_eq!(client.post("/token").form(&log_in).await.status(), 400);
}

#[tokio::test]
async fn users_whose_passwords_everybody_knows_are_only_on_this_machine() {
    let folder = Folder::new();
    let public = [("LISTEN", "0.0.0.0:8000"), ("PUBLIC_URL", "https://api.example.com")];
    let app = App::start(folder.config(&public).unwrap()).await.unwrap();
    assert_eq!(app.users.count().await.unwrap(), 0);
    app.store.close().await;

    let app = App::start(folder.config(&[]).unwrap()).await.unwrap();
    assert_eq!(app.users.count().await.unwrap(), 2);
    app.store.close().await;

    let refused = App::start(folder.config(&public).unwrap()).await.err().unwrap();
    assert!(refused.contains("user `johndoe` of the tutorial, whose password is published"), "{refused}");
}
