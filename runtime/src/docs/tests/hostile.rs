//! Strings that try to be markup, script or policy.

use axum::{body::Body, extract::Request};

use super::*;
use crate::docs::document::origin;

const HOSTILE: [&str; 9] = [
    "</title><script>alert(1)</script>",
    "\"><script src=//evil.example></script>",
    "' onload='alert(1)",
    "\" onload=\"alert(1)",
    "&quot;&lt;script&gt;",
    "\u{2028}\u{2029}\u{0}\n\r",
    "*/ alert(1) /*",
    "\\\"});alert(1);//",
    "${alert(1)}`",
];

/// The text that an HTML parser reads.
fn unescaped(html: &str) -> String {
    let html = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    html.replace("&amp;", "&")
}

#[tokio::test]
async fn hostile_strings_stay_in_their_place() -> Tested {
    let plain = fetch(&Docs::new(&api())?.into_router(), "/docs").await;
    for text in HOSTILE {
        let api = json!({ "info": { "title": text } });
        let docs = Docs::new(&api)?.client_id(text).preselect([text, "me"]).into_router();
        let page = fetch(&docs, "/docs").await;
        for markup in ['<', '>', '"', '\''] {
            let count = |body: &str| body.chars().filter(|character| *character == markup).count();
            assert_eq!(count(page.text()), count(plain.text()), "{markup} in {}", page.text());
        }
        let title = page.text().split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
        assert_eq!(title.map(unescaped).as_deref(), Some(text));
        let options: Value = serde_json::from_str(&unescaped(&attributes(&page, "data-options").concat()))?;
        assert_eq!(options["clientId"], text);
        assert_eq!(options["scopes"], json!([text, "me"]));
        let init = fetch(&docs, "/docs/init.js").await;
        assert_eq!(init.text(), include_str!("../init.js"), "the script is the same for all");
    }
    Ok(())
}

#[tokio::test]
async fn a_path_chosen_by_the_client_is_no_markup() -> Tested {
    let router = Router::new().nest("/{tenant}", Docs::new(&api())?.at("/").into_router());
    for tenant in ["\"><b>", "javascript:alert(1)", "'onload='x", "&quot;", "%22%3E"] {
        let Ok(request) = Request::get(format!("/{tenant}")).body(Body::empty()) else {
            continue;
        };
        let page = App::new(router.clone()).send(request).await;
        assert_eq!(page.status(), 200, "{tenant}");
        let sources = attributes(&page, "src");
        assert_eq!(sources.len(), 2, "{tenant}");
        for source in sources {
            assert!(unescaped(source).starts_with(&format!("./{tenant}/")), "{source}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn urls_of_a_document_cannot_break_the_policy() -> Tested {
    for url in [
        "token",
        "/token",
        "//evil.example/token",
        "https:",
        "https://",
        "https:///token",
        "https:evil.example",
        "https:\\\\evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "ws://a.example",
        "ftp://a.example",
        "https://*",
        "https://*.example",
        "https://a.example;script-src *",
        "https://a;script-src%20*",
        "https://a,b.example",
        "https://a.example https://b.example",
        "https://a.example\nscript-src *",
        "https://'unsafe-inline'",
        "https://a'b.example",
        "https://{x}.example",
        "https://[::1]:8000",
        "https://münchen.example",
        "https://a_b.example",
        "https://user@",
        "https://@:80",
        "https://a.example:99999",
        "https://a.example:",
        "https://a.example:8 0",
    ] {
        assert_eq!(origin(url), None, "{url}");
        let servers = json!({ "servers": [{ "url": url }], "info": {} });
        let page = fetch(&Docs::new(&servers)?.into_router(), "/docs").await;
        let policy = page.header("content-security-policy").ok_or("no policy")?;
        assert_eq!(policy.split(';').count(), 9, "{policy}");
        assert!(policy.contains("script-src 'self';"), "{policy}");
    }
    Ok(())
}
