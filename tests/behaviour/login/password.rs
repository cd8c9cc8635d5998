//! The password grant: who gets which tokens.

use axum::body::to_bytes;
use axum_scopes::{
    Scopes,
    login::{Account, Outcome},
};
use axum_scopes_test_support::logged;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use super::{
    service::{ISSUER, Service, Tokens, claims, is_error, passwords, throttle},
    until,
};

#[tokio::test]
async fn a_login_is_answered_with_an_access_token_and_a_refresh_token() {
    let service = Service::new().await;
    let answer = service.log_in("amy", "secret", "me items").await;
    let json = answer.json();
    assert_eq!((json["token_type"].as_str(), json["expires_in"].as_u64()), (Some("bearer"), Some(300)));
    assert_eq!(json["scope"], "me items");
    assert_eq!((answer.header("cache-control"), answer.header("pragma")), (Some("no-store"), Some("no-cache")));
    let tokens = Tokens::of(&answer);
    assert_eq!(service.me(&tokens.access).await.text(), "1 ui [me items]");
    assert_eq!(service.outcomes(), [Outcome::LoggedIn]);
}

#[tokio::test]
async fn an_access_token_has_the_claims_of_the_profile() {
    let service = Service::new().await;
    let (first, second) = (service.tokens("amy", "me").await, service.tokens("amy", "me").await);
    let (first, second) = (claims(&first.access), claims(&second.access));
    for name in ["iss", "aud", "sub", "client_id", "iat", "exp", "jti", "sid", "scope"] {
        assert!(first.get(name).is_some(), "{name}: {first}");
    }
    assert_eq!((&first["iss"], &first["aud"], &first["sub"]), (&ISSUER.into(), &ISSUER.into(), &"1".into()));
    assert!(first["jti"] != second["jti"] && first["sid"] != second["sid"]);
}

#[tokio::test]
async fn the_key_of_an_access_token_is_published() {
    let service = Service::new().await;
    let header = service.tokens("amy", "me").await.access.split('.').next().unwrap().to_owned();
    let header: serde_json::Value = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap();
    let response = service.server.jwks();
    assert_eq!(response.headers()["content-type"], "application/json");
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    assert_eq!(body, service.keys.jwks().as_bytes());
    let jwks: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!((&jwks["keys"][0]["kid"], jwks["keys"][0].get("d")), (&header["kid"], None));
}

#[tokio::test]
async fn only_scopes_that_are_asked_allowed_and_declared_are_granted() {
    let service = Service::new().await;
    for (username, asked, granted) in [
        ("amy", "me items", "me items"),
        ("amy", "items me", "items me"),
        ("amy", "items admin nonsense", "items"),
        ("amy", "admin", ""),
        // RFC 6749 §3.3: without a scope, the default is none.
        ("amy", "", ""),
        ("amy", "orders:7", "orders:7"),
        ("amy", "orders:8", ""),
        ("amy", "orders:{id}", ""),
        ("amy", "ME", ""),
        // An administrator may also ask for less.
        ("joe", "items", "items"),
        ("joe", "admin", "admin"),
    ] {
        assert_eq!(service.tokens(username, asked).await.scope, granted, "{username} {asked}");
    }
}

#[tokio::test]
async fn a_text_of_a_template_grants_nothing() {
    let service = Service::new().await;
    let hash = passwords().hash("secret").await.unwrap();
    service.users.insert("amy", Account::new("1", hash, Scopes::from("orders:{id}")));
    for asked in ["orders:{id}", "orders:7"] {
        assert_eq!(service.tokens("amy", asked).await.scope, "", "{asked}");
    }
}

#[tokio::test]
async fn nobody_logs_in_without_the_right_password() {
    let service = Service::new().await;
    service.users.change("joe", |joe| joe.password_hash = None);
    let wrong = service.log_in("amy", "wrong", "me").await;
    is_error(&wrong, 400, "invalid_grant");
    for (username, password) in [
        ("nobody", "secret"),
        ("amy", "Secret"),
        ("amy", "secret "),
        ("AMY", "secret"),
        ("joe", "correct horse"),
        ("1", "secret"),
    ] {
        assert_eq!(service.log_in(username, password, "me").await, wrong, "{username} {password}");
    }
    assert_eq!(service.outcomes(), [Outcome::WrongPassword; 7]);
}

#[tokio::test]
async fn a_disabled_account_is_answered_like_a_wrong_password() {
    let service = Service::with(|server, store| server.throttle(throttle(store))).await;
    let wrong = service.log_in("amy", "wrong", "me").await;
    service.users.change("amy", |amy| amy.disabled = true);
    assert_eq!(service.log_in("amy", "secret", "me").await, wrong);
    assert_eq!(service.outcomes(), [Outcome::WrongPassword, Outcome::Disabled]);
    // Attempts count as well, so their number tells nothing.
    let mut answers = Vec::new();
    for _ in 0..60 {
        answers.push(service.log_in("amy", "secret", "me").await.status());
        if answers.last() == Some(&429) {
            return;
        }
    }
    panic!("{answers:?}");
}

