//! Three kinds of callers of one service: people with a token, staff with name and password, and partners with a key.
//!
//! ```sh
//! cargo run --example basic_and_keys     # prints a token
//! curl -i http://127.0.0.1:8000/items      -H "Authorization: Bearer …"        # 200; without it, 401 `Bearer`
//! curl -i http://127.0.0.1:8000/accounts   -u staff:correct-horse              # 200; without it, 401 `Basic realm="staff"`
//! curl -i http://127.0.0.1:8000/feed       -H "X-Partner-Key: 7f3a"            # 200; without it, 401 `APIKey`
//! curl -i http://127.0.0.1:8000/report     -H "X-Partner-Key: 7f3a"            # 401: that partner may not
//! curl -i http://127.0.0.1:8000/visits     -u staff:correct-horse              # 200, and greets by name; also open
//! ```

use std::{error::Error, time::Duration};

use axum::{
    Router,
    extract::{FromRef, State},
    routing::get,
};
use axum_scopes::{
    ApiKeyHeader, ApiKeyScheme, AuthError, Claims, Depends, Flows, HmacKey, HttpBasic, HttpBasicScheme, OAuth2Scheme,
    Scopes, SecurityScopes, TokenVerifier, credential::HttpBasicCredentials, guard, password::Passwords, security,
    token::TokenSigner, verified,
};
use axum_scopes_examples::{Keys, serve};

struct People;

impl OAuth2Scheme for People {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
}

struct Staff;

impl HttpBasicScheme for Staff {
    const REALM: Option<&str> = Some("staff");
}

struct Partner;

impl ApiKeyScheme for Partner {
    const NAME: &str = "PartnerKey";
    const PARAMETER: &str = "x-partner-key";
}

/// Argon2id of `correct-horse`.
const STAFF_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$+e3AxTTySo6N82Iqj5hLVA$o7QcXeHuPEi23C/kGDqzVEbd7r5unSNj48NA7URju64";

/// The partners' keys, and what each may do.
const PARTNERS: &[(&str, &[&str])] = &[("7f3a", &["feed"]), ("9c21", &["feed", "report"])];

#[derive(Clone, FromRef)]
struct App {
    passwords: Passwords,
    verifier: TokenVerifier,
}

/// The name of the member of staff.
#[security]
async fn get_staff(
    required: SecurityScopes,
    HttpBasic(login): HttpBasic<Staff>,
    State(passwords): State<Passwords>,
) -> Result<String, AuthError> {
    name_of(login, required, passwords).await
}

/// The same, if somebody is logged in.
#[security]
async fn get_staff_if_any(
    required: SecurityScopes,
    login: Option<HttpBasic<Staff>>,
    State(passwords): State<Passwords>,
) -> Result<Option<String>, AuthError> {
    match login {
        Some(HttpBasic(login)) => name_of(login, required, passwords).await.map(Some),
        None => required.check(&Scopes::new()).map(|()| None),
    }
}

async fn name_of(
    login: HttpBasicCredentials,
    required: SecurityScopes<'_>,
    passwords: Passwords,
) -> Result<String, AuthError> {
    // Staff has no scopes: wherever some are required, this refuses.
    required.check(&Scopes::new())?;
    let stored = (login.username == "staff").then_some(STAFF_HASH);
    if passwords.verify(&login.password, stored).await?.is_accepted() {
        Ok(login.username)
    } else {
        Err(required.unauthorized("Incorrect username or password"))
    }
}

/// A partner. An API key declares no scopes, so what a key may do is the service's own business, and any name will do.
#[security]
async fn get_partner(required: SecurityScopes, ApiKeyHeader(key): ApiKeyHeader<Partner>) -> Result<(), AuthError> {
    let partner = PARTNERS.iter().find(|(known, _)| key.matches(known));
    let (_, scopes) = partner.ok_or_else(|| required.unauthorized("Unknown key"))?;
    required.check(scopes)
}

#[security(scopes = ["items"])]
async fn items(_: Depends<verified<People>>) -> &'static str {
    "items\n"
}

#[security(scopes = ["feed"])]
async fn feed(_: Depends<get_partner>) -> &'static str {
    "feed\n"
}

#[security(scopes = ["report"])]
async fn report(_: Depends<get_partner>) -> &'static str {
    "report\n"
}

/// Open to all; who is logged in is greeted.
#[security]
async fn visits(Depends(name): Depends<get_staff_if_any>) -> String {
    format!("hello, {}\n", name.as_deref().unwrap_or("stranger"))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    axum_scopes_examples::log();
    let key = HmacKey::new("not a secret: everybody can read this example")?;
    let token = TokenSigner::hs256(&key).sign(&Claims::new("amy", "items", Duration::from_secs(3600)))?;
    let app = App { passwords: Passwords::default(), verifier: TokenVerifier::hs256(&key) };
    // Of a whole router: whatever it will hold, only staff gets in.
    let staff = guard!(depends(get_staff)).with_state(app.clone());
    let router = Router::new()
        .merge(staff.protect(Router::new().route("/accounts", get(async || "accounts\n"))))
        .route("/items", get(items))
        .route("/feed", get(feed))
        .route("/report", get(report))
        .route("/visits", get(visits))
        .with_state(app);
    serve(router, Keys::Written, |url| {
        format!(
            "\nTry it, with and without the credentials:\n\n  \
             curl -i {url}/items -H 'Authorization: Bearer {token}'\n  \
             curl -i {url}/accounts -u staff:correct-horse\n  \
             curl -i {url}/feed -H 'X-Partner-Key: 7f3a'\n  \
             curl -i {url}/report -H 'X-Partner-Key: 7f3a'\n  \
             curl -i {url}/visits -u staff:correct-horse\n"
        )
    })
    .await?;
    Ok(())
}
