//! Every rule, by a token that breaks it alone.

#![allow(clippy::unwrap_used, reason = "a failed test may panic")]

#[cfg(feature = "aws_lc_rs")]
mod cache;
mod json_suite;
mod nested;
mod policy;
mod profile;
mod rules;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::{
    claims::Claims,
    error::TokenError::{self, Audience, Expired, Header, Issuer, Malformed, Signature},
    sign::TokenSigner,
    verifier::TokenVerifier,
};
use crate::jose::{
    algorithm::Algorithm,
    compact,
    hmac_key::HmacKey,
    provider,
    tests::{CLAIMS, ED25519, message, sign, with_signature, work::VERIFICATIONS},
    verification_key::VerificationKey,
};

pub(super) const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

pub(super) fn key() -> HmacKey {
    HmacKey::new([7; 32]).unwrap()
}

pub(super) fn verifier() -> TokenVerifier {
    TokenVerifier::hs256(&key())
}

/// A good signature for any header and claims.
pub(super) fn mint(header: impl AsRef<[u8]>, claims: impl AsRef<[u8]>) -> String {
    mint_encoded(&message(header, claims))
}

pub(super) fn mint_encoded(message: &str) -> String {
    sign(Algorithm::HS256, &key(), message)
}

#[track_caller]
fn assert_refused(token: &str, because: TokenError) {
    assert_eq!(verifier().verify_as::<Value>(token), Err(because), "{token}");
}

/// `CLAIMS` with members added.
fn claims_with(members: &str) -> String {
    CLAIMS.replace('}', &format!(",{members}}}"))
}

#[test]
fn a_signed_token_verifies() {
    let claims = Claims::new("johndoe", "me items", Duration::from_secs(60));
    let token = TokenSigner::hs256(&key()).sign(&claims).unwrap();
    assert!(token.starts_with("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."));
    assert_eq!(token, mint(HEADER, serde_json::to_string(&claims).unwrap()));
    assert_eq!(verifier().verify(&token), Ok(claims));
}

