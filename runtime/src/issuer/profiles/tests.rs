//! Documents, keys and tokens in the shape that each provider documents: the good ones are accepted, and those with one fault refused.

#![allow(clippy::unwrap_used, reason = "a failed test may panic")]

mod clouds;
mod entra;
mod hosted;
mod workloads;

use std::sync::LazyLock;

use aws_lc_rs::{
    rand::SystemRandom,
    rsa::KeySize,
    signature::{KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair},
};
use axum_scopes_test_support::{Jws, base64url};
use serde_json::{Value, json};

use crate::{
    http::url::{SafeUrl, TrustedHosts},
    issuer::{discovery, issuer::Issuer, key_set, place::Place},
    token::{claims::Claims, error::TokenError, verifier::TokenVerifier},
};

/// A provider's key.
struct Provider(RsaKeyPair);

impl Provider {
    /// The same each time, because making an RSA key is slow.
    fn known() -> &'static Self {
        static KNOWN: LazyLock<Provider> = LazyLock::new(Provider::new);
        &KNOWN
    }

    fn other() -> &'static Self {
        static OTHER: LazyLock<Provider> = LazyLock::new(Provider::new);
        &OTHER
    }

    fn new() -> Self {
        Self(RsaKeyPair::generate(KeySize::Rsa2048).unwrap())
    }

    /// The key as a set has it, with `more` members.
    fn jwk(&self, more: &Value) -> Value {
        // RFC 8017 §A.1.1: the modulus after nine bytes, of which the last is zero; then 65537, with two bytes before it.
        let der = self.0.public_key().as_ref();
        let mut jwk = json!({"kty": "RSA", "use": "sig", "kid": "1", "n": base64url(&der[9..265]), "e": "AQAB"});
        jwk.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        jwk
    }

    fn sign(&self, header: &Value, claims: &Value) -> String {
        Jws::new(header.to_string(), claims.to_string()).signed(|message| {
            let mut signature = vec![0; self.0.public_modulus_len()];
            self.0.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature).unwrap();
            signature
        })
    }
}

/// A profile, and what its provider documents.
struct Case {
    issuer: Issuer,
    /// The first document that is fetched, and its content.
    document: (&'static str, Value),
    /// Beyond `kty`, `use`, `kid`, `n` and `e`.
    key: Value,
    header: Value,
    claims: Value,
    /// Of the good token.
    granted: &'static str,
}

/// `value` with members replaced; `null` removes one.
fn with(value: &Value, members: &Value) -> Value {
    let mut value = value.clone();
    for (name, member) in members.as_object().unwrap() {
        value[name] = member.clone();
    }
    value.as_object_mut().unwrap().retain(|_, member| !member.is_null());
    value
}

impl Case {
    /// The verifier with the keys of the provider, as a refresh makes it.
    fn verifier(&self, provider: &Provider) -> TokenVerifier {
        let (expected, document) = &self.document;
        let (url, place) = match self.issuer.check().unwrap() {
            Place::WellKnown(url) => (discovery::openid(&url).unwrap().to_string(), url),
            Place::Metadata(url) => (url.uri().to_string(), url),
            Place::Keys(_) => unreachable!("no profile names keys"),
        };
        assert_eq!(url, *expected);
        let named = &self.issuer.url;
        let found = discovery::read(named, &place, &TrustedHosts::default(), &document.to_string()).unwrap();
        let keys = document["jwks_uri"].as_str().unwrap();
        assert_eq!(Some(found.keys), SafeUrl::parse(keys, &TrustedHosts::default()));
        // Keys for other purposes and of other kinds lie beside it.
        let ec = json!({"kty": "EC", "crv": "P-256", "kid": "2", "x": "AA", "y": "AA"});
        let set = json!({"keys": [provider.jwk(&self.key), ec, {"kty": "RSA", "use": "enc", "n": "AA", "e": "AQAB"}]});
        let set = key_set::read(named, &self.issuer.algorithms, &set.to_string()).unwrap();
        assert_eq!(set.keys.len(), 1);
        self.issuer.verifier(set.keys)
    }

    /// Checks the good token, and tokens with one fault each in the claims.
    #[track_caller]
    fn check(&self, faults: impl IntoIterator<Item = (Value, TokenError)>) {
        let provider = Provider::known();
        let verifier = self.verifier(provider);
        let verify = |header: &Value, claims: &Value| verifier.verify(&provider.sign(header, claims));
        let Claims { scope, .. } = verify(&self.header, &self.claims).unwrap();
        assert_eq!(scope.as_str(), self.granted);
        let always = [
            (json!({"iss": "https://evil.example.com"}), TokenError::Issuer),
            (json!({"iss": null}), TokenError::Issuer),
            (json!({"aud": "https://other.example.com"}), TokenError::Audience),
            (json!({"exp": 1}), TokenError::Expired),
            (json!({"sub": null}), TokenError::MissingClaim("sub")),
        ];
        for (members, expected) in always.into_iter().chain(faults) {
            let result = verify(&self.header, &with(&self.claims, &members)).map(drop);
            assert_eq!(result, Err(expected), "{members}");
        }
        for (members, expected) in [
            (json!({"typ": "logout+jwt"}), TokenError::Header),
            (json!({"typ": "dpop+jwt"}), TokenError::Header),
            (json!({"alg": "HS256"}), TokenError::Algorithm),
            (json!({"alg": "none"}), TokenError::Algorithm),
            (json!({"alg": "PS256"}), TokenError::Algorithm),
            (json!({"kid": "3"}), TokenError::Key),
        ] {
            assert_eq!(verify(&with(&self.header, &members), &self.claims).map(drop), Err(expected), "{members}");
        }
        assert_eq!(verifier.verify(&Provider::other().sign(&self.header, &self.claims)), Err(TokenError::Signature));
    }

    /// What another good token grants.
    fn granted(&self, header: &Value, claims: &Value) -> Result<String, TokenError> {
        let provider = Provider::known();
        let token = provider.sign(&with(&self.header, header), &with(&self.claims, claims));
        self.verifier(provider).verify(&token).map(|claims| claims.scope.as_str().to_owned())
    }
}

fn value(claim: &str) -> TokenError {
    TokenError::Value { claim: claim.to_owned() }
}
