//! Thumbprints of keys (RFC 7638).

use aws_lc_rs::{
    digest::{SHA256, digest},
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, ECDSA_P521_SHA512_FIXED_SIGNING,
        EcdsaKeyPair, KeyPair,
    },
};
use serde_json::json;

use super::keys::{base64, p256};
use crate::jose::{Algorithm, VerificationKey};

/// RFC 7638 §3.1.
#[test]
fn the_thumbprint_of_the_rfc_is_that_of_its_rsa_key() {
    const JWK: &str = r#"{"kty": "RSA", "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw", "e": "AQAB", "alg": "RS256", "kid": "2011-04-29"}"#;
    let key = VerificationKey::from_jwk(Algorithm::RS256, JWK).unwrap();
    assert_eq!(key.thumbprint().unwrap().to_string(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
}

/// Hashed here from the text that RFC 7638 §3.2 describes.
#[test]
fn the_thumbprint_of_a_point_names_its_curve() {
    for (algorithm, crv, signing) in [
        (Algorithm::ES256, "P-256", &ECDSA_P256_SHA256_FIXED_SIGNING),
        (Algorithm::ES384, "P-384", &ECDSA_P384_SHA384_FIXED_SIGNING),
        (Algorithm::ES512, "P-521", &ECDSA_P521_SHA512_FIXED_SIGNING),
    ] {
        let pair = EcdsaKeyPair::generate(signing).unwrap();
        let (x, y) = pair.public_key().as_ref()[1..].split_at(pair.public_key().as_ref().len() / 2);
        let (x, y) = (base64(x), base64(y));
        let jwk = json!({"y": y, "x": x, "kty": "EC", "crv": crv, "alg": algorithm.name(), "kid": "1"});
        let key = VerificationKey::from_jwk(algorithm, &jwk.to_string()).unwrap();
        let members = format!(r#"{{"crv":"{crv}","kty":"EC","x":"{x}","y":"{y}"}}"#);
        let expected = base64(digest(&SHA256, members.as_bytes()).as_ref());
        assert_eq!(key.thumbprint().unwrap().to_string(), expected, "{crv}");
    }
}

#[test]
fn a_thumbprint_is_shown() {
    let key = VerificationKey::from_jwk(Algorithm::ES256, &p256().to_string()).unwrap();
    assert_eq!(format!("{:?}", key.thumbprint()), "Some(Thumbprint(oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U))");
}
