//! Sets with an odd entry: it is skipped and named in the log, the others are used, and keys that are not in the set are
//! withdrawn.

use aws_lc_rs::{
    digest,
    rand::SystemRandom,
    rsa::KeySize,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA256, RsaKeyPair},
};
use axum_scopes_test_support::{Jws, Log};

use super::{
    provider::{Page, Provider, key_set},
    *,
};

/// Signs with the odd keys.
struct Owner {
    ed: Signer,
    ec: EcdsaKeyPair,
    rsa: RsaKeyPair,
}

impl Owner {
    fn new() -> Tested<Self> {
        let ec = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)?;
        Ok(Self { ed: Signer::new("odd")?, ec, rsa: RsaKeyPair::generate(KeySize::Rsa2048)? })
    }

    /// RFC 8017 §A.1.1: 256 bytes after the heads of sequence and integer.
    fn n(&self) -> &[u8] {
        &self.rsa.public_key().as_ref()[9..265]
    }

    /// Both coordinates of the point.
    fn xy(&self) -> (&[u8], &[u8]) {
        self.ec.public_key().as_ref()[1..].split_at(32)
    }

    fn token(&self, issuer: &str, alg: &str) -> Tested<String> {
        let header = format!(r#"{{"alg":"{}","kid":"odd"}}"#, if alg == ONE { "RS256" } else { alg });
        let claims = format!(r#"{{"iss":"{issuer}","sub":"amy","exp":4102444800,"scope":"items"}}"#);
        if alg == "EdDSA" {
            return Ok(self.ed.sign(&header, &claims));
        }
        Jws::new(header, claims).try_signed(|message| match alg {
            "ES256" => Ok(self.ec.sign(&SystemRandom::new(), message)?.as_ref().to_vec()),
            ONE => Ok(encoded(message)),
            _ => {
                let mut signature = vec![0; 256];
                self.rsa.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)?;
                Ok(signature)
            }
        })
    }
}

/// With the exponent 1, anybody can sign: the signature is the encoded message.
const ONE: &str = "RS256 with the exponent 1";

/// EMSA-PKCS1-v1_5 with 256 bytes (RFC 8017 §9.2).
fn encoded(message: &[u8]) -> Vec<u8> {
    let info = [0x30, 0x31, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, 4, 0x20];
    let hash = digest::digest(&digest::SHA256, message);
    [&[0, 1], &[0xff; 202][..], &[0], &info, hash.as_ref()].concat()
}

const BY_NAME: &str = r#"key=keys[1], kid "odd" "#;
const BY_PLACE: &str = "key=keys[1] ";
const SHAPE: &str = "malformed JSON, repeats a member, or has a member of the wrong type";
const NO_KEY: &str = "the key is invalid";

