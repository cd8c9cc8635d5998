//! The issuer of all tokens: a key of each algorithm, the forms in which guards take it, and tokens that it signs.

use aws_lc_rs::{
    encoding::{AsDer, PublicKeyX509Der},
    hmac,
    rand::SystemRandom,
    rsa::KeySize,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use serde_json::{Value, json};

/// The secret of HS256.
pub const SECRET: &str = "a secret of at least thirty-two bytes";

/// The name of the key, for guards that find keys by name.
pub const KID: &str = "2026-11";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    HS256,
    RS256,
    ES256,
    EdDSA,
}

impl Algorithm {
    pub const ALL: [Self; 4] = [Self::HS256, Self::RS256, Self::ES256, Self::EdDSA];

    pub fn name(self) -> &'static str {
        match self {
            Self::HS256 => "HS256",
            Self::RS256 => "RS256",
            Self::ES256 => "ES256",
            Self::EdDSA => "EdDSA",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name() == name)
    }
}

enum Pair {
    Hmac(hmac::Key),
    Rsa(RsaKeyPair),
    Ec(EcdsaKeyPair),
    Ed(Ed25519KeyPair),
}

pub struct Issuer {
    pub algorithm: Algorithm,
    pair: Pair,
}

impl Issuer {
    pub fn new(algorithm: Algorithm) -> Self {
        let pair = match algorithm {
            Algorithm::HS256 => Pair::Hmac(hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes())),
            Algorithm::RS256 => Pair::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).unwrap()),
            Algorithm::ES256 => Pair::Ec(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap()),
            Algorithm::EdDSA => Pair::Ed(Ed25519KeyPair::generate().unwrap()),
        };
        Self { algorithm, pair }
    }

    /// A token, and whether its signature is the issuer's.
    pub fn token(&self, header: &Value, claims: &Value, is_genuine: bool) -> String {
        let message = format!("{}.{}", encode(header.to_string()), encode(claims.to_string()));
        let mut signature = self.sign(message.as_bytes());
        if !is_genuine {
            signature[0] ^= 1;
        }
        format!("{message}.{}", encode(signature))
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        match &self.pair {
            Pair::Hmac(key) => hmac::sign(key, message).as_ref().to_vec(),
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature).unwrap();
                signature
            }
            Pair::Ec(pair) => pair.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec(),
            Pair::Ed(pair) => pair.sign(message).as_ref().to_vec(),
        }
    }

    /// The public key as the backend has it. HS256 has none.
    pub fn public(&self) -> &[u8] {
        match &self.pair {
            Pair::Hmac(_) => &[],
            Pair::Rsa(pair) => pair.public_key().as_ref(),
            Pair::Ec(pair) => pair.public_key().as_ref(),
            Pair::Ed(pair) => pair.public_key().as_ref(),
        }
    }

    /// The key as RFC 7517 writes it, without its name.
    pub fn jwk(&self) -> Value {
        let (public, alg) = (self.public(), self.algorithm.name());
        match self.algorithm {
            Algorithm::HS256 => json!({ "kty": "oct", "alg": alg, "k": encode(SECRET) }),
            // RFC 8017 §A.1.1: nine bytes, of which the last is zero, then the modulus, two bytes, and the exponent 65537.
            Algorithm::RS256 => {
                json!({ "kty": "RSA", "alg": alg, "n": encode(&public[9..265]), "e": encode(&public[267..]) })
            }
            Algorithm::ES256 => {
                let (x, y) = (encode(&public[1..33]), encode(&public[33..]));
                json!({ "kty": "EC", "alg": alg, "crv": "P-256", "x": x, "y": y })
            }
            Algorithm::EdDSA => json!({ "kty": "OKP", "alg": alg, "crv": "Ed25519", "x": encode(public) }),
        }
    }

    /// The same with its name.
    pub fn named_jwk(&self) -> Value {
        let mut jwk = self.jwk();
        jwk["kid"] = KID.into();
        jwk
    }

    /// The public key as RFC 7468 writes it.
    pub fn pem(&self) -> String {
        let der = match &self.pair {
            Pair::Hmac(_) => unreachable!("HS256 has no public key"),
            Pair::Rsa(pair) => AsDer::<PublicKeyX509Der<'_>>::as_der(pair.public_key()).unwrap(),
            Pair::Ec(pair) => AsDer::<PublicKeyX509Der<'_>>::as_der(pair.public_key()).unwrap(),
            Pair::Ed(pair) => AsDer::<PublicKeyX509Der<'_>>::as_der(pair.public_key()).unwrap(),
        };
        let text = STANDARD.encode(der.as_ref());
        let lines: Vec<_> = text.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
        format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", lines.join("\n"))
    }
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
