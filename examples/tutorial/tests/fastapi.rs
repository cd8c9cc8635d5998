//! What FastAPI asserts of its own tutorial, asked of this one by a client that follows redirects, as FastAPI's does: each
//! route in both spellings, with the slash at its end and without.

use axum::http::Method;

use super::*;

const LOGIN: [&str; 2] = ["/token", "/token/"];
const ME: [&str; 2] = ["/users/me", "/users/me/"];
const ITEMS: [&str; 2] = ["/users/me/items", "/users/me/items/"];
const STATUS: [&str; 2] = ["/status", "/status/"];

/// Tokens of FastAPI's tests, whose claims are `data`, an unknown `sub`, and another. None has a scope or an end.
const FOREIGN: [&str; 3] = [
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJkYXRhIjoiZm9vIn0.9ynBhuYb4e6aW3oJr_K_TBgwcMTDpRToQIE25L57rOE",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJmb28ifQ.NnExK_dlNAYyzACrXtXDrcWOgGY2JuPbI4eDaHdfK5Y",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1c2VybmFtZTpib2IifQ.HcfCW67Uda-0gz54ZWTqmtgJnZeNem0Q757eTa9EZuw",
];

/// Status, challenge and body, where the first redirect has led to.
async fn request(method: Method, path: &str, authorization: &str, form: &'static str) -> (u16, String, Value) {
    let app = App::new(tutorial());
    let authorization = (!authorization.is_empty()).then_some(authorization);
    let send = |path: &str| app.call(method.clone(), path).headers("authorization", authorization).encoded_form(form);
    let mut answer = send(path).await;
    if answer.status() == 307 {
        answer = send(answer.header("location").unwrap()).await;
    }
    (answer.status(), answer.challenge().unwrap_or_default().to_owned(), answer.json())
}

async fn get_as(path: &str, authorization: &str) -> (u16, String, Value) {
    request(Method::GET, path, authorization, "").await
}

async fn post(path: &str, form: &'static str) -> (u16, String, Value) {
    request(Method::POST, path, "", form).await
}

async fn bearer(form: &'static str) -> String {
    let (_, _, answer) = post("/token", form).await;
    format!("Bearer {}", answer["access_token"].as_str().unwrap())
}

fn refused(status: u16, challenge: &str, detail: &str) -> (u16, String, Value) {
    (status, challenge.to_owned(), json!({ "detail": detail }))
}

#[tokio::test]
async fn a_login_answers_with_a_bearer_token() {
    for path in LOGIN {
        let (status, _, answer) = post(path, "username=johndoe&password=secret").await;
        assert_eq!(status, 200, "{path}");
        assert_eq!(answer["token_type"], "bearer", "{path}");
        assert!(answer["access_token"].is_string(), "{path}");
    }
}

#[tokio::test]
async fn a_wrong_password_and_a_wrong_name_are_refused_alike() {
    for path in LOGIN {
        for form in ["username=johndoe&password=incorrect", "username=foo&password=secret"] {
            assert_eq!(post(path, form).await, refused(400, "", "Incorrect username or password"), "{path} {form}");
        }
    }
}

#[tokio::test]
async fn without_a_token_nobody_is_authenticated() {
    for path in ME.into_iter().chain(ITEMS).chain(STATUS) {
        assert_eq!(get_as(path, "").await, refused(401, "Bearer", "Not authenticated"), "{path}");
        let other_scheme = get_as(path, "Notexistent testtoken").await;
        assert_eq!(other_scheme, refused(401, "Bearer", "Not authenticated"), "{path}");
    }
}

#[tokio::test]
async fn a_malformed_token_is_refused_with_the_required_scopes() {
    for (paths, challenge) in [(ME, r#"Bearer scope="me""#), (ITEMS, r#"Bearer scope="items me""#), (STATUS, "Bearer")]
    {
        for (path, token) in paths.into_iter().flat_map(|path| [(path, "nonexistent"), (path, "")]) {
            let answer = get_as(path, &format!("Bearer {token}")).await;
            assert_eq!(answer, refused(401, challenge, "Could not validate credentials"), "{path} {token:?}");
        }
    }
}

#[tokio::test]
async fn tokens_without_a_known_user_are_refused() {
    for path in ME {
        for token in FOREIGN {
            let answer = get_as(path, &format!("Bearer {token}")).await;
            assert_eq!(
                answer,
                refused(401, r#"Bearer scope="me""#, "Could not validate credentials"),
                "{path} {token}"
            );
        }
    }
}

#[tokio::test]
async fn a_token_shows_its_user() {
    let bearer = bearer("username=johndoe&password=secret&scope=me").await;
    let john = json!({
        "username": "johndoe",
        "full_name": "John Doe",
        "email": "johndoe@example.com",
        "disabled": false,
    });
    for path in ME {
        assert_eq!(get_as(path, &bearer).await, (200, String::new(), john.clone()), "{path}");
    }
}

#[tokio::test]
async fn a_token_without_the_scope_is_not_enough() {
    let bearer = bearer("username=johndoe&password=secret").await;
    for path in ME {
        assert_eq!(
            get_as(path, &bearer).await,
            refused(401, r#"Bearer scope="me""#, "Not enough permissions"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn an_inactive_user_is_told_so() {
    let bearer = bearer("username=alice&password=secretalice&scope=me").await;
    for path in ME {
        assert_eq!(get_as(path, &bearer).await, refused(400, "", "Inactive user"), "{path}");
    }
}

#[tokio::test]
async fn both_scopes_show_the_items() {
    let bearer = bearer("username=johndoe&password=secret&scope=me+items").await;
    for path in ITEMS {
        let items = json!([{ "item_id": "Foo", "owner": "johndoe" }]);
        assert_eq!(get_as(path, &bearer).await, (200, String::new(), items), "{path}");
    }
}

#[tokio::test]
async fn any_token_shows_the_status() {
    let bearer = bearer("username=johndoe&password=secret").await;
    for path in STATUS {
        assert_eq!(get_as(path, &bearer).await, (200, String::new(), json!({ "status": "ok" })), "{path}");
    }
}

/// FastAPI's own functions, by the names that they have here.
#[tokio::test]
async fn passwords_are_hashed_and_tokens_are_made() {
    let app = app::App::new(&key());
    let john = app.users.find("johndoe").unwrap();
    assert!(app.passwords.verify("secret", Some(john.hashed_password)).await.unwrap().is_accepted());
    assert!(app.passwords.hash("secretalice").await.unwrap().starts_with("$argon2id$"));
    assert!(!app.signer.sign(&json!({ "data": "foo" })).unwrap().is_empty());
}

/// Names and summaries are the project's own; what clients call, and with which scopes, is FastAPI's.
#[tokio::test]
async fn the_document_has_fastapis_operations() {
    let document = document().await;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
    let paths: Vec<_> = document["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(paths, ["/status/", "/token", "/users/me/", "/users/me/items/"]);
    let form = &document["paths"]["/token"]["post"]["requestBody"]["content"];
    assert!(form["application/x-www-form-urlencoded"].is_object(), "{form}");
    for (path, method) in [("/status/", "get"), ("/token", "post"), ("/users/me/", "get"), ("/users/me/items/", "get")]
    {
        let answer = &document["paths"][path][method]["responses"]["200"]["content"]["application/json"];
        assert!(answer.is_object(), "{path}");
    }
}
