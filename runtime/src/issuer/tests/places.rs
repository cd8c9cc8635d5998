//! Issuers whose metadata or keys lie elsewhere, and hosts that are trusted without TLS.

use super::{
    super::fetch::Http,
    provider::{DOCUMENT, Page, Provider, key_set},
    *,
};
use axum_scopes_test_support::Log;

use crate::http::connections::Connections;

/// Reaches this machine, and is no loopback address.
const OTHER_NAME: &str = "0.0.0.0";

/// The last error of the first refresh, and the verdict on a token of `issuer`.
async fn verdict(issuer: Issuer, signer: &Signer) -> Tested<(Result<(), VerifyError>, Option<RefreshError>)> {
    let url = issuer.url.clone();
    let verifier = IssuerVerifier::start([issuer])?;
    let verdict = verify(&verifier, &signer.token(&url)).await;
    Ok((verdict, verifier.status().remove(0).last_failure.map(|(_, error)| error)))
}

#[tokio::test]
async fn metadata_elsewhere_names_the_issuer_all_the_same() -> Tested {
    let known = Signer::new("1")?;
    let provider = Provider::with_keys(&[&known]).await?;
    let metadata = |named: &str| {
        let document = format!(r#"{{"issuer":"{named}","jwks_uri":"{}/keys"}}"#, provider.url);
        provider.serve("/elsewhere", Page::Json(document));
    };
    let issuer = || Issuer::new(URL).metadata_url(format!("{}/elsewhere?p=1", provider.url));
    metadata(URL);
    assert_eq!(verdict(issuer(), &known).await?, (Ok(()), None));
    assert_eq!(provider.asked(), ["/elsewhere?p=1", "/keys"]);
    for named in [format!("{URL}/"), provider.url.clone(), "https://{tenantid}".to_owned()] {
        metadata(&named);
        let (verdict, failure) = verdict(issuer(), &known).await?;
        assert!(is_unavailable(verdict));
        assert_eq!(failure, Some(RefreshError::mismatch(&named)));
    }
    // No other document is tried.
    provider.serve("/elsewhere", Page::Status(404));
    let before = provider.asked().len();
    assert_eq!(verdict(issuer(), &known).await?.1, Some(RefreshError::Status(404)));
    assert_eq!(provider.asked()[before..], ["/elsewhere?p=1"]);
    Ok(())
}

#[tokio::test]
async fn keys_at_a_configured_url_need_no_metadata() -> Tested {
    let (known, other) = (Signer::new("1")?, Signer::new("1")?);
    let provider = Provider::start().await?;
    provider.serve("/jwks", Page::Json(key_set(&[&known])));
    let issuer =
        || Issuer::new(URL).metadata_url("https://unused.example.com").jwks_url(format!("{}/jwks", provider.url));
    assert_eq!(verdict(issuer(), &known).await?, (Ok(()), None));
    assert_eq!(provider.asked(), ["/jwks"]);
    assert_eq!(verdict(issuer(), &other).await?.0, Err(VerifyError::Token(TokenError::Signature)));
    Ok(())
}

#[tokio::test]
async fn plain_http_reaches_trusted_hosts_only() -> Tested {
    let known = Signer::new("1")?;
    let provider = Provider::with_keys(&[&known]).await?;
    let host = provider.url.replace("http://127.0.0.1", OTHER_NAME);
    let url = format!("http://{host}");
    let document = |keys: &str| Page::Json(format!(r#"{{"issuer":"{url}","jwks_uri":"{keys}"}}"#));
    provider.serve(DOCUMENT, document(&format!("{url}/keys")));
    assert_eq!(verdict(Issuer::new(&url).trusted_host(&host), &known).await?, (Ok(()), None));
    assert_eq!(provider.asked(), [DOCUMENT, "/keys"]);
    // It vouches for no other host, not even for this machine.
    for keys in [format!("{}/keys", provider.url), format!("http://{OTHER_NAME}/keys"), "http://localhost/".to_owned()]
    {
        provider.serve(DOCUMENT, document(&keys));
        let (_, failure) = verdict(Issuer::new(&url).trusted_host(&host), &known).await?;
        assert_eq!(failure, Some(RefreshError::KeysUrl), "{keys}");
    }
    assert!(!provider.asked()[2..].contains(&"/keys".to_owned()));
    let refused = |issuer: Issuer| IssuerVerifier::start([issuer]).err();
    for issuer in [
        Issuer::new(&url),
        Issuer::new(&url).trusted_host(OTHER_NAME),
        Issuer::new(&url).trusted_host(format!("{OTHER_NAME}:1")),
        Issuer::new(URL).metadata_url(&url),
        Issuer::new(URL).jwks_url(&url),
        Issuer::new(URL).jwks_url(format!("{URL}/#keys")),
        Issuer::new(&url).jwks_url(format!("{URL}/keys")),
    ] {
        assert_eq!(refused(issuer), Some(IssuerError::Url));
    }
    assert_eq!(refused(Issuer::new(URL).trusted_host("http://keycloak")), Some(IssuerError::TrustedHost));
    Ok(())
}

#[tokio::test]
async fn an_answer_says_how_long_it_is_fresh() -> Tested {
    let known = Signer::new("1")?;
    let provider = Provider::start().await?;
    for (said, expected) in [
        ("max-age=90", Some(90)),
        ("public, Max-Age=\"90\", must-revalidate", Some(90)),
        ("max-age=600, max-age=90", Some(90)),
        ("no-cache, no-store", None),
        ("max-age=-1", None),
        ("max-age=1e3", None),
        ("max-age", None),
        ("s-maxage=90", None),
        ("max-age=99999999999999999999", None),
    ] {
        provider.serve("/jwks", Page::Fresh(said, key_set(&[&known])));
        let issuer = Arc::new(Issuer::new(URL).jwks_url(format!("{}/jwks", provider.url)));
        let fetch = Http::new(&Connections::new(), false)?.fetch(Arc::clone(&issuer), issuer.check()?);
        assert_eq!(fetch().await?.max_age, expected.map(Duration::from_secs), "{said}");
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn keys_are_fetched_sooner_if_they_are_fresh_for_a_shorter_time() -> Tested {
    let known = Signer::new("1")?;
    for (fresh, after, asked) in [
        (Duration::from_secs(120), 107, 1..=1),
        (Duration::from_secs(120), 121, 2..=2),
        (Duration::ZERO, 53, 1..=1),
        (Duration::ZERO, 61, 2..=2),
        (Duration::MAX, 539, 1..=1),
        (Duration::MAX, 601, 2..=2),
    ] {
        let fake = Fake::new(Answer::Fresh(vec![known.key()?], fresh));
        let _verifier = fake.verifier();
        seconds(after).await;
        assert!(asked.contains(&fake.asked()), "{fresh:?} {after}: {}", fake.asked());
    }
    // What is configured is the longest interval.
    let fake = Fake::new(Answer::Fresh(vec![known.key()?], Duration::from_secs(3600)));
    let _verifier = IssuerVerifier::of([fake.keeper(Issuer::new(URL).refresh_interval(Duration::from_secs(10)))]);
    seconds(31).await;
    assert!((4..=5).contains(&fake.asked()), "{}", fake.asked());
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_refresh_takes_no_longer_than_configured() -> Tested {
    for (timeout, takes) in [
        (None, 5000..=5010),
        (Some(Duration::from_secs(2)), 2000..=2010),
        (Some(Duration::ZERO), 100..=110),
        (Some(Duration::MAX), 30_000..=30_010),
    ] {
        let fake = Fake::new(Answer::Hang);
        let issuer = timeout.map_or(Issuer::new(URL), |timeout| Issuer::new(URL).refresh_timeout(timeout));
        let verifier = IssuerVerifier::of([fake.keeper(issuer)]);
        let before = tokio::time::Instant::now();
        assert!(is_unavailable(verify(&verifier, &Signer::new("1")?.token(URL)).await));
        assert!(takes.contains(&before.elapsed().as_millis()), "{:?}", before.elapsed());
    }
    Ok(())
}

/// The configuration may be logged before it is checked.
#[tokio::test]
async fn urls_in_logs_have_no_secret() -> Tested {
    let with_user = "https://amy:secret@id.example.com/{tenantid}";
    let issuers = [
        Issuer::new(with_user),
        Issuer::template(with_user).any_tenant().metadata_url(format!("{with_user}?secret")),
        Issuer::new(URL).jwks_url(format!("{URL}/keys?key=secret")),
    ];
    let mut builder = IssuerVerifier::builder();
    builder.extend(issuers);
    let shown = format!("{builder:?}");
    assert!(builder.start().is_err_and(|error| !format!("{error} {error:?}").contains("secret")));
    assert!(!shown.contains("secret") && shown.contains("id.example.com/keys"), "{shown}");
    let (log, _guard) = Log::listen();
    let (verdict, _) =
        verdict(Issuer::new(URL).jwks_url("http://127.0.0.1:1/keys?key=secret"), &Signer::new("1")?).await?;
    assert!(is_unavailable(verdict));
    assert!(log.text().contains("127.0.0.1:1/keys") && !log.text().contains("secret"), "{}", log.text());
    Ok(())
}
