//! Issuers that come and go while the verifier runs.

use std::sync::atomic::AtomicBool;

use super::{
    super::{builder::IssuerVerifierBuilder, roster::Roster},
    *,
};

const REFUSED: Result<(), VerifyError> = Err(VerifyError::Token(TokenError::Issuer));

fn realm(name: impl std::fmt::Display) -> String {
    format!("{URL}/realms/{name}")
}

/// A verifier that accepts all realms from `r0` to `r99`, with the questions that it was asked.
fn resolving(fake: &Fake, fixed: Vec<Keeper>, most: usize) -> (IssuerVerifier, Arc<AtomicUsize>) {
    let (of, asked) = (fake.clone(), Arc::new(AtomicUsize::new(0)));
    let count = Arc::clone(&asked);
    let resolve = move |iss: &str| {
        count.fetch_add(1, SeqCst);
        let number: u8 = iss.strip_prefix(&realm("r"))?.parse().ok()?;
        (number < 100).then(|| Issuer::new(iss))
    };
    let start = Box::new(move |issuer| Ok(of.keeper(issuer)));
    (IssuerVerifier::with(fixed.into(), Roster::new(start, Some(Box::new(resolve)), most)), asked)
}

#[tokio::test(start_paused = true)]
async fn an_issuer_is_begun_with_the_first_token_that_names_it() -> Tested {
    let known = Signer::new("1")?;
    let fake = Fake::of(&[&known])?;
    let (verifier, asked) = resolving(&fake, Vec::new(), 10);
    assert!(verifier.is_ready() && verifier.status().is_empty());
    for _ in 0..3 {
        assert_eq!(verify(&verifier, &known.token(&realm("r1"))).await, Ok(()));
    }
    assert_eq!((fake.asked(), asked.load(SeqCst)), (1, 1));
    assert_eq!(verify(&verifier, &known.token(&realm("r2"))).await, Ok(()));
    assert_eq!((fake.asked(), asked.load(SeqCst), verifier.status().len()), (2, 2, 2));
    let other = Signer::new("1")?;
    assert_eq!(verify(&verifier, &other.token(&realm("r1"))).await, Err(VerifyError::Token(TokenError::Signature)));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_flood_of_unknown_issuers_begins_nothing() -> Tested {
    let known = Signer::new("1")?;
    let fake = Fake::of(&[&known])?;
    let fixed = Fake::of(&[&known])?;
    let (verifier, asked) = resolving(&fake, vec![fixed.keeper(Issuer::new(URL))], 10);
    assert_eq!(verify(&verifier, &known.token(URL)).await, Ok(()));
    for number in 100..1100 {
        assert_eq!(verify(&verifier, &known.token(&realm(format!("r{number}")))).await, REFUSED);
    }
    for iss in ["", "https://evil.example.com", &realm("r1/"), &realm("r+1x")] {
        assert_eq!(verify(&verifier, &known.token(iss)).await, REFUSED, "{iss}");
    }
    assert_eq!((fake.asked(), fixed.asked(), verifier.status().len()), (0, 1, 1));
    assert_eq!(asked.load(SeqCst), 1004);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn no_more_than_the_bound_are_kept_and_the_least_used_goes() -> Tested {
    let known = Signer::new("1")?;
    let forger = Signer::new("1")?;
    let fake = Fake::of(&[&known])?;
    let (verifier, _) = resolving(&fake, Vec::new(), 3);
    let ours = |name: &str| known.token(&realm(name));
    for name in ["r1", "r2", "r3"] {
        assert_eq!(verify(&verifier, &ours(name)).await, Ok(()));
    }
    // Each stays for 30 seconds.
    let full = verify(&verifier, &ours("r4")).await;
    assert_eq!(full, Err(VerifyError::Unavailable { retry_after: 30, source: None }));
    assert_eq!((fake.asked(), verifier.status().len()), (3, 3));
    seconds(31).await;
    // `r2` is used, and `r1` is only named in forged tokens.
    assert_eq!(verify(&verifier, &ours("r3")).await, Ok(()));
    seconds(1).await;
    assert_eq!(verify(&verifier, &ours("r2")).await, Ok(()));
    for _ in 0..100 {
        assert!(verify(&verifier, &forger.token(&realm("r1"))).await.is_err());
    }
    let before = fake.asked();
    assert_eq!(verify(&verifier, &ours("r4")).await, Ok(()));
    let mut kept: Vec<_> = verifier.status().into_iter().map(|status| status.issuer).collect();
    kept.sort();
    assert_eq!(kept, ["r2", "r3", "r4"].map(realm));
    assert_eq!(fake.asked(), before + 1);
    // Its task has ended.
    seconds(3600).await;
    let since = fake.asked();
    seconds(600).await;
    assert!((3..=6).contains(&(fake.asked() - since)), "{}", fake.asked() - since);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_resolved_issuer_has_the_url_of_the_token() -> Tested {
    let known = Signer::new("1")?;
    let fake = Fake::of(&[&known])?;
    for make in [|_: &str| Issuer::new(URL), |iss: &str| Issuer::template(iss).any_tenant()] {
        let of = fake.clone();
        let roster =
            Roster::new(Box::new(move |issuer| Ok(of.keeper(issuer))), Some(Box::new(move |iss| Some(make(iss)))), 5);
        let verifier = IssuerVerifier::with(Box::default(), roster);
        assert_eq!(verify(&verifier, &known.token(&realm("{tenantid}"))).await, REFUSED);
        assert!(verifier.status().is_empty());
    }
    assert_eq!(fake.asked(), 0);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn issuers_are_added_and_removed_while_the_verifier_runs() -> Tested {
    let (ours, theirs) = (Signer::new("1")?, Signer::new("1")?);
    let (fixed, fake) = (Fake::of(&[&ours])?, Fake::of(&[&theirs])?);
    let of = fake.clone();
    let roster = Roster::new(Box::new(move |issuer| Ok(of.keeper(issuer))), None, 2);
    let verifier = IssuerVerifier::with([fixed.keeper(Issuer::new(URL))].into(), roster);
    let copy = verifier.clone();
    assert_eq!(verify(&copy, &ours.token(URL)).await, Ok(()));
    assert_eq!(verify(&copy, &theirs.token(&realm("a"))).await, Err(VerifyError::Token(TokenError::Signature)));
    verifier.add(Issuer::new(realm("a")))?;
    // The same `kid` as the fixed issuer's key.
    assert_eq!(verify(&copy, &theirs.token(&realm("a"))).await, Ok(()));
    assert_eq!(verify(&copy, &ours.token(URL)).await, Ok(()));
    assert_eq!(verify(&copy, &theirs.token(URL)).await, Err(VerifyError::Token(TokenError::Signature)));
    assert_eq!(verify(&copy, &theirs.token(&realm("b"))).await, REFUSED);
    assert!(copy.is_ready());
    for (issuer, because) in [
        (Issuer::new(URL), IssuerError::Set),
        (Issuer::new(realm("a")), IssuerError::Set),
        (Issuer::template(realm("{tenantid}")).any_tenant(), IssuerError::Template),
    ] {
        assert_eq!(verifier.add(issuer), Err(because));
    }
    verifier.add(Issuer::new(realm("b")))?;
    assert!(!verifier.is_ready());
    assert_eq!(verifier.add(Issuer::new(realm("c"))), Err(IssuerError::TooMany));
    assert_eq!([realm("a"), realm("a"), URL.to_owned()].map(|url| verifier.remove(&url)), [true, false, false]);
    assert_eq!(verify(&copy, &theirs.token(&realm("a"))).await, REFUSED);
    verifier.add(Issuer::new(realm("c")))?;
    assert_eq!(verifier.status().len(), 3);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn an_added_issuer_displaces_a_resolved_one_and_is_displaced_by_none() -> Tested {
    let known = Signer::new("1")?;
    let fake = Fake::of(&[&known])?;
    let (verifier, _) = resolving(&fake, Vec::new(), 2);
    verifier.add(Issuer::new(realm("added")))?;
    assert_eq!(verify(&verifier, &known.token(&realm("r1"))).await, Ok(()));
    seconds(31).await;
    assert_eq!(verify(&verifier, &known.token(&realm("r2"))).await, Ok(()));
    assert_eq!(verify(&verifier, &known.token(&realm("added"))).await, Ok(()));
    assert_eq!(verifier.status().len(), 2);
    // In place of the resolved one, whatever its age.
    verifier.add(Issuer::new(realm("r2")).audience("api"))?;
    assert_eq!(verify(&verifier, &known.token(&realm("r2"))).await, Err(VerifyError::Token(TokenError::Audience)));
    Ok(())
}

#[tokio::test]
async fn a_large_token_is_accepted_where_its_issuer_allows_it() -> Tested {
    let known = Signer::new("1")?;
    let fake = Fake::of(&[&known])?;
    let token = |issuer: &str, size: usize| {
        let claims = format!(r#"{{"iss":"{issuer}","sub":"amy","exp":4102444800,"x":"{}"}}"#, "x".repeat(size));
        known.sign(r#"{"alg":"EdDSA"}"#, &claims)
    };
    let (verifier, _) = resolving(&fake, vec![fake.keeper(Issuer::new(URL).max_token_size(600))], 5);
    verifier.add(Issuer::new(realm("a")).max_token_size(40_000))?;
    let too_large = Err(VerifyError::Token(TokenError::TooLarge));
    assert_eq!(verify(&verifier, &token(&realm("r1"), 8000)).await, Ok(()));
    assert_eq!(verify(&verifier, &token(URL, 8000)).await, too_large);
    assert_eq!(verify(&verifier, &token(&realm("a"), 24_000)).await, Ok(()));
    assert_eq!(verify(&verifier, &token(&realm("r1"), 24_000)).await, too_large);
    Ok(())
}

#[tokio::test]
async fn a_verifier_may_start_empty_if_issuers_come_later() -> Tested {
    let builder = IssuerVerifier::builder;
    let refused = |builder: IssuerVerifierBuilder| builder.start().err();
    assert_eq!(refused(builder()), Some(IssuerError::Set));
    assert_eq!(refused(builder().at_most(0)), None);
    assert_eq!(refused(builder().resolve(|_| None)), None);
    assert_eq!(refused(builder().issuer(Issuer::new("http://a.b")).at_most(1)), Some(IssuerError::Url));
    let verifier = builder().at_most(0).start()?;
    assert_eq!(verifier.add(Issuer::new("http://a.b")), Err(IssuerError::Url));
    verifier.add(Issuer::new("http://127.0.0.1:1"))?;
    assert_eq!(verifier.add(Issuer::new("http://127.0.0.1:2")), Err(IssuerError::TooMany));
    // Keys are refreshed on a runtime.
    let added =
        std::thread::spawn(move || verifier.remove("http://127.0.0.1:1") && verifier.add(Issuer::new(URL)).is_ok());
    assert_eq!(added.join().ok(), Some(false));
    Ok(())
}

/// Its code runs without a lock, so that it may ask the verifier.
#[tokio::test]
async fn the_service_may_ask_the_verifier_while_it_resolves() -> Tested {
    let known = Signer::new("1")?;
    let fake = Fake::of(&[&known])?;
    let (of, verifier) = (fake.clone(), Arc::new(Mutex::new(None::<IssuerVerifier>)));
    let (asking, has_asked) = (Arc::clone(&verifier), Arc::new(AtomicBool::new(false)));
    let noted = Arc::clone(&has_asked);
    let resolve = move |iss: &str| {
        let verifier = asking.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
        noted.store(verifier.status().is_empty() && !verifier.remove(iss), SeqCst);
        Some(Issuer::new(iss))
    };
    let roster = Roster::new(Box::new(move |issuer| Ok(of.keeper(issuer))), Some(Box::new(resolve)), 5);
    let started = IssuerVerifier::with(Box::default(), roster);
    *verifier.lock().unwrap_or_else(PoisonError::into_inner) = Some(started.clone());
    assert_eq!(verify(&started, &known.token(URL)).await, Ok(()));
    assert!(has_asked.load(SeqCst));
    *verifier.lock().unwrap_or_else(PoisonError::into_inner) = None;
    Ok(())
}
