//! Tokens of sessions: which are accepted, when, and what happens while keys rotate.
#![expect(clippy::unwrap_used, reason = "a failed test may panic")]

use std::{
    sync::atomic::{AtomicU64, Ordering::SeqCst},
    thread,
    time::{Duration, UNIX_EPOCH},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::SessionVerifier;
use crate::{
    credential::presented::{Presented, PresentedAs},
    jose::{
        signing_key::SigningKey,
        tests::private_keys::{ED25519, P256, RSA},
    },
    login::{
        access_tokens::{AccessGrant, AccessTokens},
        revocations::Revocations,
        signing_keys::{
            SigningKeys,
            tests::{dated, set},
        },
        store::SessionId,
    },
    scopes::set::Scopes,
    token::{
        claims::Claims, confirmation::Confirmation, error::TokenError, judge::VerifyToken, sign::TokenSigner,
        verified::VerifiedToken, verify_error::VerifyError,
    },
};

const NOW: u64 = 4_000_000_000;
/// RustCrypto takes long to read an RSA key without optimisation.
const EVERY: u64 = if cfg!(feature = "aws_lc_rs") { 10 } else { 200 };
const ISSUER: &str = "https://id.example.com";
const AUDIENCE: &str = "https://api.example.com";
const SESSION: SessionId = SessionId::from_bytes([7; 16]);

struct Login {
    keys: SigningKeys,
    tokens: AccessTokens,
    revocations: Revocations,
    verifier: SessionVerifier,
}

impl Login {
    fn with(keys: impl IntoIterator<Item = Value>) -> Self {
        let keys = SigningKeys::from_jwks(&set(keys)).unwrap();
        let tokens = AccessTokens::new(keys.clone(), ISSUER, AUDIENCE);
        let revocations = Revocations::new(tokens.lifetime_of_tokens(), Duration::from_secs(30));
        let verifier = tokens.verifier(&revocations);
        let login = Self { keys, tokens, revocations, verifier };
        login.tell(NOW);
        login
    }

    fn new() -> Self {
        Self::with([dated(P256, "1", 0, 2 * NOW)])
    }

    fn tell(&self, now: u64) {
        self.revocations.update(UNIX_EPOCH + Duration::from_secs(now), &[]);
    }

    fn token(&self, now: f64, cnf: Option<Confirmation>) -> String {
        let scope = Scopes::from("me");
        let grant = AccessGrant { subject: "johndoe", client_id: "web", scope: &scope, session: SESSION, cnf };
        self.tokens.sign_at(&grant, now).unwrap()
    }

    fn judge(&self, token: &str, now: f64) -> Result<Claims, VerifyError> {
        self.verifier.judge_at(&Presented::new(token, PresentedAs::Bearer), now)
    }
}

fn refused<T>(error: TokenError) -> Result<T, VerifyError> {
    Err(VerifyError::Token(error))
}

#[test]
fn a_token_is_accepted_until_it_expires_or_its_session_ends() {
    let login = Login::new();
    let token = login.token(NOW as f64, None);
    assert_eq!(login.judge(&token, NOW as f64).unwrap().sub, "johndoe");
    login.tell(NOW + 299);
    assert!(login.judge(&token, (NOW + 299) as f64).is_ok());
    // The keys were read once.
    assert!(login.verifier.current((NOW + 299) as f64).is_some());
    assert_eq!(login.judge(&token, (NOW + 300) as f64), refused(TokenError::Expired));
    login.revocations.end(SessionId::from_bytes([8; 16]), UNIX_EPOCH + Duration::from_secs(NOW));
    assert!(login.judge(&token, (NOW + 299) as f64).is_ok());
    login.revocations.end(SESSION, UNIX_EPOCH + Duration::from_secs(NOW));
    assert_eq!(login.judge(&token, (NOW + 299) as f64), refused(TokenError::Inactive));
}

/// Also one whose signature is cached.
#[test]
fn a_cached_token_of_an_ended_session_is_refused() {
    let mut login = Login::new();
    login.verifier = login.verifier.token_cache(100);
    let token = login.token(NOW as f64, None);
    for _ in 0..3 {
        assert!(login.judge(&token, NOW as f64).is_ok());
    }
    assert_eq!(login.verifier.0.cache.len(), 1);
    login.revocations.end(SESSION, UNIX_EPOCH + Duration::from_secs(NOW));
    assert_eq!(login.judge(&token, NOW as f64), refused(TokenError::Inactive));
    // A refused token does not enter the cache.
    let other = login.token(NOW as f64, None);
    assert_eq!(login.judge(&other, NOW as f64), refused(TokenError::Inactive));
    assert_eq!(login.verifier.0.cache.len(), 1);
}

#[test]
fn a_stale_list_is_unavailable_and_not_a_verdict() {
    let login = Login::new();
    let token = login.token((NOW + 31) as f64, None);
    let unavailable = login.judge(&token, (NOW + 31) as f64).unwrap_err();
    assert!(matches!(unavailable, VerifyError::Unavailable { retry_after: 5, .. }));
    let cause = std::error::Error::source(&unavailable).unwrap();
    assert_eq!(cause.to_string(), "the list of ended sessions is out of date");
    // What is wrong anyway is said all the same.
    let (start, _) = token.rsplit_once('.').unwrap();
    assert_eq!(login.judge(&format!("{start}.AAAA"), (NOW + 31) as f64), refused(TokenError::Signature));
    assert_eq!(login.judge(&token, (NOW + 400) as f64), refused(TokenError::Expired));
    login.tell(NOW + 31);
    assert!(login.judge(&token, (NOW + 31) as f64).is_ok());
}

/// As after a change of the lifetime, of one replica or of one of the two settings.
#[test]
fn a_token_that_outlives_the_list_of_ended_sessions_is_refused() {
    let mut login = Login::new();
    login.tokens = login.tokens.lifetime(Duration::from_secs(301));
    let token = login.token(NOW as f64, None);
    let found = "a time that ended sessions are not remembered until";
    assert_eq!(login.judge(&token, NOW as f64), refused(TokenError::WrongClaim { claim: "exp", found }));
    login.tokens = login.tokens.lifetime(Duration::from_secs(300));
    assert!(login.judge(&login.token(NOW as f64 + 0.9, None), NOW as f64).is_ok());
}

/// Tokens that one of the own keys has signed, each wrong in one way.
#[test]
fn tokens_of_another_form_are_refused() {
    let login = Login::new();
    let claims = json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": "johndoe", "client_id": "web", "iat": NOW, "exp": NOW + 300, "jti": "j",
        "sid": SESSION.to_string(), "scope": "me",
    });
    let key = SigningKey::from_jwk(&dated(P256, "1", 0, 1).to_string()).unwrap();
    let judged = |signer: TokenSigner, claims: &Value| login.judge(&signer.sign(claims).unwrap(), NOW as f64).map(drop);
    assert_eq!(judged(TokenSigner::rfc9068(&key), &claims), Ok(()));
    assert_eq!(judged(TokenSigner::new(&key), &claims), refused(TokenError::Header));
    let no_session = TokenError::WrongClaim { claim: "sid", found: "a string that names no session" };
    for (claim, value, expected) in [
        ("sid", None, TokenError::MissingClaim("sid")),
        ("sid", Some(json!(7)), TokenError::MissingClaim("sid")),
        ("sid", Some(json!(["a"])), TokenError::MissingClaim("sid")),
        ("sid", Some(json!("")), no_session.clone()),
        ("sid", Some(json!(format!("{SESSION}="))), no_session.clone()),
        // Another spelling of the same bytes.
        ("sid", Some(json!("BwcHBwcHBwcHBwcHBwcHBx")), no_session),
        ("iss", Some(json!("https://id.example.org")), TokenError::Issuer),
        ("aud", Some(json!("https://api.example.org")), TokenError::Audience),
        ("jti", None, TokenError::MissingClaim("jti")),
        ("client_id", None, TokenError::MissingClaim("client_id")),
    ] {
        let mut claims = claims.clone();
        match value {
            Some(value) => claims[claim] = value,
            None => drop(claims.as_object_mut().unwrap().remove(claim)),
        }
        assert_eq!(judged(TokenSigner::rfc9068(&key), &claims), refused(expected), "{claims}");
    }
    let stranger = SigningKey::from_jwk(&dated(ED25519, "1", 0, 1).to_string()).unwrap();
    assert_eq!(judged(TokenSigner::rfc9068(&stranger), &claims), refused(TokenError::Algorithm));
}

