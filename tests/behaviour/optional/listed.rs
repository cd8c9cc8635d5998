//! Trees and access tables show optional users and choices as they are.

use axum_scopes::{AccessTable, either};

use super::*;

#[security(scopes = ["items"])]
async fn chooses(_: Depends<either<user, partner>>) {}

#[security(scopes = ["items"])]
async fn three(_: Depends<either<user, either<partner, session>>>) {}

#[security]
async fn perhaps(
    #[security(scopes = ["items"])] _: Option<Depends<either<user, partner>>>,
    #[security(scopes = ["me"])] _: Option<Depends<session>>,
) {
}

#[security(scopes = ["items"])]
async fn beside(_: Depends<partner>, #[security(scopes = ["me"])] _: Option<Depends<user>>) {}

#[security]
async fn twice(
    #[security(scopes = ["items"])] _: Depends<user>,
    #[security(scopes = ["me"])] _: Option<Depends<user>>,
) {
}

#[test]
fn tables_show_optional_users_and_choices() {
    let table = AccessTable::new()
        .route("GET", "/greet", greet)
        .route("GET", "/edge", edge)
        .route("GET", "/themed", themed)
        .route("GET", "/chooses", chooses)
        .route("GET", "/three", three)
        .route("GET", "/perhaps", perhaps)
        .route("GET", "/beside", beside)
        .route("GET", "/twice", twice);
    assert_eq!(
        table.to_string(),
        "\
GET  /beside   PartnerKey [items]
GET  /chooses  OAuth2PasswordBearer [items] or PartnerKey [items]
GET  /edge     public or OAuth2PasswordBearer [items]
GET  /greet    public or OAuth2PasswordBearer [items]
GET  /perhaps  public or OAuth2PasswordBearer [items] or PartnerKey [items] or Session [me]
GET  /themed   public or OAuth2PasswordBearer [items]
GET  /three    OAuth2PasswordBearer [items] or PartnerKey [items] or Session [items]
GET  /twice    OAuth2PasswordBearer [items me]
"
    );
}

#[test]
fn trees_show_optional_users_and_choices() {
    assert_eq!(
        Tree::of::<edge>().to_string(),
        "\
edge []
└─ Option<…>
   └─ user [items]
      ├─ SecurityScopes
      └─ OAuth2PasswordBearer
"
    );
    assert_eq!(
        Tree::of::<chooses>().to_string(),
        "\
chooses [items]
└─ either [items] credential_required
   ├─ Option<…>
   │  └─ user [items]
   │     ├─ SecurityScopes
   │     └─ OAuth2PasswordBearer
   └─ Option<…>
      └─ partner [items]
         ├─ SecurityScopes
         └─ PartnerKey
"
    );
}
