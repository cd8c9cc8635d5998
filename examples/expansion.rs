//! What `#[security]` writes: the same handler twice, once with the attribute and once as it expands.
//!
//! ```sh
//! cargo run --example expansion
//! ```

use std::{error::Error, time::Duration};

use axum::{Json, Router, routing::get};
use axum_scopes::{
    AuthError, Claims, Depends, Flows, HmacKey, OAuth2Scheme, TokenSigner, TokenVerifier, Tree, security,
    verified_claims,
};

struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
}

/// Whom the token is for.
#[security]
async fn get_current_user(Depends(claims): Depends<verified_claims<Api>>) -> Result<String, AuthError> {
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

    // The function, with its dependency placed on a path: reached from a route (`Start`) through `read_items`.
    pub(crate) async fn read_items(
        Depends(user): Depends<get_current_user, rt::Via<read_items, rt::Start>>,
    ) -> Json<String> {
        Json(user)
    }

    // A type of the same name, by which other functions would depend on it.
    #[allow(dead_code, non_camel_case_types)]
    pub(crate) struct read_items {}

    // The facts: the tree as a constant, the dependencies at any path, and how to call the function.
    impl rt::Function for read_items {
        const DEPENDENCY_TREE: &'static rt::Node = &rt::function(
            "read_items",
            &["items"],
            &[rt::Child::new(&[], <get_current_user as rt::Secured>::DEPENDENCY_TREE)],
        );
        type Params<P: rt::Path> = (rt::At<get_current_user, rt::Via<read_items, P>>,);
        type Args = (Depends<get_current_user, rt::Via<read_items, rt::Start>>,);
        type Ret = Json<String>;
        type Reuse = rt::Fresh;

        fn call((user,): Self::Args, _: &rt::Checked) -> impl Future<Output = Self::Ret> + Send {
            read_items(user)
        }
    }

    // The checks, which run in the compiler: one for the parameter, one for the scope.
    const _: () = rt::parameter(<read_items as rt::Function>::DEPENDENCY_TREE, 0, true);
    const _: () = rt::own_scope(<read_items as rt::Function>::DEPENDENCY_TREE, 0);
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    axum_scopes_examples::log();
    let key = HmacKey::new("not a secret: everybody can read this example")?;
    let token = |scope| TokenSigner::hs256(&key).sign(&Claims::new("amy", scope, Duration::from_secs(3600)));
    let (good, poor) = (token("items")?, token("")?);
    let router = Router::new()
        .route("/written", get(written::read_items))
        .route("/expanded", get(expanded::read_items))
        .with_state(TokenVerifier::hs256(&key));
    axum_scopes_examples::serve(router, |url| {
        let tree = Tree::of::<expanded::read_items>();
        format!(
            "\nBoth handlers depend on the same:\n\n{tree}\nand answer the same:\n\n  \
             curl -i {url}/written -H 'Authorization: Bearer {good}'\n  \
             curl -i {url}/expanded -H 'Authorization: Bearer {good}'\n  \
             curl -i {url}/expanded -H 'Authorization: Bearer {poor}'\n"
        )
    })
    .await?;
    Ok(())
}

#[test]
fn both_have_the_same_tree() {
    assert_eq!(Tree::of::<written::read_items>().to_string(), Tree::of::<expanded::read_items>().to_string());
}
