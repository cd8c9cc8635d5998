//! A service accepts the tokens of a real provider through rotations and failures.
#![allow(clippy::expect_used, clippy::unwrap_used, missing_docs, reason = "tests")]

use std::time::{Duration, Instant};

use axum_scopes::{issuer::Issuer, jose::Algorithm};
use axum_scopes_idp_tests::{Provider, Service, forge};

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn tokens_of_every_algorithm_are_accepted_where_they_cover_the_scopes() {
    let provider = Provider::new().await;
    let service = Service::start(&provider.url);
    for resource in ["api", "api:rs512", "api:ps256", "api:es256", "api:es384", "api:eddsa"] {
        let (items, both) = (provider.token(resource, "items").await, provider.token(resource, "me%20items").await);
        for (path, token, expected) in [
            ("/items", &items, (200, None)),
            ("/items", &both, (200, None)),
            ("/me", &both, (200, None)),
            ("/me", &items, (401, Some("Bearer scope=\"me\""))),
        ] {
            let answer = service.app.get(path).bearer(token).await;
            assert_eq!((answer.status(), answer.challenge()), expected, "{resource} {path}");
        }
    }
}

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn other_tokens_of_the_provider_are_refused() {
    let provider = Provider::new().await;
    let service = Service::start(&provider.url);
    let good = provider.token("api", "items").await;
    assert_eq!(service.status(&good).await, 200);
    let before = provider.asked().await;
    for resource in ["other", "opaque", "api:hs256"] {
        assert_eq!(service.status(&provider.token(resource, "items").await).await, 401, "{resource}");
    }
    let (signed, signature) = good.rsplit_once('.').unwrap();
    let (head, _) = signed.split_once('.').unwrap();
    let es256 = provider.token("api:es256", "items").await;
    for forged in [
        format!("{signed}."),
        format!("{signed}.{}", es256.rsplit_once('.').unwrap().1),
        format!("{head}.{}.{signature}", provider.token("api", "me").await.split('.').nth(1).unwrap()),
        forge(&good, "none", "rs256-1"),
        forge(&good, "HS256", "rs256-1"),
    ] {
        assert_eq!(service.status(&forged).await, 401, "{forged}");
    }
    assert_eq!(provider.asked().await, before);
    let narrow = Service::of(Issuer::new(&provider.url).audience("urn:example:api").algorithms([Algorithm::ES256]));
    assert_eq!((narrow.status(&es256).await, narrow.status(&good).await), (200, 401));
    assert_eq!(Service::of(Issuer::new(&provider.url)).status(&good).await, 401);
    // The document has to name exactly this URL as its issuer.
    let other = Service::start(&format!("{}/", provider.url));
    assert_eq!(other.status(&good).await, 401);
}

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn an_expired_token_is_refused() {
    let provider = Provider::new().await;
    let service = Service::start(&provider.url);
    let token = provider.token("api:short", "items").await;
    assert_eq!(service.status(&token).await, 200);
    tokio::time::sleep(Duration::from_millis(2100)).await;
    assert_eq!(service.status(&token).await, 401);
}

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn both_keys_are_accepted_after_a_rotation_that_keeps_the_old_one() {
    let provider = Provider::new().await;
    let service = Service::start(&provider.url);
    let old = provider.token("api:es256", "items").await;
    assert_eq!(service.status(&old).await, 200);
    let [discovery, jwks] = provider.asked().await;
    provider.rotate(true).await;
    let new = provider.token("api:es256", "items").await;
    assert_ne!(old.split('.').next(), new.split('.').next());
    for _ in 0..3 {
        assert_eq!((service.status(&new).await, service.status(&old).await), (200, 200));
    }
    assert_eq!(provider.asked().await, [discovery + 1, jwks + 1]);
}

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn the_old_key_is_refused_after_a_rotation_that_removes_it() {
    let provider = Provider::new().await;
    let on_demand = Service::start(&provider.url);
    let issuer = Issuer::new(&provider.url).rfc9068("urn:example:api");
    let at_the_interval = Service::of(issuer.refresh_interval(Duration::from_secs(2)));
    let old = provider.token("api:eddsa", "items").await;
    assert_eq!((on_demand.status(&old).await, at_the_interval.status(&old).await), (200, 200));
    // The keys are then fetched after the token was issued, so a key that is not among them was withdrawn.
    tokio::time::sleep(Duration::from_millis(1100)).await;
    provider.rotate(false).await;
    // No token with an unknown key has caused a refresh yet.
    assert_eq!(on_demand.status(&old).await, 200);
    let new = provider.token("api:eddsa", "items").await;
    assert_eq!((on_demand.status(&new).await, on_demand.status(&old).await), (200, 401));
    tokio::time::sleep(Duration::from_millis(2500)).await;
    let before = provider.asked().await;
    assert_eq!(at_the_interval.status(&new).await, 200);
    assert_eq!(provider.asked().await, before);
    assert_eq!(at_the_interval.status(&old).await, 401);
}

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn unknown_keys_cause_one_refresh() {
    let provider = Provider::new().await;
    let service = Service::start(&provider.url);
    let good = provider.token("api", "items").await;
    assert_eq!(service.status(&good).await, 200);
    let [discovery, jwks] = provider.asked().await;
    // The keys are then fetched after the token was issued, so a key that is not among them does not exist.
    tokio::time::sleep(Duration::from_millis(1100)).await;
    let attacks = (0..200).map(|i| {
        let (verifier, token) = (service.verifier.clone(), forge(&good, "RS256", &format!("unknown-{i}")));
        tokio::spawn(async move { verifier.verify(&token).await })
    });
    for attack in attacks.collect::<Vec<_>>() {
        assert!(attack.await.unwrap().is_err());
    }
    for i in 0..200 {
        assert_eq!(service.status(&forge(&good, "ES256", &i.to_string())).await, 401);
    }
    assert_eq!(provider.asked().await, [discovery + 1, jwks + 1]);
    assert_eq!(service.status(&good).await, 200);
}

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn a_failing_provider_changes_no_verdict() {
    let provider = Provider::new().await;
    // An issuer can publish its metadata at two places. If one has no metadata, the service asks at the other.
    for (mode, asked) in [("500", 1), ("garbage", 2), ("huge", 1), ("hang", 1)] {
        provider.fail("ok").await;
        let service = Service::start(&provider.url);
        let good = provider.token("api", "items").await;
        assert_eq!(service.status(&good).await, 200, "{mode}");
        provider.fail(mode).await;
        let [discovery, jwks] = provider.asked().await;
        let begun = Instant::now();
        for i in 0..20 {
            let unknown = forge(&good, "RS256", &format!("unknown-{i}"));
            let answer = service.app.get("/items").bearer(unknown).await;
            assert_eq!((answer.status(), answer.challenge()), (503, None), "{mode}");
            assert!(answer.header("retry-after").is_some());
            assert_eq!(service.status(&good).await, 200, "{mode}");
        }
        assert_eq!(provider.asked().await, [discovery + asked, jwks], "{mode}");
        assert!(service.verifier.is_ready());

        let late = Service::start(&provider.url);
        for _ in 0..20 {
            assert_eq!((late.status(&good).await, late.status("a.b.c").await), (503, 401), "{mode}");
        }
        assert!(!late.verifier.is_ready());
        assert!(late.verifier.status()[0].last_failure.is_some() && late.verifier.status()[0].last_success.is_none());
        assert_eq!(provider.asked().await, [discovery + 2 * asked, jwks], "{mode}");
        assert!(begun.elapsed() < Duration::from_secs(12), "{mode}: {:?}", begun.elapsed());
        drop((service, late));
    }
    provider.fail("ok").await;
    let service = Service::start(&provider.url);
    assert_eq!(service.status(&provider.token("api", "items").await).await, 200);
}

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh, and takes half a minute"]
async fn a_provider_that_comes_back_is_noticed() {
    let provider = Provider::new().await;
    let good = provider.token("api", "items").await;
    provider.fail("500").await;
    let service = Service::start(&provider.url);
    assert_eq!(service.status(&good).await, 503);
    provider.fail("ok").await;
    let begun = Instant::now();
    while !service.verifier.is_ready() {
        assert!(begun.elapsed() < Duration::from_secs(32));
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert_eq!(service.status(&good).await, 200);
}
