//! `TokenVerifier` decides on thousands of odd headers and claims as the oracle does, and accepts nothing that
//! `jsonwebtoken::decode` refuses. The tokens are the same in each run.

use std::fmt::Write;

use axum_scopes_fuzz::{CONFIGURATIONS, Configuration, agree, oracle::token::Key};
use data_encoding::BASE64URL_NOPAD;

const TOKENS: usize = 6000;

/// Numbers that are the same in each run (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % sides
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// True once in `times` calls, on average.
    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
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

/// A value for a claim, mostly a valid one.
fn claim(dice: &mut Dice, name: &str) -> &'static str {
    let usual = !dice.once_in(3);
    match name {
        "sub" | "jti" | "client_id" => {
            if usual {
                TEXTS[0]
            } else {
                dice.of(TEXTS)
            }
        }
        "exp" => {
            if usual {
                NUMBERS[0]
            } else {
                dice.of(NUMBERS)
            }
        }
        "nbf" | "iat" => {
            if usual {
                "1"
            } else {
                dice.of(NUMBERS)
            }
        }
        "iss" => {
            if usual {
                ISSUERS[0]
            } else {
                dice.of(ISSUERS)
            }
        }
        "aud" => {
            if usual {
                AUDIENCES[0]
            } else {
                dice.of(AUDIENCES)
            }
        }
        "scope" | "scopes" | "scp" => dice.of(SCOPES),
        _ => dice.of(ANYTHING),
    }
}

fn claims(dice: &mut Dice, asks_for_all: bool) -> String {
    let mut members = Vec::new();
    let needed: &[&str] =
        if asks_for_all { &["sub", "exp", "iss", "aud", "iat", "jti", "client_id"] } else { &["sub", "exp"] };
    for name in needed {
        if !dice.once_in(60) {
            let is_odd = dice.once_in(25);
            members.push((*name, if is_odd { claim(dice, name) } else { usual(name) }));
        }
    }
    for _ in 0..dice.of(&[0, 0, 1, 1, 2]) {
        let name =
            dice.of(&["sub", "exp", "nbf", "iat", "iss", "aud", "jti", "scope", "scope", "scopes", "scp", "client_id"]);
        // A repeated member is refused, so a few such tokens are enough.
        if members.iter().all(|(known, _)| *known != name) || dice.once_in(25) {
            members.push((name, claim(dice, name)));
        }
    }
    if dice.once_in(6) {
        members.push((dice.of(NAMES), dice.of(ANYTHING)));
    }
    object(dice, &members)
}

fn usual(name: &str) -> &'static str {
    match name {
        "exp" => NUMBERS[0],
        "iat" => "1",
        "iss" => ISSUERS[0],
        "aud" => AUDIENCES[0],
        _ => TEXTS[0],
    }
}

fn header(dice: &mut Dice, key: &Key, asks_for_all: bool) -> String {
    let algorithm = format!("{:?}", key.algorithm);
    let mut members = vec![("alg", if dice.once_in(25) { dice.of(ALGORITHMS) } else { algorithm.as_str() })];
    if asks_for_all || dice.once_in(4) {
        members.push(("typ", if dice.once_in(4) { dice.of(TYPES) } else { r#""at+jwt""# }));
    }
    if dice.once_in(4) {
        members.push(("kid", dice.of(IDS)));
    }
    if dice.once_in(6) {
        members.push((dice.of(MEMBERS), dice.of(ANYTHING)));
    }
    object(dice, &members)
}

/// Members in any order, with any whitespace, and sometimes something around them.
fn object(dice: &mut Dice, members: &[(&str, &str)]) -> String {
    let start = dice.below(members.len().max(1));
    let is_odd = dice.once_in(12);
    let mut text = if is_odd { dice.of(&["{", " {", "\n{\t", "\u{feff}{", "[{"]) } else { "{" }.to_owned();
    for (i, (name, value)) in members.iter().cycle().skip(start).take(members.len()).enumerate() {
        let separator = if i == 0 { "" } else { "," };
        let _ = write!(text, "{separator}\"{name}\"{}:{value}", dice.of(&["", "", "", " ", "\r\n"]));
    }
    text + if is_odd { dice.of(&["}", "} ", "}\n", "}}", "}x", ",}", "", "}]", "}\0"]) } else { "}" }
}

fn token(dice: &mut Dice, configuration: &Configuration) -> String {
    let keys = &CONFIGURATIONS[1].rules.keys;
    // Elliptic curves are slow without optimisation.
    let key = if dice.once_in(300) { &keys[5] } else { &keys[dice.of(&[0, 0, 0, 1, 2, 3, 4])] };
    let header = header(dice, key, configuration.rules.rfc9068);
    let claims = claims(dice, configuration.rules.issuer.is_some());
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

#[test]
fn no_token_is_accepted_that_others_refuse() {
    let mut dice = Dice(0x5eed);
    let mut accepted = [0; 6];
    for i in 0..TOKENS {
        let i = i % CONFIGURATIONS.len();
        let token = token(&mut dice, &CONFIGURATIONS[i]);
        accepted[i] += usize::from(agree(&CONFIGURATIONS[i], &token));
    }
    // Of a thousand tokens for each configuration, enough are accepted and enough are refused.
    assert!(accepted.iter().all(|accepted| (80..900).contains(accepted)), "{accepted:?}");
}
