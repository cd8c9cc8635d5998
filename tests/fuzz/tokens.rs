//! A target that verifies tokens with valid and invalid signatures. `TokenVerifier` has to decide as the oracle does, and must
//! accept nothing that jsonwebtoken refuses.

use std::sync::LazyLock;

use axum_scopes::{
    Claims, HmacKey, TokenVerifier,
    jose::{Algorithm, VerificationKey},
    token::ScopeClaim,
};
use axum_scopes_test_support::{Jws, base64url};
use p256::ecdsa::SigningKey;

use crate::oracle::{
    library,
    token::{Key, Rules, Scope, Secret, Verdict},
};

/// A verifier and the rules that it is configured with.
#[derive(Debug)]
pub struct Configuration {
    pub verifier: TokenVerifier,
    pub rules: Rules,
}

/// Configurations with one or several keys, and with different rules.
pub static CONFIGURATIONS: LazyLock<Vec<Configuration>> = LazyLock::new(|| {
    let plain = Rules { keys: several(), issuer: None, audience: None, rfc9068: false, scope: Scope::Scope };
    let (issuer, audience) = (Some("https://id"), Some("api"));
    let rules = [
        Rules { keys: vec![several().swap_remove(0)], ..plain.clone() },
        plain.clone(),
        Rules { issuer, audience, ..plain.clone() },
        Rules { issuer, audience, rfc9068: true, ..plain.clone() },
        Rules { scope: Scope::Scopes, ..plain.clone() },
        Rules { scope: Scope::Scp, ..plain },
    ];
    rules.map(|rules| Configuration { verifier: verifier(&rules), rules }).into()
});

/// Several keys: two with one name, two of one algorithm, and some without a name.
fn several() -> Vec<Key> {
    let hmac = |algorithm, id, byte| Key { algorithm, id, secret: Secret::Hmac(vec![byte; 64]) };
    let curve = SigningKey::from_slice(&[7; 32]).expect("a number below the order");
    vec![
        hmac("HS256", None, 1),
        hmac("HS256", Some("a"), 2),
        hmac("HS256", Some("b"), 3),
        hmac("HS384", Some("a"), 4),
        hmac("HS512", None, 5),
        Key { algorithm: "ES256", id: Some("e"), secret: Secret::P256(curve) },
    ]
}

fn verifier(rules: &Rules) -> TokenVerifier {
    let mut verifier = TokenVerifier::new(rules.keys.iter().map(verification_key));
    verifier = match (rules.issuer, rules.audience) {
        (Some(issuer), Some(audience)) if rules.rfc9068 => verifier.rfc9068(issuer, audience),
        (Some(issuer), Some(audience)) => verifier.issuer(issuer).audience(audience),
        _ => verifier,
    };
    verifier.scope_claim(match rules.scope {
        Scope::Scope => ScopeClaim::Scope,
        Scope::Scopes => ScopeClaim::Scopes,
        Scope::Scp => ScopeClaim::Scp,
    })
}

fn verification_key(key: &Key) -> VerificationKey {
    let made = match &key.secret {
        Secret::Hmac(secret) => {
            let algorithm = match key.algorithm {
                "HS256" => Algorithm::HS256,
                "HS384" => Algorithm::HS384,
                _ => Algorithm::HS512,
            };
            VerificationKey::hmac(algorithm, &HmacKey::new(secret.clone()).expect("a secret"))
        }
        Secret::P256(key) => {
            let point = key.verifying_key().to_encoded_point(false);
            let encoded = |bytes: Option<&p256::FieldBytes>| base64url(bytes.expect("a coordinate"));
            let (x, y) = (encoded(point.x()), encoded(point.y()));
            let jwk = format!(r#"{{"kty":"EC","crv":"P-256","x":"{x}","y":"{y}"}}"#);
            VerificationKey::from_jwk(Algorithm::ES256, &jwk)
        }
    };
    let made = made.expect("a key");
    if let Some(id) = key.id { made.with_kid(id) } else { made }
}

/// The first byte chooses the configuration, and the second how the rest becomes a token. The rest is either the token
/// itself, or header and claims with a byte 0xff between them, which are signed with one of the keys and may be changed
/// afterwards. Without that byte, the header is the usual one.
pub fn tokens(data: &[u8]) {
    let [configuration, how, rest @ ..] = data else { return };
    let configuration = &CONFIGURATIONS[usize::from(*configuration) % CONFIGURATIONS.len()];
    let keys = &CONFIGURATIONS[1].rules.keys;
    let token = match how % 16 {
        15 => match str::from_utf8(rest) {
            Ok(token) => token.to_owned(),
            Err(_) => return,
        },
        14 => {
            let mut token = signed(&keys[0], rest);
            // All bits of the last character but one count.
            let at = token.len() - 2;
            let other = if token.as_bytes()[at] == b'A' { "B" } else { "A" };
            token.replace_range(at..=at, other);
            token
        }
        // This key is slow, so few tokens are signed with it.
        13 => signed(&keys[5], rest),
        how => signed(&keys[usize::from(how) % 5], rest),
    };
    agree(configuration, &token);
}

pub(crate) fn signed(key: &Key, parts: &[u8]) -> String {
    let usual = format!(r#"{{"alg":"{}"}}"#, key.algorithm);
    let (header, claims) = match parts.iter().position(|byte| *byte == 0xff) {
        Some(at) => (&parts[..at], &parts[at + 1..]),
        None => (usual.as_bytes(), parts),
    };
    Jws::new(header, claims).signed(|message| key.sign(message))
}

/// Panics unless the verifier's verdict is that of the oracle. Returns whether the token was accepted.
pub fn agree(Configuration { verifier, rules }: &Configuration, token: &str) -> bool {
    let (verdict, claims) = (rules.judge(token), verifier.verify(token));
    let own = verifier.verify_as::<serde_json::Value>(token);
    match (&verdict, &claims) {
        (Verdict::Accepted(accepted), Ok(Claims { sub, scope, exp, .. })) => {
            assert_eq!((sub.as_str(), scope.as_str()), (accepted.sub.as_str(), accepted.scope.as_str()), "{token}");
            // The two readers of JSON may differ in the last bit of a fraction.
            assert!((*exp as f64 - accepted.exp).abs() <= 1.0 + accepted.exp * 1e-15, "{token}");
            let own = own.expect("accepted with claims of any type");
            if library::has_an_opinion(accepted) {
                let library = library::decode(rules, token);
                assert_eq!(library.expect("jsonwebtoken refuses what was accepted"), own, "{token}");
            }
        }
        (Verdict::Refused, Err(_)) => assert!(own.is_err(), "{token}"),
        (Verdict::Unclear, _) => (),
        (Verdict::Accepted(_), Err(error)) => panic!("refused: {error}: {token}"),
        (Verdict::Refused, Ok(_)) => panic!("accepted: {token}"),
    }
    claims.is_ok()
}
