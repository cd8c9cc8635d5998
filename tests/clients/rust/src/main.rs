//! The crate oauth2 logs in by the password grant, and calls the routes that its token opens.

use std::{env, error::Error};

use oauth2::{
    ClientId, HttpClientError, RequestTokenError, ResourceOwnerPassword, ResourceOwnerUsername, Scope, TokenResponse,
    TokenUrl,
    basic::{BasicClient, BasicErrorResponse, BasicErrorResponseType, BasicTokenResponse},
    reqwest::blocking::Client,
};

type Answer =
    Result<BasicTokenResponse, RequestTokenError<HttpClientError<oauth2::reqwest::Error>, BasicErrorResponse>>;

fn log_in(http: &Client, base: &str, password: &str, scopes: &[&str]) -> Result<Answer, Box<dyn Error>> {
    let client = BasicClient::new(ClientId::new("tests".to_owned()));
    let client = client.set_token_uri(TokenUrl::new(format!("{base}/token"))?);
    let username = ResourceOwnerUsername::new("johndoe".to_owned());
    let password = ResourceOwnerPassword::new(password.to_owned());
    let scopes = scopes.iter().map(|scope| Scope::new((*scope).to_owned()));
    Ok(client.exchange_password(&username, &password).add_scopes(scopes).request(http))
}

/// The status, the challenge and the body of the answer.
fn call(http: &Client, url: &str, token: &BasicTokenResponse) -> Result<(u16, String, String), Box<dyn Error>> {
    let response = http.get(url).bearer_auth(token.access_token().secret()).send()?;
    let challenge = response.headers().get("www-authenticate").map(|value| value.to_str().map(str::to_owned));
    Ok((response.status().as_u16(), challenge.transpose()?.unwrap_or_default(), response.text()?))
}

fn main() -> Result<(), Box<dyn Error>> {
    let base = env::args().nth(1).ok_or("usage: axum-scopes-client BASE_URL")?;
    let http = Client::new();
    let full = log_in(&http, &base, "secret", &["me", "items"])??;
    assert_eq!(full.scopes().map(Vec::len), Some(2));
    assert_eq!(call(&http, &format!("{base}/users/me/items/"), &full)?.2, r#"[{"item_id":"Foo","owner":"johndoe"}]"#);

    let weak = log_in(&http, &base, "secret", &["me"])??;
    assert_eq!(call(&http, &format!("{base}/users/me/"), &weak)?.0, 200);
    let (status, challenge, body) = call(&http, &format!("{base}/users/me/items/"), &weak)?;
    assert!(
        status == 403 && challenge.contains(r#"error="insufficient_scope", scope="items me""#),
        "{status} {challenge}"
    );
    assert!(body.contains(r#""error":"insufficient_scope""#), "{body}");

    match log_in(&http, &base, "wrong", &["me"])? {
        Err(RequestTokenError::ServerResponse(refusal)) => {
            assert_eq!(*refusal.error(), BasicErrorResponseType::InvalidGrant);
            assert_eq!(refusal.error_description().map(String::as_str), Some("Incorrect username or password"));
        }
        other => return Err(format!("expected `invalid_grant`, got {other:?}").into()),
    }
    Ok(())
}
