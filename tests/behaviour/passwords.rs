//! A login: right, wrong and unknown are two answers, and a full queue is a third.

use axum::{body::Body, response::IntoResponse, routing::post};
use axum_scopes::{OAuth2PasswordRequestForm, PasswordPolicy, Passwords, TokenResponse};
use axum_scopes_tests::{prelude::*, send};

#[derive(Clone)]
struct App {
    passwords: Passwords,
    /// That of the only user, `joe`.
    hash: String,
}

async fn login(State(app): State<App>, form: OAuth2PasswordRequestForm) -> Result<TokenResponse, AuthError> {
    let stored = (form.username == "joe").then_some(app.hash.as_str());
    if !app.passwords.verify(&form.password, stored).await?.is_accepted() {
        return Err(AuthError::bad_request("Incorrect username or password"));
    }
    Ok(TokenResponse::bearer("token"))
}

/// With a hash of `correct horse`.
async fn app(policy: PasswordPolicy) -> Router {
    let passwords = Passwords::new(policy);
    let hash = passwords.hash("correct horse").await.unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    Router::new().route("/token", post(login)).with_state(App { passwords, hash })
}

fn form(username: &str, password: &str) -> Request {
    let request = Request::post("/token").header("content-type", "application/x-www-form-urlencoded");
    request.body(Body::from(format!("username={username}&password={password}"))).unwrap()
}

#[tokio::test]
async fn only_the_right_password_is_accepted() {
    let app = app(PasswordPolicy::default()).await;
    let token = r#"{"access_token":"token","token_type":"bearer"}"#;
    assert_eq!(send(&app, form("joe", "correct+horse")).await, (200, None, token.to_owned()));
    let refused = (400, None, r#"{"detail":"Incorrect username or password"}"#.to_owned());
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
        assert_eq!(send(&app, form(username, password)).await, refused, "{username}");
    }
}

#[tokio::test]
async fn a_stored_hash_that_cannot_be_read_lets_nobody_in() {
    let passwords = Passwords::default();
    for hash in
        ["", "correct horse", "$argon2id$", "$2b$12$abc", "$argon2id$v=19$m=4294967295,t=2,p=1$AAAAAAAAAAA$AAAA"]
    {
        let app = App { passwords: passwords.clone(), hash: hash.to_owned() };
        let app = Router::new().route("/token", post(login)).with_state(app);
        assert_eq!(send(&app, form("joe", "correct+horse")).await.0, 400, "{hash}");
    }
}

#[tokio::test]
async fn past_a_full_queue_a_login_is_told_to_come_back() {
    let app = app(PasswordPolicy::default().concurrency(1).queue(1)).await;
    let logins: Vec<_> =
        (0..16).map(|_| tokio::spawn(tower::ServiceExt::oneshot(app.clone(), form("joe", "correct+horse")))).collect();
    let (mut accepted, mut busy) = (0, 0);
    for login in logins {
        let response = login.await.unwrap().unwrap().into_response();
        if response.status() == 200 {
            accepted += 1;
            continue;
        }
        busy += 1;
        assert_eq!((response.status().as_u16(), &response.headers()["retry-after"]), (503, &"1".parse().unwrap()));
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        assert_eq!(body, r#"{"detail":"Service Unavailable"}"#);
    }
    // One is hashed and one waits, while the others come within microseconds.
    assert!(accepted >= 2 && busy >= 1, "{accepted} accepted, {busy} busy");
    // The queue is empty again.
    assert_eq!(send(&app, form("joe", "correct+horse")).await.0, 200);
}
