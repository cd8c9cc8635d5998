//! The parts of a document that are read, and the documents that are refused.

use serde::{Serialize, Serializer, ser::Error as _};

use super::*;
use crate::{docs::document::origin, openapi::marker::MARKER};

struct Broken;

impl Serialize for Broken {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom("broken"))
    }
}

fn error<T: Serialize + ?Sized>(api: &T) -> String {
    Docs::new(api).map_or_else(|error| error.to_string(), |docs| format!("{docs:?}"))
}

#[test]
fn values_that_are_no_document_are_refused() {
    assert_eq!(error(&Broken), "the document cannot be serialised as JSON");
    for api in [json!(null), json!([]), json!("openapi"), json!(1)] {
        assert_eq!(error(&api), "the document is not a JSON object");
    }
    let deep = (0..200).fold(json!({}), |deep, _| json!({ "deep": deep }));
    assert_eq!(error(&deep), "the document cannot be serialised as JSON");
}

#[test]
fn an_unfinished_document_is_refused() {
    let operation = json!({ MARKER: [] });
    for api in [
        json!({ "paths": { "/a": { "get": operation } } }),
        json!({ "webhooks": { "a": { "post": operation } } }),
        json!({ "paths": { "/a": { "get": { "callbacks": { "b": { "{$url}": { "post": operation } } } } } } }),
        json!({ "paths": { "/a": { "get": { MARKER: null } } } }),
        json!({ "tags": [[operation]] }),
    ] {
        let text = error(&api);
        assert_eq!(
            text,
            "the scopes are not in the document yet; finish it with `split_secured`, the modifier `SecuritySchemes` or \
             the transformation `security_schemes`",
            "{api}"
        );
    }
    // A word, not the extension.
    assert!(Docs::new(&json!({ "info": { "title": MARKER } })).is_ok());
}

#[tokio::test]
async fn a_document_is_served_as_it_was_written() -> Tested {
    #[derive(Serialize)]
    struct Api {
        paths: Paths,
        info: (),
    }
    #[derive(Serialize)]
    struct Paths {
        #[serde(rename = "/z")]
        z: Empty,
        #[serde(rename = "/a")]
        a: Empty,
    }
    #[derive(Serialize)]
    struct Empty {}
    let docs = Docs::new(&Api { paths: Paths { z: Empty {}, a: Empty {} }, info: () })?.into_router();
    assert_eq!(fetch(&docs, "/openapi.json").await.text(), r#"{"paths":{"/z":{},"/a":{}},"info":null}"#);
    assert!(fetch(&docs, "/docs").await.text().contains("<title>API</title>"));
    Ok(())
}

async fn served(api: Value, path: &str) -> Tested<Value> {
    let docs = Docs::new(&api)?.document_at(path).into_router();
    Ok(fetch(&docs, path).await.json())
}

/// The server is relative to the document's URL, which alone shows where the router is nested.
#[tokio::test]
async fn a_document_without_servers_names_the_root_of_its_router() -> Tested {
    for (path, url) in [("/openapi.json", "."), ("/v1/openapi.json", ".."), ("/a/b/openapi.json", "../..")] {
        for api in [api(), json!({ "openapi": "3.0.3", "paths": {} }), json!({ "openapi": "3.2.0" })] {
            let served = served(api.clone(), path).await?;
            assert_eq!(served["servers"], json!([{ "url": url }]), "{path}");
            assert_eq!(served["openapi"], api["openapi"], "{path}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_document_that_knows_its_servers_keeps_them() -> Tested {
    for api in [
        json!({ "openapi": "3.1.0", "servers": [{ "url": "https://api.example/v1" }] }),
        json!({ "openapi": "3.1.0", "servers": [{ "url": "/v1" }, { "url": "." }] }),
        // An empty list means the host.
        json!({ "openapi": "3.1.0", "servers": [] }),
        json!({ "openapi": "3.1.0", "servers": null }),
        // Before OpenAPI 3, there are no servers.
        json!({ "swagger": "2.0", "host": "api.example", "basePath": "/v1" }),
        json!({ "openapi": 3 }),
        json!({}),
    ] {
        assert_eq!(served(api.clone(), "/openapi.json").await?, api);
    }
    Ok(())
}

#[tokio::test]
async fn the_page_learns_whether_it_keeps_credentials() -> Tested {
    let keeps = async |docs: Docs| -> Tested<Value> {
        let page = fetch(&docs.into_router(), "/docs").await;
        let options: Value = serde_json::from_str(&attributes(&page, "data-options").concat().replace("&quot;", "\""))?;
        Ok(options["keep"].clone())
    };
    assert_eq!(keeps(Docs::new(&api())?).await?, true);
    assert_eq!(keeps(Docs::new(&api())?.keep_nothing()).await?, false);
    Ok(())
}

#[tokio::test]
async fn the_policy_has_the_origins_of_the_document() -> Tested {
    let flow = json!({
        "authorizationUrl": "https://navigated.example/a",
        "tokenUrl": "https://Token.example:8443/t",
        "refreshUrl": "http://refresh.example",
    });
    let template = json!({
        "url": "https://{region}.example/v1",
        "variables": { "region": { "default": "eu", "enum": ["eu", "us"] } },
    });
    let docs = Docs::new(&json!({
        "servers": [{ "url": "/api" }, { "url": "https://top.example/v1" }, { "url": "https://top.example/v2" }, template],
        "paths": { "/a": {
            "servers": [{ "url": "https://path.example" }],
            "get": { "servers": [{ "url": "https://operation.example" }] },
        } },
        "info": { "title": "https://title.example", "contact": { "url": "https://contact.example" } },
        "components": { "securitySchemes": {
            "a": { "type": "oauth2", "flows": { "authorizationCode": flow, "password": { "tokenUrl": "token" } } },
            "b": { "type": "openIdConnect", "openIdConnectUrl": "https://oidc.example/.well-known/openid-configuration" },
        } },
    }))?;
    let page = fetch(&docs.into_router(), "/docs").await;
    let policy = page.header("content-security-policy").ok_or("no policy")?;
    let connect = policy.split("; ").find(|directive| directive.starts_with("connect-src"));
    assert_eq!(
        connect,
        Some(
            "connect-src 'self' http://refresh.example https://eu.example https://oidc.example \
             https://operation.example https://path.example https://token.example:8443 https://top.example"
        )
    );
    Ok(())
}

#[test]
fn an_origin_is_a_scheme_a_host_and_a_port() {
    for (url, expected) in [
        ("https://a.example", "https://a.example"),
        ("HTTPS://A.Example:443/x?y#z", "https://a.example:443"),
        ("http://user:word@a.example/x", "http://a.example"),
        ("http://127.0.0.1:8000/token", "http://127.0.0.1:8000"),
        ("https://xn--mnchen-3ya.example", "https://xn--mnchen-3ya.example"),
    ] {
        assert_eq!(origin(url).as_deref(), Some(expected), "{url}");
    }
}

#[tokio::test]
async fn the_page_can_connect_to_added_origins() -> Tested {
    let docs = Docs::new(&api())?.connect_to("https://login.example/token").connect_to("login.example; script-src *");
    let page = fetch(&docs.into_router(), "/docs").await;
    let policy = page.header("content-security-policy").ok_or("no policy")?;
    assert!(policy.contains("connect-src 'self' https://login.example; "), "{policy}");
    assert_eq!(policy.matches("script-src").count(), 1);
    Ok(())
}
