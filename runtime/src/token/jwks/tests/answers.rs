//! What of an issuer's answers is believed: each fault by an issuer that has it alone.

use super::{
    provider::{DOCUMENT, Page, Provider, key_set},
    *,
};
use crate::KeyError;

const OAUTH: &str = "/.well-known/oauth-authorization-server";

#[tokio::test]
async fn a_good_issuer() -> Tested {
    let known = Signer::new("1")?;
    let provider = Provider::with_keys(&[&known]).await?;
    let verifier = provider.verifier()?;
    verify(&verifier, &known.token(&provider.url)).await?;
    assert_eq!(provider.asked(), [DOCUMENT, "/keys"]);
    Ok(())
}

#[tokio::test]
async fn an_authorization_server_without_openid() -> Tested {
    let known = Signer::new("1")?;
    for status in [400, 403, 404] {
        let provider = Provider::with_keys(&[&known]).await?;
        provider.serve(DOCUMENT, Page::Status(status));
        provider.serve(OAUTH, Page::Json(provider.document()));
        assert_eq!(provider.first_refresh().await?, Ok(()));
        assert_eq!(provider.asked(), [DOCUMENT, OAUTH, "/keys"]);
    }
    // A server that is out of order is not asked for more.
    let provider = Provider::with_keys(&[&known]).await?;
    provider.serve(DOCUMENT, Page::Status(503));
    provider.serve(OAUTH, Page::Json(provider.document()));
    assert_eq!(provider.first_refresh().await?, Err(RefreshError::Status(503)));
    assert_eq!(provider.asked(), [DOCUMENT]);
    Ok(())
}

#[tokio::test]
async fn faults_of_either_document() -> Tested {
    let known = Signer::new("1")?;
    let elsewhere = Provider::with_keys(&[&known]).await?;
    for path in [DOCUMENT, "/keys"] {
        let malformed = if path == DOCUMENT { RefreshError::Metadata } else { RefreshError::Keys(KeyError::Invalid) };
        for (page, expected) in [
            (Page::Status(500), RefreshError::Status(500)),
            (Page::Status(204), RefreshError::Status(204)),
            (Page::Status(404), RefreshError::Status(404)),
            (Page::Redirect(format!("{}{path}", elsewhere.url)), RefreshError::Status(307)),
            (Page::Redirect("/elsewhere".into()), RefreshError::Status(307)),
            (Page::Json(String::new()), malformed),
            (Page::Json("<html>".into()), malformed),
            (Page::Json("[]".into()), malformed),
            (Page::Json("\u{feff}{}".into()), malformed),
            (Page::Json(format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))), malformed),
            (Page::Json(" ".repeat(1024 * 1024)), malformed),
            (Page::Json(" ".repeat(1024 * 1024 + 1)), RefreshError::TooLarge),
            (Page::Endless(1024 * 64, 0), RefreshError::TooLarge),
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
async fn what_does_not_come_to_an_end_is_given_up_after_5_seconds() -> Tested {
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
async fn documents_of_others() -> Tested {
    let known = Signer::new("1")?;
    let elsewhere = Provider::with_keys(&[&known]).await?;
    let changed = [
        (elsewhere.document(), RefreshError::IssuerMismatch),
        (r#"{"issuer":"URL/","jwks_uri":"URL/keys"}"#.into(), RefreshError::IssuerMismatch),
        (r#"{"issuer":"URL"}"#.into(), RefreshError::Metadata),
        (r#"{"jwks_uri":"URL/keys"}"#.into(), RefreshError::Metadata),
        (r#"{"issuer":"URL","issuer":"URL","jwks_uri":"URL/keys"}"#.into(), RefreshError::Metadata),
        (r#"{"issuer":"URL","jwks_uri":"/keys"}"#.into(), RefreshError::KeysUrl),
        (r#"{"issuer":"URL","jwks_uri":"http://169.254.169.254/keys"}"#.into(), RefreshError::KeysUrl),
        (r#"{"issuer":"URL","jwks_uri":"file:///etc/passwd"}"#.into(), RefreshError::KeysUrl),
    ];
    for (document, expected) in changed {
        let provider = Provider::with_keys(&[&known]).await?;
        provider.serve(DOCUMENT, Page::Json(document.replace("URL", &provider.url)));
        assert_eq!(provider.first_refresh().await?, Err(expected), "{document}");
        assert_eq!(provider.asked(), [DOCUMENT]);
    }
    assert!(elsewhere.asked().is_empty());
    Ok(())
}

#[tokio::test]
async fn sets_without_a_key_to_use() -> Tested {
    let known = Signer::new("1")?;
    let jwk = known.jwk();
    for (set, expected) in [
        (r#"{"keys":[]}"#.to_owned(), RefreshError::Keys(KeyError::Empty)),
        (r#"{"keys":[{"kty":"oct","k":"AAAA"}]}"#.into(), RefreshError::Keys(KeyError::Empty)),
        (r#"{"keys":[{"kty":"RSA","n":1}]}"#.into(), RefreshError::Keys(KeyError::Invalid)),
        (key_set(&[&known]).replace("\"use\"", "\"d\":\"AA\",\"use\""), RefreshError::Keys(KeyError::Private)),
        (key_set(&[&known, &known]), RefreshError::Keys(KeyError::DuplicateId)),
        (format!(r#"{{"keys":[{}{jwk}]}}"#, r#"{"kty":"x"},"#.repeat(100)), RefreshError::TooManyKeys),
    ] {
        let provider = Provider::with_keys(&[]).await?;
        provider.serve("/keys", Page::Json(set.clone()));
        assert_eq!(provider.first_refresh().await?, Err(expected), "{set}");
    }
    let provider = Provider::with_keys(&[]).await?;
    provider.serve("/keys", Page::Json(format!(r#"{{"keys":[{}{jwk}]}}"#, r#"{"kty":"x"},"#.repeat(99))));
    assert_eq!(provider.first_refresh().await?, Ok(()));
    Ok(())
}

#[tokio::test]
async fn nobody_there() -> Tested {
    let provider = Provider::start().await?;
    let url = provider.url.clone();
    drop(provider);
    tokio::time::sleep(Duration::from_millis(50)).await;
    let verifier = IssuerVerifier::start([Issuer::new(&url)])?;
    assert!(is_unavailable(verify(&verifier, &Signer::new("1")?.token(&url)).await));
    assert_eq!(verifier.status()[0].last_failure.map(|(_, error)| error), Some(RefreshError::Connection));
    Ok(())
}

/// Where an issuer logs users in is known with its keys, and as long.
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
    assert_eq!(endpoints(), Some(crate::Endpoints::new(login, "https://token.example/t")?));
    provider.serve(DOCUMENT, Page::Status(500));
    until(|| verifier.status().remove(0).last_failure.is_some()).await?;
    assert!(endpoints().is_some());
    provider.serve(DOCUMENT, Page::Json(document));
    until(|| endpoints().is_none()).await?;
    Ok(())
}

/// Waits, and not for ever.
async fn until(is_so: impl Fn() -> bool) -> Tested {
    let wait = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    Ok(tokio::time::timeout(Duration::from_secs(30), wait).await?)
}