#[test]
fn a_bound_token_needs_somebody_who_confirms_its_sender() {
    let login = Login::new();
    let token = login.token(NOW as f64, Some(Confirmation::of_key([7; 32])));
    let judged =
        |presented: &Presented<'_>| login.verifier.judge_at::<Claims>(presented, NOW as f64).map(|claims| claims.cnf);
    let bearer = Presented::new(&token, PresentedAs::Bearer);
    assert_eq!(judged(&bearer), refused(TokenError::Bound));
    assert_eq!(judged(&Presented::new(&token, PresentedAs::DPoP)), refused(TokenError::Bound));
    let cnf = Some(Box::new(Confirmation::of_key([7; 32])));
    assert_eq!(judged(&bearer.with_unchecked_sender()), Ok(cnf.clone()));
    assert_eq!(judged(&bearer.to_be_confirmed()), Ok(cnf));
}

#[tokio::test]
async fn claims_of_other_types_are_read_from_the_payload() {
    #[derive(serde::Deserialize)]
    struct Session {
        sid: String,
    }
    let login = Login::new();
    let (now, time) = (crate::token::verify::now(), std::time::SystemTime::now());
    login.revocations.update(time, &[]);
    let token = login.token(now, None);
    let presented = Presented::new(&token, PresentedAs::Bearer);
    let verified: VerifiedToken = login.verifier.judge(&presented).await.unwrap();
    assert_eq!(verified.claims_as::<Session>().unwrap().sid, SESSION.to_string());
    assert_eq!(login.verifier.expected(&TokenError::Issuer), [ISSUER]);
    let debug = format!("{:?} {:?} {:?}", login.verifier, login.tokens, login.revocations);
    assert!(debug.starts_with("SessionVerifier { keys: [") && !debug.contains("jpsQnn"), "{debug}");
}

