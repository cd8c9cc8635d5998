//! What is told of a login, and what never is.

use std::time::Duration;

use axum_scopes::login::{ClientAddress, Event, Outcome, store::Limit};
use axum_scopes_test_support::logged;

use super::service::{SECRET, Service, Tokens, throttle};

#[tokio::test]
async fn an_event_says_who_and_where_and_nothing_that_was_typed() {
    let service = Service::new().await;
    let tokens = service.tokens("amy", "me").await;
    service.log_in("amy", "hunter2", "me").await;
    service.log_in("nobody\r\nFORGED", "hunter2", "me").await;
    service.post(&[("grant_type", "client_credentials"), ("client_id", "no\r\none")]).await;
    service.post(&[("grant_type", "client_credentials")]).basic("reports", "hunter2").await;
    service.post(&[("grant_type", "client_credentials")]).basic("reports", SECRET).await;
    let events = service.events.lock().unwrap().clone();
    let known: Vec<_> = events
        .iter()
        .map(|event| (event.outcome.as_str(), event.subject.as_deref(), event.client_id.as_deref()))
        .collect();
    assert_eq!(
        known,
        [
            ("logged_in", Some("1"), Some("ui")),
            ("wrong_password", Some("1"), Some("ui")),
            ("wrong_password", None, Some("ui")),
            ("client_refused", None, None),
            ("client_refused", None, Some("reports")),
            ("client_token", None, Some("reports")),
        ]
    );
    let sessions: Vec<_> = events.iter().map(|event| event.session.map(|id| id.to_string())).collect();
    assert_eq!(sessions[0].as_deref(), super::service::claims(&tokens.access)["sid"].as_str());
    assert!(sessions[1..5].iter().all(Option::is_none) && sessions[5].is_some());
}

#[tokio::test]
async fn each_event_is_a_line_of_the_log_without_secrets() {
    let service = Service::new().await;
    let form = [("grant_type", "password"), ("username", "amy"), ("password", "secret"), ("scope", "me")];
    let (answer, lines) = logged(service.post(&form)).await;
    let tokens = Tokens::of(&answer);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(
        lines[0].starts_with("INFO login outcome=\"logged_in\" subject=\"1\" client_id=\"ui\" session="),
        "{lines:?}"
    );
    let (_, more) = logged(async {
        service.log_in("amy", "hunter2", "me").await;
        service.log_in("no\r\none", "hunter2", "me").await;
        let next = Tokens::of(&service.refresh(&tokens.refresh).await);
        Tokens::of(&service.refresh(&next.refresh).await);
        service.refresh(&tokens.refresh).await;
        service.revoke(&tokens.access).await;
        service.post(&[("grant_type", "client_credentials")]).basic("reports", "hunter2").await;
        service.store.down.set(true);
        service.log_in("amy", "secret", "me").await;
    })
    .await;
    let text = [lines, more].concat().join("\n");
    for secret in ["hunter2", "one", "secret\"", &tokens.refresh, &tokens.access, SECRET] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    for line in [
        "INFO login outcome=\"wrong_password\"",
        "WARN login outcome=\"refresh_reused\"",
        "DEBUG login outcome=\"refreshed\"",
        "ERROR a store cannot be asked",
        "WARN login outcome=\"store_unavailable\"",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

#[tokio::test]
async fn a_revocation_tells_the_user_and_no_client_as_one() {
    let service = Service::new().await;
    let (user, form) = (service.tokens("amy", "me").await, [("grant_type", "client_credentials")]);
    let client = Tokens::of(&service.post(&form).basic("reports", SECRET).await);
    service.outcomes();
    service.revoke(&user.access).await;
    service.app.post("/revoke").basic("reports", SECRET).form(&[("token", &client.access)]).await;
    let events = service.events.lock().unwrap().clone();
    let known = |event: &Event| (event.outcome, event.subject.clone(), event.client_id.clone());
    let told: Vec<_> = events.iter().map(known).collect();
    let ended = |subject: Option<&str>, client: &str| {
        (Outcome::SessionEnded, subject.map(str::to_owned), Some(client.to_owned()))
    };
    assert_eq!(told, [ended(Some("1"), "ui"), ended(None, "reports")]);
}

#[tokio::test]
async fn the_attempts_of_an_address_are_told_and_limited() {
    let addresses = ClientAddress::x_forwarded_for([]).unwrap().from_any_peer();
    let limit = Limit { burst: 2, period: Duration::from_secs(3_600) };
    let service =
        Service::with(|server, store| server.throttle(throttle(store).address(limit)).client_address(addresses)).await;
    let attempts = [("192.0.2.1", 400), ("192.0.2.1", 400), ("192.0.2.1", 429), ("192.0.2.2", 400)];
    let form = [("grant_type", "password"), ("username", "amy"), ("password", "wrong")];
    for (address, status) in attempts {
        assert_eq!(service.post(&form).header("x-forwarded-for", address).await.status(), status, "{address}");
    }
    let told: Vec<_> = service.events.lock().unwrap().iter().map(|event| event.address.unwrap().to_string()).collect();
    assert_eq!(told, attempts.map(|(address, _)| address));
}

#[test]
fn requests_show_nothing_of_themselves() {
    let service = format!("{:?}", axum_scopes::login::Client::public("app"));
    assert!(service.contains("app"));
}