/// Runs with either backend; `cache` has the other tests.
#[test]
fn a_cached_token_verifies() {
    // RFC 8037 appendix A.1, in the form of RFC 8410 §7.
    let mut der = b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20".to_vec();
    let mut room = Vec::new();
    der.extend(compact::decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A", &mut room).unwrap());
    let key = jsonwebtoken::EncodingKey::from_ed_der(&der);
    let message = message(r#"{"alg":"EdDSA"}"#, CLAIMS);
    let signature = provider::signer(Algorithm::EdDSA, &key).unwrap().try_sign(message.as_bytes()).unwrap();
    let token = with_signature(&message, &signature);
    let key = VerificationKey::from_jwk(Algorithm::EdDSA, ED25519).unwrap();
    let verifier = TokenVerifier::new([key]).token_cache(10);
    let counts = [(); 3].map(|()| {
        let before = VERIFICATIONS.get();
        assert!(verifier.verify(&token).is_ok());
        VERIFICATIONS.get() - before
    });
    assert_eq!((counts, verifier.ring().cache.len()), ([1, 0, 0], 1));
    assert!(verifier.verify(&token[1..]).is_err());
}

#[test]
fn claims_that_are_no_object_are_not_signed() {
    let signer = TokenSigner::hs256(&key());
    for claims in [json!(["johndoe", 1]), json!("johndoe"), json!(null), json!(1)] {
        assert_eq!(signer.sign(&claims).unwrap_err().to_string(), "claims are not a JSON object", "{claims}");
    }
    let error = signer.sign(&std::collections::HashMap::from([((), 1)])).unwrap_err();
    assert_eq!(error.to_string(), "claims could not be serialised");
    assert!(std::error::Error::source(&error).is_some());
}

#[test]
fn debug_output_hides_secrets() {
    let key = HmacKey::new("a secret that is long enough, too").unwrap();
    let shown = format!("{key:?} {:?} {:?}", TokenSigner::hs256(&key), TokenVerifier::hs256(&key).issuer("me"));
    assert!(shown.contains(r#"issuer: Some("me")"#), "{shown}");
    assert!(!shown.contains("secret") && !shown.contains("97, 32"), "{shown}");
}

#[test]
fn signers_and_verifiers_are_shared_between_threads() {
    fn is_shared<T: Clone + Send + Sync + 'static>(_: T) {}
    is_shared((key(), TokenSigner::hs256(&key()), verifier()));
}

/// The token of RFC 7515 appendix A.1 has expired and has no subject.
#[test]
fn the_example_of_rfc_7515_has_a_good_signature() {
    let secret = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
    let token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0\
                 dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let verifier = TokenVerifier::hs256(&HmacKey::new(compact::decode(secret, &mut Vec::new()).unwrap()).unwrap());
    assert_eq!(verifier.verify_as::<Value>(token), Err(TokenError::MissingClaim("sub")));
    assert_eq!(verifier.verify_as::<Value>(&token.replace(".eyJpc3M", ".eyJqc3M")), Err(Signature));
}

#[test]
fn only_the_signature_of_the_key_counts() {
    let token = mint(HEADER, CLAIMS);
    let (message, signature) = token.rsplit_once('.').unwrap();
    assert_refused(&format!("{message}."), Signature);
    assert_refused(&format!("{message}.{}", &signature[..40]), Signature);
    assert_refused(&format!("{message}.{signature}AAAA"), Signature);
    let others = mint(HEADER, CLAIMS.replace("john", "jane"));
    assert_refused(&format!("{}.{signature}", others.rsplit_once('.').unwrap().0), Signature);
    let other = TokenVerifier::hs256(&HmacKey::new([8; 32]).unwrap());
    assert_eq!(other.verify_as::<Value>(&token), Err(Signature));
    // The signature comes first: unsigned claims are not parsed.
    assert_refused(&mint(HEADER, "{").replace(".e", ".f"), Signature);
}

#[test]
fn a_token_is_three_segments_of_canonical_base64url() {
    let token = mint(HEADER, CLAIMS);
    let (message, signature) = token.rsplit_once('.').unwrap();
    let (header, claims) = message.split_once('.').unwrap();
    assert!(verifier().verify_as::<Value>(&token).is_ok());
    for token in ["", ".", message, header, "a.b.c.d", &format!("{token}."), &format!("{token}.{signature}")] {
        assert_refused(token, Malformed);
    }
    assert_refused(&format!("{token}="), Malformed);
    // What is not signed is not read.
    assert_refused(&format!(" {token}"), Signature);
    assert_refused(&mint_encoded(&format!(" {message}")), Malformed);
    assert_refused(&format!("{token}\n"), Malformed);
    // 32 bytes leave two bits of the last character unused.
    let last = signature.chars().last().unwrap();
    assert_refused(&format!("{message}.{}{}", &signature[..42], (last as u8 + 1) as char), Malformed);
    for claims in [format!("{claims}="), format!("{claims}=="), format!("{claims}+"), format!("{claims}\u{e9}")] {
        assert_refused(&mint_encoded(&format!("{header}.{claims}")), Malformed);
    }
    assert_refused(&mint_encoded(&format!("{header}=.{claims}")), Malformed);
}

#[cfg(feature = "introspection")]
#[test]
fn the_payload_of_a_signed_text_is_read_whatever_it_claims() {
    use crate::jose::{compact::Compact, jws::Jws};
    let payload = |token: &str| {
        let parts = Compact::split(token, usize::MAX).unwrap();
        let text = Jws::new(&parts);
        verifier().signed_payload(&text, 0.0).map(|payload| payload.to_string())
    };
    let token = mint(HEADER, r#"{"exp":1}"#);
    assert_eq!(payload(&token), Ok(r#"{"exp":1}"#.to_owned()));
    assert_eq!(payload(&token.replace(".e", ".f")), Err(Signature));
}

#[test]
fn a_token_is_at_most_16_kib() {
    let padded = |len: usize| mint(HEADER, format!("{CLAIMS:len$}"));
    let (fits, exceeds) = (padded(12_227), padded(12_228));
    assert_eq!((fits.len(), exceeds.len()), (16_384, 16_385));
    assert!(verifier().verify_as::<Value>(&fits).is_ok());
    assert_refused(&exceeds, TokenError::TooLarge);
    assert!(verifier().max_token_size(16_385).verify(&exceeds).is_ok());
    assert_eq!(verifier().max_token_size(16_383).verify(&fits), Err(TokenError::TooLarge));
}

/// `header` and `policy` test each of their rules. This tests that they are applied, whatever type the service reads.
#[test]
fn headers_and_claims_are_checked() {
    for (header, claims, because) in [
        (r#"{"alg":"none"}"#, CLAIMS, TokenError::Algorithm),
        (r#"{"alg":"HS512","typ":"JWT"}"#, CLAIMS, TokenError::Algorithm),
        (r#"{"alg":"HS256","crit":[]}"#, CLAIMS, Header),
        (HEADER, r#"["johndoe",4102444800]"#, TokenError::Claims),
        (HEADER, r#"{"exp":4102444800}"#, TokenError::MissingClaim("sub")),
        (HEADER, r#"{"sub":"johndoe","exp":1}"#, Expired),
    ] {
        assert_eq!(verifier().verify_as::<IgnoredAny>(&mint(header, claims)).err(), Some(because), "{header} {claims}");
    }
    // Refused even if the service does not read the claim.
    assert_refused(&mint(HEADER, b"{\"sub\":\"johndoe\",\"exp\":4102444800,\"x\":\"\xff\"}"), Malformed);
    // A header that `TokenSigner` would not write needs a good signature too.
    assert_refused(&mint(r#"{"alg":"HS256"}"#, CLAIMS).replace(".e", ".f"), Signature);
}

#[test]
fn claims_that_the_service_cannot_read_are_refused() {
    assert_eq!(verifier().verify_as::<Vec<u8>>(&mint(HEADER, CLAIMS)), Err(TokenError::ClaimsType));
}

#[test]
fn standard_claims_are_read() {
    let read = |members: &str| verifier().verify(&mint(HEADER, claims_with(members))).unwrap();
    assert!(read(r#""x":1"#).scope.is_empty());
    assert_eq!(read(r#""scope":"me  items""#).scope.as_str(), "me items");
    let fraction = CLAIMS.replace("4800", "4800.9");
    assert_eq!(verifier().verify(&mint(HEADER, fraction)), Ok(read(r#""x":1"#)));
    assert_eq!(serde_json::to_string(&read(r#""x":1"#)).unwrap(), r#"{"sub":"johndoe","scope":"","exp":4102444800}"#);
}

#[test]
fn expiry_is_checked_with_a_capped_leeway() {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let token = |ago: u64| mint(HEADER, format!(r#"{{"sub":"johndoe","exp":{}}}"#, now - ago));
    assert_refused(&token(0), Expired);
    let lenient = verifier().leeway(Duration::MAX);
    assert!(lenient.verify_as::<Value>(&token(200)).is_ok());
    assert_eq!(lenient.verify_as::<Value>(&token(300)), Err(Expired));
    // An earlier copy keeps its own policy.
    let strict = verifier();
    let _ = strict.clone().leeway(Duration::from_secs(300));
    assert_eq!(strict.verify_as::<Value>(&token(200)), Err(Expired));
}

#[test]
fn issuers_and_audiences_are_compared() {
    let configured = || verifier().issuer("https://id").audience("api");
    for (verifier, members, expected) in [
        (configured(), r#""iss":"https://id","aud":"api""#, Ok(())),
        (configured(), r#""iss":"https:\/\/id","aud":"\u0061pi""#, Ok(())),
        (configured(), r#""iss":"https://id","aud":["other","\u0061pi"]"#, Ok(())),
        (configured(), r#""aud":"api""#, Err(Issuer)),
        (configured(), r#""iss":"https://id/","aud":"api""#, Err(Issuer)),
        (
            configured(),
            r#""iss":["https://id"],"aud":"api""#,
            Err(TokenError::WrongClaim { claim: "iss", found: "a list of names" }),
        ),
        (configured(), r#""iss":"https://id""#, Err(Audience)),
        (configured(), r#""iss":"https://id","aud":"apis""#, Err(Audience)),
        (configured(), r#""iss":"https://id","aud":["API","ap"]"#, Err(Audience)),
        (configured(), r#""iss":"https://id","aud":[]"#, Err(Audience)),
        (verifier(), r#""iss":"https://id""#, Ok(())),
        (verifier(), r#""aud":"api""#, Err(Audience)),
        (verifier(), r#""aud":[]"#, Err(Audience)),
    ] {
        let verified = verifier.verify_as::<Value>(&mint(HEADER, claims_with(members)));
        assert_eq!(verified.map(drop), expected, "{members}");
    }
}

/// No input panics: every prefix and every changed byte of a good token.
#[test]
fn mangled_tokens_are_refused() {
    let token = mint(HEADER, CLAIMS);
    for at in 0..token.len() {
        assert!(verifier().verify_as::<Value>(&token[..at]).is_err());
        for other in [".", "=", "A", "\u{e9}", "\0", "{"].into_iter().filter(|other| !token[at..].starts_with(other)) {
            assert!(verifier().verify_as::<Value>(&format!("{}{other}{}", &token[..at], &token[at + 1..])).is_err());
        }
    }
}
