//! A provider that rotates its keys every second, under a thousand requests a second: no wrong verdict.
#![allow(clippy::expect_used, clippy::unwrap_used, missing_docs, reason = "tests")]

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum_scopes::issuer::Issuer;
use axum_scopes_idp_tests::{Provider, Service, forge};
use tokio::time::{MissedTickBehavior, interval, sleep};

/// What a request shows, and how it may be answered. While nobody can know whether a key exists, the answer is 503.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shown {
    Known,
    New,
    UnknownKey,
    WrongSignature,
}

impl Shown {
    fn allows(self, status: u16) -> bool {
        match self {
            Self::Known => status == 200,
            Self::New => matches!(status, 200 | 503),
            Self::UnknownKey => matches!(status, 401 | 503),
            Self::WrongSignature => status == 401,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn a_rotation_each_second_under_load_gives_no_wrong_verdict() {
    let provider = Provider::new().await;
    let issuer = Issuer::new(&provider.url).rfc9068("urn:example:api").refresh_interval(Duration::from_secs(1));
    let service = Arc::new(Service::of(issuer));
    let known = provider.token("api:es256", "items").await;
    assert_eq!(service.status(&known).await, 200);
    let newest = Arc::new(Mutex::new(known.clone()));
    let seen = Arc::new(Mutex::new(BTreeMap::<(Shown, u16), u32>::new()));

    let load = tokio::spawn({
        let (service, newest, seen, known) = (service.clone(), newest.clone(), seen.clone(), known.clone());
        async move {
            let mut ticks = interval(Duration::from_millis(10));
            ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
            for tick in 0_u32.. {
                ticks.tick().await;
                let new = newest.lock().unwrap().clone();
                let wrong = format!("{}AAAA", &known[..known.len() - 4]);
                let unknown = forge(&new, "ES256", &format!("unknown-{tick}"));
                let batch = [
                    (Shown::Known, &known),
                    (Shown::New, &new),
                    (Shown::UnknownKey, &unknown),
                    (Shown::WrongSignature, &wrong),
                ];
                for (shown, token) in batch.into_iter().cycle().take(10) {
                    let (service, seen, token) = (service.clone(), seen.clone(), token.clone());
                    tokio::spawn(async move {
                        let status = service.status(&token).await;
                        *seen.lock().unwrap().entry((shown, status)).or_default() += 1;
                    });
                }
            }
        }
    });
    for _ in 0..8 {
        sleep(Duration::from_secs(1)).await;
        provider.rotate(true).await;
        *newest.lock().unwrap() = provider.token("api:es256", "items").await;
    }
    load.abort();
    sleep(Duration::from_secs(6)).await;
    let seen = seen.lock().unwrap().clone();
    println!("{seen:?}");
    assert!(seen.keys().all(|(shown, status)| shown.allows(*status)), "{seen:?}");
    let accepted: u32 =
        seen.iter().filter(|((shown, status), _)| *shown == Shown::New && *status == 200).map(|(_, n)| n).sum();
    assert!(accepted > 0, "{seen:?}");
    let newest = newest.lock().unwrap().clone();
    assert_eq!((service.status(&known).await, service.status(&newest).await), (200, 200));
}
