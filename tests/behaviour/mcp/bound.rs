//! Clients whose tokens are bound to a key call tools with proofs.

use std::time::{SystemTime, UNIX_EPOCH};

use axum_scopes::{
    HmacKey, TokenVerifier,
    scheme::Sender,
    sender::{SenderVerifier, dpop::Dpop},
    verified,
};
use axum_scopes_test_support::{Jws, Proof, ProofKey};

use super::*;

const SECRET: [u8; 32] = [7; 32];
const URL: &str = "https://notes.example/mcp";

struct Bound;

impl OAuth2Scheme for Bound {
    const NAME: &str = "Notes";
    const FLOWS: Flows = Api::FLOWS;
    const SCOPES: &[(&str, &str)] = Api::SCOPES;
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
    const PROTECTED_RESOURCE: Option<ProtectedResource> = Api::PROTECTED_RESOURCE;
    const SENDER: Sender = Sender::bearer().or_dpop(&["ES256"]).required();
}

type Verifier = SenderVerifier<TokenVerifier>;

#[security(scopes = ["notes:read"])]
async fn reading(Depends(claims): Depends<verified<Bound, Verifier>>) -> Result<Scopes, AuthError> {
    Ok(claims.scope)
}

#[security(scopes = ["notes:write"])]
async fn writing(Depends(granted): Depends<reading>) -> Result<Scopes, AuthError> {
    Ok(granted)
}

fn bound_app() -> App {
    let endpoint = Endpoint::<reading, Verifier>::new().tool::<reading>("read_notes").tool::<writing>("write_note");
    let server = service_fn(async |_: Request<Body>| Ok::<_, Infallible>("served"));
    let verifier = TokenVerifier::hs256(&HmacKey::new(SECRET).unwrap());
    let verifier = SenderVerifier::new(verifier, Dpop::new("https://notes.example").unwrap());
    App::new(Router::new().route("/mcp", endpoint.serve(server)).with_state(verifier).into_router())
}

fn token(scope: &str) -> String {
    let thumbprint = ProofKey::new(1).thumbprint();
    let claims = format!(r#"{{"sub":"amy","exp":4102444800,"scope":"{scope}","cnf":{{"jkt":"{thumbprint}"}}}}"#);
    Jws::new(r#"{"alg":"HS256","typ":"at+jwt"}"#, claims).hs256(SECRET)
}

fn proof(token: &str, id: &str) -> Proof {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    ProofKey::new(1).proof("POST", URL, now).with_token(token).with("jti", id)
}

async fn shown(app: &App, token: &str, proof: &Proof, body: String) -> Answer {
    post(app, body).header("authorization", format!("DPoP {token}")).header("dpop", proof.sign()).await
}

/// The function of a tool includes that of the endpoint, so both need the proof. It is one use.
#[tokio::test]
async fn a_tool_takes_each_proof_once() {
    let (app, token) = (bound_app(), token("notes:read notes:write"));
    for (i, body) in [call("read_notes"), call("write_note"), message("tools/list", "{}")].into_iter().enumerate() {
        let proof = proof(&token, &format!("proof {i}"));
        assert_eq!(shown(&app, &token, &proof, body.clone()).await.text(), "served", "{body}");
        let again = shown(&app, &token, &proof, body).await;
        assert_eq!(again.status(), 401);
        assert!(again.challenge().unwrap().contains(r#"error="invalid_dpop_proof""#), "{again:?}");
    }
    assert_eq!(post(&app, call("read_notes")).bearer(&token).await.status(), 401);
}

#[tokio::test]
async fn a_missing_scope_of_a_tool_is_told_in_the_challenge_for_proofs() {
    let (app, token) = (bound_app(), token("notes:read"));
    let answer = shown(&app, &token, &proof(&token, "1"), call("write_note")).await;
    assert_eq!(answer.status(), 403);
    let challenge = answer.challenge().unwrap();
    assert!(challenge.starts_with(r#"DPoP error="insufficient_scope", scope="notes:write notes:read""#), "{challenge}");
}