#[test]
fn a_key_is_refused_once_its_time_is_over() {
    // The first key ends in the middle of a token's life.
    let (end, later) = (NOW + 100, NOW + 100 + 300 + 60);
    let login = Login::with([dated(P256, "old", 0, end), dated(ED25519, "new", NOW + 50, 2 * NOW)]);
    let last = login.token((NOW + 49) as f64, None);
    assert!(login.judge(&last, (NOW + 29) as f64).is_ok());
    // The thief of the old key signs a token that begins late.
    let stolen = SigningKey::from_jwk(&dated(P256, "old", 0, 1).to_string()).unwrap();
    let claims = json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": "johndoe", "client_id": "web", "iat": later, "exp": later + 300, "jti": "j",
        "sid": SESSION.to_string(), "scope": "me",
    });
    let forged = TokenSigner::rfc9068(&stolen).sign(&claims).unwrap();
    login.tell(later);
    assert!(login.judge(&forged, later as f64 - 0.1).is_ok());
    assert_eq!(login.judge(&forged, later as f64), refused(TokenError::Algorithm));
    // The key leaves at once if it leaves the set.
    let login = Login::with([dated(P256, "old", 0, end), dated(ED25519, "new", NOW + 50, 2 * NOW)]);
    assert!(login.judge(&forged, NOW as f64).is_ok());
    login.keys.replace(&set([dated(RSA, "other", 0, 2 * NOW)])).unwrap();
    assert_eq!(login.judge(&forged, NOW as f64), refused(TokenError::Algorithm));
    assert_eq!(login.judge(&login.token(NOW as f64, None), NOW as f64).map(drop), Ok(()));
}

/// Time runs over three keys and sets are replaced, while threads sign with one copy and verify with another: no honest token is refused.
#[test]
fn no_honest_token_is_refused_while_keys_rotate() {
    let sets = [
        set([dated(P256, "1", 0, NOW + 40), dated(ED25519, "2", NOW + 20, NOW + 80)]),
        set([
            dated(P256, "1", 0, NOW + 40),
            dated(ED25519, "2", NOW + 20, NOW + 80),
            dated(RSA, "3", NOW + 60, 2 * NOW),
        ]),
    ];
    let login = Login::with([dated(P256, "1", 0, NOW + 40), dated(ED25519, "2", NOW + 20, 2 * NOW)]);
    let (time, seen) = (AtomicU64::new(NOW * 10), [const { AtomicU64::new(0) }; 3]);
    thread::scope(|scope| {
        for thread in 0..3 {
            let (login, time, seen) = (&login, &time, &seen);
            scope.spawn(move || {
                while time.load(SeqCst) < (NOW + 100) * 10 {
                    // The clock of whoever verifies differs by two seconds.
                    let now = time.load(SeqCst) as f64 / 10.0;
                    let token = login.token(now, None);
                    let skewed = time.load(SeqCst) as f64 / 10.0 + [-2.0, 0.0, 2.0][thread];
                    let judged = login.judge(&token, skewed);
                    assert!(
                        judged.is_ok() || matches!(judged, Err(VerifyError::Unavailable { .. })),
                        "{judged:?} {now}"
                    );
                    let header = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap();
                    let header: Value = serde_json::from_slice(&header).unwrap();
                    let key = ["1", "2", "3"].iter().position(|kid| header["kid"] == *kid).unwrap();
                    seen[key].fetch_add(u64::from(judged.is_ok()), SeqCst);
                }
            });
        }
        scope.spawn(|| {
            for step in 0..=1_000 {
                let now = NOW * 10 + step;
                time.store(now, SeqCst);
                login.tell(now / 10);
                if step % EVERY == 0 {
                    login.keys.replace(&sets[usize::from(step / EVERY % 2 == 1 || step > 400)]).unwrap();
                }
                thread::sleep(Duration::from_millis(1));
            }
        });
    });
    assert!(seen.iter().all(|seen| seen.load(SeqCst) > 0), "{seen:?}");
}
