//! The rules for proofs of possession (RFC 9449 §4.3): from the headers of a request to the verdict that they have to get.

use std::time::{SystemTime, UNIX_EPOCH};

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

use super::{
    json::{self, Value},
    keys,
};

/// What proofs have to be for.
#[derive(Clone, Debug)]
pub struct Rules {
    pub method: &'static str,
    pub host: &'static str,
    pub path: &'static str,
    pub token: String,
    /// The coordinates of the key that the token is bound to, in base64url.
    pub key: (String, String),
}

/// Members of a header that have to be text, if they are there.
const TEXTS: [&str; 9] = ["typ", "kid", "cty", "jku", "nonce", "url", "x5t", "x5t#S256", "x5u"];

impl Rules {
    /// Whether the only proof is good. `None` if that depends on the second in which the clock is read.
    pub fn judge(&self, proofs: &[Vec<u8>]) -> Option<bool> {
        let [proof] = proofs else { return Some(false) };
        let Some((header, claims)) = str::from_utf8(proof).ok().and_then(open) else { return Some(false) };
        let is_ours = header.member("jwk").is_some_and(|jwk| coordinates(jwk) == Some((&self.key.0, &self.key.1)));
        if !is_ours || self.claims(&claims).is_none() {
            return Some(false);
        }
        times(&claims)
    }

    fn claims(&self, claims: &Value) -> Option<()> {
        let text = |name| match claims.member(name) {
            None => Some(None),
            Some(value) => value.text().map(Some),
        };
        let (jti, htm, htu, ath) = (text("jti")??, text("htm")??, text("htu")??, text("ath")??);
        text("nonce")?;
        let ath_of_token = BASE64URL_NOPAD.encode(&Sha256::digest(&self.token));
        let is_good = (1..=256).contains(&jti.len())
            && htm == self.method
            && ath == ath_of_token
            && target(htu)? == (self.host.to_owned(), segments(self.path)?);
        is_good.then_some(())
    }
}

/// The header and the claims of a proof whose header and signature are valid.
fn open(proof: &str) -> Option<(Value, Value)> {
    let segments: Vec<&str> = proof.split('.').collect();
    let [header, claims, signature] = segments[..] else { return None };
    if proof.len() > 4096 {
        return None;
    }
    let message = &proof[..proof.len() - signature.len() - 1];
    let decode = |segment: &str| BASE64URL_NOPAD.decode(segment.as_bytes()).ok();
    let (text, signature) = (decode(header)?, decode(signature)?);
    let count = |these: &[u8]| text.iter().filter(|byte| these.contains(byte)).count();
    if count(b",") > 16 || count(b"\\") > 32 || count(b"[{") > 8 {
        return None;
    }
    let header = json::object(&text)?;
    let is_text = |name| header.member(name).is_none_or(|value| value.text().is_some());
    let has_certificates = header.member("x5c").is_none_or(|value| value.texts().is_some());
    let is_foreign = ["crit", "enc", "zip"].iter().any(|name| header.member(name).is_some());
    let typ = header.member("typ")?.text()?.to_ascii_lowercase();
    let is_proof = typ == "dpop+jwt" || typ == "application/dpop+jwt";
    if !is_proof || is_foreign || !has_certificates || !TEXTS.into_iter().all(is_text) {
        return None;
    }
    // The other accepted algorithm is EdDSA, and nobody here signs with it.
    if header.member("alg")?.text()? != "ES256" {
        return None;
    }
    let jwk = header.member("jwk")?;
    keys::of_parsed("ES256", jwk)?;
    if jwk.member("k").is_some() {
        return None;
    }
    let (x, y) = coordinates(jwk)?;
    let point = [vec![4], decode(x)?, decode(y)?].concat();
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &point).verify(message.as_bytes(), &signature).ok()?;
    let claims = json::object(&decode(claims)?)?;
    Some((header, claims))
}

fn coordinates(jwk: &Value) -> Option<(&String, &String)> {
    match (jwk.member("x")?, jwk.member("y")?) {
        (Value::Text(x), Value::Text(y)) => Some((x, y)),
        _ => None,
    }
}

fn times(claims: &Value) -> Option<bool> {
    let number = |name| match claims.member(name) {
        None => Some(None),
        Some(Value::Number(number)) => (0.0..u64::MAX as f64).contains(number).then_some(Some(*number)),
        Some(_) => None,
    };
    let (Some(Some(iat)), Some(exp), Some(nbf)) = (number("iat"), number("exp"), number("nbf")) else {
        return Some(false);
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_secs_f64();
    let is_near = |time: f64, bound: f64| (time - now - bound).abs() < 10.0;
    let bounds = [(Some(iat), -60.0), (Some(iat), 60.0), (exp, -60.0), (nbf, 60.0)];
    if bounds.into_iter().any(|(time, bound)| time.is_some_and(|time| is_near(time, bound))) {
        return None;
    }
    Some((iat - now).abs() < 60.0 && exp.is_none_or(|exp| exp > now - 60.0) && nbf.is_none_or(|nbf| nbf < now + 60.0))
}

/// Whether a character of a path is escaped, and which byte it is.
type Char = (bool, u8);

/// Host and path of an HTTPS URL, without query and fragment.
fn target(url: &str) -> Option<(String, Vec<Vec<Char>>)> {
    let (scheme, rest) = url.split_once(':')?;
    let rest = rest.strip_prefix("//").filter(|_| scheme.eq_ignore_ascii_case("https"))?;
    let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
    let rest = rest.split_once('?').map_or(rest, |(rest, _)| rest);
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = match authority.split_once(':') {
        None | Some((_, "" | "443")) => authority.split(':').next().unwrap_or_default(),
        Some(_) => authority,
    };
    Some((host.to_ascii_lowercase(), segments(&format!("/{path}"))?))
}

/// RFC 3986 §6.2.2.
fn segments(path: &str) -> Option<Vec<Vec<Char>>> {
    if !path.bytes().all(|byte| (0x21..0x7f).contains(&byte) && byte != b'\\') {
        return None;
    }
    let segment = |text: &str| {
        let (mut chars, mut bytes) = (Vec::new(), text.bytes());
        while let Some(byte) = bytes.next() {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            let escaped = if byte == b'%' { Some((digit()? * 16 + digit()?) as u8) } else { None };
            let is_needless = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
            chars.push(escaped.map_or((false, byte), |byte| (!is_needless(byte), byte)));
        }
        Some(chars)
    };
    let all: Vec<_> = path[1..].split('/').map(segment).collect::<Option<_>>()?;
    let (mut kept, last) = (Vec::new(), all.len() - 1);
    for (at, segment) in all.into_iter().enumerate() {
        let dots = segment.iter().all(|char| *char == (false, b'.')).then_some(segment.len());
        if dots == Some(2) {
            kept.pop();
        }
        match dots {
            Some(1 | 2) if at == last => kept.push(Vec::new()),
            Some(1 | 2) => (),
            _ => kept.push(segment),
        }
    }
    Some(kept)
}
