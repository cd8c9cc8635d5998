//! Whatever is sent, the answer is a token or a refusal, and never an error of the service.

use std::sync::{Arc, Mutex};

use axum_scopes::{
    OAuth2Scheme,
    error::StoreError,
    login::{Client, Clients},
    scheme::ErrorStyle,
};

use super::service::{Api, Service, Tutorial, throttle};

const HOSTILE: &[&str] = &[
    "",
    " ",
    "\0",
    "amy\0",
    "\r\n",
    "a\r\nset-cookie: x=1",
    "\u{feff}",
    "\u{202e}",
    "\u{1f4a9}",
    "ａｍｙ",
    "%",
    "%00",
    "%zz",
    "'",
    "\"",
    "' OR 1=1 --",
    "'; DROP TABLE users",
    "$argon2id$",
    "null",
    "undefined",
    "true",
    "0",
    "-1",
    "1e999",
    "NaN",
    "[]",
    "{}",
    "<script>",
    "../../etc/passwd",
    "a.b.c",
    "...",
    "eyJhbGciOiJub25lIn0.e30.",
    "client_id:reports",
    "Basic",
    "\u{7f}",
    "\u{80}",
    "a&b=c",
    "a+b",
];

fn naughty() -> Vec<String> {
    let long = ["x", "é", "\0", " ", "me ", "a.b.", "%"].map(|text| text.repeat(3000));
    HOSTILE.iter().map(|text| (*text).to_owned()).chain(long).collect()
}

#[tokio::test]
async fn no_field_with_hostile_text_causes_a_server_error() {
    refuses_hostile_text::<Api>().await;
}

#[tokio::test]
async fn no_field_with_hostile_text_causes_a_server_error_in_the_style_of_fastapi() {
    refuses_hostile_text::<Tutorial>().await;
}

async fn refuses_hostile_text<S: OAuth2Scheme + Clone>() {
    let service = Service::<S>::of(|server, store| server.throttle(throttle(store))).await;
    for text in naughty() {
        for field in ["grant_type", "username", "password", "scope", "client_id", "client_secret", "refresh_token"] {
            for grant in ["password", "refresh_token", "client_credentials"] {
                let form: Vec<_> = [
                    ("grant_type", grant),
                    ("username", "nobody"),
                    ("password", "x"),
                    ("refresh_token", "x"),
                    ("client_id", "reports"),
                    ("client_secret", "x"),
                ]
                .into_iter()
                .filter(|(name, _)| *name != field && (grant == "client_credentials" || !name.starts_with("client")))
                .chain([(field, text.as_str())])
                .collect();
                let answer = service.post(&form).await;
                assert!((400..500).contains(&answer.status()), "{field} {text:?}: {answer:?}");
                let json = answer.json();
                assert!(
                    json["error"].is_string() || (S::ERROR_STYLE == ErrorStyle::FastApi && !json["detail"].is_null())
                );
            }
        }
        for path in ["/token", "/revoke"] {
            let answer = service.app.post(path).encoded_form(text.clone()).await;
            assert!((400..500).contains(&answer.status()), "{text:?}: {answer:?}");
        }
        let revoked = service.revoke(&text).await;
        assert!([200, 400, 413].contains(&revoked.status()), "{text:?}: {revoked:?}");
        let client = service.post(&[("grant_type", "client_credentials")]).basic(&text, &text).await;
        assert!([400, 401].contains(&client.status()), "{text:?}: {client:?}");
    }
}

#[tokio::test]
async fn no_account_is_looked_up_by_a_name_that_nobody_has() {
    let service = Service::new().await;
    for name in ["amy\0", "\r\n", "a\tb", "\u{7f}", "\u{85}", &"x".repeat(257), &"é".repeat(129)] {
        assert_eq!(service.log_in(name, "secret", "me").await.status(), 400, "{name:?}");
    }
    assert!(service.users.asked.lock().unwrap().is_empty());
    service.log_in(&"é".repeat(128), "secret", "me").await;
    assert_eq!(service.users.asked.lock().unwrap().len(), 1);
}

/// A list of clients that notes what it is asked for, and has none.
#[derive(Clone, Default)]
struct Asked(Arc<Mutex<Vec<String>>>);

impl Clients for Asked {
    async fn find(&self, client_id: &str) -> Result<Option<Client>, StoreError> {
        self.0.lock().unwrap().push(client_id.to_owned());
        Ok(None)
    }
}

#[tokio::test]
async fn no_client_is_looked_up_by_a_name_that_none_has() {
    let asked = Asked::default();
    let service = Service::with(|server, _| server.clients(asked.clone())).await;
    let fits = "x".repeat(256);
    for id in ["app\0", "a\tb", "\u{7f}", "\u{e9}", &format!("{fits}x"), &fits] {
        let form = [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", "x")];
        assert_eq!(service.post(&form).await.status(), 401, "{id:?}");
    }
    assert_eq!(*asked.0.lock().unwrap(), [fits]);
}

#[tokio::test]
async fn hostile_cookies_and_proofs_are_ignored() {
    let service = Service::with(|server, store| server.throttle(throttle(store))).await;
    let form = [("grant_type", "password"), ("username", "amy"), ("password", "secret")];
    for value in ["", "=", "x=y", "\u{e9}", "a.b.c", &"x".repeat(4000)] {
        let answer = service.post(&form).cookie("__Host-known-device", value).header("dpop", "x").await;
        assert_eq!(answer.status(), 200, "{value}");
    }
    let two = service.post(&form).cookie("__Host-known-device", "x").cookie("__Host-known-device", "y").await;
    assert_eq!(two.status(), 200);
}
