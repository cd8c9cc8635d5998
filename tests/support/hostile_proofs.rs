//! From a good proof to proofs that are each refused, with the rule that each breaks.

use serde_json::{Value, json};

use crate::{Jws, Proof, ProofKey, base64url};

/// A request's headers `DPoP`, and why they are refused.
#[derive(Clone, Debug)]
pub struct HostileProof {
    /// What is wrong.
    pub name: &'static str,
    /// The name of the rule, as `ProofFault` of axum-scopes writes it in `Debug`.
    pub rule: &'static str,
    /// The values of the headers.
    pub proofs: Vec<String>,
}

/// A change of one part of a good proof.
type Change = (&'static str, &'static str, fn(&mut Value));
/// A change of the whole text.
type Rewrite = (&'static str, &'static str, fn(&Proof) -> Vec<String>);

/// Changes of `good`, each of which must be refused. `good` has a URL with a path, and may name a token. Its service accepts ES256
/// and EdDSA and hands out no nonces.
#[must_use]
pub fn hostile_proofs(good: &Proof) -> Vec<HostileProof> {
    let mut all = Vec::new();
    let changed = |(name, rule, change): &Change, part: fn(&mut Proof) -> &mut Value| {
        let mut proof = good.clone();
        change(part(&mut proof));
        HostileProof { name, rule, proofs: vec![proof.sign()] }
    };
    all.extend(HEADERS.iter().map(|change| changed(change, |proof| &mut proof.header)));
    all.extend(KEYS.iter().map(|change| changed(change, |proof| &mut proof.header["jwk"])));
    let tokens = if good.claims["ath"].is_null() { &[] } else { TOKENS };
    all.extend(CLAIMS.iter().chain(tokens).chain(URLS).map(|change| changed(change, |proof| &mut proof.claims)));
    all.extend(TEXTS.iter().map(|(name, rule, rewrite)| HostileProof { name, rule, proofs: rewrite(good) }));
    all
}

const HEADERS: &[Change] = &[
    ("no typ", "Type", |header| remove(header, "typ")),
    ("typ JWT", "Type", |header| header["typ"] = json!("JWT")),
    ("typ at+jwt", "Type", |header| header["typ"] = json!("at+jwt")),
    ("typ of another media type", "Type", |header| header["typ"] = json!("text/dpop+jwt")),
    ("typ a list", "Header", |header| header["typ"] = json!(["dpop+jwt"])),
    ("no alg", "Header", |header| remove(header, "alg")),
    ("alg none", "Algorithm", |header| header["alg"] = json!("none")),
    ("alg of HMAC", "Algorithm", |header| header["alg"] = json!("HS256")),
    ("alg in lower case", "Algorithm", |header| header["alg"] = json!("es256")),
    ("alg unknown", "Algorithm", |header| header["alg"] = json!("ES256K")),
    ("alg not accepted here", "Algorithm", |header| header["alg"] = json!("RS256")),
    ("alg of another kind of key", "Key(WrongAlgorithm)", |header| header["alg"] = json!("EdDSA")),
    ("no jwk", "NoKey", |header| remove(header, "jwk")),
    ("jwk null", "Key(Malformed)", |header| header["jwk"] = Value::Null),
    ("jwk a text", "Key(Malformed)", |header| header["jwk"] = json!(header["jwk"].to_string())),
    ("jwk a list", "Key(Malformed)", |header| header["jwk"] = json!([header["jwk"]])),
    ("a key to be fetched by jku", "NoKey", |header| {
        remove(header, "jwk");
        header["jku"] = json!("https://evil.example/keys");
    }),
    ("a certificate to be fetched by x5u", "NoKey", |header| {
        remove(header, "jwk");
        header["x5u"] = json!("https://evil.example/certificate");
    }),
    ("a key ID", "NoKey", |header| {
        remove(header, "jwk");
        header["kid"] = json!("1");
    }),
    ("crit", "Header", |header| header["crit"] = json!(["b64"])),
    ("zip", "Header", |header| header["zip"] = json!("DEF")),
    ("enc", "Header", |header| header["enc"] = json!("A128GCM")),
];

