//! Change of password and logout.

use std::{sync::Arc, time::Duration};

use axum_scopes::{
    credential::Password,
    login::{Account, Outcome, store::SessionId},
    password::Passwords,
};

use super::{
    service::{Service, Tokens, claims, is_error, passwords, throttle},
    until,
};

fn sid(tokens: &Tokens) -> SessionId {
    SessionId::parse(claims(&tokens.access)["sid"].as_str().unwrap()).unwrap()
}

async fn change(service: &Service, old: &str, new: &str, keep: Option<SessionId>) -> Result<(), u16> {
    let (old, new) = (Password::from(old), Password::from(new));
    service.server.change_password("1", &old, &new, keep).await.map_err(|error| error.status().as_u16())
}

#[tokio::test]
async fn a_change_of_password_ends_all_sessions_but_the_one_it_comes_from() {
    let service = Service::new().await;
    let (here, elsewhere) = (service.tokens("amy", "me").await, service.tokens("amy", "me").await);
    let joe = service.tokens("joe", "me").await;
    service.outcomes();
    change(&service, "secret", "a better secret", Some(sid(&here))).await.unwrap();
    assert_eq!(service.outcomes(), [Outcome::PasswordChanged]);
    assert_eq!(service.me(&elsewhere.access).await.status(), 401);
    is_error(&service.refresh(&elsewhere.refresh).await, 400, "invalid_grant");
    for access in [&here.access, &joe.access] {
        assert_eq!(service.me(access).await.status(), 200);
    }
    Tokens::of(&service.refresh(&here.refresh).await);
    is_error(&service.log_in("amy", "secret", "me").await, 400, "invalid_grant");
    Tokens::of(&service.log_in("amy", "a better secret", "me").await);
}

#[tokio::test]
async fn a_password_is_changed_only_by_who_knows_it() {
    let service = Service::new().await;
    let tokens = service.tokens("amy", "me").await;
    let hash = service.users.hash_of("amy");
    service.outcomes();
    assert_eq!(change(&service, "wrong", "new", None).await, Err(400));
    assert_eq!(change(&service, "secret", "", None).await, Err(400));
    // One that is too long is refused before the old one is compared.
    assert_eq!(change(&service, "wrong", &"x".repeat(Passwords::MAX_LEN + 1), None).await, Err(400));
    assert_eq!(change(&service, "wrong", &"x".repeat(Passwords::MAX_LEN), None).await, Err(400));
    service.users.change("amy", |amy| amy.disabled = true);
    assert_eq!(change(&service, "secret", "new", None).await, Err(400));
    let (wrong, refused) = (Outcome::WrongPassword, Outcome::RequestRefused);
    assert_eq!(service.outcomes(), [wrong, refused, refused, wrong, wrong]);
    assert_eq!(service.users.hash_of("amy"), hash);
    assert_eq!(service.me(&tokens.access).await.status(), 200);
}

#[tokio::test]
async fn guesses_of_the_old_password_are_throttled_and_do_not_lock_the_login() {
    let service = Service::with(|server, store| server.throttle(throttle(store))).await;
    let mut last = Ok(());
    for _ in 0..60 {
        last = change(&service, "wrong", "new", None).await;
        if last == Err(429) {
            break;
        }
    }
    assert_eq!(last, Err(429));
    Tokens::of(&service.log_in("amy", "secret", "me").await);
}

/// The changes of a password are counted under a name with NUL. Whoever logs in with that name is counted elsewhere.
#[tokio::test]
async fn nobody_uses_up_the_attempts_of_another_user_to_change_the_password() {
    let service = Service::with(|server, store| server.throttle(throttle(store))).await;
    for name in ["\x001", "\0", " \x001 "] {
        until(async || service.log_in(name, "wrong", "me").await.status() == 429).await;
    }
    change(&service, "secret", "a better secret", None).await.unwrap();
}

#[tokio::test]
async fn nothing_is_changed_while_the_sessions_cannot_be_ended() {
    let service = Service::new().await;
    let tokens = service.tokens("amy", "me").await;
    service.store.down.set(true);
    assert_eq!(change(&service, "secret", "new", None).await, Err(503));
    service.store.down.set(false);
    Tokens::of(&service.log_in("amy", "secret", "me").await);
    assert_eq!(service.me(&tokens.access).await.status(), 200);
}

/// A login that has compared the old password begins its session after all sessions were ended.
#[tokio::test]
async fn a_login_with_the_old_password_does_not_outlive_the_change() {
    let changed = passwords().hash("another secret").await.unwrap();
    let changes: [fn(&mut Account, String); 3] = [
        |amy, _| amy.disabled = true,
        |amy, _| amy.password_hash = None,
        |amy, changed| amy.password_hash = Some(changed),
    ];
    for change in changes {
        let service = Arc::new(Service::new().await);
        // The session begins late.
        *service.store.slow.lock().unwrap() = Duration::from_millis(400);
        let login = tokio::spawn({
            let service = Arc::clone(&service);
            async move { service.log_in("amy", "secret", "me").await }
        });
        // By now the password is compared, and the session is about to begin.
        service.store.begins().await;
        service.users.change("amy", |amy| change(amy, changed.clone()));
        *service.store.slow.lock().unwrap() = Duration::ZERO;
        is_error(&login.await.unwrap(), 400, "invalid_grant");
        assert_eq!(service.outcomes(), [Outcome::WrongPassword]);
        assert_eq!(service.sessions.of("1").await.unwrap(), []);
    }
}

#[tokio::test]
async fn nobody_ends_the_session_of_another_user() {
    let service = Service::new().await;
    let (amy, joe) = (service.tokens("amy", "me").await, service.tokens("joe", "me").await);
    service.outcomes();
    service.server.end_session("1", sid(&joe)).await.unwrap();
    assert_eq!(service.server.end_sessions("1", Some(sid(&joe))).await.unwrap(), 1);
    assert_eq!(service.outcomes(), [Outcome::NothingRevoked, Outcome::SessionsEnded]);
    assert_eq!(service.me(&joe.access).await.status(), 200);
    Tokens::of(&service.refresh(&joe.refresh).await);
    assert_eq!(service.me(&amy.access).await.status(), 401);
}

#[tokio::test]
async fn a_logout_ends_one_session_or_all() {
    let service = Service::new().await;
    let (first, second, third) =
        (service.tokens("amy", "me").await, service.tokens("amy", "me").await, service.tokens("amy", "me").await);
    service.outcomes();
    service.server.end_session("1", sid(&first)).await.unwrap();
    assert_eq!(service.me(&first.access).await.status(), 401);
    assert_eq!(service.me(&second.access).await.status(), 200);
    assert_eq!(service.server.end_sessions("1", Some(sid(&third))).await.unwrap(), 1);
    assert_eq!(service.me(&second.access).await.status(), 401);
    assert_eq!(service.me(&third.access).await.status(), 200);
    assert_eq!(service.server.end_sessions("1", None).await.unwrap(), 1);
    is_error(&service.refresh(&third.refresh).await, 400, "invalid_grant");
    let told = [Outcome::SessionEnded, Outcome::SessionsEnded, Outcome::SessionsEnded, Outcome::RefreshRefused];
    assert_eq!(service.outcomes(), told);
}
