//! A service as the RFCs have it: error codes, metadata of the resource, and logins that OAuth2 clients understand.
//!
//! ```sh
//! cargo run --example rfc6750
//! curl -i http://127.0.0.1:8000/token -d 'grant_type=password&username=johndoe&password=secret&scope=me items'
//! curl -i http://127.0.0.1:8000/users/me/       -H "Authorization: Bearer …"    # needs `me`
//! curl -i http://127.0.0.1:8000/users/me/items/ -H "Authorization: Bearer …"    # needs `items` and `me`; else 403
//! curl -i http://127.0.0.1:8000/users/me/transfer/ -X POST -H "Authorization: Bearer …"    # needs a stronger login: 401
//! curl -i http://127.0.0.1:8000/.well-known/oauth-protected-resource
//! ```
//!
//! In a crate of your own, this file is `src/main.rs`, and it needs:
//!
//! ```sh
//! cargo add axum --features macros
//! cargo add axum-scopes
//! cargo add serde --features derive
//! cargo add tokio --features full
//! cargo add tracing
//! cargo add tracing-subscriber
//! cargo add --dev axum-scopes --features testing
//! ```

use std::{error::Error, time::Duration};

use axum::{
    Json,
    extract::{FromRef, State},
};
use axum_scopes::{
    AuthError, Bearer, Claims, Depends, Flows, HmacKey, OAuth2Scheme, SecurityScopes, TokenVerifier,
    login::{OAuth2PasswordRequestFormStrict, TokenResponse},
    password::Passwords,
    resource::protected_resource_metadata,
    scheme::{ErrorStyle, ProtectedResource},
    secure::{Router, get, post, public},
    security,
    token::TokenSigner,
    verified,
};
use serde::Serialize;
use tokio::net::TcpListener;

/// What clients reach the service at.
const PUBLIC_URL: &str = "http://127.0.0.1:8000";

struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", "Read information about the current user."), ("items", "Read items.")];
    const REALM: Option<&str> = Some("tutorial");
    const PROTECTED_RESOURCE: Option<ProtectedResource> =
        Some(ProtectedResource::new(PUBLIC_URL).with_authorization_servers(&[PUBLIC_URL]).with_name("Tutorial"));
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

#[derive(Clone, FromRef)]
struct App {
    passwords: Passwords,
    signer: TokenSigner,
    verifier: TokenVerifier,
}

/// The only user, and argon2id of `secret`.
const USERNAME: &str = "johndoe";
const HASHED_PASSWORD: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$kRaqz327r9yVXw01rGXgNw$YoE663ZOPzNgTlCmC8iN60Oan15+c59hMHcvobsvjzE";
const LIFETIME: Duration = Duration::from_secs(30 * 60);

/// The form refuses in the style of its scheme. What is not OAuth2's is told which that is.
#[security(public = "a login needs no token")]
async fn login(
    State(app): State<App>,
    OAuth2PasswordRequestFormStrict(form): OAuth2PasswordRequestFormStrict<Api>,
) -> Result<TokenResponse, AuthError> {
    let hash = (form.username == USERNAME).then_some(HASHED_PASSWORD);
    let verification = app.passwords.verify(&form.password, hash).await;
    let verification = verification.map_err(|error| AuthError::from(error).in_style_of::<Bearer<Api>>())?;
    if !verification.is_accepted() {
        return Err(AuthError::invalid_grant("Incorrect username or password"));
    }
    let scopes = form.grant(&["me", "items"]);
    let token = app.signer.sign(&Claims::new(USERNAME, scopes.clone(), LIFETIME)).map_err(|error| {
        tracing::error!(%error, "cannot sign a token");
        AuthError::internal().in_style_of::<Bearer<Api>>()
    })?;
    Ok(TokenResponse::bearer(token).expires_in(LIFETIME).scope(&scopes))
}

/// Nobody logs in with a second factor here, so nobody gets past it.
#[security]
async fn get_verified_claims(
    required: SecurityScopes,
    Depends(_): Depends<verified<Api>>,
) -> Result<Claims, AuthError> {
    Err(required.insufficient_user_authentication(&["urn:example:second-factor"], Some(Duration::from_secs(300))))
}

#[derive(Serialize)]
struct User {
    username: String,
}

#[derive(Serialize)]
struct Item {
    item_id: &'static str,
    owner: String,
}

#[security(scopes = ["me"])]
async fn read_users_me(Depends(claims): Depends<verified<Api>>) -> Json<User> {
    Json(User { username: claims.sub.to_string() })
}

#[security(scopes = ["items", "me"])]
async fn read_own_items(Depends(claims): Depends<verified<Api>>) -> Json<[Item; 1]> {
    Json([Item { item_id: "Foo", owner: claims.sub.to_string() }])
}

#[security(scopes = ["items"])]
async fn transfer(_: Depends<get_verified_claims>) {}

fn router(app: App) -> Router {
    Router::new()
        .route("/token", post(login))
        .route("/users/me/", get(read_users_me))
        .route("/users/me/items/", get(read_own_items))
        .route("/users/me/transfer/", post(transfer))
        .merge(public("clients learn from it where to get a token", protected_resource_metadata::<Bearer<Api>, _>()))
        .with_state(app)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt::init();
    // Everybody knows this key and the user's password, so only this machine reaches the service.
    let key = HmacKey::dangerous_even_if_public("not a secret: everybody can read this example")?;
    let (signer, verifier) = (TokenSigner::hs256(&key), TokenVerifier::hs256(&key));
    let router = router(App { passwords: Passwords::default(), signer, verifier });
    let listener = TcpListener::bind("127.0.0.1:8000").await?;
    println!("curl -i {PUBLIC_URL}/token -d 'grant_type=password&username=johndoe&password=secret&scope=me items'");
    axum::serve(listener, router.into_router()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use axum_scopes::testing::open_routes;

    use super::*;

    #[tokio::test]
    async fn nobody_opens_a_route_by_mistake() {
        let key = HmacKey::new("a key for tests, of more than thirty-two bytes").unwrap();
        let (signer, verifier) = (TokenSigner::hs256(&key), TokenVerifier::hs256(&key));
        let router = router(App { passwords: Passwords::default(), signer, verifier });
        assert_eq!(
            router.table().to_string(),
            "\
*     /.well-known/oauth-protected-resource  public (clients learn from it where to get a token)
POST  /token                                 public (a login needs no token)
GET   /users/me/                             OAuth2PasswordBearer [me]
GET   /users/me/items/                       OAuth2PasswordBearer [items me]
POST  /users/me/transfer/                    OAuth2PasswordBearer [items]
"
        );
        // A login without a form is a bad request.
        assert_eq!(
            open_routes(router.into_router()).await,
            ["GET /.well-known/oauth-protected-resource 200", "POST /token 400"]
        );
    }
}