const KEYS: &[Change] = &[
    ("another key", "Signature", |jwk| *jwk = ProofKey::new(2).jwk()),
    ("a private key", "Key(Private)", |jwk| jwk["d"] = json!(base64url([1; 32]))),
    ("a private key of another type", "Key(Private)", |jwk| jwk["d"] = json!(1)),
    ("primes", "Key(Private)", |jwk| jwk["oth"] = json!([])),
    ("a factor", "Key(Private)", |jwk| jwk["qi"] = Value::Null),
    ("a secret beside it", "Key(Private)", |jwk| jwk["k"] = json!(base64url([1; 32]))),
    ("a secret", "Key(Private)", |jwk| *jwk = json!({"kty": "oct", "k": base64url([1; 32])})),
    ("no kty", "Key(WrongAlgorithm)", |jwk| remove(jwk, "kty")),
    ("another curve", "Key(WrongAlgorithm)", |jwk| jwk["crv"] = json!("P-384")),
    ("an RSA key", "Key(WrongAlgorithm)", |jwk| {
        *jwk = json!({"kty": "RSA", "n": base64url([255; 256]), "e": "AQAB"});
    }),
    ("for another algorithm", "Key(WrongAlgorithm)", |jwk| jwk["alg"] = json!("ES384")),
    ("for encryption", "Key(WrongUse)", |jwk| jwk["use"] = json!("enc")),
    ("for signing", "Key(WrongUse)", |jwk| jwk["key_ops"] = json!(["sign"])),
    ("no y", "Key(Member(\"y\"))", |jwk| remove(jwk, "y")),
    ("padding", "Key(Member(\"x\"))", |jwk| jwk["x"] = json!(format!("{}=", text(&jwk["x"])))),
    // One key would else have several thumbprints.
    ("bits after the last byte", "Key(Member(\"x\"))", |jwk| jwk["x"] = json!(with_more_bits(&jwk["x"]))),
    ("a longer coordinate", "Key(Invalid)", |jwk| jwk["x"] = json!(base64url([0; 33]))),
    ("a point off the curve", "Key(Invalid)", |jwk| jwk["y"] = jwk["x"].clone()),
    ("the point at infinity", "Key(Invalid)", |jwk| {
        jwk["x"] = json!(base64url([0; 32]));
        jwk["y"] = jwk["x"].clone();
    }),
];

const CLAIMS: &[Change] = &[
    ("no jti", "Id", |claims| remove(claims, "jti")),
    ("an empty jti", "Id", |claims| claims["jti"] = json!("")),
    ("a number as jti", "Claims", |claims| claims["jti"] = json!(1)),
    ("a jti too long", "Id", |claims| claims["jti"] = json!("x".repeat(257))),
    ("no htm", "Method", |claims| remove(claims, "htm")),
    ("another method", "Method", |claims| claims["htm"] = json!("DELETE")),
    ("the method in lower case", "Method", |claims| claims["htm"] = json!(text(&claims["htm"]).to_lowercase())),
    ("several methods", "Claims", |claims| claims["htm"] = json!([claims["htm"], "DELETE"])),
    ("no iat", "Time", |claims| remove(claims, "iat")),
    ("a text as iat", "Claims", |claims| claims["iat"] = json!(claims["iat"].to_string())),
    ("too old", "Time", |claims| claims["iat"] = json!(claims["iat"].as_u64().unwrap() - 62)),
    ("from the future", "Time", |claims| claims["iat"] = json!(claims["iat"].as_u64().unwrap() + 600)),
    ("in milliseconds", "Time", |claims| claims["iat"] = json!(claims["iat"].as_u64().unwrap() * 1000)),
    ("before 1970", "Claims", |claims| claims["iat"] = json!(-1)),
    ("at the end of time", "Claims", |claims| claims["iat"] = json!(1e300)),
    ("expired", "Time", |claims| claims["exp"] = json!(claims["iat"].as_u64().unwrap() - 62)),
    ("not valid yet", "Time", |claims| claims["nbf"] = json!(claims["iat"].as_u64().unwrap() + 600)),
    ("a number as nonce", "Claims", |claims| claims["nonce"] = json!(1)),
];

