//! Every algorithm: a text verifies with the algorithm that has signed it, and with no other.

use serde_json::Value;

use super::{ED25519, JwsError, KeyRing, compact, keys::p256, ring, verify};
use crate::jose::{algorithm::Algorithm, verification_key::VerificationKey};

/// An algorithm, a key for it, and a token that this key has signed.
type Signed = (Algorithm, Value, String);

/// RFC 7515 appendix A.3 and RFC 8037 appendix A.4. Their payloads are not acceptable claims.
fn published() -> Vec<Signed> {
    let es256 = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb2\
                 90Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
    let eddsa = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWb\
                 hijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    vec![
        (Algorithm::ES256, p256(), es256.to_owned()),
        (Algorithm::EdDSA, serde_json::from_str(ED25519).unwrap(), eddsa.to_owned()),
    ]
}

/// Fresh keys of all algorithms.
#[cfg(feature = "aws_lc_rs")]
pub(crate) fn signed_now() -> Vec<Signed> {
    use aws_lc_rs::{
        rand::SystemRandom,
        rsa::KeySize,
        signature::{self as s, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RsaKeyPair},
    };
    use serde_json::json;

    use super::{CLAIMS, keys::base64, message, with_signature};

    let (random, rsa) = (SystemRandom::new(), RsaKeyPair::generate(KeySize::Rsa2048).unwrap());
    // RFC 8017 §A.1.1: the modulus after nine bytes, of which the last is zero; then 65537, with two bytes before it.
    let rsa_der = rsa.public_key().as_ref();
    let rsa_jwk = json!({"kty": "RSA", "n": base64(&rsa_der[9..265]), "e": base64(&rsa_der[267..])});
    let rsa_algorithms: [(_, &'static dyn s::RsaEncoding); 6] = [
        (Algorithm::RS256, &s::RSA_PKCS1_SHA256),
        (Algorithm::RS384, &s::RSA_PKCS1_SHA384),
        (Algorithm::RS512, &s::RSA_PKCS1_SHA512),
        (Algorithm::PS256, &s::RSA_PSS_SHA256),
        (Algorithm::PS384, &s::RSA_PSS_SHA384),
        (Algorithm::PS512, &s::RSA_PSS_SHA512),
    ];
    let mut all: Vec<Signed> = Vec::new();
    let mut add = |algorithm: Algorithm, jwk: &Value, sign: &dyn Fn(&[u8]) -> Vec<u8>| {
        let message = message(format!(r#"{{"alg":"{algorithm}"}}"#), CLAIMS);
        let signature = sign(message.as_bytes());
        all.push((algorithm, jwk.clone(), with_signature(&message, &signature)));
    };
    for (algorithm, encoding) in rsa_algorithms {
        add(algorithm, &rsa_jwk, &|message| {
            let mut signature = vec![0; rsa.public_modulus_len()];
            rsa.sign(encoding, &random, message, &mut signature).unwrap();
            signature
        });
    }
    for (algorithm, curve, signing) in [
        (Algorithm::ES256, "P-256", &s::ECDSA_P256_SHA256_FIXED_SIGNING),
        (Algorithm::ES384, "P-384", &s::ECDSA_P384_SHA384_FIXED_SIGNING),
        (Algorithm::ES512, "P-521", &s::ECDSA_P521_SHA512_FIXED_SIGNING),
    ] {
        let pair = EcdsaKeyPair::generate(signing).unwrap();
        let (x, y) = pair.public_key().as_ref()[1..].split_at((pair.public_key().as_ref().len() - 1) / 2);
        let jwk = json!({"kty": "EC", "crv": curve, "x": base64(x), "y": base64(y)});
        add(algorithm, &jwk, &|message| pair.sign(&random, message).unwrap().as_ref().to_vec());
    }
    let pair = Ed25519KeyPair::generate().unwrap();
    let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": base64(pair.public_key().as_ref())});
    add(Algorithm::EdDSA, &jwk, &|message| pair.sign(message).as_ref().to_vec());
    all
}

#[cfg(not(feature = "aws_lc_rs"))]
fn signed_now() -> Vec<Signed> {
    Vec::new()
}

fn ring_of(algorithm: Algorithm, jwk: &Value) -> Option<KeyRing> {
    VerificationKey::from_jwk(algorithm, &jwk.to_string()).ok().map(|key| ring([key]))
}

/// Whether the same key, bound to `algorithm`, accepts the signature, whatever the header says.
fn is_mistaken_for(algorithm: Algorithm, token: &str, jwk: &Value) -> bool {
    let Ok(key) = VerificationKey::from_jwk(algorithm, &jwk.to_string()) else { return false };
    let (message, signature) = token.rsplit_once('.').unwrap();
    let mut room = Vec::new();
    key.is_signed(message.as_bytes(), compact::decode(signature, &mut room).unwrap())
}

#[test]
fn a_signature_is_of_one_algorithm() {
    for (algorithm, jwk, token) in published().into_iter().chain(signed_now()) {
        let with_its_own = ring_of(algorithm, &jwk).unwrap();
        assert_eq!(verify(&with_its_own, &token), Ok(()), "{algorithm}");
        for other in Algorithm::ALL.into_iter().filter(|other| *other != algorithm) {
            assert!(!is_mistaken_for(other, &token, &jwk), "{algorithm} {other}");
            if let Some(with_another) = ring_of(other, &jwk) {
                assert_eq!(verify(&with_another, &token), Err(JwsError::Algorithm), "{algorithm} {other}");
            }
        }
        let (message, signature) = token.rsplit_once('.').unwrap();
        let changed = if signature.starts_with('A') { "B" } else { "A" };
        for forged in [format!("{message}.{changed}{}", &signature[1..]), format!("{message}.")] {
            assert_eq!(verify(&with_its_own, &forged), Err(JwsError::Signature), "{algorithm}");
        }
    }
}

/// RFC 9864 §2.2: keys and texts may give Ed25519 either name.
#[cfg(feature = "aws_lc_rs")]
#[test]
fn ed25519_has_two_names() {
    use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};

    use super::{CLAIMS, keys::base64, message, with_signature};

    let pair = Ed25519KeyPair::generate().unwrap();
    let x = base64(pair.public_key().as_ref());
    for of_key in ["", r#","alg":"EdDSA""#, r#","alg":"Ed25519""#] {
        let jwk = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}"{of_key}}}"#);
        let ring = ring([VerificationKey::from_jwk(Algorithm::EdDSA, &jwk).unwrap()]);
        for (name, expected) in [
            ("EdDSA", Ok(())),
            ("Ed25519", Ok(())),
            ("ed25519", Err(JwsError::Algorithm)),
            ("Ed448", Err(JwsError::Algorithm)),
            ("none", Err(JwsError::Algorithm)),
        ] {
            let message = message(format!(r#"{{"alg":"{name}"}}"#), CLAIMS);
            let text = with_signature(&message, pair.sign(message.as_bytes()).as_ref());
            assert_eq!(verify(&ring, &text), expected, "{name} {of_key}");
        }
    }
    let other = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}","alg":"Ed448"}}"#);
    assert!(VerificationKey::from_jwk(Algorithm::EdDSA, &other).is_err());
}

/// RustCrypto alone has no P-521.
#[cfg(not(feature = "aws_lc_rs"))]
#[test]
fn keys_of_an_algorithm_that_the_backend_lacks_are_refused() {
    // RFC 7515 appendix A.4.
    let key = r#"{"kty":"EC","crv":"P-521",
        "x":"AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4Qh7MlMLN8q4M",
        "y":"ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2"}"#;
    let refused = VerificationKey::from_jwk(Algorithm::ES512, key).unwrap_err();
    assert_eq!(refused, crate::jose::error::KeyError::Unsupported);
}

#[cfg(feature = "aws_lc_rs")]
#[test]
fn keys_are_not_interchangeable() {
    let (signed, others) = (signed_now(), signed_now());
    for ((algorithm, _, token), (_, jwk, _)) in signed.iter().zip(&others) {
        let refused = verify(&ring_of(*algorithm, jwk).unwrap(), token);
        assert_eq!(refused, Err(JwsError::Signature), "{algorithm}");
    }
}

#[cfg(feature = "aws_lc_rs")]
#[test]
fn a_fingerprint_is_of_one_key_and_one_algorithm() {
    use crate::jose::{fingerprint, material::Material};

    let mut all = std::collections::HashSet::new();
    for (algorithm, jwk, _) in signed_now() {
        let key = VerificationKey::from_jwk(algorithm, &jwk.to_string()).unwrap();
        assert!(all.insert(*key.fingerprint().unwrap()), "{algorithm}");
        let again = VerificationKey::from_jwk(algorithm, &jwk.to_string()).unwrap().with_kid("another name");
        assert_eq!(again.fingerprint(), key.fingerprint());
    }
    assert_eq!(all.len(), 10);
    // The last byte of one part moves to the next.
    let rsa = |n: &[u8], e: &[u8]| fingerprint::of(&Material::Rsa { n, e }, Algorithm::RS256);
    assert_ne!(rsa(&[1, 2, 3], &[4]), rsa(&[1, 2], &[3, 4]));
}
