//! The challenges of a scheme offer each way in which it takes tokens.

use axum_scopes::credential::AccessToken;

use super::*;

schemes!(
    Bearer6750 Rfc6750 Sender::bearer();
    Unchecked6750 Rfc6750 Sender::unchecked();
    Certificate6750 Rfc6750 Sender::bearer().or_certificate();
    OnlyCertificate6750 Rfc6750 Sender::bearer().or_certificate().required();
    Dpop6750 Rfc6750 Sender::bearer().or_dpop(&["ES256", "EdDSA"]);
    OnlyDpop6750 Rfc6750 Sender::bearer().or_dpop(&["ES256"]).required();
    Both6750 Rfc6750 Sender::bearer().or_dpop(&["ES256"]).or_certificate();
    OnlyBoth6750 Rfc6750 Sender::bearer().or_dpop(&["ES256"]).or_certificate().required();
    Bearer FastApi Sender::bearer();
    Unchecked FastApi Sender::unchecked();
    Certificate FastApi Sender::bearer().or_certificate();
    OnlyCertificate FastApi Sender::bearer().or_certificate().required();
    Dpop FastApi Sender::bearer().or_dpop(&["ES256", "EdDSA"]);
    OnlyDpop FastApi Sender::bearer().or_dpop(&["ES256"]).required();
    Both FastApi Sender::bearer().or_dpop(&["ES256"]).or_certificate();
    OnlyBoth FastApi Sender::bearer().or_dpop(&["ES256"]).or_certificate().required();
);

/// Refuses every token.
#[security]
async fn user<S: OAuth2Scheme>(required: SecurityScopes, token: AccessToken<S>) -> Result<(), AuthError> {
    Err(required.answering(&token.presented()).unauthorized("Could not validate credentials"))
}

#[security(scopes = ["items"])]
async fn items<S: OAuth2Scheme>(_: Depends<user<S>>) {}

/// The challenges without a credential, to a bearer token, and to a token with a proof.
async fn challenges<S: OAuth2Scheme>() -> [String; 3] {
    let app = App::new(Router::new().route("/", get(items::<S>)));
    let calls =
        [app.get("/"), app.get("/").bearer("x"), app.get("/").header("authorization", "DPoP x").header("dpop", "y")];
    let mut challenges = Vec::new();
    for call in calls {
        let answer = call.await;
        assert_eq!(answer.status(), 401);
        challenges.push(answer.challenge().unwrap().to_owned());
    }
    challenges.try_into().unwrap()
}

#[tokio::test]
async fn each_sender_has_its_challenges_in_the_style_of_rfc_6750() {
    let (plain, bad) = (r#"Bearer scope="items""#, r#"Bearer error="invalid_token", scope="items""#);
    for bearer_only in [
        challenges::<Bearer6750>().await,
        challenges::<Unchecked6750>().await,
        challenges::<Certificate6750>().await,
        challenges::<OnlyCertificate6750>().await,
    ] {
        assert_eq!(bearer_only, [plain, bad, plain]);
    }
    assert_eq!(
        challenges::<Dpop6750>().await,
        [
            r#"Bearer scope="items", DPoP algs="ES256 EdDSA""#,
            r#"Bearer error="invalid_token", scope="items", DPoP algs="ES256 EdDSA""#,
            r#"DPoP error="invalid_token", scope="items", algs="ES256 EdDSA""#,
        ]
    );
    let plain = r#"DPoP scope="items", algs="ES256""#;
    assert_eq!(
        challenges::<OnlyDpop6750>().await,
        [plain, plain, r#"DPoP error="invalid_token", scope="items", algs="ES256""#]
    );
    for both in [challenges::<Both6750>().await, challenges::<OnlyBoth6750>().await] {
        assert_eq!(
            both,
            [
                r#"Bearer scope="items", DPoP algs="ES256""#,
                r#"Bearer error="invalid_token", scope="items", DPoP algs="ES256""#,
                r#"DPoP error="invalid_token", scope="items", algs="ES256""#,
            ]
        );
    }
}

/// A client with a proof reads error codes whatever the style is (RFC 9449 §7.1), and FastAPI has no answer for it.
#[tokio::test]
async fn each_sender_has_its_challenges_in_the_style_of_fastapi() {
    for bearer_only in [
        challenges::<Bearer>().await,
        challenges::<Unchecked>().await,
        challenges::<Certificate>().await,
        challenges::<OnlyCertificate>().await,
    ] {
        assert_eq!(bearer_only, ["Bearer", r#"Bearer scope="items""#, "Bearer"]);
    }
    assert_eq!(
        challenges::<Dpop>().await,
        [
            r#"Bearer, DPoP algs="ES256 EdDSA""#,
            r#"Bearer scope="items", DPoP algs="ES256 EdDSA""#,
            r#"DPoP error="invalid_token", scope="items", algs="ES256 EdDSA""#,
        ]
    );
    assert_eq!(
        challenges::<OnlyDpop>().await,
        [r#"DPoP algs="ES256""#, r#"DPoP algs="ES256""#, r#"DPoP error="invalid_token", scope="items", algs="ES256""#]
    );
    for both in [challenges::<Both>().await, challenges::<OnlyBoth>().await] {
        assert_eq!(
            both,
            [
                r#"Bearer, DPoP algs="ES256""#,
                r#"Bearer scope="items", DPoP algs="ES256""#,
                r#"DPoP error="invalid_token", scope="items", algs="ES256""#,
            ]
        );
    }
}