/// For a proof that names a token.
const TOKENS: &[Change] = &[
    ("no ath", "AccessToken", |claims| remove(claims, "ath")),
    ("ath of another token", "AccessToken", |claims| claims["ath"] = json!(crate::digest("another"))),
    ("ath with padding", "AccessToken", |claims| claims["ath"] = json!(format!("{}=", text(&claims["ath"])))),
    ("an empty ath", "AccessToken", |claims| claims["ath"] = json!("")),
];

const URLS: &[Change] = &[
    ("no htu", "Url", |claims| remove(claims, "htu")),
    ("several URLs", "Claims", |claims| claims["htu"] = json!([claims["htu"]])),
    ("a path alone", "Url", |claims| url(claims, |url| url[url[8..].find('/').unwrap() + 8..].to_owned())),
    ("without a scheme", "Url", |claims| url(claims, |url| url.replace("https:", ""))),
    ("plain HTTP", "Url", |claims| url(claims, |url| url.replace("https:", "http:"))),
    ("a user", "Url", |claims| url(claims, |url| url.replace("https://", "https://joe@"))),
    ("an empty user", "Url", |claims| url(claims, |url| url.replace("https://", "https://@"))),
    ("another host", "Url", |claims| url(claims, |url| url.replace("https://", "https://x."))),
    ("a host that begins alike", "Url", |claims| url(claims, |url| host(url, ".evil.example"))),
    ("a full stop behind the host", "Url", |claims| url(claims, |url| host(url, "."))),
    ("a user that looks like the host", "Url", |claims| url(claims, |url| host(url, "@evil.example"))),
    ("another port", "Url", |claims| url(claims, |url| host(url, ":8444"))),
    ("the port of plain HTTP", "Url", |claims| url(claims, |url| host(url, ":80"))),
    ("a backslash behind the host", "Url", |claims| url(claims, |url| host(url, "\\"))),
    ("an escape in the host", "Url", |claims| url(claims, |url| host(url, "%2e"))),
    ("no path", "Url", |claims| url(claims, |url| url[..url[8..].find('/').unwrap() + 8].to_owned())),
    ("a slash at the end", "Url", |claims| url(claims, |url| format!("{url}/"))),
    ("a segment more", "Url", |claims| url(claims, |url| format!("{url}/x"))),
    ("a slash more", "Url", |claims| url(claims, |url| host(url, "/"))),
    ("an escaped slash", "Url", |claims| url(claims, |url| last_slash(url, "%2F"))),
    ("an escaped question mark", "Url", |claims| url(claims, |url| format!("{url}%3Fx=1"))),
    ("the path in upper case", "Url", |claims| url(claims, |url| url.replace('e', "E"))),
    ("a broken escape", "Url", |claims| url(claims, |url| format!("{url}%zz"))),
    ("half an escape", "Url", |claims| url(claims, |url| format!("{url}%2"))),
    ("a space", "Url", |claims| url(claims, |url| format!("{url} "))),
    ("a space before it", "Url", |claims| url(claims, |url| format!(" {url}"))),
    ("a dot segment too many", "Url", |claims| url(claims, |url| format!("{url}/../.."))),
    ("a letter that is not ASCII", "Url", |claims| url(claims, |url| format!("{url}\u{e9}"))),
];

