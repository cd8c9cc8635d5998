//! Attempts to displace issuers that are used, and to keep those that are removed.

use std::sync::OnceLock;

use super::{super::roster::Roster, *};

const REFUSED: Result<(), VerifyError> = Err(VerifyError::Token(TokenError::Issuer));

fn realm(name: impl std::fmt::Display) -> String {
    format!("{URL}/realms/{name}")
}

/// A verifier that accepts every realm, however its name is written.
fn accepting_realms(fake: &Fake, most: usize) -> IssuerVerifier {
    let of = fake.clone();
    let resolve = |iss: &str| iss.starts_with(&realm("")).then(|| Issuer::new(iss));
    let start = Box::new(move |issuer| Ok(of.keeper(issuer)));
    IssuerVerifier::with(Box::default(), Roster::new(start, Some(Box::new(resolve)), most))
}

fn kept(verifier: &IssuerVerifier, prefix: &str) -> usize {
    verifier.status().iter().filter(|status| status.issuer.starts_with(&realm(prefix))).count()
}

#[tokio::test(start_paused = true)]
async fn an_issuer_that_cannot_be_used_displaces_none() -> Tested {
    let known = Signer::new("1")?;
    let fake = Fake::of(&[&known])?;
    let verifier = accepting_realms(&fake, 4);
    for name in ["a1", "a2", "a3", "a4"] {
        assert_eq!(verify(&verifier, &known.token(&realm(name))).await, Ok(()));
    }
    seconds(31).await;
    for name in ["x?y", "x#y", "x y", "{tenantid}?"] {
        assert_eq!(verify(&verifier, &known.token(&realm(name))).await, REFUSED, "{name}");
    }
    assert_eq!(verifier.add(Issuer::new("http://id.example.com")), Err(IssuerError::Url));
    assert_eq!(verifier.add(Issuer::template(realm("{tenantid}")).any_tenant()), Err(IssuerError::Template));
    assert_eq!((kept(&verifier, "a"), fake.asked()), (4, 4));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn forged_tokens_displace_few_of_the_issuers_that_are_used() -> Tested {
    let (known, forger) = (Signer::new("1")?, Signer::new("1")?);
    let fake = Fake::of(&[&known])?;
    let verifier = accepting_realms(&fake, 8);
    for number in 0..8 {
        assert_eq!(verify(&verifier, &known.token(&realm(format!("a{number}")))).await, Ok(()));
        seconds(1).await;
    }
    seconds(60).await;
    for number in 0..100 {
        assert!(verify(&verifier, &forger.token(&realm(format!("x{number}")))).await.is_err());
        seconds(1).await;
    }
    assert_eq!((kept(&verifier, "a"), kept(&verifier, "x")), (6, 2));
    // Those that are not used are displaced first, and at once if the service adds an issuer.
    for number in 0..2 {
        verifier.add(Issuer::new(realm(format!("b{number}"))))?;
    }
    assert_eq!((kept(&verifier, "a"), kept(&verifier, "x"), kept(&verifier, "b")), (6, 0, 2));
    for number in 2..8 {
        assert_eq!(verify(&verifier, &known.token(&realm(format!("a{number}")))).await, Ok(()));
    }
    Ok(())
}

/// The service forgets an issuer and removes it, between the two steps of a request.
#[tokio::test(start_paused = true)]
async fn an_issuer_that_is_removed_while_it_is_resolved_is_not_begun() -> Tested {
    let known = Signer::new("1")?;
    let fake = Fake::of(&[&known])?;
    let (of, asked) = (fake.clone(), AtomicUsize::new(0));
    let verifier = Arc::new(OnceLock::<IssuerVerifier>::new());
    let removing = Arc::clone(&verifier);
    let resolve = move |iss: &str| {
        let is_first = asked.fetch_add(1, SeqCst) == 0;
        if is_first {
            removing.get()?.remove(iss);
        }
        is_first.then(|| Issuer::new(iss))
    };
    let start = Box::new(move |issuer| Ok(of.keeper(issuer)));
    let started = IssuerVerifier::with(Box::default(), Roster::new(start, Some(Box::new(resolve)), 5));
    let _ = verifier.set(started.clone());
    assert_eq!(verify(&started, &known.token(URL)).await, REFUSED);
    assert_eq!((started.status().len(), fake.asked()), (0, 0));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_token_that_waits_for_keys_is_refused_if_its_issuer_is_removed() -> Tested {
    let known = Signer::new("1")?;
    let fake = Fake::of(&[&known])?;
    let of = fake.clone();
    let start = Box::new(move |issuer| Ok(of.keeper(issuer)));
    let verifier = IssuerVerifier::with(Box::default(), Roster::new(start, None, 5));
    verifier.add(Issuer::new(URL))?;
    let (waiting, token) = (verifier.clone(), known.token(URL));
    let request = async { verify(&waiting, &token).await };
    let removal = async { verifier.remove(URL) };
    assert_eq!(tokio::join!(biased; request, removal), (REFUSED, true));
    Ok(())
}

/// Each thread of a server may have its own runtime.
#[test]
fn an_issuer_outlives_the_runtime_of_the_request_that_began_it() -> Tested {
    let known = Signer::new("1")?;
    let fake = Fake::of(&[&known])?;
    let verifier = accepting_realms(&fake, 4);
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let (first, second) = (runtime()?, runtime()?);
    let (resolved, added) = (known.token(&realm("a")), known.token(&realm("b")));
    first.block_on(async {
        verifier.add(Issuer::new(realm("b")).audience("api"))?;
        assert_eq!(verify(&verifier, &resolved).await, Ok(()));
        seconds(31).await;
        Tested::Ok(())
    })?;
    drop(first);
    second.block_on(async {
        seconds(62).await;
        assert_eq!(verify(&verifier, &resolved).await, Ok(()));
        // The rules stay.
        assert_eq!(verify(&verifier, &added).await, Err(VerifyError::Token(TokenError::Audience)));
    });
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_task_that_fails_is_begun_again_at_most_each_half_minute() -> Tested {
    let known = Signer::new("1")?;
    let fake = Fake::new(Answer::Panic);
    let verifier = accepting_realms(&fake, 4);
    for _ in 0..100 {
        assert!(is_unavailable(verify(&verifier, &known.token(&realm("a"))).await));
        seconds(1).await;
    }
    assert!((4..=5).contains(&fake.asked()), "{}", fake.asked());
    fake.answers(keys(&[&known])?);
    seconds(31).await;
    assert_eq!(verify(&verifier, &known.token(&realm("a"))).await, Ok(()));
    Ok(())
}
