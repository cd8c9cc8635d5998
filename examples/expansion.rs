//! What `#[security]` writes: the same handler twice, once with the attribute and once as it expands.
//!
//! ```sh
//! cargo run --example expansion     # prints the tree of both handlers, and these with tokens
//! curl -i http://127.0.0.1:8000/written  -H 'Authorization: Bearer …'    # 200
//! curl -i http://127.0.0.1:8000/expanded -H 'Authorization: Bearer …'    # 200; 401 with a token without `items`
//! ```
//!
//! In a crate of your own, this file is `src/main.rs`, and it needs:
//!
//! ```sh
//! cargo add axum
//! cargo add axum-scopes
//! cargo add tokio --features full
//! cargo add --dev axum-scopes --features testing
//! ```

use std::{error::Error, time::Duration};

use axum::Json;
use axum_scopes::{
    AuthError, Claims, Depends, Flows, HmacKey, OAuth2Scheme, TokenVerifier, Tree,
    secure::{Router, get},
    security,
    token::TokenSigner,
    verified,
};
use tokio::net::TcpListener;

struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
}

/// Whom the token is for.
#[security]
async fn get_current_user(Depends(claims): Depends<verified<Api>>) -> Result<String, AuthError> {
    Ok(claims.sub.into())
}

/// What one writes.
mod written {
    use super::*;

    #[security(scopes = ["items"])]
    pub(crate) async fn read_items(Depends(user): Depends<get_current_user>) -> Json<String> {
        Json(user)
    }
}

/// What the compiler sees.
mod expanded {
    use axum_scopes::private as rt;

    use super::*;

    // What one has written stands within a function that returns the same future, marked with the function's name. The
    // dependency is placed on a path: it is reached from a route (`Start`) through `read_items`. The outer function has the
    // library's name for its type. If the inner one's means something else, the call does not compile.
    pub(crate) fn read_items(
        user: rt::PlacedDepends<get_current_user, rt::Via<read_items, rt::Start>>,
    ) -> rt::Of<read_items, impl Future<Output = Json<String>>> {
        async fn read_items(Depends(user): Depends<get_current_user, rt::Via<read_items, rt::Start>>) -> Json<String> {
            Json(user)
        }
        rt::Of::new(read_items(user))
    }

    // A type of the same name, by which other functions would depend on it.
    #[allow(dead_code, non_camel_case_types)]
    pub(crate) struct read_items {}

    // The facts: the tree as a constant, a type that shows the compiler that it ends, one that says whether the function asks
    // for a credential, and what it takes. A route is listed as this function only if its handler takes the same. Of a function
    // that others may depend on, another impl says how it is called.
    impl rt::Secured for read_items {
        const DEPENDENCY_TREE: &'static rt::Node = &rt::function(
            "read_items",
            &["items"],
            &[rt::Child::new(&[], <get_current_user as rt::Secured>::DEPENDENCY_TREE)],
        );
        type WithoutCycle = <(<get_current_user as rt::Secured>::WithoutCycle,) as rt::Unit>::Unit;
        type Says = rt::Is<{ rt::says(<read_items as rt::Secured>::DEPENDENCY_TREE) }>;
        type Takes = (rt::At<get_current_user, rt::Via<read_items, rt::Start>>,);
    }

    // The checks, which run in the compiler: one for the parameter, one for the scope.
    const _: () = rt::parameter(<read_items as rt::Secured>::DEPENDENCY_TREE, 0, true);
    const _: () = rt::own_scope(<read_items as rt::Secured>::DEPENDENCY_TREE, 0, 0);
}

/// The router takes the one as it takes the other. The compiler knows of both who may call them.
fn router(key: &HmacKey) -> Router {
    Router::new()
        .route("/written", get(written::read_items))
        .route("/expanded", get(expanded::read_items))
        .with_state(TokenVerifier::hs256(key))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // Everybody knows this key, so only this machine reaches the service.
    let key = HmacKey::dangerous_even_if_public("not a secret: everybody can read this example")?;
    let token = |scope| TokenSigner::hs256(&key).sign(&Claims::new("amy", scope, Duration::from_secs(3600)));
    let (good, poor) = (token("items")?, token("")?);
    let listener = TcpListener::bind("127.0.0.1:8000").await?;
    println!("Both handlers depend on the same:\n\n{}\nand answer the same:\n", Tree::of::<expanded::read_items>());
    println!("curl -i http://127.0.0.1:8000/written -H 'Authorization: Bearer {good}'");
    println!("curl -i http://127.0.0.1:8000/expanded -H 'Authorization: Bearer {good}'");
    println!("curl -i http://127.0.0.1:8000/expanded -H 'Authorization: Bearer {poor}'");
    axum::serve(listener, router(&key).into_router()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use axum_scopes::testing::open_routes;

    use super::*;

    #[test]
    fn both_have_the_same_tree() {
        assert_eq!(Tree::of::<written::read_items>().to_string(), Tree::of::<expanded::read_items>().to_string());
    }

    #[tokio::test]
    async fn nobody_opens_a_route_by_mistake() {
        let router = router(&HmacKey::new("a key for tests, of more than thirty-two bytes").unwrap());
        assert_eq!(
            router.table().to_string(),
            "\
GET  /expanded  OAuth2PasswordBearer [items]
GET  /written   OAuth2PasswordBearer [items]
"
        );
        assert!(open_routes(router.into_router()).await.is_empty());
    }
}
