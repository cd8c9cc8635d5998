//! Replaced dependencies in an `Option` and in `either`.

use axum_scopes::{Either, either, testing::Overrides};

use super::*;

fn replaced(overrides: Overrides<()>, handler: MethodRouter) -> App {
    App::new(overrides.apply(Router::new().route("/", handler)))
}

#[security(scopes = ["items"])]
async fn chooses(Depends(caller): Depends<either<user, partner>>) -> String {
    caller.into_inner().0
}

fn amy() -> User {
    User("amy".to_owned())
}

#[tokio::test]
async fn a_principal_is_there_without_a_credential() {
    let overrides = || Overrides::new().principal::<user>(amy(), ["items"]);
    assert_eq!(replaced(overrides(), get(greet)).get("/").await, accepted("amy"));
    assert_eq!(replaced(overrides(), get(themed)).get("/").await, accepted("amy"));
    assert_eq!(replaced(overrides(), get(chooses)).get("/").await, accepted("amy"));
    let partner = Overrides::new().principal::<partner>(amy(), ["items"]);
    assert_eq!(replaced(partner, get(chooses)).get("/").await, accepted("amy"));
    let caller = Overrides::new().principal::<either<user, partner>>(Either::Second(amy()), ["items"]);
    assert_eq!(replaced(caller, get(chooses)).get("/").await, accepted("amy"));
}

#[tokio::test]
async fn a_principal_without_the_scopes_is_refused() {
    let overrides = || Overrides::new().principal::<user>(amy(), ["me"]);
    for handler in [get(greet), get(themed), get(chooses)] {
        assert_eq!(replaced(overrides(), handler).get("/").await, not_enough("items"));
    }
}

/// A replacement is asked in the place of the original, with requirements that are made at run time.
#[tokio::test]
async fn a_replacement_is_absent_like_its_original() {
    #[security]
    async fn other(user: Option<Depends<partner>>, Depends(again): Depends<partner>) -> Result<User, AuthError> {
        Ok(User(format!("{} {}", name(user), again.0)))
    }
    #[security]
    async fn by_option(user: Option<Depends<partner>>) -> Result<User, AuthError> {
        Ok(User(name(user)))
    }
    let app = replaced(Overrides::new().replace::<user, other>(), get(greet));
    assert_eq!(app.get("/").await, accepted("nobody"));
    assert_eq!(app.get("/").header("x-key", "items").await, accepted("partner partner"));
    assert_eq!(app.get("/").header("x-key", "me").await.status(), 401);
    #[security]
    async fn required(Depends(user): Depends<user>) -> String {
        user.0
    }
    let app = replaced(Overrides::new().replace::<user, by_option>(), get(required));
    assert_eq!(
        app.get("/").await,
        accepted("nobody"),
        "the place is not optional, but that of the replacement's dependency"
    );
    let app = replaced(Overrides::new().replace::<user, by_option>(), get(greet));
    assert_eq!(app.get("/").await, accepted("nobody"));
    assert_eq!(app.get("/").header("x-key", "items").await, accepted("partner"));
    assert_eq!(app.get("/").header("x-key", "").await.status(), 401);
}