/// An entry, the algorithm of its owner's token, its name in the log, and the reason.
fn odd_entries(owner: &Owner) -> Vec<(String, &'static str, &'static str, &'static str)> {
    let (n, (x, y)) = (base64url(owner.n()), owner.xy());
    let (x, y) = (base64url(x), base64url(y));
    let ed = |more: &str| owner.ed.jwk().replace('}', &format!(",{more}}}"));
    let rsa = |n: &str, e: &str| format!(r#"{{"kty":"RSA","kid":"odd","n":"{n}","e":"{e}"}}"#);
    let ec = |members: &str| format!(r#"{{"kty":"EC","kid":"odd",{members}}}"#);
    let (small, zero) = (base64url([0xff; 128]), base64url([&[0], owner.n()].concat()));
    vec![
        (rsa(&small, "AQAB"), "RS256", BY_NAME, "2048 to 8192 bits"),
        (rsa(&format!("{n}=="), "AQAB"), "RS256", BY_NAME, "`n` is missing or not base64url"),
        (rsa(&zero, "AQAB"), "RS256", BY_NAME, NO_KEY),
        (rsa(&n, "AQ"), ONE, BY_NAME, NO_KEY),
        (r#"{"kty":"RSA","kid":"odd","x5c":["MIIB"]}"#.into(), "RS256", BY_NAME, "`n` is missing"),
        (rsa(&n, "AQAB").replace('}', r#","d":"AA"}"#), "RS256", BY_NAME, "private key"),
        (ed(r#""d":"AA""#), "EdDSA", BY_NAME, "private key"),
        (ec(&format!(r#""crv":"P-256","x":"{x}""#)), "ES256", BY_NAME, "`y` is missing"),
        (ec(&format!(r#""crv":"P-256","x":"{y}","y":"{x}""#)), "ES256", BY_NAME, NO_KEY),
        (ec(&format!(r#""x":"{x}","y":"{y}""#)), "ES256", BY_NAME, "`crv` is missing"),
        (ed(r#""alg":null"#), "EdDSA", BY_NAME, SHAPE),
        (owner.ed.jwk().replace("\"sig\"", "null"), "EdDSA", BY_NAME, SHAPE),
        (ed(r#""key_ops":null"#), "EdDSA", BY_NAME, SHAPE),
        (ed(r#""crv":"Ed25519""#), "EdDSA", BY_NAME, SHAPE),
        (ed(r#""more":{"a":1,"a":2}"#), "EdDSA", BY_NAME, SHAPE),
        (owner.ed.jwk().replace(r#""kty":"OKP","#, ""), "EdDSA", BY_NAME, "`kty` is missing"),
        (owner.ed.jwk().replace("\"odd\"", "1"), "EdDSA", BY_PLACE, SHAPE),
        (owner.ed.jwk().replace("\"odd\"", "null"), "EdDSA", BY_PLACE, SHAPE),
        (format!("[{}]", owner.ed.jwk()), "EdDSA", BY_PLACE, SHAPE),
        ("null".into(), "EdDSA", BY_PLACE, SHAPE),
        ("\"odd\"".into(), "EdDSA", BY_PLACE, SHAPE),
        (format!(r#"{{"kid":"{}"}}"#, "o".repeat(1000)), "EdDSA", "kid \"oooo", "`kty` is missing"),
    ]
}

/// The result of a token with an unknown key, which makes `verifier` fetch `set`.
async fn replaced(provider: &Provider, verifier: &IssuerVerifier, set: String, token: &str) -> Result<(), VerifyError> {
    provider.serve("/keys", Page::Json(set));
    verify(verifier, token).await
}

#[tokio::test]
async fn an_odd_key_neither_removes_nor_preserves_other_keys() -> Tested {
    let (owner, good, withdrawn) = (Owner::new()?, Signer::new("good")?, Signer::new("withdrawn")?);
    for (entry, alg, named, reason) in odd_entries(&owner) {
        let (log, _guard) = Log::listen();
        let provider = Provider::with_keys(&[&good, &withdrawn]).await?;
        let verifier = provider.verifier()?;
        verify(&verifier, &withdrawn.token(&provider.url)).await?;
        let set = format!(r#"{{"keys":[{},{entry}]}}"#, good.jwk());
        let odd = replaced(&provider, &verifier, set, &owner.token(&provider.url, alg)?).await;
        assert!(matches!(odd, Err(VerifyError::Token(_))), "{entry}: {odd:?}");
        assert_eq!(provider.asked().len(), 4, "{entry}");
        verify(&verifier, &good.token(&provider.url)).await?;
        assert_eq!(verify(&verifier, &withdrawn.token(&provider.url)).await, UNKNOWN, "{entry}");
        let status = verifier.status().remove(0);
        assert_eq!((status.keys, status.last_failure), (1, None), "{entry}");
        let logged = log.text();
        let warnings: Vec<_> = logged.lines().filter(|line| line.starts_with("WARN")).collect();
        assert!(warnings.len() == 1 && warnings[0].len() < 400, "{logged}");
        for expected in [&provider.url, named, reason] {
            assert!(warnings[0].contains(expected), "{entry}: {logged}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn an_odd_key_is_logged_when_it_first_appears() -> Tested {
    let (good, other) = (Signer::new("good")?, Signer::new("other")?);
    let (log, _guard) = Log::listen();
    let provider = Provider::with_keys(&[&good]).await?;
    provider.serve("/keys", Page::Json(format!(r#"{{"keys":[{},{{"kid":"odd"}}]}}"#, good.jwk())));
    let verifier = provider.verifier()?;
    verify(&verifier, &good.token(&provider.url)).await?;
    assert_eq!(verify(&verifier, &other.token(&provider.url)).await, UNKNOWN);
    assert_eq!(provider.asked().len(), 4, "it was there twice");
    assert_eq!(log.text().matches("a key of an issuer is skipped").count(), 1, "{}", log.text());
    Ok(())
}

/// A key for another purpose is not an error of the issuer, so it is not logged.
#[tokio::test]
async fn keys_for_other_purposes_are_skipped_silently() -> Tested {
    let good = Signer::new("good")?;
    let (log, _guard) = Log::listen();
    let provider = Provider::start().await?;
    let others = [
        r#"{"kty":"RSA","use":"enc","n":"","e":""}"#,
        r#"{"kty":"oct","k":"AAAA"}"#,
        r#"{"kty":"new"}"#,
        r#"{"kty":"EC","crv":"secp256k1"}"#,
    ];
    provider.serve(provider::DOCUMENT, Page::Json(provider.document()));
    provider.serve("/keys", Page::Json(format!(r#"{{"keys":[{},{}]}}"#, others.join(","), good.jwk())));
    let verifier = provider.verifier()?;
    verify(&verifier, &good.token(&provider.url)).await?;
    assert!(!log.text().contains("WARN"), "{}", log.text());
    Ok(())
}

#[tokio::test]
async fn two_keys_of_one_name_are_both_tried_and_three_are_not() -> Tested {
    let [first, second, third] = [Signer::new("same")?, Signer::new("same")?, Signer::new("same")?];
    let good = Signer::new("good")?;
    let none = || VerifyError::Token(TokenError::Key);
    for (set, keys, expected) in [
        // A key that is listed twice is one key.
        (vec![&good, &first, &first], 2, [Ok(()), Err(VerifyError::Token(TokenError::Signature))]),
        // Two keys are both tried.
        (vec![&first, &good, &second, &first], 3, [Ok(()), Ok(())]),
        // Three signatures are too many to verify for one token.
        (vec![&first, &second, &third, &good], 1, [Err(none()), Err(none())]),
    ] {
        let (log, _guard) = Log::listen();
        let provider = Provider::with_keys(&set).await?;
        let verifier = provider.verifier()?;
        verify(&verifier, &good.token(&provider.url)).await?;
        for (signer, expected) in [&first, &second].into_iter().zip(expected) {
            assert_eq!(verify(&verifier, &signer.token(&provider.url)).await, expected);
        }
        assert_eq!(verifier.status()[0].keys, keys);
        let is_logged = |place: usize| log.text().contains(&format!(r#"keys[{place}], kid "same""#));
        assert_eq!([0, 1, 2, 3].map(is_logged), [keys == 1, keys == 1, keys == 1, false], "{}", log.text());
    }
    Ok(())
}

#[tokio::test]
async fn a_set_without_a_usable_key_fails_the_refresh() -> Tested {
    let (good, other) = (Signer::new("good")?, Signer::new("other")?);
    let private = key_set(&[&other]).replace("\"use\"", "\"d\":\"AA\",\"use\"");
    for (set, expected, is_set) in [
        (r#"{"keys":[]}"#, "the issuer has no key that can be used", true),
        (r#"{"keys":[{"kty":"oct","k":"AAAA"}]}"#, "the issuer has no key that can be used", true),
        (&private, "the issuer has no key that can be used", true),
        ("{}", "the issuer's key set is malformed", false),
        (r#"{"keys":null}"#, "the issuer's key set is malformed", false),
        (r#"{"keys":[],"keys":[]}"#, "the issuer's key set is malformed", false),
        (r#"{"keys":[}"#, "the issuer's key set is malformed", false),
        (r#"{"keys":[]}{}"#, "the issuer's key set is malformed", false),
    ] {
        let provider = Provider::with_keys(&[&good]).await?;
        let verifier = provider.verifier()?;
        verify(&verifier, &good.token(&provider.url)).await?;
        let unknown = replaced(&provider, &verifier, set.into(), &other.token(&provider.url)).await;
        assert!(is_unavailable(unknown), "{set}");
        let error = verifier.status().remove(0).last_failure.map(|(_, error)| error.to_string());
        assert_eq!(error.as_deref(), Some(expected), "{set}");
        // A well-formed set withdraws the good key; a malformed one does not.
        let verdict = verify(&verifier, &good.token(&provider.url)).await;
        assert!(if is_set { is_unavailable(verdict.clone()) } else { verdict.is_ok() }, "{set}: {verdict:?}");
        assert_eq!(verifier.is_ready(), !is_set);
    }
    Ok(())
}
