//! Signed answers (RFC 9701).

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use axum_scopes_test_support::{Jws, base64url};

use super::{
    provider::{Page, Provider},
    *,
};
use crate::{
    introspection::error::IntrospectionError,
    issuer::{Issuer, IssuerError},
};

const ISSUER: &str = "https://id.example.com";
const HEADER: &str = r#"{"alg":"EdDSA","typ":"token-introspection+jwt","kid":"1"}"#;

struct Server {
    provider: Provider,
    key: Ed25519KeyPair,
}

impl Server {
    async fn start() -> Tested<Self> {
        let provider = Provider::start(Page::json("")).await?;
        let key = Ed25519KeyPair::generate()?;
        let x = base64url(key.public_key());
        provider.publish(format!(r#"{{"keys":[{{"kty":"OKP","crv":"Ed25519","kid":"1","x":"{x}"}}]}}"#));
        Ok(Self { provider, key })
    }

    fn introspection(&self) -> Introspection {
        let issuer = Issuer::new(ISSUER).jwks_url(self.provider.keys_url());
        self.provider.introspection().signed_by(issuer)
    }

    /// Serves what the key has signed.
    fn signs(&self, header: &str, claims: &str) {
        self.serves(Jws::new(header, claims).signed(|message| self.key.sign(message)).to_string());
    }

    fn serves(&self, body: String) {
        let media_type = "application/token-introspection+jwt".to_owned();
        self.provider.serve(Page::Of(200, vec![("content-type", media_type)], body));
    }
}

fn active() -> String {
    format!(r#"{{"active":true,"sub":"amy","exp":{},"scope":"items"}}"#, from_now(60))
}

/// The claims of a good answer.
fn claims(answer: &str) -> String {
    format!(r#"{{"iss":"{ISSUER}","aud":"api","iat":{},"token_introspection":{answer}}}"#, from_now(0))
}

fn is_of_signature(result: Result<(), VerifyError>) -> bool {
    unavailable(result)
        .is_some_and(|(_, cause)| cause == "the answer of the introspection endpoint is not signed as it must be")
}

#[tokio::test]
async fn a_signed_answer_is_asked_for_and_believed() -> Tested {
    let server = Server::start().await?;
    let verifier = IntrospectionVerifier::new(server.introspection())?;
    for aud in [r#""api""#, r#"["other","api"]"#] {
        server.signs(HEADER, &claims(&active()).replace(r#""api""#, aud));
        verify(&verifier, "token").await?;
    }
    let asked = server.provider.asked().pop().ok_or("not asked")?;
    let accept = asked.headers.get("accept").and_then(|value| value.to_str().ok());
    assert_eq!(accept, Some("application/token-introspection+jwt"));
    server.signs(&HEADER.replace("token", "application/token"), &claims(r#"{"active":false}"#));
    assert_eq!(verify(&verifier, "token").await, INACTIVE);
    // The claims of the answer are checked as ever.
    server.signs(HEADER, &claims(&active().replace("\"exp\"", "\"aud\":\"elsewhere\",\"exp\"")));
    assert_eq!(verify(&verifier, "token").await, Err(TokenError::Audience.into()));
    Ok(())
}

#[tokio::test]
async fn an_answer_with_another_header_issuer_audience_or_time_is_not_believed() -> Tested {
    let server = Server::start().await?;
    let verifier = IntrospectionVerifier::new(server.introspection())?;
    server.signs(HEADER, &claims(&active()));
    verify(&verifier, "token").await?;
    let typed = |typ: &str| HEADER.replace("token-introspection+jwt", typ);
    for header in [
        typed("JWT"),
        typed("at+jwt"),
        typed("introspection+jwt"),
        r#"{"alg":"EdDSA","kid":"1"}"#.to_owned(),
        HEADER.replace("EdDSA", "none"),
        HEADER.replace("EdDSA", "HS256"),
        HEADER.replace("EdDSA", "RS256"),
        HEADER.replace("\"kid\"", "\"crit\":[\"x\"],\"kid\""),
    ] {
        server.signs(&header, &claims(&active()));
        assert!(is_of_signature(verify(&verifier, "token").await), "{header}");
    }
    let good = claims(&active());
    let at = |iat: u64| good.replace(&format!(r#""iat":{}"#, from_now(0)), &format!(r#""iat":{iat}"#));
    for claims in [
        good.replace(ISSUER, "https://id.example.com/"),
        good.replace("\"iss\"", "\"issuer\""),
        good.replace(r#""api""#, r#""other""#),
        good.replace(r#""api""#, "[]"),
        good.replace(r#""aud":"api","#, ""),
        good.replace("\"iat\"", "\"nbf\""),
        good.replace("\"token_introspection\"", "\"introspection\""),
        good.replace("\"iss\"", "\"x\":1,\"x\":2,\"iss\""),
        good.replace("\"sub\"", "\"sub\":\"joe\",\"sub\""),
        active(),
        at(from_now(0) - 62),
        at(from_now(63)),
        "[]".to_owned(),
    ] {
        server.signs(HEADER, &claims);
        assert!(is_of_signature(verify(&verifier, "token").await), "{claims}");
    }
    for fresh in [at(from_now(0) - 55), at(from_now(55))] {
        server.signs(HEADER, &fresh);
        verify(&verifier, "token").await?;
    }
    server.signs(HEADER, &claims(&active().replace("true", "\"true\"")));
    assert!(unavailable(verify(&verifier, "token").await).is_some_and(|(_, cause)| cause.contains("malformed")));
    Ok(())
}

#[tokio::test]
async fn an_answer_without_a_good_signature_is_not_believed() -> Tested {
    let server = Server::start().await?;
    let verifier = IntrospectionVerifier::new(server.introspection())?;
    let stranger = Ed25519KeyPair::generate()?;
    let forged = Jws::new(HEADER, claims(&active())).signed(|message| stranger.sign(message)).to_string();
    let unsigned = Jws::new(HEADER, claims(&active())).with_signature("").to_string();
    for body in [forged, unsigned, active(), String::new(), "a.b.c".to_owned()] {
        server.serves(body.clone());
        assert!(is_of_signature(verify(&verifier, "token").await), "{body}");
    }
    // A server that does not sign does not lower the bar.
    server.provider.serve(Page::json(active()));
    assert!(unavailable(verify(&verifier, "token").await).is_some_and(|(_, cause)| cause.contains("media type")));
    Ok(())
}

#[tokio::test]
async fn without_keys_no_signed_answer_is_believed() -> Tested {
    let server = Server::start().await?;
    server.provider.publish("{}".to_owned());
    let verifier = IntrospectionVerifier::new(server.introspection())?;
    server.signs(HEADER, &claims(&active()));
    assert!(is_of_signature(verify(&verifier, "token").await));
    Ok(())
}

#[tokio::test]
async fn an_issuer_that_is_not_configured_well_is_refused() -> Tested {
    let made = |issuer| IntrospectionVerifier::new(introspection().signed_by(issuer)).map(drop);
    assert_eq!(made(Issuer::new("http://id.example.com")), Err(IntrospectionError::Issuer(IssuerError::Url)));
    let template =
        Issuer::template("https://id.example.com/{tenantid}").any_tenant().jwks_url("https://id.example.com/k");
    assert_eq!(made(template), Err(IntrospectionError::Issuer(IssuerError::Template)));
    Ok(())
}
