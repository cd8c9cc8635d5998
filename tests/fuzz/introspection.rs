//! A target that answers about a token as an introspection endpoint does. `IntrospectionVerifier` has to decide as the oracle does.

use std::sync::{LazyLock, Mutex, PoisonError};

use axum_scopes::{
    introspection::{ClientCredentials, Introspection, IntrospectionVerifier},
    token::{ScopeClaim, VerifyError},
};
use tokio::runtime::{Builder, Runtime};

use crate::oracle::{
    json::{self, Value},
    token::{Rules, Scope, Verdict},
};

/// The next answer, and the runtime on which it is asked for.
struct Endpoint {
    answer: &'static Mutex<String>,
    runtime: Runtime,
    verifiers: Vec<(IntrospectionVerifier, Rules)>,
}

static ENDPOINT: LazyLock<Mutex<Endpoint>> = LazyLock::new(|| {
    static ANSWER: Mutex<String> = Mutex::new(String::new());
    let plain = Rules { keys: Vec::new(), issuer: None, audience: None, rfc9068: false, scope: Scope::Scope };
    let rules = [
        Rules { issuer: Some("https://id"), audience: Some("api"), ..plain.clone() },
        Rules { scope: Scope::Scp, ..plain.clone() },
        plain,
    ];
    let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
    let verifiers = runtime.block_on(async { rules.map(|rules| (verifier(&rules, &ANSWER), rules)).into() });
    Mutex::new(Endpoint { answer: &ANSWER, runtime, verifiers })
});

fn verifier(rules: &Rules, answer: &'static Mutex<String>) -> IntrospectionVerifier {
    let credentials = ClientCredentials::basic("api", "a secret of the service");
    let mut introspection = Introspection::new("https://id/introspect", credentials)
        .max_inactive(u32::MAX, std::time::Duration::from_millis(1))
        .scope_claim(if rules.scope == Scope::Scp { ScopeClaim::Scp } else { ScopeClaim::Scope });
    if let (Some(issuer), Some(audience)) = (rules.issuer, rules.audience) {
        introspection = introspection.issuer(issuer).audience(audience);
    }
    let endpoint = |_: &str| Ok(answer.lock().unwrap_or_else(PoisonError::into_inner).clone());
    IntrospectionVerifier::with_endpoint(introspection, endpoint).expect("a valid configuration")
}

/// What the answer says of the token.
#[derive(Debug)]
enum Expected {
    /// It is not an answer, so nobody knows.
    Unavailable,
    Refused,
    Judged(Verdict),
}

/// The first byte chooses the rules. The rest is the answer.
pub fn introspection(data: &[u8]) {
    let [configuration, rest @ ..] = data else { return };
    let Ok(json) = str::from_utf8(rest) else { return };
    let endpoint = ENDPOINT.lock().unwrap_or_else(PoisonError::into_inner);
    let (verifier, rules) = &endpoint.verifiers[usize::from(*configuration) % endpoint.verifiers.len()];
    json.clone_into(&mut endpoint.answer.lock().unwrap_or_else(PoisonError::into_inner));
    let verified = endpoint.runtime.block_on(verifier.verify("token"));
    // The two readers count the depth of some members differently.
    let is_deep = rest.iter().filter(|byte| b"[{".contains(byte)).count() > 100;
    match (expected(rules, rest), verified) {
        (Expected::Judged(Verdict::Accepted(accepted)), Ok(claims)) => {
            assert_eq!((claims.sub.as_str(), claims.scope.as_str()), (accepted.sub.as_str(), accepted.scope.as_str()));
            assert!((claims.exp as f64 - accepted.exp).abs() <= 1.0 + accepted.exp * 1e-15, "{json}");
        }
        (Expected::Judged(Verdict::Unclear), _)
        | (Expected::Refused | Expected::Judged(Verdict::Refused), Err(VerifyError::Token(_)))
        | (Expected::Unavailable, Err(VerifyError::Unavailable { .. })) => (),
        (_, Err(_)) if is_deep => (),
        (expected, verified) => panic!("{expected:?}, but {verified:?}: {json}"),
    }
}

/// RFC 7662 §2.2 and the rules for claims.
fn expected(rules: &Rules, answer: &[u8]) -> Expected {
    let Some(answer) = json::object(answer) else { return Expected::Unavailable };
    match answer.member("active") {
        Some(Value::Bool(true)) => (),
        Some(Value::Bool(false)) => return Expected::Refused,
        _ => return Expected::Unavailable,
    }
    let is_one_of = |member, names: &[&str]| {
        let is_named = |value: &Value| value.text().is_some_and(|text| names.contains(&&*text.to_ascii_lowercase()));
        answer.member(member).is_none_or(is_named)
    };
    // The claim `cnf` is refused here, so a token that needs a proof always is.
    if !is_one_of("token_type", &["bearer"]) || !is_one_of("token_use", &["access_token", "access"]) {
        return Expected::Refused;
    }
    let verdict = rules.claims(&Value::Object(Vec::new()), &answer);
    Expected::Judged(verdict.unwrap_or(Verdict::Refused))
}
