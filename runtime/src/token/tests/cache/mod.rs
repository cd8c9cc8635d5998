//! The cache of verified tokens: it saves the verification of a signature, and no other check.

mod keys;

use std::{thread, time::Duration};

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING as P256, EcdsaKeyPair, KeyPair as _},
};
use serde_json::{Value, json};

use crate::{
    jose::{
        algorithm::Algorithm,
        cache::SignatureCache,
        compact,
        hmac_key::HmacKey,
        tests::{CLAIMS, algorithms::signed_now, keys::base64, message, sign, with_signature, work::VERIFICATIONS},
        verification_key::VerificationKey,
    },
    token::{error::TokenError, verifier::TokenVerifier},
};

const HEADER: &str = r#"{"alg":"ES256"}"#;

/// A signing key, made anew in each call.
struct Signer(EcdsaKeyPair);

impl Signer {
    fn new() -> Self {
        Self(EcdsaKeyPair::generate(&P256).unwrap())
    }

    fn key(&self) -> VerificationKey {
        let (x, y) = self.0.public_key().as_ref()[1..].split_at(32);
        let jwk = json!({"kty": "EC", "crv": "P-256", "x": base64(x), "y": base64(y)});
        VerificationKey::from_jwk(Algorithm::ES256, &jwk.to_string()).unwrap()
    }

    fn verifier(&self) -> TokenVerifier {
        TokenVerifier::new([self.key()]).token_cache(100)
    }

    fn sign(&self, header: &str, claims: &str) -> String {
        let message = message(header, claims);
        let signature = self.0.sign(&SystemRandom::new(), message.as_bytes()).unwrap();
        with_signature(&message, signature.as_ref())
    }

    fn token(&self) -> String {
        self.sign(HEADER, CLAIMS)
    }
}

fn cache(verifier: &TokenVerifier) -> &SignatureCache {
    &verifier.ring().cache
}

/// The number of verified signatures during `work`.
fn verifications(work: impl FnOnce()) -> usize {
    let before = VERIFICATIONS.get();
    work();
    VERIFICATIONS.get() - before
}

/// The number of verified signatures for an accepted token.
#[track_caller]
fn accepts(verifier: &TokenVerifier, token: &str) -> usize {
    verifications(|| assert_eq!(verifier.verify(token).map(drop), Ok(())))
}

/// The number of verified signatures for a refused token.
#[track_caller]
fn refuses(verifier: &TokenVerifier, token: &str, because: TokenError) -> usize {
    verifications(|| assert_eq!(verifier.verify(token).map(drop), Err(because)))
}

#[test]
fn a_token_of_a_public_key_is_verified_once() {
    for (algorithm, jwk, token) in signed_now() {
        let key = VerificationKey::from_jwk(algorithm, &jwk.to_string()).unwrap();
        let without = TokenVerifier::new([key.clone()]);
        assert_eq!([(); 3].map(|()| accepts(&without, &token)), [1, 1, 1], "{algorithm}");
        let with = without.clone().token_cache(100);
        assert_eq!([(); 3].map(|()| accepts(&with, &token)), [1, 0, 0], "{algorithm}");
        assert_eq!(verifications(|| assert!(with.verify_as::<Value>(&token).is_ok())), 0);
        assert_eq!(accepts(&with.clone(), &token), 0, "copies share it");
        // 0 turns the cache off again.
        assert_eq!([(); 2].map(|()| accepts(&with.clone().token_cache(0), &token)), [1, 1]);
        assert_eq!([(); 2].map(|()| accepts(&without, &token)), [1, 1], "what was copied before has none");
    }
}

#[test]
fn a_token_is_verified_once_for_any_type_of_claims() {
    let signer = Signer::new();
    let (verifier, token) = (signer.verifier(), signer.token());
    let count = || verifications(|| assert!(verifier.verify_as::<Value>(&token).is_ok()));
    assert_eq!([count(), count()], [1, 0]);
    // A token that the service's type cannot read is not accepted.
    let other = signer.token();
    let count = || verifications(|| assert!(verifier.verify_as::<Vec<u8>>(&other).is_err()));
    assert_eq!([count(), count()], [1, 1]);
}

