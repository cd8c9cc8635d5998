//! A token that is bound to a certificate is accepted over a connection with this certificate alone (RFC 8705 §3).

use axum_scopes::{
    credential::{AccessToken, Presented, PresentedAs, TokenSource},
    token::VerifyToken,
};

use super::*;

schemes!(
    Bank Rfc6750 Sender::bearer().or_certificate();
    Vault Rfc6750 Sender::bearer().or_certificate().required();
    Shop FastApi Sender::bearer().or_certificate();
);

/// A handler for each scheme.
macro_rules! handlers {
    ($($name:ident $Scheme:ident;)*) => {
        $(#[security(scopes = ["items"])]
        async fn $name(Depends(claims): Depends<verified<$Scheme, CertificateVerifier<TokenVerifier>>>) -> String {
            claims.sub.to_string()
        })*

        fn router() -> Router {
            let verifier = CertificateVerifier::new(verifier());
            Router::new()$(.route(concat!("/", stringify!($name)), get($name)))*.with_state(verifier)
        }
    };
}

handlers!(bank Bank; vault Vault; shop Shop;);

/// The routes, for a client with this certificate.
fn with(certificate: Option<[u8; 32]>) -> App {
    App::new(match certificate {
        Some(digest) => router().layer(axum::Extension(ClientCertificate::of_sha256(digest))),
        None => router(),
    })
}

fn invalid_token() -> (u16, Option<&'static str>, &'static str) {
    (
        401,
        Some(r#"Bearer error="invalid_token", scope="items""#),
        r#"{"error":"invalid_token","error_description":"Could not validate credentials"}"#,
    )
}

#[tokio::test]
async fn a_bound_token_without_a_certificate_is_refused() {
    let bound = token(Some(&of_certificate()));
    for path in ["/bank", "/vault"] {
        assert_eq!(with(None).get(path).bearer(&bound).await, invalid_token(), "{path}");
    }
    assert_eq!(with(None).get("/shop").bearer(&bound).await, not_validated("items"));
}

#[tokio::test]
async fn a_bound_token_with_another_certificate_is_refused() {
    let bound = token(Some(&of_certificate()));
    let mut almost = [7; 32];
    almost[31] = 8;
    for other in [[0; 32], [8; 32], almost] {
        for path in ["/bank", "/vault"] {
            assert_eq!(with(Some(other)).get(path).bearer(&bound).await, invalid_token(), "{path}");
        }
    }
}

#[tokio::test]
async fn a_bound_token_with_its_certificate_is_accepted() {
    let bound = token(Some(&of_certificate()));
    for path in ["/bank", "/vault", "/shop"] {
        assert_eq!(with(Some([7; 32])).get(path).bearer(&bound).await, accepted("joe"), "{path}");
    }
}

/// RFC 8705 §3.1: `x5t#S256` is the SHA-256 of the certificate's DER in base64url.
#[tokio::test]
async fn a_certificate_is_compared_by_the_digest_of_its_der() {
    // Of the five bytes below, by another implementation.
    let bound = token(Some(r##"{"x5t#S256":"QXx3Y8TjIKa3R7PLDG0i-TdBspoytIWUuOtMFE_m1yk"}"##));
    for (der, status) in [(&b"\x30\x03\x02\x01\x05"[..], 200), (b"\x30\x03\x02\x01\x06", 401), (b"", 401)] {
        let app = App::new(router().layer(axum::Extension(ClientCertificate::of_der(der))));
        assert_eq!(app.get("/vault").bearer(&bound).await.status(), status, "{der:?}");
    }
}

#[tokio::test]
async fn an_unbound_token_is_refused_where_bound_ones_are_required() {
    for certificate in [None, Some([7; 32])] {
        let app = with(certificate);
        assert_eq!(app.get("/vault").bearer(token(None)).await, invalid_token(), "{certificate:?}");
        assert_eq!(app.get("/bank").bearer(token(None)).await, accepted("joe"), "{certificate:?}");
    }
}

#[tokio::test]
async fn a_token_that_is_bound_to_a_key_as_well_needs_both() {
    for cnf in [of_both(), of_key()].into_iter().chain(unknown()) {
        for path in ["/bank", "/vault"] {
            let app = with(Some([7; 32]));
            assert_eq!(app.get(path).bearer(token(Some(&cnf))).await, invalid_token(), "{path} {cnf}");
            let proved = app.get(path).header("authorization", format!("DPoP {}", token(Some(&cnf))));
            assert_eq!(proved.header("dpop", "x").await.status(), 401, "{path} {cnf}");
        }
    }
}

/// A certificate proves who sends, and grants nothing.
#[tokio::test]
async fn a_certificate_is_no_credential() {
    let answer = with(Some([7; 32])).get("/vault").await;
    assert_eq!((answer.status(), answer.challenge()), (401, Some(r#"Bearer scope="items""#)));
    let without_scope = payload(Some(&of_certificate())).replace(r#""items""#, r#""other""#);
    let token = Jws::new(r#"{"alg":"HS256"}"#, without_scope).hs256(SECRET);
    let answer = with(Some([7; 32])).get("/vault").bearer(token).await;
    assert_eq!(answer.status(), 403);
}

/// A source of the service's own, which forgets what its request tells about the sender.
struct Forgetful;

impl TokenSource for Forgetful {
    type Extractor = AccessToken<Vault>;
    const SENDER: Sender = <Vault as OAuth2Scheme>::SENDER;

    fn presented(token: &AccessToken<Vault>) -> Presented<'_> {
        Presented::new(token.presented().token(), PresentedAs::Bearer)
    }
}

#[security(scopes = ["items"])]
async fn forgotten(_: Depends<verified<Forgetful, CertificateVerifier<TokenVerifier>>>) {}

#[tokio::test]
async fn a_source_that_forgets_the_sender_gets_nobody_in() {
    let app = Router::new().route("/", get(forgotten)).with_state(CertificateVerifier::new(verifier()));
    let app = App::new(app.layer(axum::Extension(ClientCertificate::of_sha256([7; 32]))));
    for cnf in [None, Some(of_certificate())] {
        assert_eq!(app.get("/").bearer(token(cnf.as_deref())).await, invalid_token(), "{cnf:?}");
    }
}

/// A dependency of the service's own, whose verifier confirms nobody.
#[security]
async fn by_hand(
    required: SecurityScopes,
    token: AccessToken<Vault>,
    State(verifier): State<TokenVerifier>,
) -> Result<(), AuthError> {
    let verified = verifier.judge(&token.presented()).await;
    let verified = verified.map_err(|_| required.unauthorized("Could not validate credentials"))?;
    required.check(&verified)
}

#[security(scopes = ["items"])]
async fn items_by_hand(_: Depends<by_hand>) {}

#[tokio::test]
async fn a_verifier_that_confirms_nobody_accepts_no_token_where_bound_ones_are_required() {
    let app = Router::new().route("/", get(items_by_hand)).with_state(verifier());
    let app = App::new(app.layer(axum::Extension(ClientCertificate::of_sha256([7; 32]))));
    for cnf in [None, Some(of_certificate())] {
        assert_eq!(app.get("/").bearer(token(cnf.as_deref())).await, invalid_token(), "{cnf:?}");
    }
}
