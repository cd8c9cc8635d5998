//! The rules for tokens: from a token to the verdict that it has to get.

use std::time::{SystemTime, UNIX_EPOCH};

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, Mac};
use p256::ecdsa::{Signature, SigningKey, signature::Verifier};
use sha2::{Sha256, Sha384, Sha512};

use super::json::{self, Value};

/// The verdict that a token has to get.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    Refused,
    Accepted(Accepted),
    /// The verdict depends on the second in which the clock is read.
    Unclear,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Accepted {
    pub sub: String,
    /// The scopes without repetitions, joined by spaces.
    pub scope: String,
    pub exp: f64,
    /// Whether the header contains a key. axum-scopes ignores it, but jsonwebtoken checks its type.
    pub has_key: bool,
}

/// The configuration of a verifier.
#[derive(Clone, Debug)]
pub struct Rules {
    pub keys: Vec<Key>,
    pub issuer: Option<&'static str>,
    pub audience: Option<&'static str>,
    pub rfc9068: bool,
    pub scope: Scope,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Scope,
    Scopes,
    Scp,
}

#[derive(Clone, Debug)]
pub struct Key {
    pub algorithm: &'static str,
    pub id: Option<&'static str>,
    pub secret: Secret,
}

#[derive(Clone, Debug)]
pub enum Secret {
    Hmac(Vec<u8>),
    P256(SigningKey),
}

impl Key {
    /// The encoded signature of a message.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        match &self.secret {
            Secret::Hmac(secret) => mac(self.algorithm, secret, message),
            Secret::P256(key) => {
                let signature: Signature = p256::ecdsa::signature::Signer::sign(key, message);
                signature.to_bytes().to_vec()
            }
        }
    }

    fn is_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.secret {
            Secret::Hmac(secret) => mac(self.algorithm, secret, message) == signature,
            Secret::P256(key) => Signature::from_slice(signature)
                .is_ok_and(|signature| key.verifying_key().verify(message, &signature).is_ok()),
        }
    }
}

fn mac(algorithm: &str, secret: &[u8], message: &[u8]) -> Vec<u8> {
    macro_rules! mac {
        ($hash:ty) => {{
            let mut mac = Hmac::<$hash>::new_from_slice(secret).expect("a secret of any length");
            mac.update(message);
            mac.finalize().into_bytes().to_vec()
        }};
    }
    match algorithm {
        "HS256" => mac!(Sha256),
        "HS384" => mac!(Sha384),
        "HS512" => mac!(Sha512),
        other => panic!("{other} has no secret"),
    }
}

impl Rules {
    pub fn judge(&self, token: &str) -> Verdict {
        let Some((header, claims)) = self.open(token) else { return Verdict::Refused };
        self.claims(&header, &claims).unwrap_or(Verdict::Refused)
    }

    /// The header and the claims of a token whose header and signature are valid.
    fn open(&self, token: &str) -> Option<(Value, Value)> {
        let segments: Vec<&str> = token.split('.').collect();
        let [header, claims, signature] = segments[..] else { return None };
        if token.len() > 16 * 1024 {
            return None;
        }
        let message = &token[..token.len() - signature.len() - 1];
        let [header, claims, signature] =
            [header, claims, signature].map(|segment| BASE64URL_NOPAD.decode(segment.as_bytes()).ok());
        let header = header?;
        let count = |these: &[u8]| header.iter().filter(|byte| these.contains(byte)).count();
        if count(b",") > 16 || count(b"\\") > 32 || count(b"[{") > 8 {
            return None;
        }
        let (header, claims, signature) = (json::object(&header)?, json::object(&claims?)?, signature?);
        let mut keys = self.candidates(&header)?.into_iter();
        keys.any(|key| key.is_signed(message.as_bytes(), &signature)).then_some((header, claims))
    }

