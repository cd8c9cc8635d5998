//! A login accepts the right password, refuses a wrong one like an unknown user, and answers 503 at a full queue.

use axum::routing::post;
use axum_scopes::{
    login::{OAuth2PasswordRequestForm, TokenResponse},
    password::{PasswordPolicy, Passwords},
};
use axum_scopes_test_support::Call;
use axum_scopes_tests::prelude::*;

#[derive(Clone)]
struct Service {
    passwords: Passwords,
    /// The hash of the only user, `joe`.
    hash: String,
}

async fn login(State(service): State<Service>, form: OAuth2PasswordRequestForm) -> Result<TokenResponse, AuthError> {
    let stored = (form.username == "joe").then_some(service.hash.as_str());
    if !service.passwords.verify(&form.password, stored).await?.is_accepted() {
        return Err(AuthError::bad_request("Incorrect username or password"));
    }
    Ok(TokenResponse::bearer("token"))
}

/// A service whose user has the password `correct horse`.
async fn app(policy: PasswordPolicy) -> App {
    let passwords = Passwords::new(policy);
    let hash = passwords.hash("correct horse").await.unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    App::new(Router::new().route("/token", post(login)).with_state(Service { passwords, hash }))
}

/// A login with a name and a password that are encoded already.
fn log_in(app: &App, username: &str, password: &str) -> Call {
    app.post("/token").encoded_form(format!("username={username}&password={password}"))
}

#[tokio::test]
async fn only_the_right_password_is_accepted() {
    let app = app(PasswordPolicy::default()).await;
    let token = r#"{"access_token":"token","token_type":"bearer"}"#;
    assert_eq!(log_in(&app, "joe", "correct+horse").await, (200, None, token));
    let refused = (400, None, r#"{"detail":"Incorrect username or password"}"#);
    let (longest, longer) = ("x".repeat(Passwords::MAX_LEN), "x".repeat(Passwords::MAX_LEN + 1));
    for (username, password) in [
        ("joe", "correct"),
        ("joe", "correct+horse+"),
        ("joe", "Correct+horse"),
        ("joe", "correct+horse%00"),
        ("joe", &longest),
        ("joe", &longer),
        ("ann", "correct+horse"),
        ("JOE", "correct+horse"),
        ("ann", &longer),
    ] {
        assert_eq!(log_in(&app, username, password).await, refused, "{username}");
    }
}

#[tokio::test]
async fn a_stored_hash_that_cannot_be_read_lets_nobody_in() {
    let passwords = Passwords::default();
    for hash in
        ["", "correct horse", "$argon2id$", "$2b$12$abc", "$argon2id$v=19$m=4294967295,t=2,p=1$AAAAAAAAAAA$AAAA"]
    {
        let service = Service { passwords: passwords.clone(), hash: hash.to_owned() };
        let app = App::new(Router::new().route("/token", post(login)).with_state(service));
        assert_eq!(log_in(&app, "joe", "correct+horse").await.status(), 400, "{hash}");
    }
}

#[tokio::test]
async fn a_login_at_a_full_queue_is_told_to_come_back() {
    let app = app(PasswordPolicy::default().concurrency(1).queue(1)).await;
    let logins: Vec<_> = (0..16).map(|_| tokio::spawn(log_in(&app, "joe", "correct+horse").into_future())).collect();
    let (mut accepted, mut busy) = (0, 0);
    for login in logins {
        let answer = login.await.unwrap();
        if answer.status() == 200 {
            accepted += 1;
            continue;
        }
        busy += 1;
        assert_eq!(answer, (503, None, r#"{"detail":"Service Unavailable"}"#));
        assert_eq!(answer.header("retry-after"), Some("1"));
    }
    // One login is hashed and one waits, while the others arrive within microseconds.
    assert!(accepted >= 2 && busy >= 1, "{accepted} accepted, {busy} busy");
    // The queue is empty again.
    assert_eq!(log_in(&app, "joe", "correct+horse").await.status(), 200);
}
