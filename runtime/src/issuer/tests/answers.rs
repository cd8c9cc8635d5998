//! The accepted answers of an issuer, by issuers with one fault each.

use super::{
    provider::{DOCUMENT, Page, Provider, key_set},
    *,
};

const METADATA: &str = "the issuer's metadata is malformed";
const KEY_SET: &str = "the issuer's key set is malformed";
const TOO_LARGE: &str = "the issuer's answer is too large";
const KEYS_URL: &str = "the URL of the issuer's keys is not HTTPS";
const TOO_MANY: &str = "the issuer has too many keys";
const OAUTH: &str = "/.well-known/oauth-authorization-server";

#[tokio::test]
async fn the_keys_of_a_good_issuer_are_read() -> Tested {
    let known = Signer::new("1")?;
    let provider = Provider::with_keys(&[&known]).await?;
    let verifier = provider.verifier()?;
    verify(&verifier, &known.token(&provider.url)).await?;
    assert_eq!(provider.asked(), [DOCUMENT, "/keys"]);
    Ok(())
}

fn status(status: u16) -> String {
    format!("the issuer answered with status {status}")
}

#[tokio::test]
async fn an_authorization_server_without_openid_is_discovered() -> Tested {
    let known = Signer::new("1")?;
    let page = |text: &str| Page::Json(text.to_owned());
    // Some sites have a page at every path.
    for first in [Page::Status(400), Page::Status(403), Page::Status(404), page("<html>"), page("{}"), page("\u{feff}")]
    {
        let provider = Provider::with_keys(&[&known]).await?;
        provider.serve(DOCUMENT, first);
        provider.serve(OAUTH, Page::Json(provider.document()));
        assert_eq!(provider.first_refresh().await?, Ok(()));
        assert_eq!(provider.asked(), [DOCUMENT, OAUTH, "/keys"]);
    }
    // The error of an existing answer is more informative.
    for (first, second, expected) in [
        (page("<html>"), Page::Status(404), METADATA.into()),
        (Page::Status(404), page("<html>"), METADATA.into()),
        (Page::Status(403), Page::Status(404), status(403)),
        (Page::Status(404), Page::Status(502), status(502)),
    ] {
        let provider = Provider::with_keys(&[&known]).await?;
        provider.serve(DOCUMENT, first);
        provider.serve(OAUTH, second);
        assert_eq!(provider.first_refresh().await?, Err(expected));
        assert_eq!(provider.asked(), [DOCUMENT, OAUTH]);
    }
    // A failing server is not asked for more.
    let provider = Provider::with_keys(&[&known]).await?;
    provider.serve(DOCUMENT, Page::Status(503));
    provider.serve(OAUTH, Page::Json(provider.document()));
    assert_eq!(provider.first_refresh().await?, Err(status(503)));
    assert_eq!(provider.asked(), [DOCUMENT]);
    Ok(())
}

/// RFC 8259 §8.1 allows readers to ignore a byte order mark.
#[tokio::test]
async fn a_byte_order_mark_is_ignored() -> Tested {
    let known = Signer::new("1")?;
    let provider = Provider::with_keys(&[&known]).await?;
    provider.serve(DOCUMENT, Page::Json(format!("\u{feff}{}", provider.document())));
    provider.serve("/keys", Page::Json(format!("\u{feff}{}", key_set(&[&known]))));
    assert_eq!(provider.first_refresh().await?, Ok(()));
    provider.serve("/keys", Page::Json(format!("\u{feff}\u{feff}{}", key_set(&[&known]))));
    assert_eq!(provider.first_refresh().await?, Err(KEY_SET.into()));
    Ok(())
}

/// Kubernetes' API server has a media type for each document, and requires it in `Accept`.
#[tokio::test]
async fn key_sets_have_a_media_type_of_their_own() -> Tested {
    let known = Signer::new("1")?;
    for media_type in ["application/jwk-set+json", "application/json"] {
        let provider = Provider::with_keys(&[&known]).await?;
        provider.serve(DOCUMENT, Page::As("application/json", provider.document()));
        provider.serve("/keys", Page::As(media_type, key_set(&[&known])));
        assert_eq!(provider.first_refresh().await?, Ok(()), "{media_type}");
    }
    Ok(())
}

#[tokio::test]
async fn faults_of_either_document_are_named() -> Tested {
    let known = Signer::new("1")?;
    let elsewhere = Provider::with_keys(&[&known]).await?;
    for path in [DOCUMENT, "/keys"] {
        let malformed = || if path == DOCUMENT { METADATA.to_owned() } else { KEY_SET.to_owned() };
        for (page, expected) in [
            (Page::Status(500), status(500)),
            (Page::Status(204), status(204)),
            (Page::Status(404), status(404)),
            (Page::Redirect(format!("{}{path}", elsewhere.url)), status(307)),
            (Page::Redirect("/elsewhere".into()), status(307)),
            (Page::Json(String::new()), malformed()),
            (Page::Json("<html>".into()), malformed()),
            (Page::Json("[]".into()), malformed()),
            (Page::Json("\u{feff}{}".into()), malformed()),
            (Page::Json(format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))), malformed()),
            (Page::Json(" ".repeat(1024 * 1024)), malformed()),
            (Page::Json(" ".repeat(1024 * 1024 + 1)), TOO_LARGE.into()),
            (Page::Endless(1024 * 64, 0), TOO_LARGE.into()),
        ] {
            let provider = Provider::with_keys(&[&known]).await?;
            provider.serve(path, page);
            assert_eq!(provider.first_refresh().await?, Err(expected), "{path}");
            assert!(!provider.asked().contains(&"/elsewhere".to_owned()));
        }
    }
    assert!(elsewhere.asked().is_empty());
    Ok(())
}

