//! What is configured wrong is said, and passwords that everybody knows are for this machine alone.

use super::Folder;
use crate::{app::App, config::Config};

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
