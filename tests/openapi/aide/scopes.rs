//! An operation lists the scopes that are merged along its dependencies.

use aide::axum::{ApiRouter, routing::get};
use axum_scopes::{AuthError, Bearer, Depends, RequiredScopes, Scopes, SecurityScopes, dependency::Root, security};
use serde_json::{Value, json};

use crate::service::{Api, get_active_user, get_user, security_of, served};

type CurrentUser = Depends<get_active_user>;

fn requires(scopes: &[&str]) -> Value {
    json!([{"OAuth2PasswordBearer": scopes}])
}

#[security]
async fn any_token(_: Depends<get_user>) {}

#[security]
async fn me(Depends(_user): Depends<get_active_user>) {}

#[security(scopes = ["items"])]
async fn items(Depends(_user): Depends<get_active_user>) {}

#[security(scopes = ["admin", "me"])]
async fn repeated(Depends(_user): Depends<get_active_user>) {}

#[tokio::test]
async fn scopes_of_a_chain_are_merged_outermost_first() {
    let router = ApiRouter::new()
        .api_route("/any", get(any_token))
        .api_route("/me", get(me))
        .api_route("/items", get(items))
        .api_route("/repeated", get(repeated));
    let document = served(router).await;
    assert_eq!(security_of(&document, "/any"), &requires(&[]));
    assert_eq!(security_of(&document, "/me"), &requires(&["me"]));
    assert_eq!(security_of(&document, "/items"), &requires(&["items", "me"]));
    assert_eq!(security_of(&document, "/repeated"), &requires(&["admin", "me"]));
}

#[security(scopes = ["admin"])]
async fn edge(#[security(scopes = ["items"])] Depends(_user): Depends<get_active_user>) {}

#[security]
async fn two(_: Depends<get_active_user>, #[security(scopes = ["items"])] _again: Depends<get_user>) {}

#[security]
async fn two_reversed(#[security(scopes = ["items"])] _first: Depends<get_user>, _: Depends<get_active_user>) {}

#[security(scopes = ["items"], depends(get_active_user))]
async fn for_its_effect() {}

#[security(scopes = ["items"])]
async fn aliased(#[security] _user: CurrentUser) {}

#[security]
async fn aliased_edge(#[security(scopes = ["admin"])] _user: CurrentUser) {}

#[security(scopes = ["items"])]
async fn looks(_: Depends<get_user>, _required: RequiredScopes) {}

async fn without_attribute(_: Depends<get_active_user, Root>) {}

#[tokio::test]
async fn every_form_of_a_dependency_is_described() {
    let router = ApiRouter::new()
        .api_route("/edge", get(edge))
        .api_route("/two", get(two))
        .api_route("/reversed", get(two_reversed))
        .api_route("/effect", get(for_its_effect))
        .api_route("/alias", get(aliased))
        .api_route("/alias-edge", get(aliased_edge))
        .api_route("/looks", get(looks))
        .api_route("/root", get(without_attribute));
    let document = served(router).await;
    assert_eq!(security_of(&document, "/edge"), &requires(&["admin", "items", "me"]));
    assert_eq!(security_of(&document, "/two"), &requires(&["me", "items"]));
    assert_eq!(security_of(&document, "/reversed"), &requires(&["items", "me"]));
    assert_eq!(security_of(&document, "/effect"), &requires(&["items", "me"]));
    assert_eq!(security_of(&document, "/alias"), &requires(&["items", "me"]));
    assert_eq!(security_of(&document, "/alias-edge"), &requires(&["admin", "me"]));
    assert_eq!(security_of(&document, "/looks"), &requires(&["items"]));
    assert_eq!(security_of(&document, "/root"), &requires(&["me"]));
}

#[security]
async fn generic<T: Send + 'static>(_: Depends<get_active_user>) -> Result<Vec<T>, AuthError> {
    Ok(Vec::new())
}

#[security(scopes = ["items"])]
async fn below_generic(_: Depends<generic<u8>>) {}

/// Reads a token, but does not compare it with the scopes above.
#[security]
async fn reads(Bearer(_token): Bearer<Api>) -> Result<(), AuthError> {
    Ok(())
}

#[security(scopes = ["admin"])]
async fn enforces_beside(_: Depends<enforcer>, _reads: Depends<reads>) {}

#[security]
async fn enforcer(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<(), AuthError> {
    required.check(&Scopes::from(token.as_str()))
}

async fn public() {}

#[tokio::test]
async fn operations_without_requirements_have_no_security() {
    let document = served(
        ApiRouter::new()
            .api_route("/public", get(public))
            .api_route("/generic", get(below_generic))
            .api_route("/beside", get(enforces_beside)),
    )
    .await;
    assert_eq!(security_of(&document, "/public"), &Value::Null);
    assert_eq!(document["paths"]["/public"]["get"]["responses"].as_object().unwrap().len(), 1);
    assert_eq!(security_of(&document, "/generic"), &requires(&["items", "me"]));
    assert_eq!(security_of(&document, "/beside"), &requires(&["admin"]));
}

#[tokio::test]
async fn nested_and_merged_routers_keep_their_scopes() {
    let nested = ApiRouter::new().nest("/shop", ApiRouter::new().api_route("/items", get(items)));
    let document = served(nested.merge(ApiRouter::new().api_route("/me", get(me)))).await;
    assert_eq!(security_of(&document, "/shop/items"), &requires(&["items", "me"]));
    assert_eq!(security_of(&document, "/me"), &requires(&["me"]));
}
