//! Verifiers with one or several keys of each family, and the keys that sign for them.

use aws_lc_rs::{
    hmac,
    rand::SystemRandom,
    rsa::KeySize,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair},
};
use axum_scopes::{
    HmacKey, TokenVerifier,
    jose::{Algorithm, VerificationKey},
};
use axum_scopes_test_support::{Jws, base64url};

pub(crate) const CLAIMS: &str = r#"{"sub":"joe","exp":4102444800,"scope":"items me"}"#;

/// The key that signs the valid tokens.
enum Signer {
    Hmac(Box<hmac::Key>),
    Rsa(Box<RsaKeyPair>),
    Ec(Box<EcdsaKeyPair>),
    Ed(Box<Ed25519KeyPair>),
}

/// A verifier, and the signer of the last of its keys.
pub(crate) struct Setting {
    pub(crate) algorithm: Algorithm,
    pub(crate) keys: usize,
    pub(crate) verifier: TokenVerifier,
    signer: Signer,
}

impl Setting {
    pub(crate) fn new(algorithm: Algorithm, count: usize) -> Self {
        let made: Vec<_> = (0..count).map(|i| pair(algorithm, i as u8)).collect();
        let named = |(i, key): (usize, &VerificationKey)| {
            if count == 1 { key.clone() } else { key.clone().with_kid(i.to_string()) }
        };
        let keys: Vec<_> = made.iter().map(|(_, key)| key).enumerate().map(named).collect();
        let (signer, _) = made.into_iter().next_back().unwrap();
        Self { algorithm, keys: count, verifier: TokenVerifier::new(keys), signer }
    }

    /// The header of the valid tokens.
    pub(crate) fn header(&self) -> String {
        let kid = if self.keys == 1 { String::new() } else { format!(r#","kid":"{}""#, self.keys - 1) };
        format!(r#"{{"alg":"{}"{kid}}}"#, self.algorithm)
    }

    pub(crate) fn signature_length(&self) -> usize {
        match self.algorithm {
            Algorithm::HS256 => 43,
            Algorithm::RS256 => 342,
            _ => 86,
        }
    }

    /// A token with a valid signature. A claim pads it to `length` or at most two bytes less, unless the token is longer
    /// without it.
    pub(crate) fn valid(&self, header: &str, length: usize) -> String {
        let room = length.saturating_sub((header.len() * 4).div_ceil(3) + self.signature_length() + 2) * 3 / 4;
        let padding = room.saturating_sub(CLAIMS.len() + r#","x":"""#.len());
        self.signed(header, &CLAIMS.replace('}', &format!(r#","x":"{}"}}"#, "x".repeat(padding))))
    }

    pub(crate) fn signed(&self, header: &str, claims: &str) -> String {
        Jws::new(header, claims).signed(|message| self.sign(message))
    }

    /// A token with a wrong signature of the right length.
    pub(crate) fn forged(&self, header: &str, claims: &str) -> String {
        Jws::new(header, claims).with_signature(&self.wrong_signature())
    }

    /// A signature whose numbers are below every modulus and every order.
    pub(crate) fn wrong_signature(&self) -> String {
        "A".repeat(self.signature_length() - 1) + "Q"
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        match &self.signer {
            Signer::Hmac(key) => hmac::sign(key, message).as_ref().to_vec(),
            Signer::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature).unwrap();
                signature
            }
            Signer::Ec(pair) => pair.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec(),
            Signer::Ed(pair) => pair.sign(message).as_ref().to_vec(),
        }
    }
}

fn pair(algorithm: Algorithm, number: u8) -> (Signer, VerificationKey) {
    let (signer, jwk) = match algorithm {
        Algorithm::RS256 => {
            let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
            // RFC 8017 §A.1.1: the modulus after nine bytes; then 65537.
            let n = base64url(&pair.public_key().as_ref()[9..265]);
            (Signer::Rsa(pair.into()), format!(r#"{{"kty":"RSA","n":"{n}","e":"AQAB"}}"#))
        }
        Algorithm::ES256 => {
            let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
            let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
            let jwk = format!(r#"{{"kty":"EC","crv":"P-256","x":"{}","y":"{}"}}"#, base64url(x), base64url(y));
            (Signer::Ec(pair.into()), jwk)
        }
        Algorithm::EdDSA => {
            let pair = Ed25519KeyPair::generate().unwrap();
            let x = base64url(pair.public_key().as_ref());
            (Signer::Ed(pair.into()), format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}"}}"#))
        }
        _ => {
            let secret = [number + 1; 32];
            let key = VerificationKey::hmac(algorithm, &HmacKey::new(secret).unwrap()).unwrap();
            return (Signer::Hmac(hmac::Key::new(hmac::HMAC_SHA256, &secret).into()), key);
        }
    };
    (signer, VerificationKey::from_jwk(algorithm, &jwk).unwrap())
}
