//! Nobody can tell by the time whether there is an account.

use std::time::{Duration, Instant};

use axum_scopes_tests::median;

use super::service::Service;

/// Rounds of one measurement, and how often it is made again on a busy machine.
const ROUNDS: usize = 40;
const TRIES: usize = 6;

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
    let service = Service::new().await;
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