#[test]
fn tokens_of_secrets_are_not_cached() {
    for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
        let secret = HmacKey::new([7; 64]).unwrap();
        let key = VerificationKey::hmac(algorithm, &secret).unwrap();
        assert!(key.fingerprint().is_none());
        let verifier = TokenVerifier::new([key]).token_cache(100);
        let token = sign(algorithm, &secret, &message(format!(r#"{{"alg":"{algorithm}"}}"#), CLAIMS));
        assert_eq!([(); 2].map(|()| accepts(&verifier, &token)), [1, 1]);
        assert_eq!(cache(&verifier).len(), 0);
    }
}

#[test]
fn a_token_with_any_byte_changed_is_another_token() {
    let signer = Signer::new();
    let (verifier, token) = (signer.verifier(), signer.token());
    accepts(&verifier, &token);
    for at in 0..token.len() {
        for other in ["A", "B", ""].into_iter().filter(|other| other.is_empty() || !token[at..].starts_with(other)) {
            assert!(verifier.verify(&format!("{}{other}{}", &token[..at], &token[at + 1..])).is_err(), "{at} {other}");
        }
    }
    assert!(verifier.verify(&format!("{token}A")).is_err());
    // The same header and claims with another good signature.
    assert_eq!(accepts(&verifier, &signer.token()), 1);
    assert_eq!(accepts(&verifier, &token), 0);
    assert_eq!(cache(&verifier).len(), 2);
}

/// The negated ECDSA signature is also good, but it is another signature.
#[test]
fn a_signature_in_its_other_form_is_another_token() {
    let signer = Signer::new();
    let (verifier, token) = (signer.verifier(), signer.token());
    accepts(&verifier, &token);
    let (message, signature) = token.rsplit_once('.').unwrap();
    let mut room = Vec::new();
    let (r, s) = compact::decode(signature, &mut room).unwrap().split_at(32);
    let other = format!("{message}.{}", base64(&[r, &negated(s)].concat()));
    assert_ne!(token, other);
    assert_eq!([(); 2].map(|()| accepts(&verifier, &other)), [1, 0]);
}

/// `n - s`, with the order `n` of P-256 (FIPS 186-4 §D.1.2.3).
fn negated(s: &[u8]) -> Vec<u8> {
    const N: [u64; 4] = [0xffff_ffff_0000_0000, 0xffff_ffff_ffff_ffff, 0xbce6_faad_a717_9e84, 0xf3b9_cac2_fc63_2551];
    let n = N.iter().flat_map(|limb| limb.to_be_bytes());
    let mut borrow = false;
    let mut difference: Vec<u8> = Vec::new();
    for (n, s) in n.collect::<Vec<_>>().into_iter().zip(s.iter().copied()).rev() {
        let (once, first) = n.overflowing_sub(s);
        let (twice, second) = once.overflowing_sub(u8::from(borrow));
        borrow = first || second;
        difference.push(twice);
    }
    difference.reverse();
    difference
}

#[test]
fn refused_tokens_are_never_cached() {
    let (signer, other) = (Signer::new(), Signer::new());
    let verifier = signer.verifier().issuer("https://id").audience("api");
    let refused = |members: &str| CLAIMS.replace('}', &format!(",{members}}}"));
    let good = refused(r#""iss":"https://id","aud":"api""#);
    for (token, because) in [
        (other.sign(HEADER, &good), TokenError::Signature),
        (signer.sign(HEADER, &good.replace("4102444800", "1")), TokenError::Expired),
        (signer.sign(HEADER, &good.replace('}', r#","nbf":4102444700}"#)), TokenError::NotYetValid),
        (signer.sign(HEADER, &good.replace("https://id", "https://id/")), TokenError::Issuer),
        (signer.sign(HEADER, &good.replace("api", "other")), TokenError::Audience),
        (signer.sign(HEADER, &good.replace("johndoe", "")), TokenError::EmptySubject),
        (signer.sign(r#"{"alg":"ES256","crit":[]}"#, &good), TokenError::Header),
        (signer.sign(r#"{"alg":"RS256"}"#, &good), TokenError::Algorithm),
    ] {
        let first = refuses(&verifier, &token, because.clone());
        assert_eq!(refuses(&verifier, &token, because.clone()), first, "{because}");
        assert_eq!(cache(&verifier).len(), 0, "{because}");
    }
    assert_eq!([(); 2].map(|()| accepts(&verifier, &signer.sign(HEADER, &good))), [1, 1]);
    assert_eq!(cache(&verifier).len(), 2);
}

#[test]
fn every_rule_is_checked_for_a_cached_token() {
    let signer = Signer::new();
    let lenient = signer.verifier();
    let token = signer.token();
    accepts(&lenient, &token);
    let cache = || cache(&lenient).clone();
    for (stricter, because) in [
        (lenient.clone().issuer("https://id"), TokenError::Issuer),
        (lenient.clone().audience("api"), TokenError::Audience),
        (lenient.clone().rfc9068("https://id", "api"), TokenError::Header),
    ] {
        // No service can make this: other rules with the cache of the old ones.
        assert_eq!(refuses(&stricter.with_cache(cache()), &token, because), 0);
    }
    assert_eq!(accepts(&lenient, &token), 0);
}

#[test]
fn times_are_checked_for_a_cached_token() {
    let signer = Signer::new();
    let token = signer.sign(HEADER, r#"{"sub":"johndoe","exp":2000,"nbf":1000}"#);
    let verifier = signer.verifier();
    let at = |verifier: &TokenVerifier, now: f64| {
        let mut result = Ok(());
        let count = verifications(|| result = verifier.verify_at(&token, now).map(drop));
        (result, count)
    };
    assert_eq!(at(&verifier, 1000.0), (Ok(()), 1));
    assert_eq!(at(&verifier, 1999.5), (Ok(()), 0));
    // The clock was set back.
    assert_eq!(at(&verifier, 999.5), (Err(TokenError::NotYetValid), 0));
    assert_eq!(at(&verifier, 2000.0), (Err(TokenError::Expired), 1));
    assert_eq!(cache(&verifier).len(), 0);
    // Within the leeway the token is accepted, and verified each time.
    let lenient = signer.verifier().leeway(Duration::from_secs(30));
    assert_eq!(at(&lenient, 1500.0), (Ok(()), 1));
    assert_eq!([(); 2].map(|()| at(&lenient, 2029.5)), [(Ok(()), 1), (Ok(()), 1)]);
    assert_eq!(cache(&lenient).len(), 0);
    assert_eq!(at(&lenient, 2030.0), (Err(TokenError::Expired), 1));
    assert_eq!([(); 2].map(|()| at(&lenient, 970.0)), [(Ok(()), 1), (Ok(()), 0)]);
    assert_eq!(at(&lenient, 969.5), (Err(TokenError::NotYetValid), 0));
}

#[test]
fn another_configuration_has_its_own_empty_cache() {
    let signer = Signer::new();
    let (verifier, token) = (signer.verifier(), signer.token());
    accepts(&verifier, &token);
    let configured = verifier.clone().leeway(Duration::from_secs(1));
    assert_eq!([(); 2].map(|()| accepts(&configured, &token)), [1, 0]);
    assert_eq!((cache(&verifier).len(), cache(&configured).len()), (1, 1));
    let mine = signer.token();
    accepts(&configured, &mine);
    assert_eq!(accepts(&verifier, &mine), 1);
}

#[test]
fn a_flood_of_good_tokens_stays_within_the_bound() {
    let signer = Signer::new();
    let verifier = signer.verifier();
    let tokens: Vec<_> = (0..300).map(|_| signer.token()).collect();
    for token in tokens.iter().chain(&tokens) {
        accepts(&verifier, token);
        assert!(cache(&verifier).len() <= 100);
    }
    assert_eq!(accepts(&verifier, &tokens[299]), 0);
}

#[test]
fn threads_share_the_cache() {
    let (signer, other) = (Signer::new(), Signer::new());
    let verifier = TokenVerifier::new([signer.key()]).token_cache(20);
    let (tokens, forged): (Vec<_>, Vec<_>) = (0..40).map(|_| (signer.token(), other.token())).unzip();
    thread::scope(|scope| {
        for thread in 0..4 {
            let (verifier, tokens, forged) = (&verifier, &tokens, &forged);
            scope.spawn(move || {
                for i in 0..200 {
                    let i = (i * (thread + 1)) % tokens.len();
                    assert!(verifier.verify(&tokens[i]).is_ok());
                    assert_eq!(verifier.verify(&forged[i]).err(), Some(TokenError::Signature));
                }
            });
        }
    });
    assert!(cache(&verifier).len() <= 20);
}
