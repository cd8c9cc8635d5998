//! The scopes of what a message names.

use super::*;

#[tokio::test]
async fn a_tool_needs_its_scopes_and_those_of_the_endpoint() {
    let (app, seen) = app();
    assert_eq!(sent(&app, "notes:read", call("read_notes")).await.text(), "served");
    assert_eq!(sent(&app, "notes:read+notes:write", call("write_note")).await.text(), "served");
    assert_eq!(sent(&app, "notes:read+admin", call("write_note")).await.text(), "served", "implied");
    for token in ["notes:read", "notes:write", "x"] {
        let challenge = format!(r#"Bearer error="insufficient_scope", scope="notes:write notes:read", {RESOURCE}"#);
        let body = r#"{"error":"insufficient_scope","error_description":"Not enough permissions"}"#.to_owned();
        assert_eq!(sent(&app, token, call("write_note")).await, (403, Some(challenge), body), "{token}");
    }
    assert_eq!(sent(&app, "bad", call("write_note")).await.status(), 401);
    assert_eq!(seen.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn prompts_resources_and_methods_need_theirs() {
    let (app, _) = app();
    for (method, params, scopes) in [
        ("prompts/get", r#"{"name":"summary"}"#, "notes:read"),
        ("prompts/get", r#"{"name":"rewrite"}"#, "notes:write"),
        ("completion/complete", r#"{"ref":{"type":"ref/prompt","name":"summary"}}"#, "notes:read"),
        ("completion/complete", r#"{"ref":{"type":"ref/prompt","name":"rewrite"}}"#, "notes:write"),
        ("resources/read", r#"{"uri":"notes://today"}"#, "notes:read"),
        ("resources/read", r#"{"uri":"notes://shared/a"}"#, "notes:read"),
        ("resources/read", r#"{"uri":"notes://shared/staff/a"}"#, "admin"),
        ("resources/subscribe", r#"{"uri":"notes://shared/staff/a"}"#, "admin"),
        ("resources/unsubscribe", r#"{"uri":"notes://shared/staff/a"}"#, "admin"),
        ("completion/complete", r#"{"ref":{"type":"ref/resource","uri":"notes://shared/staff/{id}"}}"#, "admin"),
        ("subscriptions/listen", r#"{"notifications":{"resourceSubscriptions":["notes://shared/staff/a"]}}"#, "admin"),
        ("subscriptions/listen", r#"{"notifications":{"toolsListChanged":true}}"#, "notes:read"),
        ("logging/setLevel", r#"{"level":"debug"}"#, "admin"),
        ("notes/export", "{}", "admin"),
        ("initialize", "{}", "notes:read"),
        ("server/discover", "{}", "notes:read"),
        ("tools/list", "{}", "notes:read"),
        ("notifications/initialized", "{}", "notes:read"),
    ] {
        let body = message(method, params);
        let enough = format!("notes:read+{scopes}");
        assert_eq!(sent(&app, &enough, body.clone()).await.text(), "served", "{body}");
        let less = if scopes == "notes:read" { "notes:write" } else { "notes:read" };
        let answer = sent(&app, less, body.clone()).await;
        assert_eq!(answer.status(), 403, "{body}");
        assert!(answer.challenge().unwrap().contains(scopes), "{body}");
    }
}

#[tokio::test]
async fn what_is_not_declared_is_refused_without_a_challenge() {
    let (app, seen) = app();
    let everything = "notes:read+notes:write+admin";
    for (method, params) in [
        ("tools/call", r#"{"name":"delete_notes"}"#),
        ("tools/call", r#"{"name":"Read_Notes"}"#),
        ("tools/call", r#"{"name":"read_notes "}"#),
        ("tools/call", r#"{"name":""}"#),
        ("tools/call", r#"{"name":"*"}"#),
        ("prompts/get", r#"{"name":"read_notes"}"#),
        ("resources/read", r#"{"uri":"notes://tomorrow"}"#),
        ("resources/read", r#"{"uri":"notes://shared/../today"}"#),
        ("resources/read", r#"{"uri":"notes://shared/%61"}"#),
        ("subscriptions/listen", r#"{"notifications":{"resourceSubscriptions":["notes://today","notes://x"]}}"#),
        // One function decides about a message.
        (
            "subscriptions/listen",
            r#"{"notifications":{"resourceSubscriptions":["notes://today","notes://shared/staff/a"]}}"#,
        ),
        ("tools/callAsync", r#"{"name":"read_notes"}"#),
        ("TOOLS/CALL", r#"{"name":"read_notes"}"#),
        ("", "{}"),
    ] {
        let body = message(method, params);
        let expected = r#"{"error":"access_denied","error_description":"Unknown tool, prompt, resource or method"}"#;
        assert_eq!(sent(&app, everything, body.clone()).await, (403, None, expected), "{body}");
        // Who is not authenticated does not learn what is declared.
        assert_eq!(sent(&app, "bad", body.clone()).await.status(), 401, "{body}");
    }
    assert!(seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_is_not_declared_can_have_a_function() {
    let others = Endpoint::<caller, ()>::new().tool::<caller>("read_notes").other_tools::<writer>();
    let (router, _) = router(others.other_prompts::<writer>().other_resources::<admin>());
    let table = "\
GET     /mcp                        Notes [notes:read]
POST    /mcp                        Notes [notes:read]
DELETE  /mcp                        Notes [notes:read]
POST    /mcp prompts/get *          Notes [notes:write notes:read]
POST    /mcp resources/read *       Notes [admin notes:read]
POST    /mcp tools/call *           Notes [notes:write notes:read]
POST    /mcp tools/call read_notes  Notes [notes:read]
";
    assert_eq!(router.table().to_string(), table);
    let app = App::new(router.into_router());
    let read = |uri: &str| message("resources/read", &format!(r#"{{"uri":"{uri}"}}"#));
    for (body, scopes) in [(call("read_notes"), "notes:read"), (call("x"), "notes:write"), (read("x"), "admin")] {
        assert_eq!(sent(&app, &format!("notes:read+{scopes}"), body.clone()).await.text(), "served", "{body}");
        assert_eq!(sent(&app, "x", body.clone()).await.status(), 403, "{body}");
    }
    assert_eq!(sent(&app, "notes:read", call("x")).await.status(), 403);
    assert_eq!(sent(&app, "notes:read", read("notes://a/../b")).await.status(), 403);
}

#[test]
fn the_table_has_a_row_for_each_declaration() {
    let (router, _) = router(endpoint());
    let table = router.table().to_string();
    for row in [
        "POST    /mcp tools/call write_note                  Notes [notes:write notes:read]\n",
        "POST    /mcp resources/read notes://shared/staff/*  Notes [admin notes:read]\n",
        "POST    /mcp notes/export                           Notes [admin notes:read]\n",
    ] {
        assert!(table.contains(row), "{table}");
    }
    assert_eq!(table.lines().count(), 12, "{table}");
    let nested = Router::new().nest("/v1", router).table().to_string();
    assert!(nested.contains("POST    /v1/mcp tools/call write_note  "), "{nested}");
}

#[test]
#[should_panic(expected = "the tool `read_notes` is declared twice; remove one")]
fn a_tool_is_declared_once() {
    let _ = endpoint().tool::<admin>("read_notes");
}

#[test]
#[should_panic(expected = "is declared twice; remove one")]
fn a_resource_is_declared_once() {
    let _ = endpoint().resource::<admin>("notes://today");
}

#[test]
#[should_panic(expected = "`tools/call` is about tools, prompts or resources")]
fn a_method_about_tools_is_declared_by_its_tools() {
    let _ = endpoint().method::<caller>("tools/call");
}

/// A server may resolve URIs before it compares them.
#[tokio::test]
async fn a_function_for_other_resources_decides_about_none_that_is_declared_in_another_spelling() {
    let endpoint = Endpoint::<caller, ()>::new()
        .resource::<admin>("notes://keys/master")
        .resources_below::<admin>("notes://staff/")
        .resources_below::<admin>("https://host.example/staff/")
        .resources_below::<admin>("file:///staff/")
        .other_resources::<caller>();
    let (router, seen) = router(endpoint);
    let app = App::new(router.into_router());
    let read = |uri: &str| sent(&app, "notes:read", message("resources/read", &format!(r#"{{"uri":"{uri}"}}"#)));
    for uri in [
        "notes://STAFF/a",
        "Notes://staff/a",
        "notes://staff",
        "notes://staff/../staff/a",
        "notes://staff//a",
        "notes://open/../staff/a",
        "notes://open/%2e%2e/staff/a",
        "notes://open/..%2fstaff/a",
        "notes://./staff/a",
        "notes:///staff/a",
        "notes:staff/a",
        "notes:/staff/a",
        "notes://%73taff/a",
        "notes://joe@staff/a",
        "notes://staff:80/a",
        "notes://staff./a",
        "notes://staff\\\\a",
        "notes://keys/master/",
        "notes://keys/%6daster",
        "notes://keys/master?x",
        "notes://keys/master#x",
        "notes://KEYS/master?x",
        " notes://staff/a",
        "no\\ttes://staff/a",
        "https://host.example:443/staff/a",
        "https:/host.example/staff/a",
        "https:host.example/staff/a",
        "https:///host.example/staff/a",
        "HTTPS://host.example/staff/a",
        "file://localhost/staff/a",
        "file:/staff/a",
        "//staff/a",
        "",
    ] {
        assert_eq!(read(uri).await.status(), 403, "{uri}");
    }
    assert!(seen.lock().unwrap().is_empty());
    for uri in [
        "notes://open/a",
        "notes://staffing/a",
        "notes://open/a?b=../c#d",
        "https://host.example/open",
        "https://host.example:8443/open",
        "file:///open/a%20b",
        "urn:isbn:0451450523",
    ] {
        assert_eq!(read(uri).await.text(), "served", "{uri}");
    }
}

#[tokio::test]
async fn a_function_for_other_tools_decides_about_none_that_is_declared_in_another_case() {
    let endpoint = Endpoint::<caller, ()>::new().tool::<writer>("write_note").other_tools::<caller>();
    let (router, seen) = router(endpoint.prompt::<writer>("rewrite").other_prompts::<caller>());
    let app = App::new(router.into_router());
    for name in ["Write_Note", "WRITE_NOTE", " write_note", "write_note ", "write_note\\u0000", "write_note\\n"] {
        assert_eq!(sent(&app, "notes:read", call(name)).await.status(), 403, "{name}");
    }
    let get = |name: &str| message("prompts/get", &format!(r#"{{"name":"{name}"}}"#));
    assert_eq!(sent(&app, "notes:read", get("Rewrite")).await.status(), 403);
    assert!(seen.lock().unwrap().is_empty());
    for body in [call("write_notes"), call("Other Tool"), get("rewrites")] {
        assert_eq!(sent(&app, "notes:read", body.clone()).await.text(), "served", "{body}");
    }
}
