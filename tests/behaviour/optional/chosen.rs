//! `either` accepts one of two credentials.

use axum_scopes::{Either, either};

use super::*;

#[security(scopes = ["items"])]
async fn read_items(Depends(caller): Depends<either<user, partner>>) -> String {
    caller.into_inner().0
}

#[tokio::test]
async fn either_credential_is_enough() {
    let app = app(get(read_items));
    assert_eq!(app.get("/").bearer("items").await, accepted("user"));
    assert_eq!(app.get("/").header("x-key", "items").await, accepted("partner"));
}

#[tokio::test]
async fn the_first_of_two_good_credentials_counts() {
    let app = app(get(read_items));
    assert_eq!(app.get("/").bearer("items").header("x-key", "items").await, accepted("user"));
}

/// The refusal is that of the first function, which a client of a person can answer.
#[tokio::test]
async fn neither_credential_is_the_refusal_of_the_first() {
    #[security(scopes = ["items"])]
    async fn the_other_way_round(_: Depends<either<partner, user>>) {}
    assert_eq!(app(get(read_items)).get("/").await, not_authenticated());
    let answer = app(get(the_other_way_round)).get("/").await;
    assert_eq!(answer, (401, Some("APIKey"), r#"{"detail":"Not authenticated"}"#));
}

#[tokio::test]
async fn each_credential_has_to_grant_the_scopes() {
    let app = app(get(read_items));
    assert_eq!(app.get("/").bearer("me").await, not_enough("items"));
    let answer = app.get("/").header("x-key", "me").await;
    assert_eq!(answer, (401, Some("APIKey"), r#"{"detail":"Not enough permissions"}"#));
}

/// The refusal is in the style and with the challenge of the scheme that was presented.
#[tokio::test]
async fn a_good_credential_does_not_excuse_a_bad_one() {
    let app = app(get(read_items));
    let bad_token = app.get("/").bearer("items!").header("x-key", "items").await;
    assert_eq!(bad_token, not_validated("items"));
    let bad_key = app.get("/").bearer("items").header("x-key", "items!").await;
    assert_eq!(bad_key, (401, Some("APIKey"), r#"{"detail":"Could not validate credentials"}"#));
    assert_eq!(app.get("/").bearer("items").header("x-key", "me").await.status(), 401);
    assert_eq!(app.get("/").bearer("me").header("x-key", "items").await, not_enough("items"));
}

#[tokio::test]
async fn either_nests() {
    #[security(scopes = ["items"])]
    async fn handler(Depends(caller): Depends<either<user, either<partner, session>>>) -> String {
        match caller {
            Either::First(user) => format!("1 {}", user.0),
            Either::Second(Either::First(partner)) => format!("2 {}", partner.0),
            Either::Second(Either::Second(session)) => format!("3 {}", session.0),
        }
    }
    let app = app(get(handler));
    assert_eq!(app.get("/").bearer("items").await, accepted("1 user"));
    assert_eq!(app.get("/").header("x-key", "items").await, accepted("2 partner"));
    assert_eq!(app.get("/").cookie("session", "items").await, accepted("3 session"));
    assert_eq!(app.get("/").cookie("session", "items").header("x-key", "items").await, accepted("2 partner"));
    assert_eq!(app.get("/").await, not_authenticated());
    for (token, key, cookie) in [("items!", "items", "items"), ("items", "!", "items"), ("items", "items", "me")] {
        let call = app.get("/").bearer(token).header("x-key", key).cookie("session", cookie);
        assert_eq!(call.await.status(), 401, "{token} {key} {cookie}");
    }
}

#[tokio::test]
async fn an_optional_either_is_nobody_without_any_credential() {
    #[security(scopes = ["items"])]
    async fn handler(caller: Option<Depends<either<user, partner>>>) -> String {
        caller.map_or_else(|| "nobody".to_owned(), |Depends(caller)| caller.into_inner().0)
    }
    let app = app(get(handler));
    assert_eq!(app.get("/").await, accepted("nobody"));
    assert_eq!(app.get("/").bearer("items").await, accepted("user"));
    assert_eq!(app.get("/").header("x-key", "items").await, accepted("partner"));
    assert_eq!(app.get("/").header("x-key", "").await.status(), 401);
    assert_eq!(app.get("/").bearer("items").header("x-key", "!").await.status(), 401);
}

/// A dependency above can compare scopes once more, with what was presented.
#[tokio::test]
async fn either_output_grants_what_its_credential_grants() {
    #[security]
    async fn token(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<Scopes, AuthError> {
        let scopes = Scopes::from(token.as_str().replace('+', " ").as_str());
        required.check(&scopes).map(|()| scopes)
    }
    #[security]
    async fn key(required: SecurityScopes, ApiKeyHeader(key): ApiKeyHeader<Partner>) -> Result<Vec<String>, AuthError> {
        let scopes: Vec<_> = key.as_str().split('+').map(str::to_owned).collect();
        required.check(&scopes).map(|()| scopes)
    }
    #[security]
    async fn caller(
        required: SecurityScopes,
        Depends(by): Depends<either<token, key>>,
    ) -> Result<&'static str, AuthError> {
        required.check(&by)?;
        Ok(if by.grants("me") { "may more" } else { "may" })
    }
    #[security(scopes = ["items"])]
    async fn handler(Depends(caller): Depends<caller>) -> &'static str {
        caller
    }
    let app = app(get(handler));
    assert_eq!(app.get("/").bearer("items+me").await, accepted("may more"));
    assert_eq!(app.get("/").header("x-key", "items").await, accepted("may"));
    assert_eq!(app.get("/").header("x-key", "me").await.status(), 401);
}

/// In a guard, with an alias, in a generic function, and by effect.
#[tokio::test]
async fn either_stands_wherever_a_dependency_does() {
    type Caller = either<user, partner>;
    type CurrentCaller = Depends<Caller>;

    #[security(scopes = ["items"])]
    async fn aliased(#[security] Depends(caller): CurrentCaller) -> String {
        caller.into_inner().0
    }
    #[security(scopes = ["items"], depends(Caller))]
    async fn by_effect() -> &'static str {
        "somebody"
    }
    #[security(scopes = ["items"])]
    async fn generic<S: OAuth2Scheme>(Depends(caller): Depends<either<of_scheme<S>, partner>>) -> String {
        caller.into_inner().0
    }
    let guard = axum_scopes::guard!(scopes = ["items"], depends(Caller));
    let guarded = guard.protect(get(async || "inside"));
    for handler in [get(aliased), get(by_effect), get(generic::<Api>), guarded] {
        let app = app(handler);
        assert_eq!(app.get("/").await, not_authenticated());
        assert_eq!(app.get("/").bearer("items").await.status(), 200);
        assert_eq!(app.get("/").header("x-key", "items").await.status(), 200);
        assert_eq!(app.get("/").header("x-key", "me").await.status(), 401);
        assert_eq!(app.get("/").bearer("!").header("x-key", "items").await, not_validated("items"));
    }
}

mod ready_made {
    use std::time::Duration;

    use axum_scopes::{
        Claims, HmacKey, TokenVerifier,
        credential::Presented,
        token::{TokenError, TokenSigner, VerifiedToken, VerifyError, VerifyToken},
        verified,
    };

    use super::*;

    /// Keys, each with its claims.
    #[derive(Clone)]
    struct KeyStore;

    impl VerifyToken for KeyStore {
        const MAY_BE_UNAVAILABLE: bool = false;

        async fn judge(&self, presented: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
            if presented.token() != "7f3a" {
                return Err(TokenError::Inactive.into());
            }
            Ok(VerifiedToken::of(Claims::new("acme", "items", Duration::from_secs(60))))
        }
    }

    #[derive(Clone, axum::extract::FromRef)]
    struct State {
        tokens: TokenVerifier,
        keys: KeyStore,
    }

    #[security(scopes = ["items"])]
    async fn read_items(
        Depends(caller): Depends<either<verified<Api>, verified<ApiKeyHeader<Partner>, KeyStore>>>,
    ) -> String {
        caller.into_inner().sub.to_string()
    }

    #[security(scopes = ["items"])]
    async fn greet(user: Option<Depends<verified<Api>>>) -> String {
        user.map_or_else(|| "nobody".to_owned(), |Depends(claims)| claims.sub.to_string())
    }

    #[tokio::test]
    async fn the_ready_made_dependency_is_optional_and_one_of_two() {
        let key = HmacKey::new([7; 32]).unwrap();
        let token =
            |scope: &str| TokenSigner::hs256(&key).sign(&Claims::new("amy", scope, Duration::from_secs(60))).unwrap();
        let state = State { tokens: TokenVerifier::hs256(&key), keys: KeyStore };
        let app =
            App::new(Router::new().route("/either", get(read_items)).route("/optional", get(greet)).with_state(state));
        assert_eq!(app.get("/either").bearer(token("items")).await, accepted("amy"));
        assert_eq!(app.get("/either").header("x-key", "7f3a").await, accepted("acme"));
        assert_eq!(app.get("/either").await, not_authenticated());
        assert_eq!(app.get("/either").bearer(token("items")).header("x-key", "0000").await.status(), 401);
        assert_eq!(app.get("/optional").await, accepted("nobody"));
        assert_eq!(app.get("/optional").bearer(token("items")).await, accepted("amy"));
        assert_eq!(app.get("/optional").bearer(token("me")).await, not_enough("items"));
        assert_eq!(app.get("/optional").bearer("x").await, not_validated("items"));
        assert_eq!(app.get("/optional").header("authorization", "DPoP x").await, not_authenticated());
    }
}
