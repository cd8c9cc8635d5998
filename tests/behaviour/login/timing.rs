//! Nobody can tell by the time whether there is an account.

use std::{ops::RangeInclusive, time::Instant};

use axum_scopes::{
    Scopes,
    login::Account,
    password::{PasswordPolicy, Passwords},
};

use super::service::{Api, Service, as_in_production};

/// How often logins are measured at least, and at most, on a busy machine.
const ROUNDS: RangeInclusive<usize> = 10..=200;

async fn service() -> Service {
    Service::<Api>::hashing(Passwords::new(as_in_production()), |server, _| server).await
}

/// Measures logins that are refused, each with a name and a password, until their shortest times are `right`. What else the machine does
/// only makes the others longer.
async fn measure<const N: usize>(service: &Service, logins: [(&str, &str); N], right: impl Fn([f64; N]) -> bool) {
    let mut shortest = [f64::INFINITY; N];
    for round in 1..=*ROUNDS.end() {
        for ((name, password), shortest) in logins.iter().zip(&mut shortest) {
            let start = Instant::now();
            assert_eq!(service.log_in(name, password, "me").await.status(), 400);
            *shortest = shortest.min(start.elapsed().as_secs_f64());
        }
        if ROUNDS.contains(&round) && right(shortest) {
            return;
        }
    }
    panic!("{shortest:?}");
}

#[tokio::test]
async fn an_unknown_account_takes_as_long_as_a_known_one() {
    let service = service().await;
    service.users.change("joe", |joe| joe.password_hash = None);
    let hash = service.users.hash_of("amy");
    service
        .users
        .insert("ann", Account { password_hash: hash, disabled: true, ..Account::new("3", "", Scopes::new()) });
    // Known, unknown, without a password, disabled, and no name at all.
    let logins = ["amy", "nobody", "joe", "ann", "no\0body"].map(|name| (name, "wrong"));
    measure(&service, logins, |times| times.iter().all(|time| (time / times[0] - 1.0).abs() < 0.05)).await;
}

/// The hash of somebody who logs in is replaced if it is outdated. For a disabled account, that would tell that the password is right.
#[tokio::test]
async fn the_right_password_of_a_disabled_account_takes_as_long_as_a_wrong_one() {
    let service = service().await;
    // It is outdated, and takes as long as a new one.
    let outdated = Passwords::new(PasswordPolicy::new(9_216, 4, 1).unwrap()).hash("secret").await.unwrap();
    service.users.change("amy", |amy| {
        amy.disabled = true;
        amy.password_hash = Some(outdated);
    });
    measure(&service, [("amy", "secret"), ("amy", "wrong")], |[right, wrong]| right < wrong * 1.15).await;
}
