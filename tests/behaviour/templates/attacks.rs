//! Requests that try to get a scope of another resource, or a mistake out of the service.

use std::collections::HashSet;

use super::*;

/// Sends a request with a granted scope that is nearly right, and expects a refusal that names no scope.
async fn is_unfit(path: &str, granted: &str) {
    let expected = (401, Some("Bearer"), r#"{"detail":"Not enough permissions"}"#);
    let (answer, log) = logged(ask(&app(), path, granted)).await;
    assert_eq!(answer, expected, "{path} {granted}");
    assert!(log.is_empty(), "{path}: {log:?}");
}

#[tokio::test]
async fn a_value_does_not_reach_into_the_rest_of_the_scope() {
    is_unfit("/v2/alpine:push/tags", "repository:alpine:push:pull").await;
    is_unfit("/v2/alpine%3Apush/tags", "repository:alpine:push:pull").await;
    is_unfit("/v2/:/tags", "repository:::pull").await;
}

#[tokio::test]
async fn an_encoded_slash_is_a_slash() {
    is_unfit("/v2/library%2Falpine/tags", "repository:library/alpine:pull").await;
    is_unfit("/v2/library%2falpine/tags", "repository:library/alpine:pull").await;
    assert_eq!(ask(&app(), "/files/a%2Fb", "file:a/b").await, accepted("a/b"));
}

#[tokio::test]
async fn dot_segments_are_no_names() {
    for path in ["/files/..", "/files/%2e%2e", "/files/a/../b", "/files/a%2F..%2Fb", "/files/.", "/files/a/%2E"] {
        let decoded = path.strip_prefix("/files/").unwrap().replace("%2e", ".").replace("%2E", ".").replace("%2F", "/");
        is_unfit(path, &format!("file:{decoded}")).await;
    }
    is_unfit("/v2/../tags", "repository:..:pull").await;
    is_unfit("/v2/%2e%2e/tags", "repository:..:pull").await;
    // These are names.
    assert_eq!(ask(&app(), "/files/..a/b..", "file:..a/b..").await, accepted("..a/b.."));
}

#[tokio::test]
async fn empty_segments_are_no_names() {
    is_unfit("/files/a//b", "file:a//b").await;
    is_unfit("/files//a", "file:/a").await;
    is_unfit("/files/%2Fa", "file:/a").await;
}

/// Axum decodes once. Whoever decodes again would read another file.
#[tokio::test]
async fn a_value_that_decodes_again_is_unfit() {
    is_unfit("/files/a%252Fb", "file:a%2Fb").await;
    is_unfit("/files/%252e%252e", "file:%2e%2e").await;
    is_unfit("/v2/al%2570ine/tags", "repository:al%70ine:pull").await;
    assert_eq!(ask(&app(), "/files/100%25", "file:100%").await, accepted("100%"));
}

#[tokio::test]
async fn a_granted_template_text_grants_nothing() {
    let app = app();
    for template in ["repository:{name}:pull", "repository:{}:pull", "repository:*:pull", "repository:{*name}:pull"] {
        assert_eq!(ask(&app, "/v2/alpine/tags", template).await, not_enough("repository:alpine:pull"), "{template}");
    }
    is_unfit("/v2/%7Bname%7D/tags", "repository:{name}:pull").await;
    is_unfit("/v2/{name}/tags", "repository:{name}:pull").await;
    is_unfit("/v2/a%7D/tags", "repository:a}:pull").await;
}

#[tokio::test]
async fn a_wildcard_is_a_name_like_any_other() {
    let app = app();
    assert_eq!(ask(&app, "/v2/*/tags", "repository:alpine:pull").await, not_enough("repository:*:pull"));
    assert_eq!(ask(&app, "/v2/*/tags", "repository:*:pull").await, accepted("*"));
}

#[tokio::test]
async fn characters_that_no_scope_has_are_unfit() {
    for (value, granted) in [
        ("a%20b", "repository:a b:pull"),
        ("a%09b", "repository:a"),
        ("a%22b", "repository:a"),
        ("a%5Cb", "repository:a"),
        ("a%0D%0Ax-admin:%201", "repository:a"),
        ("%00", "repository:"),
        ("%C3%A9", "repository:e:pull"),
        ("%EF%BC%8F", "repository:/:pull"),
        ("%E2%80%A4%E2%80%A4", "repository:..:pull"),
    ] {
        is_unfit(&format!("/v2/{value}/tags"), granted).await;
    }
}

/// A space in a value would split it into two granted scopes.
#[tokio::test]
async fn a_space_in_a_value_asks_for_no_second_scope() {
    is_unfit("/v2/x:pull%20admin/tags", "repository:x:pull admin:pull").await;
}

#[tokio::test]
async fn letters_are_compared_as_they_are() {
    let app = app();
    assert_eq!(ask(&app, "/v2/Alpine/tags", "repository:alpine:pull").await, not_enough("repository:Alpine:pull"));
    assert_eq!(ask(&app, "/v2/%61lpine/tags", "repository:alpine:pull").await, accepted("alpine"));
}

/// In a path, `+` is no space.
#[tokio::test]
async fn a_plus_is_a_plus() {
    let app = app();
    assert_eq!(ask(&app, "/v2/a+b/tags", "repository:a+b:pull").await, accepted("a+b"));
    assert_eq!(ask(&app, "/v2/a+b/tags", "repository:ab:pull").await, not_enough("repository:a+b:pull"));
}

#[tokio::test]
async fn a_value_that_is_too_long_is_unfit() {
    let (longest, longer) = ("a".repeat(496), "a".repeat(497));
    let granted = |name: &str| format!("repository:{name}:pull");
    assert_eq!(ask(&app(), &format!("/v2/{longest}/tags"), &granted(&longest)).await, accepted(&longest));
    is_unfit(&format!("/v2/{longer}/tags"), &granted(&longer)).await;
    is_unfit(&format!("/v2/{}/tags", "a".repeat(20_000)), "repository:a:pull").await;
}

#[tokio::test]
async fn a_path_that_does_not_decode_is_a_bad_request() {
    for path in ["/v2/%FF/tags", "/any/%ff", "/files/a/%C3%28"] {
        for granted in ["admin", "repository:\u{fffd}:pull"] {
            let request = app().get(path).bearer("t").header("granted", granted.replace('\u{fffd}', "?"));
            let (answer, log) = logged(request).await;
            assert_eq!(answer, (400, None, r#"{"detail":"The path is not valid UTF-8"}"#), "{path}");
            assert!(log.is_empty(), "{log:?}");
        }
        assert_eq!(app().get(path).await, not_authenticated());
    }
}

#[tokio::test]
async fn an_empty_value_is_unfit() {
    is_unfit("/v2//tags", "repository::pull").await;
    assert_eq!(ask(&app(), "/files/", "file:").await.status(), 404);
}

#[tokio::test]
async fn a_trailing_slash_is_part_of_the_value() {
    is_unfit("/files/a/", "file:a").await;
    is_unfit("/files/a/", "file:a/").await;
    assert_eq!(ask(&app(), "/v2/alpine/tags/", "repository:alpine:pull").await.status(), 404);
}

#[tokio::test]
async fn a_query_fills_in_nothing() {
    let app = app();
    let path = "/v2/alpine/tags?name=debian";
    assert_eq!(ask(&app, path, "repository:debian:pull").await, not_enough("repository:alpine:pull"));
    assert_eq!(ask(&app, "/nowhere/x?name=alpine", "repository:alpine:pull").await.status(), 500);
}

/// Random paths and grants. The reference is a handler that writes the scope itself.
#[tokio::test]
async fn no_request_gets_a_scope_that_it_was_not_granted() {
    let app = app();
    let mut seed = 7_u64;
    let mut below = |bound: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % bound
    };
    let parts = ["a", "b", ":", "%2F", ".", "%25", "2e", "%7B", "}", "pull", "*", "%C3%A9", "~", ";", "%"];
    let names = ["a", "b", "ab", "*", "a;b", "{name}", "a:b", ":", "a:pull", ".", "..", "a/b", "%2e", ""];
    let mut accepted = HashSet::new();
    for _ in 0..3_000 {
        let name = names[below(names.len())];
        let value = match below(2) {
            0 => name.replace('%', "%25").replace('/', "%2F").replace('{', "%7B").replace('}', "%7D"),
            _ => (0..=below(4)).map(|_| parts[below(parts.len())]).collect(),
        };
        let Ok(uri) = format!("/v2/{value}/tags").parse::<axum::http::Uri>() else { continue };
        let granted = format!("repository:{name}:pull");
        let answer = ask(&app, &uri.to_string(), &granted).await;
        match answer.status() {
            200 => {
                assert_eq!((answer.text(), value.as_str()), (name, name));
                accepted.insert(name);
            }
            status => assert!(matches!(status, 400 | 401), "{value} {status}"),
        }
    }
    // Nobody can be granted the others: they would be two parts of a scope, or two segments of a path.
    assert_eq!(accepted, HashSet::from(["a", "b", "ab", "*", "a;b"]));
}
