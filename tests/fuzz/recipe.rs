//! Tokens, answers and proofs that are right but for a few mistakes: numbers come in, and what they choose goes out.

use std::{borrow::Cow, fmt::Write};

use data_encoding::BASE64URL_NOPAD;

use crate::{
    oracle::token::Key,
    tokens::{CONFIGURATIONS, Configuration},
};

/// What chooses.
pub trait Dice {
    /// A number below this one.
    fn below(&mut self, sides: usize) -> usize;

    /// JSON that is in none of the lists.
    fn own(&mut self) -> Option<String> {
        None
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// True once in `times` calls, on average.
    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

/// The bytes of a fuzzer choose. When there are no more, nothing is odd.
#[derive(Debug)]
pub struct Bytes<'a>(pub &'a [u8]);

impl Bytes<'_> {
    fn next(&mut self) -> Option<usize> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(usize::from(*first))
    }
}

impl Dice for Bytes<'_> {
    fn below(&mut self, sides: usize) -> usize {
        match (self.next(), sides > 256) {
            (Some(low), true) => (low * 256 + self.next().unwrap_or_default()) % sides,
            (Some(number), false) => number % sides,
            (None, _) => sides - 1,
        }
    }

    /// A byte above 0xe0 says how many bytes of JSON follow.
    fn own(&mut self) -> Option<String> {
        let (first, rest) = self.0.split_first().filter(|(first, _)| **first > 0xe0)?;
        let (own, rest) = rest.split_at(usize::from(first - 0xe0).min(rest.len()));
        self.0 = rest;
        Some(String::from_utf8_lossy(own).into_owned())
    }
}

