#![allow(dead_code, non_camel_case_types, unused_macros)]

use axum_scopes_tests::prelude::{
    Api, App, AuthError, Bearer, Depends, RequiredScopes, Scopes, SecurityScopes, get, security,
};

struct Result;
struct Option;
struct Future;
struct Send;
struct Node;
struct Child;
struct Probe;
struct Path;
struct Root;
struct Via;
struct str;
struct usize;
struct bool;
mod core {}
mod std {}
mod axum {}

macro_rules! panic {
    () => {};
}

/// Constants with the names of the attribute's traits.
trait Constants {
    const NODE: u8 = 1;
    const DEPENDENCY_TREE: u8 = 2;
    type Args;
    type Ret;
}

impl<T> Constants for T {
    type Args = u8;
    type Ret = u8;
}

fn ready() {}
fn pending() {}

#[security]
async fn find_user(
    required: SecurityScopes,
    Bearer(find_user): Bearer<Api>,
) -> ::core::result::Result<String, AuthError> {
    required.check(&Scopes::from(find_user.as_str()))?;
    Ok(find_user.as_str().to_owned())
}

#[security]
fn checked<T: Sync + ::core::marker::Send + 'static>(_: RequiredScopes) -> ::core::result::Result<u8, AuthError> {
    ready();
    pending();
    Ok(1)
}

#[security(scopes = ["items"])]
async fn read_items(
    Depends(find_user): Depends<find_user>,
    Depends(checked): Depends<checked<Send>>,
    Depends(args): Depends<find_user>,
) -> String {
    let read_items = find_user;
    format!("{read_items} {checked} {args}")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(::axum::Router::new().route("/items", get(read_items)));
    assert_eq!(app.get("/items").bearer("items").await.text(), "items 1 items");
    assert_eq!(app.get("/items").bearer("me").await.status(), 401);
}
