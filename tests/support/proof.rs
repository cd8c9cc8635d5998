//! From a key and a request to a proof of possession (DPoP, RFC 9449), good or with any mistake.

use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{Jws, base64url};

/// A key of a client on the curve P-256. Equal seeds make equal keys, and equal proofs have equal signatures (RFC 6979).
#[derive(Clone, Debug)]
pub struct ProofKey(SigningKey);

impl ProofKey {
    /// The key of a seed, which must not be 0.
    #[must_use]
    pub fn new(seed: u8) -> Self {
        Self(SigningKey::from_slice(&[seed; 32]).unwrap())
    }

    /// The public key as a JSON Web Key.
    #[must_use]
    pub fn jwk(&self) -> Value {
        let point = self.0.verifying_key().to_encoded_point(false);
        let [x, y] = [point.x(), point.y()].map(|coordinate| base64url(coordinate.unwrap()));
        json!({"kty": "EC", "crv": "P-256", "x": x, "y": y})
    }

    /// What a token that is bound to this key has as `jkt` in its claim `cnf` (RFC 7638).
    ///
    /// ```
    /// assert_eq!(axum_scopes_test_support::ProofKey::new(1).thumbprint().len(), 43);
    /// ```
    #[must_use]
    pub fn thumbprint(&self) -> String {
        let jwk = self.jwk();
        digest(format!(r#"{{"crv":"P-256","kty":"EC","x":{},"y":{}}}"#, jwk["x"], jwk["y"]))
    }

    /// Signs any header and any claims.
    #[must_use]
    pub fn sign(&self, jws: &Jws) -> String {
        jws.signed(|message| {
            let signature: Signature = self.0.sign(message);
            signature.to_bytes()
        })
    }

    /// The proof of this key for a request.
    ///
    /// ```
    /// use axum_scopes_test_support::ProofKey;
    ///
    /// let key = ProofKey::new(1);
    /// let proof = key.proof("GET", "https://api.example.com/items", 1_700_000_000).with_token("abc").sign();
    /// assert_eq!(proof.split('.').count(), 3);
    /// ```
    #[must_use]
    pub fn proof(&self, method: &str, url: &str, made: u64) -> Proof {
        Proof {
            key: self.clone(),
            header: json!({"typ": "dpop+jwt", "alg": "ES256", "jwk": self.jwk()}),
            claims: json!({"jti": "-BwC3ESc6acc2lTc", "htm": method, "htu": url, "iat": made}),
        }
    }
}

/// A proof before it is signed. Header and claims may be changed in any way.
#[derive(Clone, Debug)]
pub struct Proof {
    key: ProofKey,
    /// The header.
    pub header: Value,
    /// The claims.
    pub claims: Value,
}

impl Proof {
    /// Names a token, with which the proof is sent, by its digest.
    #[must_use]
    pub fn with_token(self, token: &str) -> Self {
        self.with("ath", digest(token))
    }

    /// Sets a claim.
    #[must_use]
    pub fn with(mut self, claim: &str, value: impl Into<Value>) -> Self {
        self.claims[claim] = value.into();
        self
    }

    /// The signed proof, as the header `DPoP` has it.
    #[must_use]
    pub fn sign(&self) -> String {
        self.sign_text(&self.header.to_string(), &self.claims.to_string())
    }

    /// The same key's signature of another header and other claims, which need not be JSON.
    #[must_use]
    pub fn sign_text(&self, header: &str, claims: &str) -> String {
        self.key.sign(&Jws::new(header, claims))
    }
}

/// The SHA-256 of a text in base64url.
#[must_use]
pub fn digest(text: impl AsRef<[u8]>) -> String {
    base64url(Sha256::digest(text))
}
