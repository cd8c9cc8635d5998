//! Nobody can tell by the time whether there is an account.

use std::time::{Duration, Instant};

use axum_scopes::password::{PasswordPolicy, Passwords};
use axum_scopes_tests::median;

use super::{
    password::OUTDATED,
    service::{Api, Service},
};

/// Rounds of one measurement, and how often it is made again on a busy machine.
const ROUNDS: usize = 20;
const TRIES: usize = 12;

/// A service whose hashes cost what they do in production. They are most of what a login costs.
async fn service() -> Service {
    let policy = PasswordPolicy::new(7_168, 5, 1).unwrap();
    Service::<Api>::hashing(Passwords::new(policy), |server, _| server).await
}

/// The median times of logins that are refused, one for each name.
async fn times(service: &Service, names: &[&str]) -> Vec<f64> {
    let mut times = vec![Vec::new(); names.len()];
    for _ in 0..ROUNDS {
        for (name, times) in names.iter().zip(&mut times) {
            let start = Instant::now();
            assert_eq!(service.log_in(name, "wrong", "me").await.status(), 400);
            times.push(start.elapsed().as_secs_f64());
        }
    }
    times.into_iter().map(median).collect()
}

#[tokio::test]
async fn an_unknown_account_takes_as_long_as_a_known_one() {
    let service = service().await;
    service.users.change("joe", |joe| joe.password_hash = None);
    let hash = service.users.hash_of("amy");
    service.users.insert(
        "ann",
        axum_scopes::login::Account {
            password_hash: hash,
            disabled: true,
            ..axum_scopes::login::Account::new("3", "", axum_scopes::Scopes::new())
        },
    );
    // Known, unknown, without a password, disabled, and no name at all.
    let names = ["amy", "nobody", "joe", "ann", "no\0body"];
    let mut last = Vec::new();
    for _ in 0..TRIES {
        last = times(&service, &names).await;
        if last.iter().all(|time| (time / last[0] - 1.0).abs() < 0.05) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("{last:?}");
}

/// The hash of somebody who logs in is replaced if it is outdated. For a disabled account, that would tell that the password is right.
#[tokio::test]
async fn the_right_password_of_a_disabled_account_takes_as_long_as_a_wrong_one() {
    let service = service().await;
    service.users.change("amy", |amy| {
        amy.disabled = true;
        amy.password_hash = Some(OUTDATED.to_owned());
    });
    let mut last = (0.0, 0.0);
    for _ in 0..TRIES {
        let (mut right, mut wrong) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            for (password, times) in [("password", &mut right), ("wrong", &mut wrong)] {
                let start = Instant::now();
                assert_eq!(service.log_in("amy", password, "me").await.status(), 400);
                times.push(start.elapsed().as_secs_f64());
            }
        }
        last = (median(right), median(wrong));
        if last.0 < last.1 * 1.15 {
            return;
        }
    }
    panic!("{last:?}");
}
