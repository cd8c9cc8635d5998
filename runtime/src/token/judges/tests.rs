use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use axum_scopes_test_support::{Jws, now};

use super::{Otherwise, by_issuer, by_prefix, jwts};
use crate::{
    credential::presented::{Presented, PresentedAs},
    token::{
        claims::Claims,
        error::TokenError::{self, Inactive, NotMine, Signature},
        judge::{Confirms, VerifyToken},
        verified::VerifiedToken,
        verify_error::VerifyError,
    },
};

/// Gives one verdict, and counts how often it was asked.
#[derive(Clone)]
struct Fixed(Result<&'static str, VerifyError>, Arc<AtomicUsize>);

impl Fixed {
    fn accepts(name: &'static str) -> Self {
        Self(Ok(name), Arc::default())
    }

    fn refuses(error: impl Into<VerifyError>) -> Self {
        Self(Err(error.into()), Arc::default())
    }

    fn asked(&self) -> usize {
        self.1.load(SeqCst)
    }
}

impl VerifyToken for Fixed {
    const MAY_BE_UNAVAILABLE: bool = false;

    async fn judge(&self, _: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
        self.1.fetch_add(1, SeqCst);
        self.0.clone().map(|name| VerifiedToken::of(Claims::new(name, "", Duration::from_secs(60))))
    }

    fn expected(&self, _: &TokenError) -> Vec<&str> {
        self.0.as_ref().map_or(Vec::new(), |name| vec![name])
    }
}

/// May be unavailable.
#[derive(Clone)]
struct Remote(Fixed);

impl VerifyToken for Remote {
    const MAY_BE_UNAVAILABLE: bool = true;
    const CONFIRMS: Confirms = Confirms::Certificates;

    fn judge(&self, presented: &Presented<'_>) -> impl Future<Output = Result<VerifiedToken, VerifyError>> + Send {
        self.0.judge(presented)
    }
}

/// The subject, by both methods.
#[expect(clippy::panic_in_result_fn, reason = "both methods have to agree")]
fn judged(verifier: &impl VerifyToken, token: &str) -> Result<String, VerifyError> {
    let presented = Presented::new(token, PresentedAs::Bearer);
    let judged = now(verifier.judge(&presented)).map(|token| token.claims().sub.to_string());
    let read = now(verifier.judge_as::<Claims>(&presented)).map(|claims| claims.sub.to_string());
    assert_eq!(judged, read);
    judged
}

fn ok(name: &str) -> Result<String, VerifyError> {
    Ok(name.to_owned())
}

fn jwt(claims: &str) -> String {
    Jws::new(r#"{"alg":"HS256"}"#, claims).with_signature("AA").to_string()
}

#[test]
fn only_what_is_not_the_firsts_reaches_the_second() {
    let unavailable = VerifyError::Unavailable { retry_after: 5, source: None };
    for verdict in
        [Signature, Inactive, TokenError::Malformed, TokenError::Expired, TokenError::Issuer, TokenError::Bound]
            .map(VerifyError::from)
            .into_iter()
            .chain([unavailable])
    {
        let (first, second) = (Fixed::refuses(verdict.clone()), Fixed::accepts("second"));
        assert_eq!(judged(&Otherwise::new(first.clone(), second.clone()), "token"), Err(verdict));
        assert_eq!((first.asked(), second.asked()), (2, 0));
    }
    let (first, second) = (Fixed::refuses(NotMine), Fixed::accepts("second"));
    assert_eq!(judged(&Otherwise::new(first.clone(), second.clone()), "token"), ok("second"));
    assert_eq!((first.asked(), second.asked()), (2, 2));
    // Nobody's token is refused.
    let nobodys = Otherwise::new(first.clone(), first);
    assert_eq!(judged(&nobodys, "token"), Err(NotMine.into()));
}

#[test]
fn the_prefix_decides() {
    let verifier = by_prefix("ghp_", Fixed::accepts("a")).otherwise(by_prefix("glpat-", Fixed::accepts("b")));
    for (token, expected) in [
        ("ghp_1", ok("a")),
        ("ghp_", ok("a")),
        ("glpat-1", ok("b")),
        ("GHP_1", Err(NotMine.into())),
        (" ghp_1", Err(NotMine.into())),
        ("ghp", Err(NotMine.into())),
        ("", Err(NotMine.into())),
    ] {
        assert_eq!(judged(&verifier, token), expected, "{token}");
    }
    assert_eq!(judged(&verifier.otherwise(Fixed::accepts("c")), "ghp"), ok("c"));
}

#[test]
fn the_unverified_issuer_decides() {
    let (a, b) = (Fixed::accepts("a"), Fixed::accepts("b"));
    let verifier = by_issuer("https://a", a).otherwise(by_issuer("https://b", b)).otherwise(Fixed::accepts("c"));
    for (token, expected) in [
        (jwt(r#"{"iss":"https://a"}"#), "a"),
        (jwt(r#"{"sub":"x","iss":"https://b","x":{"iss":"https://a"}}"#), "b"),
        (jwt(r#"{"iss":"https://a/"}"#), "c"),
        (jwt(r#"{"iss":"HTTPS://a"}"#), "c"),
        (jwt(r#"{"iss":["https://a"]}"#), "c"),
        (jwt(r#"{"iss":"https://a","iss":"https://b"}"#), "c"),
        (jwt(r#"{"iss":"https://b","i\u0073s":"https://a"}"#), "c"),
        (jwt(r#"{"issuer":"https://a"}"#), "c"),
        (jwt("[]"), "c"),
        (jwt("{"), "c"),
        ("https://a".to_owned(), "c"),
        ("a.b".to_owned(), "c"),
        (String::new(), "c"),
        // Their text is a third longer.
        (jwt(&format!(r#"{{"iss":"https://a","x":"{}"}}"#, "x".repeat(191 * 1024))), "a"),
        (jwt(&format!(r#"{{"iss":"https://a","x":"{}"}}"#, "x".repeat(193 * 1024))), "c"),
    ] {
        assert_eq!(judged(&verifier, &token), ok(expected), "{token:.100}");
    }
}

#[test]
fn jwts_go_to_the_first_and_opaque_tokens_to_the_second() {
    let verifier = jwts(Fixed::refuses(Signature)).otherwise(Fixed::accepts("introspected"));
    for opaque in ["mF_9.B5f-4.1JqM", "opaque", "v4.public.AAAA", "eyJhbGciOiJkaXIifQ..AA.AA.AA"] {
        assert_eq!(judged(&verifier, opaque), ok("introspected"), "{opaque}");
    }
    for token in [jwt("{}"), jwt("[]"), "e30..".to_owned(), jwt("{}").replace("AA", "")] {
        assert_eq!(judged(&verifier, &token), Err(Signature.into()), "{token}");
    }
}

#[test]
fn a_composed_verifier_may_do_what_one_of_its_parts_may() {
    fn traits<V: VerifyToken>(_: &V) -> (bool, Confirms) {
        (V::MAY_BE_UNAVAILABLE, V::CONFIRMS)
    }
    let (local, remote) = (Fixed::accepts("a"), Remote(Fixed::accepts("b")));
    let both = (local.clone(), remote.clone());
    assert_eq!(traits(&jwts(local.clone()).otherwise(local.clone())), (false, Confirms::Nobody));
    assert_eq!(traits(&by_prefix("a", both.0.clone()).otherwise(both.1.clone())), (true, Confirms::Nobody));
    assert_eq!(traits(&by_issuer("a", both.1).otherwise(both.0)), (true, Confirms::Nobody));
    assert_eq!(traits(&jwts(remote.clone()).otherwise(remote)), (true, Confirms::Certificates));
    let named = jwts(local.clone()).otherwise(by_prefix("", Fixed::accepts("b")));
    assert_eq!(named.expected(&TokenError::Issuer), ["a", "b"]);
}