const TEXTS: &[Rewrite] = &[
    ("no proof", "Missing", |_| Vec::new()),
    ("two proofs", "Repeated", |good| vec![good.sign(), good.clone().with("jti", "2").sign()]),
    ("one proof twice", "Repeated", |good| vec![good.sign(), good.sign()]),
    ("two proofs in one header", "Malformed", |good| vec![format!("{0}, {0}", good.sign())]),
    ("an empty proof", "Malformed", |_| vec![String::new()]),
    ("a word", "Malformed", |_| vec!["proof".to_owned()]),
    ("two segments", "Malformed", |good| vec![good.sign().rsplit_once('.').unwrap().0.to_owned()]),
    ("four segments", "Malformed", |good| vec![format!("{}.", good.sign())]),
    ("a scheme before it", "Malformed", |good| vec![format!("DPoP {}", good.sign())]),
    ("quotes", "Malformed", |good| vec![format!("\"{}\"", good.sign())]),
    ("more than 4 KiB", "TooLarge", |good| vec![good.clone().with("x", "x".repeat(4096)).sign()]),
    ("no signature", "Signature", |good| vec![of(good).with_signature("")]),
    ("a signature of zeros", "Signature", |good| vec![of(good).signed(|_| [0; 64])]),
    ("the signature of another proof", "Signature", |good| {
        vec![of(good).with_signature_of(&good.clone().with("jti", "2").sign())]
    }),
    ("half of the signature", "Signature", |good| {
        let proof = good.sign();
        let (signed, signature) = proof.rsplit_once('.').unwrap();
        vec![format!("{signed}.{}", &signature[..40])]
    }),
    ("a signature with padding", "Malformed", |good| vec![format!("{}==", good.sign())]),
    ("a signature by HMAC with the public key", "Signature", |good| {
        vec![of(good).hs256(good.header["jwk"].to_string())]
    }),
    ("jwk twice", "Header", |good| {
        let more = format!(r#"{{"jwk":{},"#, ProofKey::new(2).jwk());
        vec![good.sign_text(&good.header.to_string().replacen('{', &more, 1), &good.claims.to_string())]
    }),
    ("x of the key twice", "Header", |good| {
        let header = good.header.to_string().replacen(r#""crv":"#, r#""x":"","crv":"#, 1);
        vec![good.sign_text(&header, &good.claims.to_string())]
    }),
    ("htu twice", "Claims", |good| {
        let claims = good.claims.to_string().replacen('{', r#"{"htu":"https://evil.example/","#, 1);
        vec![good.sign_text(&good.header.to_string(), &claims)]
    }),
    ("claims that are a list", "Claims", |good| vec![good.sign_text(&good.header.to_string(), "[]")]),
    ("claims that are no JSON", "Claims", |good| vec![good.sign_text(&good.header.to_string(), "jti")]),
    ("text after the claims", "Claims", |good| {
        vec![good.sign_text(&good.header.to_string(), &format!("{0}{0}", good.claims))]
    }),
    ("claims too deep", "Claims", |good| {
        let deep = format!(r#"{{"x":{}{},"#, "[".repeat(200), "]".repeat(200));
        vec![good.sign_text(&good.header.to_string(), &good.claims.to_string().replacen('{', &deep, 1))]
    }),
];

/// Header and claims of a good proof.
fn of(good: &Proof) -> Jws {
    Jws::new(good.header.to_string(), good.claims.to_string())
}

fn remove(object: &mut Value, name: &str) {
    object.as_object_mut().unwrap().remove(name);
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn url(claims: &mut Value, change: fn(&str) -> String) {
    claims["htu"] = json!(change(text(&claims["htu"])));
}

/// Puts `more` behind the host.
fn host(url: &str, more: &str) -> String {
    let end = "https://".len() + url["https://".len()..].find('/').unwrap();
    format!("{}{more}{}", &url[..end], &url[end..])
}

fn last_slash(url: &str, with: &str) -> String {
    let (before, after) = url.rsplit_once('/').unwrap();
    format!("{before}{with}{after}")
}

/// The same bytes in base64url, with a bit set that no byte has.
fn with_more_bits(encoded: &Value) -> String {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (rest, last) = text(encoded).split_at(42);
    format!("{rest}{}", &ALPHABET[ALPHABET.find(last).unwrap() + 1..][..1])
}
