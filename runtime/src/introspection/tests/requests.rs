//! Over a connection: what the endpoint is sent, and what requests with tokens get for its answers.

use axum::{
    Router,
    http::{Method, header},
    routing::get,
};
use axum_scopes_test_support::{Answer, App};

use super::{
    provider::{Page, Provider},
    *,
};
use crate::{
    dependency::depends::Depends,
    introspection::error::IntrospectionError,
    scheme::{flows::Flows, oauth2::OAuth2Scheme},
    security,
    verification::verified,
};

struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::client_credentials("https://id.example.com/token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items."), ("me", "Read yourself.")];
}

#[security(scopes = ["items"])]
async fn items(Depends(claims): Depends<verified<Api, IntrospectionVerifier>>) -> String {
    claims.sub.to_string()
}

async fn ask(verifier: &IntrospectionVerifier, token: &str) -> Answer {
    let router = Router::new().route("/items", get(items)).with_state(verifier.clone());
    App::new(router).get("/items").bearer(token).await
}

const REFUSED: (u16, Option<&str>, &str) =
    (401, Some(r#"Bearer scope="items""#), r#"{"detail":"Could not validate credentials"}"#);

fn with(members: &str) -> String {
    format!(r#"{{"active":true,"sub":"amy","exp":{},"scope":"items me"{members}}}"#, from_now(60))
}

#[tokio::test]
async fn the_endpoint_is_sent_a_form_with_the_credentials_of_the_service() -> Tested {
    let provider = Provider::start(Page::json(with(""))).await?;
    let posting = Introspection::new(&provider.url, ClientCredentials::post("a b", "a:secret"));
    for (introspection, authorization, body) in [
        (
            Introspection::new(&provider.url, ClientCredentials::basic("a b", "a:secret")),
            // `a+b:a%3Asecret`
            Some("Basic YStiOmElM0FzZWNyZXQ="),
            "token=a%2Btoken%3D&token_type_hint=access_token",
        ),
        (posting, None, "token=a%2Btoken%3D&token_type_hint=access_token&client_id=a+b&client_secret=a%3Asecret"),
    ] {
        let verifier = IntrospectionVerifier::new(introspection)?;
        assert_eq!(ask(&verifier, "a+token=").await.text(), "amy");
        let asked = provider.asked().pop().ok_or("not asked")?;
        assert_eq!((asked.method, asked.uri.to_string().as_str()), (Method::POST, "/introspect?tenant=1"));
        let sent = |name| asked.headers.get(name).and_then(|value| value.to_str().ok());
        assert_eq!(sent(header::AUTHORIZATION), authorization);
        assert_eq!(sent(header::CONTENT_TYPE), Some("application/x-www-form-urlencoded"));
        assert_eq!(sent(header::ACCEPT), Some("application/json"));
        assert_eq!(asked.body, body);
    }
    Ok(())
}

#[tokio::test]
async fn active_must_be_the_boolean_true() -> Tested {
    let provider = Provider::start(Page::json(with(""))).await?;
    let verifier = provider.verifier()?;
    assert_eq!(ask(&verifier, "token").await, (200, None, "amy"));
    for active in [r#""true""#, "1", "null", r#"["true"]"#, "{}"] {
        provider.serve(Page::json(with("").replace("true", active)));
        assert_eq!(ask(&verifier, "token").await.status(), 503, "{active}");
    }
    provider.serve(Page::json(with("").replace("active", "Active")));
    assert_eq!(ask(&verifier, "token").await.status(), 503);
    Ok(())
}

#[tokio::test]
async fn claims_are_checked_as_those_of_a_jwt() -> Tested {
    let provider = Provider::start(Page::json("")).await?;
    let plain = provider.verifier()?;
    let introspection = provider.introspection().issuer("https://id.example.com").audience("urn:api");
    let named = IntrospectionVerifier::new(introspection.leeway(Duration::from_secs(30)))?;
    let (iss, aud) = (r#","iss":"https://id.example.com""#, r#","aud":["urn:other","urn:api"]"#);
    for (members, of_plain, of_named) in [
        ("".to_owned(), 200, 401),
        (format!("{iss}{aud}"), 401, 200),
        (iss.to_owned(), 200, 401),
        (aud.to_owned(), 401, 401),
        (format!("{aud}{}", iss.replace("id.", "other.")), 401, 401),
        (format!("{iss}{}", aud.replace("urn:api", "urn:API")), 401, 401),
        (format!("{iss}{aud},\"nbf\":{}", from_now(10)), 401, 200),
        (format!("{iss}{aud},\"nbf\":{}", from_now(100)), 401, 401),
        (r#","nbf":"soon""#.to_owned(), 401, 401),
        (r#","iss":["https://id.example.com"]"#.to_owned(), 401, 401),
        (r#","aud":1"#.to_owned(), 401, 401),
    ] {
        provider.serve(Page::json(with(&members)));
        assert_eq!(ask(&plain, "token").await.status(), of_plain, "{members}");
        assert_eq!(ask(&named, "token").await.status(), of_named, "{members}");
    }
    for answer in [
        with("").replace("\"amy\"", "\"\""),
        with("").replace("\"amy\"", "1"),
        with("").replace("items me", "me"),
        with("").replace("\"items me\"", "[\"items\"]"),
        with("").replace("\"exp\"", "\"expires\""),
        with("").replace(&from_now(60).to_string()[..6], "100000"),
    ] {
        provider.serve(Page::json(&answer));
        assert_eq!(ask(&plain, "token").await.status(), 401, "{answer}");
    }
    Ok(())
}

#[tokio::test]
async fn an_inactive_token_gets_401() -> Tested {
    let provider = Provider::start(Page::json(r#"{"active":false}"#)).await?;
    let verifier = provider.verifier()?;
    assert_eq!(ask(&verifier, "token").await, REFUSED);
    assert_eq!(verify(&verifier, "token").await, INACTIVE);
    Ok(())
}

/// The status, and the time after which to try again; 503 has no challenge.
async fn status_for(verifier: &IntrospectionVerifier, provider: &Provider, page: Page) -> Tested<(u16, u32)> {
    provider.serve(page);
    let answer = ask(verifier, "token").await;
    assert_eq!(answer, (answer.status(), None, r#"{"detail":"Service Unavailable"}"#));
    Ok((answer.status(), answer.header("retry-after").ok_or("no time")?.parse()?))
}

#[tokio::test]
async fn an_answer_that_says_nothing_of_the_token_gets_503() -> Tested {
    let good = with("");
    let page = |status, name, value: &str| Page::Of(status, vec![(name, value.to_owned())], good.clone());
    let json = "application/json";
    let huge = |bytes: usize| Page::json(format!("{good}{}", " ".repeat(bytes - good.len())));
    let provider = Provider::start(Page::json(&good)).await?;
    let verifier = provider.verifier()?;
    for (page, retry_after) in [
        (page(500, "content-type", json), 5),
        (page(502, "retry-after", "20"), 5),
        (page(404, "content-type", json), 5),
        (page(201, "content-type", json), 5),
        (page(204, "content-type", json), 5),
        (page(400, "content-type", json), 5),
        (page(200, "content-type", "text/html"), 5),
        (page(200, "content-type", "application/json5"), 5),
        (page(200, "content-type", "application/token-introspection+jwt"), 5),
        (page(200, "x", "no media type"), 5),
        (page(302, "location", &provider.url), 5),
        (page(307, "location", &provider.url), 5),
        (page(308, "location", &provider.url), 5),
        (Page::json(""), 5),
        (Page::json("{"), 5),
        (Page::json("[]"), 5),
        (Page::json(with(r#","scope":"items""#)), 5),
        (Page::json(with(r#","x":{"y":1,"y":2}"#)), 5),
        (Page::json("\u{feff}{}"), 5),
        (huge(64 * 1024 + 1), 5),
        (Page::Endless(4096), 5),
        (Page::Endless(1), 5),
        (Page::Broken, 5),
        (Page::Hang, 5),
    ] {
        let asked = provider.asked().len();
        assert_eq!(status_for(&verifier, &provider, page).await?, (503, retry_after));
        // No redirect was followed.
        assert_eq!(provider.asked().len(), asked + 1);
    }
    for good in [huge(64 * 1024), page(200, "content-type", "Application/JSON; charset=utf-8")] {
        provider.serve(good);
        assert_eq!(ask(&verifier, "token").await.status(), 200);
    }
    Ok(())
}

#[tokio::test]
async fn an_endpoint_that_is_overloaded_says_how_long() -> Tested {
    for (status, value, expected, cause) in [
        (429, "20", 20, "status 429"),
        (503, "1", 1, "status 503"),
        (429, "0", 1, "status 429"),
        (429, "999999", 300, "status 429"),
        // Not a number of seconds.
        (429, "99999999999999999999", 5, "status 429"),
        (429, "-1", 5, "status 429"),
        (429, "+7", 5, "status 429"),
        (503, "Fri, 31 Dec 1999 23:59:59 GMT", 5, "status 503"),
        (503, "", 5, "status 503"),
    ] {
        let provider =
            Provider::start(Page::Of(status, vec![("retry-after", value.to_owned())], String::new())).await?;
        let verifier = provider.verifier()?;
        let failed = unavailable(verify(&verifier, "token").await);
        assert!(failed.is_some_and(|(seconds, text)| seconds == expected && text.contains(cause)), "{status} {value}");
    }
    Ok(())
}

#[tokio::test]
async fn refused_credentials_of_the_service_get_503() -> Tested {
    let refused = |status, body: &str| Page::Of(status, Vec::new(), body.to_owned());
    for (page, expected) in [
        (refused(401, ""), RequestError::Credentials),
        (refused(403, "no"), RequestError::Credentials),
        (refused(400, r#"{"error":"invalid_client"}"#), RequestError::Credentials),
        (refused(400, r#"{"error":"unauthorized_client","error_description":"no"}"#), RequestError::Credentials),
        (refused(400, r#"{"error":"invalid_request"}"#), RequestError::Status(400)),
        (refused(400, r#"{"error":"invalid_client","error":"invalid_client"}"#), RequestError::Status(400)),
        (refused(400, "invalid_client"), RequestError::Status(400)),
    ] {
        let provider = Provider::start(page).await?;
        let failed = unavailable(verify(&provider.verifier()?, "token").await);
        assert_eq!(failed.map(|(_, cause)| cause), Some(expected.to_string()));
    }
    Ok(())
}

#[tokio::test]
async fn nothing_is_asked_about_what_cannot_be_a_token() -> Tested {
    let provider = Provider::start(Page::json(with(""))).await?;
    let verifier = IntrospectionVerifier::new(provider.introspection().prefix("at_").max_token_size(20))?;
    let long = format!("at_{}", "a".repeat(18));
    for token in ["", "at", "AT_1", "token", "at_1=1", "at_\"", "at_,1", &long] {
        assert_eq!(ask(&verifier, token).await.status(), 401, "{token}");
    }
    assert!(provider.asked().is_empty());
    assert_eq!(ask(&verifier, &long[1..]).await.status(), 401);
    assert_eq!(ask(&verifier, &long[..20]).await.status(), 200);
    assert_eq!(provider.asked().len(), 1);
    Ok(())
}

#[tokio::test]
async fn an_endpoint_that_is_down_is_reported() -> Tested {
    let url = Provider::start(Page::Hang).await?.url.clone();
    tokio::time::sleep(Duration::from_millis(50)).await;
    let verifier = IntrospectionVerifier::new(Introspection { url, ..introspection() })?;
    let failed = unavailable(verify(&verifier, "token").await);
    assert!(failed.is_some_and(|(_, cause)| cause.contains("does not accept a connection")));
    Ok(())
}

#[test]
fn invalid_configurations_are_refused() {
    let made = |url: &str| {
        let introspection = Introspection { url: url.to_owned(), ..introspection() };
        IntrospectionVerifier::new(introspection).map(drop)
    };
    for url in ["", "/introspect", "http://id.example.com/", "https://amy:secret@id.example.com", "https://a.b/#c"] {
        assert_eq!(made(url), Err(IntrospectionError::Url), "{url}");
    }
    assert_eq!(made("http://[::1]:4444/introspect?a=b"), Ok(()));
    let without = Introspection::new("http://127.0.0.1/", ClientCredentials::basic("api", ""));
    assert_eq!(IntrospectionVerifier::new(without).map(drop), Err(IntrospectionError::Credentials));
    // It may be logged before it is checked.
    let with_user = Introspection { url: "https://amy:secret@id.example.com?secret".to_owned(), ..introspection() };
    assert!(!format!("{with_user:?}").contains("secret@") && format!("{with_user:?}").contains("id.example.com"));
}
