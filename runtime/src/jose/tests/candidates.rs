//! The choice among several keys, and the headers that are remembered.

use super::{CLAIMS, HmacKey, JwsError, VerificationKey, message, ring, sign, verify, work::HEADERS};
use crate::jose::{
    algorithm::Algorithm::{HS256, HS384, HS512},
    scratch::Scratch,
};

fn secret(byte: u8) -> HmacKey {
    HmacKey::new([byte; 64]).unwrap()
}

fn key(byte: u8, id: Option<&str>) -> VerificationKey {
    let key = VerificationKey::hmac(HS256, &secret(byte)).unwrap();
    match id {
        Some(id) => key.with_kid(id),
        None => key,
    }
}

/// A text signed with the secret of this byte, with `kid` as given.
fn token(kid: Option<&str>, byte: u8) -> String {
    let kid = kid.map(|kid| format!(r#","kid":"{kid}""#)).unwrap_or_default();
    sign(HS256, &secret(byte), &message(format!(r#"{{"alg":"HS256"{kid}}}"#), CLAIMS))
}

#[test]
fn a_token_is_verified_with_the_key_that_it_names() {
    let named = || vec![key(1, Some("a")), key(2, Some("b"))];
    let with_a_nameless = || [named(), vec![key(3, None)]].concat();
    let signature = Err(JwsError::Signature);
    for (keys, kid, signer, expected) in [
        (named(), Some("a"), 1, Ok(())),
        (named(), Some("b"), 2, Ok(())),
        (named(), Some("\\u0061"), 1, Ok(())),
        (named(), Some("a"), 2, signature),
        (named(), Some("b"), 1, signature),
        (named(), Some("c"), 1, Err(JwsError::Key)),
        (named(), Some(""), 1, Err(JwsError::Key)),
        (named(), Some("A"), 1, Err(JwsError::Key)),
        (named(), None, 1, Ok(())),
        (named(), None, 2, Ok(())),
        (named(), None, 3, signature),
        // A key without a `kid` may be meant, unless another key has the `kid`.
        (with_a_nameless(), Some("c"), 3, Ok(())),
        (with_a_nameless(), Some("c"), 1, signature),
        (with_a_nameless(), Some("a"), 3, signature),
        // More than two keys match.
        (with_a_nameless(), None, 3, Err(JwsError::Key)),
        (vec![key(1, None); 2], Some("c"), 1, Ok(())),
        (vec![key(1, None); 3], Some("c"), 1, Err(JwsError::Key)),
        (vec![key(1, Some("a")); 3], Some("a"), 1, Err(JwsError::Key)),
        // Two keys with one `kid`, in a list that a service may have made.
        (vec![key(1, Some("a")), key(2, Some("a"))], Some("a"), 2, Ok(())),
        (vec![], None, 1, Err(JwsError::Algorithm)),
    ] {
        let verified = verify(&ring(keys.clone()), &token(kid, signer));
        assert_eq!(verified, expected, "{keys:?} {kid:?} {signer}");
    }
}

#[test]
fn a_key_verifies_only_with_its_algorithm() {
    let hs512 = VerificationKey::hmac(HS512, &secret(1)).unwrap().with_kid("a");
    let of_hs512 = sign(HS512, &secret(1), &message(r#"{"alg":"HS512","kid":"a"}"#, CLAIMS));
    let only_hs512 = ring([hs512.clone()]);
    assert_eq!(verify(&only_hs512, &of_hs512), Ok(()));
    assert_eq!(verify(&only_hs512, &token(Some("a"), 1)), Err(JwsError::Algorithm));
    assert_eq!(verify(&ring([key(1, Some("a"))]), &of_hs512), Err(JwsError::Algorithm));
    // The `kid` is that of a key for the other algorithm.
    let both = ring([hs512, key(2, Some("b"))]);
    assert_eq!(verify(&both, &token(Some("a"), 1)), Err(JwsError::Key));
    assert_eq!(verify(&both, &of_hs512), Ok(()));
    assert_eq!(verify(&both, &token(Some("b"), 2)), Ok(()));
}

fn header(token: &str) -> &str {
    token.split_once('.').unwrap().0
}

#[test]
fn headers_with_one_key_are_remembered() {
    let ring_of_two = ring([key(1, Some("a")), key(2, Some("b"))]);
    let good = token(Some("a"), 1);
    let forged = token(Some("a"), 2);
    let headers = HEADERS.get();
    assert_eq!(verify(&ring_of_two, &forged), Err(JwsError::Signature));
    assert!(!ring_of_two.knows(header(&forged)), "nobody signed it");
    assert_eq!(verify(&ring_of_two, &good), Ok(()));
    assert!(ring_of_two.knows(header(&good)));
    assert_eq!(HEADERS.get() - headers, 2);
    assert_eq!(verify(&ring_of_two, &good), Ok(()));
    assert_eq!(verify(&ring_of_two, &forged), Err(JwsError::Signature));
    assert_eq!(verify(&ring_of_two, &format!("{good}=")), Err(JwsError::Malformed));
    assert_eq!(HEADERS.get() - headers, 2);
    // Other rings and other rules do not know the header.
    let other = ring([key(2, Some("a"))]);
    assert!(!other.knows(header(&good)));
    assert_eq!(verify(&other, &good), Err(JwsError::Signature));
    let mut forgetful = ring_of_two;
    forgetful.forget();
    assert!(!forgetful.knows(header(&good)));
}

#[test]
fn the_header_of_what_the_only_secret_has_not_signed_is_not_parsed() {
    let only = ring([key(1, Some("a"))]);
    let with_signature = |header: &str, signer: u8| sign(HS256, &secret(signer), &message(header, CLAIMS));
    let headers = HEADERS.get();
    for header in [r#"{"alg":"HS256"}"#, r#"{"alg":"none"}"#, "{", r#"{"alg":"HS256","kid":"b"}"#] {
        assert_eq!(verify(&only, &with_signature(header, 2)), Err(JwsError::Signature), "{header}");
    }
    assert_eq!(HEADERS.get() - headers, 0);
    // A good signature is not enough.
    for (header, error) in [
        (r#"{"alg":"none"}"#, JwsError::Algorithm),
        (r#"{"alg":"HS512"}"#, JwsError::Algorithm),
        ("{", JwsError::Header),
        (r#"{"alg":"HS256","crit":["exp"]}"#, JwsError::Header),
        (r#"{"alg":"HS256","kid":"b"}"#, JwsError::Key),
    ] {
        let text = with_signature(header, 1);
        assert_eq!(verify(&only, &text), Err(error), "{header}");
        assert!(!only.knows(self::header(&text)), "{header}");
    }
    assert_eq!(HEADERS.get() - headers, 5);
    assert_eq!(verify(&only, &token(Some("a"), 1)), Ok(()));
    assert_eq!(HEADERS.get() - headers, 6);
}

#[test]
fn a_signature_of_another_length_is_refused_for_its_algorithm() {
    let keys = |algorithm| ring([VerificationKey::hmac(algorithm, &secret(1)).unwrap()]);
    for (algorithm, others) in [(HS256, [HS384, HS512]), (HS384, [HS256, HS512]), (HS512, [HS256, HS384])] {
        let text = |of| sign(of, &secret(1), &message(format!(r#"{{"alg":"{of}"}}"#), CLAIMS));
        let headers = HEADERS.get();
        for other in others {
            assert_eq!(verify(&keys(algorithm), &text(other)), Err(JwsError::Algorithm), "{algorithm} {other}");
        }
        assert_eq!(HEADERS.get() - headers, 2);
        let forged = text(algorithm).replacen(".e", ".f", 1);
        assert_eq!(verify(&keys(algorithm), &forged), Err(JwsError::Signature), "{algorithm}");
        assert_eq!(HEADERS.get() - headers, 2);
        let good = text(algorithm);
        let (unsigned, signature) = good.rsplit_once('.').unwrap();
        let long = format!("{unsigned}.AAAA{signature}");
        assert_eq!(verify(&keys(algorithm), &long), Err(JwsError::Signature), "{algorithm}");
        assert_eq!(HEADERS.get() - headers, 3);
    }
}

#[test]
fn ambiguous_headers_are_not_remembered() {
    let of_two = ring([key(1, None), key(2, None)]);
    for signer in [1, 2, 1] {
        let token = token(None, signer);
        assert_eq!(verify(&of_two, &token), Ok(()), "{signer}");
        assert!(!of_two.knows(header(&token)));
    }
}

#[test]
fn a_bounded_number_of_headers_is_remembered() {
    let of_many = ring((0..100).map(|id| key(1, Some(&id.to_string()))));
    let tokens: Vec<_> = (0..100).map(|id| token(Some(&id.to_string()), 1)).collect();
    for token in tokens.iter().chain(&tokens) {
        assert_eq!(verify(&of_many, token), Ok(()));
    }
    let remembered: Vec<_> = (0..100).filter(|id| of_many.knows(header(&tokens[*id]))).collect();
    assert_eq!(remembered, (0..32).collect::<Vec<_>>());
    Scratch::with(|scratch| assert!(scratch.payload.capacity() < 1000, "{}", scratch.payload.capacity()));
}