#[tokio::test]
async fn the_subject_of_a_client_is_no_users() {
    let service = Service::new().await;
    let hash = passwords().hash("secret").await.unwrap();
    service.users.insert("amy", Account::new("client_id:reports", hash, Scopes::from("me")));
    let (answer, lines) = logged(service.log_in("amy", "secret", "me")).await;
    is_error(&answer, 500, "server_error");
    assert!(lines[0].contains("the subject of an account begins with `client_id:`"), "{lines:?}");
    assert_eq!(service.outcomes(), [Outcome::Failed]);
}

/// Of another library, with more memory and fewer iterations.
const OUTDATED: &str = "$argon2id$v=19$m=65536,t=1,p=1$c29tZXNhbHQ$9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg";

#[tokio::test]
async fn an_outdated_hash_is_replaced_at_a_login() {
    let service = Service::new().await;
    service.users.insert("ann", Account::new("3", OUTDATED, Scopes::from("me")));
    is_error(&service.log_in("ann", "wrong", "me").await, 400, "invalid_grant");
    assert_eq!(service.users.hash_of("ann").as_deref(), Some(OUTDATED));
    Tokens::of(&service.log_in("ann", "password", "me").await);
    let hash = service.users.hash_of("ann").unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{hash}");
    Tokens::of(&service.log_in("ann", "password", "me").await);
    assert_eq!(service.users.hash_of("ann"), Some(hash));
}

#[tokio::test]
async fn logins_at_the_same_time_may_all_replace_an_outdated_hash() {
    let service = Service::new().await;
    service.users.insert("ann", Account::new("3", OUTDATED, Scopes::from("me")));
    let logins = (0..6).map(|_| service.log_in("ann", "password", "me"));
    for answer in futures_util::future::join_all(logins).await {
        Tokens::of(&answer);
    }
}

#[tokio::test]
async fn attempts_are_throttled_before_the_account_is_looked_up() {
    let service = Service::with(|server, store| server.throttle(throttle(store))).await;
    for name in ["amy", "nobody"] {
        let mut throttled = None;
        for attempt in 0..60 {
            let answer = service.log_in(name, "wrong", "me").await;
            if answer.status() == 429 {
                assert!(attempt >= 5, "{name} has no attempts of its own");
                throttled = Some(answer);
                break;
            }
            is_error(&answer, 400, "invalid_grant");
        }
        let throttled = throttled.expect("no attempt was throttled");
        is_error(&throttled, 429, "temporarily_unavailable");
        let seconds: u32 = throttled.header("retry-after").unwrap().parse().unwrap();
        assert!(seconds >= 1, "{seconds}");
        let asked = service.users.asked.lock().unwrap().len();
        // The way in which the name is written does not matter, and the right password neither.
        let again = service.log_in(&format!(" {} ", name.to_uppercase()), "secret", "me").await;
        assert_eq!(again.status(), 429);
        assert_eq!(service.users.asked.lock().unwrap().len(), asked);
        assert_eq!(service.outcomes().last(), Some(&Outcome::Throttled));
    }
}

#[tokio::test]
async fn a_device_that_has_logged_in_has_a_number_of_its_own() {
    let service = Service::with(|server, store| server.throttle(throttle(store))).await;
    let answer = service.log_in("amy", "secret", "me").await;
    let cookie = answer.header("set-cookie").unwrap().to_owned();
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    let (name, value) = pair.split_once('=').unwrap();
    assert_eq!(name, "__Host-known-device");
    assert_eq!(attributes, "Path=/; Max-Age=15552000; HttpOnly; Secure; SameSite=Strict");
    until(async || service.log_in("amy", "wrong", "me").await.status() == 429).await;
    let form = [("grant_type", "password"), ("username", "amy"), ("password", "secret")];
    assert_eq!(service.post(&form).await.status(), 429);
    Tokens::of(&service.post(&form).cookie(name, value).await);
    assert_eq!(service.post(&form).cookie(name, "guessed").await.status(), 429);
}

/// A form of another site logs the browser in as somebody else, so that the device would be unknown for its own user.
#[tokio::test]
async fn a_form_of_another_site_does_not_replace_the_cookie_of_a_device() {
    let service = Service::with(|server, store| server.throttle(throttle(store))).await;
    let form = [("grant_type", "password"), ("username", "amy"), ("password", "secret")];
    for (site, mode, is_set) in [
        ("cross-site", "navigate", false),
        ("cross-site", "cors", false),
        ("same-site", "navigate", false),
        ("same-site", "cors", true),
        ("same-origin", "cors", true),
        ("same-origin", "navigate", true),
    ] {
        let call = service.post(&form).header("sec-fetch-site", site).header("sec-fetch-mode", mode);
        let answer = call.await;
        assert_eq!((answer.status(), answer.header("set-cookie").is_some()), (200, is_set), "{site} {mode}");
    }
}

#[tokio::test]
async fn a_client_without_the_refresh_grant_gets_no_refresh_token() {
    let service = Service::new().await;
    let form = [("grant_type", "password"), ("username", "amy"), ("password", "secret"), ("scope", "me")];
    let answer = service.post(&[&form[..], &[("client_id", "kiosk")]].concat()).await;
    let tokens = Tokens::of(&answer);
    assert_eq!(answer.json().get("refresh_token"), None);
    assert_eq!(service.me(&tokens.access).await.text(), "1 kiosk [me]");
    // Its session ends like any other.
    assert_eq!(service.sessions.end_all("1", None).await.unwrap(), 1);
    assert_eq!(service.me(&tokens.access).await.status(), 401);
}