#[tokio::test]
async fn answers_that_do_not_end_are_given_up_after_5_seconds() -> Tested {
    let known = Signer::new("1")?;
    let mut waiting = Vec::new();
    for page in [Page::Hang, Page::Endless(1, 100)] {
        for path in [DOCUMENT, "/keys"] {
            let provider = Provider::with_keys(&[&known]).await?;
            provider.serve(path, page.clone());
            let (verifier, token) = (provider.verifier()?, known.token(&provider.url));
            waiting.push(tokio::spawn(async move {
                let unavailable = is_unavailable(verify(&verifier, &token).await);
                drop(provider);
                (unavailable, verifier.status().remove(0).last_failure.map(|(_, error)| error))
            }));
        }
    }
    let begun = std::time::Instant::now();
    for waiting in waiting {
        assert_eq!(waiting.await?, (true, Some(RefreshError::Timeout)));
    }
    assert!((4..8).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    Ok(())
}

#[tokio::test]
async fn documents_of_another_issuer_are_refused() -> Tested {
    let known = Signer::new("1")?;
    let elsewhere = Provider::with_keys(&[&known]).await?;
    let another = |url: &str| format!("the metadata is of another issuer, {url:?}");
    let both = [DOCUMENT, OAUTH];
    for (document, expected, asked) in [
        (elsewhere.document(), another(&elsewhere.url), &both[..1]),
        (r#"{"issuer":"HERE/","jwks_uri":"HERE/keys"}"#.into(), another("HERE/"), &both[..1]),
        (r#"{"issuer":"HERE"}"#.into(), METADATA.into(), &both),
        (r#"{"jwks_uri":"HERE/keys"}"#.into(), METADATA.into(), &both),
        (r#"{"issuer":"HERE","issuer":"HERE","jwks_uri":"HERE/keys"}"#.into(), METADATA.into(), &both),
        (r#"{"issuer":"HERE","jwks_uri":"/keys"}"#.into(), KEYS_URL.into(), &both[..1]),
        (r#"{"issuer":"HERE","jwks_uri":"http://169.254.169.254/keys"}"#.into(), KEYS_URL.into(), &both[..1]),
        (r#"{"issuer":"HERE","jwks_uri":"file:///etc/passwd"}"#.into(), KEYS_URL.into(), &both[..1]),
    ] {
        let provider = Provider::with_keys(&[&known]).await?;
        let here = |text: String| text.replace("HERE", &provider.url);
        provider.serve(DOCUMENT, Page::Json(here(document.clone())));
        assert_eq!(provider.first_refresh().await?, Err(here(expected)), "{document}");
        assert_eq!(provider.asked(), asked);
    }
    assert!(elsewhere.asked().is_empty());
    Ok(())
}

#[tokio::test]
async fn a_set_of_too_many_keys_is_refused() -> Tested {
    let jwk = Signer::new("1")?.jwk();
    let set = |others: usize, end: &str| format!(r#"{{"keys":[{}{jwk}{end}"#, r#"{"kty":"x"},"#.repeat(others));
    for (set, expected) in [
        (set(99, "]}"), Ok(())),
        (set(100, "]}"), Err(TOO_MANY.to_owned())),
        (set(100, ",["), Err(TOO_MANY.to_owned())),
        (set(99, ",["), Err(KEY_SET.to_owned())),
    ] {
        let provider = Provider::with_keys(&[]).await?;
        provider.serve("/keys", Page::Json(set));
        assert_eq!(provider.first_refresh().await?, expected);
    }
    Ok(())
}

/// The endpoints are known together with the keys, and for as long.
#[tokio::test]
async fn the_endpoints_are_those_of_the_last_document() -> Tested {
    let key = Signer::new("1")?;
    let provider = Provider::with_keys(&[&key]).await?;
    let document = provider.document();
    let login = format!("{}/login", provider.url);
    let with_login = format!(
        r#"{{"authorization_endpoint":"{login}","token_endpoint":"https://token.example/t",{}"#,
        document.trim_start_matches('{')
    );
    provider.serve(DOCUMENT, Page::Json(with_login));
    let interval = Duration::from_secs(1);
    let verifier = IssuerVerifier::start([Issuer::new(&provider.url).refresh_interval(interval)])?;
    let endpoints = || verifier.status().remove(0).endpoints;
    assert_eq!(endpoints(), None);
    verify(&verifier, &key.token(&provider.url)).await?;
    assert_eq!(endpoints(), Some(crate::scheme::endpoints::Endpoints::new(login, "https://token.example/t")?));
    provider.serve(DOCUMENT, Page::Status(500));
    until(|| verifier.status().remove(0).last_failure.is_some()).await?;
    assert!(endpoints().is_some());
    provider.serve(DOCUMENT, Page::Json(document));
    until(|| endpoints().is_none()).await?;
    Ok(())
}

/// Waits with a limit.
async fn until(is_so: impl Fn() -> bool) -> Tested {
    let wait = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    Ok(tokio::time::timeout(Duration::from_secs(30), wait).await?)
}
