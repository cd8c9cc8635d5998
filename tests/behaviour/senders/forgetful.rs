//! A scheme that requires bound tokens gets no others, whatever a source or a verifier of the service's own forgets.

use axum_scopes::{
    credential::{AccessToken, Presented, PresentedAs, TokenSource},
    token::{Confirms, FromToken, VerifiedToken, VerifyError, VerifyToken},
};

use super::*;

schemes!(
    Bank Rfc6750 Sender::bearer().or_certificate();
    Vault Rfc6750 Sender::bearer().or_certificate().required();
);

/// Promises bound tokens, and reads those of a scheme that takes others as well.
struct OfBank;

impl TokenSource for OfBank {
    type Extractor = AccessToken<Bank>;
    const SENDER: Sender = Sender::bearer().or_certificate().required();

    fn presented(token: &AccessToken<Bank>) -> Presented<'_> {
        token.presented()
    }
}

/// Promises bound tokens, and has nobody confirm the sender.
struct Unconfirmed;

impl TokenSource for Unconfirmed {
    type Extractor = AccessToken<Vault>;
    const SENDER: Sender = Sender::bearer().or_certificate().required();

    fn presented(token: &AccessToken<Vault>) -> Presented<'_> {
        token.presented().with_unchecked_sender()
    }
}

type Verifier = CertificateVerifier<TokenVerifier>;

/// Hands on the token alone, as a verifier that decrypts it first may do.
#[derive(Clone)]
struct Forgetful(Verifier);

impl VerifyToken for Forgetful {
    const MAY_BE_UNAVAILABLE: bool = false;
    const CONFIRMS: Confirms = Confirms::Certificates;

    async fn judge(&self, presented: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
        self.judge_as(presented).await
    }

    async fn judge_as<T: FromToken>(&self, presented: &Presented<'_>) -> Result<T, VerifyError> {
        self.0.judge_as(&Presented::new(presented.token(), PresentedAs::Bearer)).await
    }
}

#[security(scopes = ["items"])]
async fn of_bank(Depends(claims): Depends<verified<OfBank, Verifier>>) -> String {
    claims.sub.to_string()
}

#[security(scopes = ["items"])]
async fn unconfirmed(Depends(claims): Depends<verified<Unconfirmed, Verifier>>) -> String {
    claims.sub.to_string()
}

#[security(scopes = ["items"])]
async fn forgetful(Depends(claims): Depends<verified<Vault, Forgetful>>) -> String {
    claims.sub.to_string()
}

fn app() -> App {
    let verifier = CertificateVerifier::new(verifier());
    let router = Router::new().route("/of_bank", get(of_bank)).route("/unconfirmed", get(unconfirmed));
    let router = router.with_state(verifier.clone());
    let forgetful = Router::new().route("/forgetful", get(forgetful)).with_state(Forgetful(verifier));
    App::new(router.merge(forgetful).layer(axum::Extension(ClientCertificate::of_sha256([7; 32]))))
}

#[tokio::test]
async fn an_unbound_token_of_a_source_that_promises_bound_ones_is_refused() {
    let app = app();
    for path in ["/of_bank", "/unconfirmed"] {
        assert_eq!(app.get(path).bearer(token(None)).await.status(), 401, "{path}");
    }
    assert_eq!(app.get("/of_bank").bearer(token(Some(&of_certificate()))).await, accepted("joe"));
}

#[tokio::test]
async fn a_source_cannot_promise_bound_tokens_and_leave_them_unchecked() {
    let other = format!(r#"{{"x5t#S256":"{JKT}"}}"#);
    for cnf in [of_certificate(), other] {
        assert_eq!(app().get("/unconfirmed").bearer(token(Some(&cnf))).await.status(), 401, "{cnf}");
    }
}

#[tokio::test]
async fn a_verifier_that_forgets_the_scheme_accepts_no_unbound_token_for_it() {
    for cnf in [None, Some(of_key()), Some(of_certificate())] {
        assert_eq!(app().get("/forgetful").bearer(token(cnf.as_deref())).await.status(), 401, "{cnf:?}");
    }
}
