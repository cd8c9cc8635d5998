//! HTTP Basic reads names and passwords strictly, with and without a realm.

use axum_scopes::{HttpBasic, HttpBasicScheme, credential::HttpBasicCredentials};
use axum_scopes_tests::prelude::*;
use base64::{Engine, prelude::BASE64_STANDARD};

use super::{
    Found::{self, Malformed, Nothing, Value},
    expect, routes,
};

struct Plain;
impl HttpBasicScheme for Plain {}

struct Staff;
impl HttpBasicScheme for Staff {
    const REALM: Option<&str> = Some("staff only");
}

struct LongestRealm;
impl HttpBasicScheme for LongestRealm {
    const REALM: Option<&str> = Some(TWO_HUNDRED);
}

const TWO_HUNDRED: &str = "\
    ........10........20........30........40........50........60........70........80........90.......100\
    .......110.......120.......130.......140.......150.......160.......170.......180.......190.......200";

fn show(credentials: HttpBasicCredentials) -> String {
    format!("{:?} {:?}", credentials.username, credentials.password.as_str())
}

fn apps() -> [(App, String); 3] {
    [
        (routes!(HttpBasic<Plain>, show), "Basic".to_owned()),
        (routes!(HttpBasic<Staff>, show), r#"Basic realm="staff only""#.to_owned()),
        (routes!(HttpBasic<LongestRealm>, show), format!("Basic realm=\"{TWO_HUNDRED}\"")),
    ]
}

async fn expect_all(header: &[u8], found: Found) {
    for (app, challenge) in apps() {
        expect(&app, &challenge, found, "", "authorization", &[header]).await;
    }
}

async fn expect_encoded(credentials: &[u8], found: Found) {
    expect_all(format!("Basic {}", BASE64_STANDARD.encode(credentials)).as_bytes(), found).await;
}

#[tokio::test]
async fn a_header_of_another_scheme_is_no_credential() {
    for (app, challenge) in apps() {
        expect(&app, &challenge, Nothing, "", "authorization", &[]).await;
    }
    for header in ["", "Bearer tok", "Digest x", "Basicam9lOnNlY3JldA==", "Basic\tam9lOnNlY3JldA==", "am9lOnNlY3JldA=="]
    {
        expect_all(header.as_bytes(), Nothing).await;
    }
}

#[tokio::test]
async fn the_name_of_the_scheme_is_read_in_any_case() {
    for header in
        ["Basic am9lOnNlY3JldA==", "basic am9lOnNlY3JldA==", "bASIC am9lOnNlY3JldA==", "Basic  am9lOnNlY3JldA=="]
    {
        expect_all(header.as_bytes(), Value(r#""joe" "secret""#)).await;
    }
}

#[tokio::test]
async fn the_first_colon_separates_name_and_password() {
    for (credentials, found) in [
        ("joe:secret", r#""joe" "secret""#),
        ("joe:a:b:", r#""joe" "a:b:""#),
        ("joe:", r#""joe" """#),
        (":secret", r#""" "secret""#),
        // Documentation pages send this if nobody fills in the fields.
        (":", r#""" """#),
        ("::", r#""" ":""#),
        (" joe : secret ", r#"" joe " " secret ""#),
        ("a\0b:c\r\n", r#""a\0b" "c\r\n""#),
    ] {
        expect_encoded(credentials.as_bytes(), Value(found)).await;
    }
}

#[tokio::test]
async fn unreadable_credentials_are_refused_even_where_they_are_optional() {
    for header in ["Basic", "Basic ", "Basic !!!!", "Basic am9lOnNlY3JldA", "Basic a-_b", "Basic am9l", "Basic a"] {
        expect_all(header.as_bytes(), Malformed).await;
    }
    for credentials in [&b"joe"[..], b"j\xf6e:x", b"joe:\xff", b"\xff"] {
        expect_encoded(credentials, Malformed).await;
    }
}

/// This is stricter than FastAPI, whose decoder skips invalid characters. One credential has one encoding, so that a log, a
/// filter and the service see the same.
#[tokio::test]
async fn base64_is_read_strictly() {
    for header in [
        "Basic am9l OnNlY3JldA==",
        "Basic am9lOnNlY3JldA===",
        "Basic am9lOnNlY3JldA==!",
        "Basic am9lOnNlY3JldA== ",
        "Basic am9lOnNlY3JldB==",
        "Basic am9lOg==am9lOg==",
    ] {
        expect_all(header.as_bytes(), Malformed).await;
    }
}

/// This is more lenient than FastAPI, which decodes only ASCII. Browsers send UTF-8 (RFC 7617 §2.1).
#[tokio::test]
async fn names_and_passwords_are_utf8() {
    expect_encoded("jöe:pässwörd".as_bytes(), Value(r#""jöe" "pässwörd""#)).await;
    expect_encoded("名:🔒".as_bytes(), Value(r#""名" "🔒""#)).await;
}

/// This is stricter than FastAPI, which takes the first header. A proxy in front may have read the other one.
#[tokio::test]
async fn two_headers_are_no_credential() {
    for (app, challenge) in apps() {
        let good = &b"Basic am9lOnNlY3JldA=="[..];
        expect(&app, &challenge, Nothing, "", "authorization", &[good, good]).await;
        expect(&app, &challenge, Nothing, "", "authorization", &[b"Bearer x", good]).await;
    }
}

#[test]
fn debug_output_of_credentials_hides_the_password() {
    let credentials = HttpBasicCredentials { username: "joe".to_owned(), password: "hunter2".into() };
    let shown = format!("{credentials:?} {:?}", HttpBasic::<Plain>(credentials.clone()));
    assert!(shown.contains("joe") && !shown.contains("hunter2"), "{shown}");
}