const ALGORITHMS: &[&str] =
    &[r#""none""#, r#""hs256""#, r#""HS256 ""#, r#""H\u0053256""#, r#""RS256""#, r#""ES256""#, "null", "[]"];
const TYPES: &[&str] =
    &[r#""JWT""#, r#""jwt""#, r#""at+jwt""#, r#""application/AT+JWT""#, r#""JWE""#, r#""""#, "null", "1", r#"["JWT"]"#];
const IDS: &[&str] = &[r#""a""#, r#""b""#, r#""e""#, r#""A""#, r#""""#, r#""\u0061""#, "null", "1"];
#[rustfmt::skip]
const NUMBERS: &[&str] = &[
    "4102444800", "4102444800.5", "4.1024448e9", "41024448E+2", "1", "0", "-0", "-1", "1e999", "1e300", "-1e300",
    "1e-400", "18446744073709551615", "18446744073709551616", "9223372036854775808", "04102444800", "+4102444800",
    "4102444800.", ".5", "0x1", "NaN", "Infinity", "1e", r#""4102444800""#, "null", "true", "[4102444800]", "{}",
];
#[rustfmt::skip]
const TEXTS: &[&str] = &[
    r#""joe""#, r#""""#, r#"" ""#, r#""j\u006fe""#, r#""\u0000""#, r#""\ud83d\ude00""#, r#""\ud800""#,
    r#""\udc00\ud800""#, "\"\t\"", r#""\x""#, r#""\/""#, "\"j\u{f6}e\"", "'joe'", "joe", "null", "1", "true",
    r#"["joe"]"#, r#"{"joe":1}"#,
];
#[rustfmt::skip]
const SCOPES: &[&str] = &[
    r#""items me""#, r#""  items  items ""#, r#""items\tme""#, r#""items\u0020me""#, r#"["items","me"]"#,
    r#"["items me"]"#, r#"["items",1]"#, r#"["items",["me"]]"#, "[]", r#""""#, r#"[""]"#, "null", "{}",
    r#"{"a":1,"a":1}"#, r#"["m\u0065"]"#,
];
#[rustfmt::skip]
const AUDIENCES: &[&str] = &[
    r#""api""#, r#""API""#, r#"["api"]"#, r#"["x","api"]"#, r#"["api",1]"#, "[]", r#""""#, "null", "1",
    r#"{"api":1}"#, r#"["\u0061pi"]"#, r#"[["api"]]"#,
];
const ISSUERS: &[&str] =
    &[r#""https://id""#, r#""https:\/\/id""#, r#""https://id/""#, r#"["https://id"]"#, "null", "1"];
#[rustfmt::skip]
const ANYTHING: &[&str] = &[
    "1", "null", r#""a""#, r#"["a"]"#, r#"{"kty":"oct"}"#, r#""DEF""#, "[[[]]]",
    r#"{"a":{"b":[1,{"c":null}]}}"#, r#"{"a":1,"a":1}"#, r#"[{"a":1,"\u0061":2}]"#,
    r#""\ud800""#, "[1,]", "{,}", "[1 2]", "tru", "1e999", "-", "\"\u{7f}\"", "\u{a0}1", "/**/1",
];
#[rustfmt::skip]
const MEMBERS: &[&str] = &[
    "crit", "alg", "typ", "kid", "jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256", "cty", "enc", "zip", "url", "nonce",
    "b64", "x", "cr\\u0069t", "\\u0061lg",
];
const NAMES: &[&str] = &["x", "X", "", "sub ", "Sub", "\\u0073ub", "\\u0065xp", "\u{17f}ub", "jwk", "a.b", "__proto__"];

const KINDS: &[&str] =
    &[r#""Bearer""#, r#""bearer""#, r#""DPoP""#, r#""mac""#, r#""access_token""#, r#""""#, "null", "1"];
const METHODS: &[&str] = &[r#""GET""#, r#""G\u0045T""#, r#""get""#, r#""POST""#, r#""""#, "null", r#"["GET"]"#];
#[rustfmt::skip]
const URLS: &[&str] = &[
    "\"\u{4}\"", "\"\u{4}?q\"", "\"\u{4}#f\"", "\"\u{4}/\"", r#""HTTPS://API.example:443/v1/./items""#,
    r#""https://api.example/v1/%69tems""#, r#""https:\/\/api.example\/v1\/items""#, r#""http://api.example/v1/items""#,
    r#""https://api.example@evil/v1/items""#, r#""https://api.example:444/v1/items""#, r#""/v1/items""#, "null", "1",
];
/// A fuzzer's proof has bytes in the place of the time, the digest of the token and the key.
const TIMES: &[&str] = &["\u{3}", "\u{3}.5", "\u{3}e0", "\u{3}0", "-\u{3}", "1", "null", "\"\u{3}\""];
const DIGESTS: &[&str] = &["\"\u{2}\"", "\"\u{2}=\"", r#""""#, "null", "1"];
const JWKS: &[&str] = &["\u{1}", "[\u{1}]", "null", r#"{"kty":"EC"}"#, r#"{"kty":"oct","k":"AAAA"}"#];
const PROOF_TYPES: &[&str] = &[r#""dpop+jwt""#, r#""DPoP+JWT""#, r#""application/dpop+jwt""#, r#""JWT""#, "null"];

type Members<'a> = Vec<(&'static str, Cow<'a, str>)>;

/// JSON of the fuzzer's own, or one of a list, of which the first one is the usual one.
fn one_of(dice: &mut impl Dice, list: &[&'static str], odd_once_in: usize) -> Cow<'static, str> {
    match dice.own() {
        Some(own) => own.into(),
        None if dice.once_in(odd_once_in) => dice.of(list).into(),
        None => list[0].into(),
    }
}

/// A value for a claim, mostly a valid one.
fn claim(dice: &mut impl Dice, name: &str, odd_once_in: usize) -> Cow<'static, str> {
    let list = match name {
        "sub" | "jti" | "client_id" => TEXTS,
        "exp" => NUMBERS,
        "nbf" | "iat" if !dice.once_in(odd_once_in) => return "1".into(),
        "nbf" | "iat" => NUMBERS,
        "iss" => ISSUERS,
        "aud" => AUDIENCES,
        "token_type" | "token_use" => KINDS,
        "scope" | "scopes" | "scp" => return one_of(dice, SCOPES, 1),
        _ => return one_of(dice, ANYTHING, 1),
    };
    one_of(dice, list, odd_once_in)
}

fn claims(dice: &mut impl Dice, needed: &[&'static str], more: &[&'static str]) -> Members<'static> {
    let mut members = Members::new();
    for name in needed {
        if !dice.once_in(60) {
            members.push((*name, claim(dice, name, 25)));
        }
    }
    for _ in 0..dice.of(&[0, 0, 1, 1, 2]) {
        let name = dice.of(more);
        // A repeated member is refused, so a few such tokens are enough.
        if members.iter().all(|(known, _)| *known != name) || dice.once_in(25) {
            members.push((name, claim(dice, name, 3)));
        }
    }
    if dice.once_in(6) {
        members.push((dice.of(NAMES), one_of(dice, ANYTHING, 1)));
    }
    members
}

fn header<'a>(dice: &mut impl Dice, key: &'a Key, needs_type: bool) -> Members<'a> {
    let algorithm = if dice.once_in(25) { dice.of(ALGORITHMS).into() } else { format!("\"{}\"", key.algorithm).into() };
    let mut members: Members<'a> = vec![("alg", algorithm)];
    if needs_type || dice.once_in(4) {
        members.push(("typ", if dice.once_in(4) { dice.of(TYPES) } else { r#""at+jwt""# }.into()));
    }
    if dice.once_in(4) {
        members.push(("kid", one_of(dice, IDS, 1)));
    }
    if dice.once_in(6) {
        members.push((dice.of(MEMBERS), one_of(dice, ANYTHING, 1)));
    }
    members
}

/// Members in any order, with any whitespace, and sometimes something around them.
fn object(dice: &mut impl Dice, members: &Members<'_>) -> String {
    let start = dice.below(members.len().max(1));
    let is_odd = dice.once_in(12);
    let mut text = if is_odd { dice.of(&["{", " {", "\n{\t", "\u{feff}{", "[{"]) } else { "{" }.to_owned();
    for (i, (name, value)) in members.iter().cycle().skip(start).take(members.len()).enumerate() {
        let separator = if i == 0 { "" } else { "," };
        let _ = write!(text, "{separator}\"{name}\"{}:{value}", dice.of(&["", " ", "\r\n", "", ""]));
    }
    text + if is_odd { dice.of(&["}", "} ", "}\n", "}}", "}x", ",}", "", "}]", "}\0"]) } else { "}" }
}

/// A token for one of the configurations.
pub fn token(dice: &mut impl Dice, configuration: &Configuration) -> String {
    let keys = &CONFIGURATIONS[1].rules.keys;
    // Elliptic curves are slow without optimisation.
    let key = if dice.once_in(300) { &keys[5] } else { &keys[dice.of(&[1, 2, 3, 4, 0, 0, 0])] };
    let needed: &[&str] = match configuration.rules.issuer {
        Some(_) => &["sub", "exp", "iss", "aud", "iat", "jti", "client_id"],
        None => &["sub", "exp"],
    };
    let more = ["sub", "exp", "nbf", "iat", "iss", "aud", "jti", "scope", "scope", "scopes", "scp", "client_id"];
    let header = header(dice, key, configuration.rules.rfc9068);
    let header = object(dice, &header);
    let claims = claims(dice, needed, &more);
    let claims = object(dice, &claims);
    let message =
        format!("{}.{}", BASE64URL_NOPAD.encode(header.as_bytes()), BASE64URL_NOPAD.encode(claims.as_bytes()));
    let signature = BASE64URL_NOPAD.encode(&key.sign(message.as_bytes()));
    match dice.below(40) {
        0 => format!("{message}."),
        1 => format!("{message}.{signature}="),
        2 => format!("{message}.{}", &signature[1..]),
        3 => format!("{message}.{}", signature.to_ascii_lowercase()),
        4 => format!("{message}.{signature}."),
        5 => format!("{}.{signature}", message.replace('.', "..")),
        _ => format!("{message}.{signature}"),
    }
}

/// An answer of an introspection endpoint.
pub fn answer(dice: &mut impl Dice) -> String {
    let is_active = if dice.once_in(12) { dice.of(&["false", "null", "1", r#""true""#]) } else { "true" };
    let needed: &[&str] = if dice.once_in(2) { &["sub", "exp"] } else { &["sub", "exp", "iss", "aud", "scope"] };
    let more =
        ["sub", "nbf", "iat", "iss", "aud", "jti", "scope", "scp", "client_id", "token_type", "token_use", "active"];
    let mut members = claims(dice, needed, &more);
    members.push(("active", is_active.into()));
    object(dice, &members)
}

/// The header and the claims of a proof (RFC 9449 §4.2), as the target for proofs takes them.
pub fn proof(dice: &mut impl Dice) -> String {
    let algorithm = if dice.once_in(25) { dice.of(ALGORITHMS) } else { r#""ES256""# };
    let mut header: Members<'_> =
        vec![("typ", one_of(dice, PROOF_TYPES, 12)), ("alg", algorithm.into()), ("jwk", one_of(dice, JWKS, 25))];
    if dice.once_in(6) {
        header.push((dice.of(MEMBERS), one_of(dice, ANYTHING, 1)));
    }
    let mut claims: Members<'_> = vec![
        ("jti", one_of(dice, TEXTS, 12)),
        ("htm", one_of(dice, METHODS, 12)),
        ("htu", one_of(dice, URLS, 4)),
        ("iat", one_of(dice, TIMES, 12)),
        ("ath", one_of(dice, DIGESTS, 12)),
    ];
    if dice.once_in(6) {
        let name = dice.of(&["exp", "nbf", "nonce", "jti", "cnf"]);
        claims.push((name, one_of(dice, if name == "jti" { TEXTS } else { NUMBERS }, 1)));
    }
    format!("{}\n{}", object(dice, &header), object(dice, &claims).replace('\n', " "))
}