    fn candidates(&self, header: &Value) -> Option<Vec<&Key>> {
        let types: &[&str] = match self.rfc9068 {
            true => &["at+jwt", "application/at+jwt"],
            false => &["jwt", "at+jwt", "application/jwt", "application/at+jwt"],
        };
        let typ = header.member("typ").map(|typ| typ.text().ok_or(())).transpose().ok()?;
        let is_known = typ.map_or(!self.rfc9068, |typ| types.contains(&&*typ.to_ascii_lowercase()));
        let is_of_type = |name| header.member(name).is_none_or(|value| value.text().is_some());
        let has_certificates = header.member("x5c").is_none_or(|value| value.texts().is_some());
        let is_foreign = ["crit", "enc", "zip"].iter().any(|name| header.member(name).is_some());
        if !is_known || is_foreign || !has_certificates || !TEXTS.into_iter().all(is_of_type) {
            return None;
        }
        let algorithm = header.member("alg")?.text()?;
        // RFC 9864 §2.2
        let algorithm = if algorithm == "Ed25519" { "EdDSA" } else { algorithm };
        let keys = || self.keys.iter().filter(|key| key.algorithm == algorithm);
        let candidates: Vec<_> = match header.member("kid") {
            None => keys().collect(),
            Some(id) => {
                let id = id.text()?;
                let named: Vec<_> = keys().filter(|key| key.id == Some(id)).collect();
                if named.is_empty() { keys().filter(|key| key.id.is_none()).collect() } else { named }
            }
        };
        (candidates.len() <= 2).then_some(candidates)
    }

    /// The verdict on the claims of a token with this header; `None` if they are refused.
    pub fn claims(&self, header: &Value, claims: &Value) -> Option<Verdict> {
        let number = |name| match claims.member(name) {
            None => Some(None),
            Some(Value::Number(number)) => (0.0..u64::MAX as f64).contains(number).then_some(Some(*number)),
            Some(_) => None,
        };
        let text = |name| match claims.member(name) {
            None => Some(None),
            Some(Value::Text(text)) => Some(Some(text.as_str())),
            Some(_) => None,
        };
        let (sub, exp) = (text("sub")??, number("exp")??);
        let (nbf, iat, iss, jti) = (number("nbf")?, number("iat")?, text("iss")?, text("jti")?);
        if sub.is_empty() || self.issuer.is_some() && iss != self.issuer {
            return None;
        }
        let client = claims.member("client_id").and_then(Value::text);
        if self.rfc9068 && (iat.is_none() || jti.is_none() || client.is_none()) {
            return None;
        }
        // Nobody confirms the sender of these tokens.
        if claims.member("cnf").is_some() {
            return None;
        }
        let audiences = match claims.member("aud") {
            None => None,
            Some(Value::Text(audience)) => Some(vec![audience.as_str()]),
            Some(list) => Some(list.texts()?),
        };
        match (self.audience, audiences) {
            (None, None) => (),
            (Some(audience), Some(audiences)) if audiences.contains(&audience) => (),
            _ => return None,
        }
        let scope = self.scope(claims)?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_secs_f64();
        let is_near = |time: f64| (time - now).abs() < 60.0;
        if is_near(exp) || nbf.is_some_and(is_near) {
            return Some(Verdict::Unclear);
        }
        if exp < now || nbf.is_some_and(|nbf| nbf > now) {
            return None;
        }
        let has_key = header.member("jwk").is_some();
        Some(Verdict::Accepted(Accepted { sub: sub.to_owned(), scope, exp, has_key }))
    }

    fn scope(&self, claims: &Value) -> Option<String> {
        let (name, text, list) = match self.scope {
            Scope::Scope => ("scope", true, false),
            Scope::Scopes => ("scopes", false, true),
            Scope::Scp => ("scp", true, true),
        };
        let names: Vec<&str> = match claims.member(name) {
            None => Vec::new(),
            Some(Value::Text(names)) if text => names.split(' ').collect(),
            Some(names) if list => names.texts()?,
            Some(_) => return None,
        };
        if matches!(claims.member(name), Some(Value::List(_))) && names.iter().any(|name| name.contains(' ')) {
            return None;
        }
        let mut distinct: Vec<&str> = Vec::new();
        for name in names {
            if !name.is_empty() && !distinct.contains(&name) {
                distinct.push(name);
            }
        }
        Some(distinct.join(" "))
    }
}

/// Members of a header that have to be text, but have no meaning here.
const TEXTS: [&str; 7] = ["cty", "jku", "nonce", "url", "x5t", "x5t#S256", "x5u"];
