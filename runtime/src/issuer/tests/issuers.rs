//! Several issuers, and tokens that are refused before anything is fetched.

use super::*;
use crate::jose::tests::work::done;

const OTHER: &str = "https://other.example.com";

#[tokio::test(start_paused = true)]
async fn a_token_is_verified_with_the_keys_and_rules_of_its_issuer() -> Tested {
    // Both use the same `kid`, because issuers do not know each other.
    let (ours, theirs) = (Signer::new("1")?, Signer::new("1")?);
    let (fake, other) = (Fake::of(&[&ours])?, Fake::of(&[&theirs])?);
    let verifier =
        IssuerVerifier::of([fake.keeper(Issuer::new(URL)), other.keeper(Issuer::new(OTHER).audience("api"))]);
    verify(&verifier, &ours.token(URL)).await?;
    let signature = Err(VerifyError::Token(TokenError::Signature));
    assert_eq!(verify(&verifier, &theirs.token(URL)).await, signature);
    assert_eq!(verify(&verifier, &ours.token(OTHER)).await, signature);
    assert_eq!(verify(&verifier, &theirs.token(OTHER)).await, Err(VerifyError::Token(TokenError::Audience)));
    let claims = format!(r#"{{"iss":"{OTHER}","sub":"amy","exp":4102444800,"aud":"api"}}"#);
    verify(&verifier, &theirs.sign(r#"{"alg":"EdDSA"}"#, &claims)).await?;
    // The token's issuer is not known yet.
    for (claims, because) in [
        ("{}", TokenError::Issuer),
        ("[]", TokenError::Claims),
        (r#"{"iss":1}"#, TokenError::WrongClaim { claim: "iss", found: "not a string" }),
        (r#"{"iss":["https://id.example.com"]}"#, TokenError::WrongClaim { claim: "iss", found: "a list of names" }),
    ] {
        assert_eq!(verify(&verifier, &ours.sign("{}", claims)).await, Err(VerifyError::Token(because)), "{claims}");
    }
    assert_eq!((fake.asked(), other.asked()), (1, 1));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn one_issuer_without_keys_does_not_stop_the_others() -> Tested {
    let known = Signer::new("1")?;
    let (fake, down) = (Fake::of(&[&known])?, Fake::new(Answer::Error(RefreshError::Status(503))));
    let verifier = IssuerVerifier::of([down.keeper(Issuer::new(OTHER)), fake.keeper(Issuer::new(URL))]);
    verify(&verifier, &known.token(URL)).await?;
    assert!(is_unavailable(verify(&verifier, &known.token(OTHER)).await));
    assert!(!verifier.is_ready());
    assert_eq!(verifier.status().iter().map(|status| status.keys).collect::<Vec<_>>(), [0, 1]);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn all_configured_rules_are_checked() -> Tested {
    let known = Signer::new("1")?;
    let fake = Fake::of(&[&known])?;
    let verifier = |issuer| IssuerVerifier::of([fake.keeper(issuer)]);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs();
    let token = |typ: &str, more: &str| {
        let header = format!(r#"{{"alg":"EdDSA","typ":"{typ}"}}"#);
        known.sign(&header, &format!(r#"{{"iss":"{URL}","sub":"amy","exp":{},{more}}}"#, now - 10))
    };
    let refused = |error| Err(VerifyError::Token(error));
    let strict = verifier(Issuer::new(URL));
    assert_eq!(verify(&strict, &token("JWT", r#""x":1"#)).await, refused(TokenError::Expired));
    let lenient = Issuer::new(URL).leeway(Duration::from_secs(60));
    let scopes = verifier(lenient.clone().scope_claim(crate::token::scope_claim::ScopeClaim::Scopes));
    assert_eq!(scopes.verify(&token("JWT", r#""scopes":["me"]"#)).await?.scope.as_str(), "me");
    let of_rfc9068 = verifier(lenient.clone().rfc9068("api"));
    let all = r#""aud":"api","client_id":"c","iat":1,"jti":"1""#;
    verify(&of_rfc9068, &token("at+jwt", all)).await?;
    assert_eq!(verify(&of_rfc9068, &token("JWT", all)).await, refused(TokenError::Header));
    assert_eq!(verify(&of_rfc9068, &token("at+jwt", r#""aud":"api""#)).await, refused(TokenError::MissingClaim("iat")));
    let of_another_type = verifier(lenient.rfc9068("api").token_types(["JWT"]));
    verify(&of_another_type, &token("JWT", all)).await?;
    assert_eq!(verify(&of_another_type, &token("at+jwt", all)).await, refused(TokenError::Header));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_token_is_as_large_as_its_issuer_allows() -> Tested {
    let known = Signer::new("1")?;
    let fake = Fake::of(&[&known])?;
    let issuers = |size: usize| {
        IssuerVerifier::of([
            fake.keeper(Issuer::new(URL).max_token_size(size)),
            fake.keeper(Issuer::new(OTHER).max_token_size(4 * size)),
        ])
    };
    let too_large = Err(VerifyError::Token(TokenError::TooLarge));
    let token = known.token(URL);
    verify(&issuers(token.len()), &token).await?;
    let verifier = issuers(token.len() - 1);
    assert_eq!(verify(&verifier, &token).await, too_large);
    verify(&verifier, &known.token(OTHER)).await?;
    assert_eq!(verify(&verifier, &token).await, too_large);
    // The error does not wait for keys.
    let down = Fake::new(Answer::Hang);
    let issuers = [Issuer::new(URL).max_token_size(token.len() - 1), Issuer::new(OTHER)];
    assert_eq!(verify(&IssuerVerifier::of(issuers.map(|issuer| down.keeper(issuer))), &token).await, too_large);
    Ok(())
}

/// Even with the wrong issuer's keys, no token of another issuer is accepted.
#[test]
fn keys_verify_only_tokens_of_their_issuer() -> Tested {
    let known = Signer::new("1")?;
    let verifier = Issuer::new(URL).verifier(vec![known.key()?]);
    assert!(verifier.verify(&known.token(URL)).is_ok());
    assert_eq!(verifier.verify(&known.token(OTHER)), Err(TokenError::Issuer));
    Ok(())
}

#[tokio::test]
async fn a_verifier_with_unusable_issuers_does_not_start() {
    let refused = |issuers: &[Issuer]| IssuerVerifier::start(issuers.iter().cloned()).err();
    let issuer = || Issuer::new(URL);
    assert_eq!(refused(&[]), Some(IssuerError::Set));
    assert_eq!(refused(&[issuer(), issuer()]), Some(IssuerError::Set));
    for url in ["", "http://id.example.com", "https://id.example.com?x", "https://id.example.com#x", "https://a:b@c"] {
        assert_eq!(refused(&[issuer(), Issuer::new(url)]), Some(IssuerError::Url), "{url}");
    }
    for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
        assert_eq!(refused(&[issuer().algorithms([Algorithm::RS256, algorithm])]), Some(IssuerError::Algorithms));
    }
    assert_eq!(refused(&[issuer().algorithms([])]), Some(IssuerError::Algorithms));
}

#[test]
fn a_verifier_does_not_start_without_a_runtime() {
    assert_eq!(IssuerVerifier::start([Issuer::new(URL)]).err(), Some(IssuerError::Runtime));
}

/// The numbers of split texts, parsed headers and decoded payloads for one token.
async fn counted(verifier: &IssuerVerifier, token: &str) -> (Result<(), VerifyError>, [usize; 3]) {
    let before = done();
    let result = verify(verifier, token).await;
    let after = done();
    (result, std::array::from_fn(|i| after[i] - before[i]))
}

#[tokio::test(start_paused = true)]
async fn a_token_is_split_read_and_decoded_once() -> Tested {
    let (known, theirs, foreign) = (Signer::new("1")?, Signer::new("1")?, Signer::new("2")?);
    let (fake, other) = (Fake::of(&[&known])?, Fake::of(&[&theirs])?);
    let alone = fake.verifier();
    let several = IssuerVerifier::of([other.keeper(Issuer::new(OTHER)), fake.keeper(Issuer::new(URL))]);
    seconds(1).await;
    for verifier in [&alone, &several] {
        assert_eq!(counted(verifier, &known.token(URL)).await, (Ok(()), [1, 1, 1]));
        // The header is known now.
        assert_eq!(counted(verifier, &known.token(URL)).await, (Ok(()), [1, 0, 1]));
    }
    // A payload is decoded before its signature is good only to choose the issuer.
    let forged = Err(VerifyError::Token(TokenError::Signature));
    assert_eq!(counted(&alone, &theirs.token(URL)).await, (forged.clone(), [1, 0, 0]));
    assert_eq!(counted(&several, &theirs.token(URL)).await, (forged, [1, 0, 1]));
    // The key is missing before and after a refresh.
    for verifier in [&alone, &several] {
        assert_eq!(counted(verifier, &foreign.token(URL)).await, (UNKNOWN, [1, 1, 1]));
    }
    // The key is there after a refresh. The payload is decoded again, because the thread's buffers serve others meanwhile.
    fake.answers(keys(&[&known, &foreign])?);
    seconds(31).await;
    for verifier in [&alone, &several] {
        assert_eq!(counted(verifier, &foreign.token(URL)).await, (Ok(()), [1, 1, 2]));
    }
    Ok(())
}
