//! A challenge tells how a user has to log in again (RFC 9470), and hostile values cannot break out of it.

use std::time::Duration;

use axum_scopes::{HttpBasic, HttpBasicScheme, scheme::ErrorStyle};

use axum_scopes_test_support::logged;

use super::*;

struct FastApiStyle;
impl OAuth2Scheme for FastApiStyle {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("items", "")];
}

struct Staff;
impl HttpBasicScheme for Staff {
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

/// Requires what the query says: values separated by `|`, and seconds.
#[derive(serde::Deserialize)]
struct Asked {
    acr: Option<String>,
    age: Option<u64>,
}

#[security]
async fn user<E: Describe + FromRequestParts<()> + Send + 'static>(
    required: SecurityScopes,
    Query(Asked { acr, age }): Query<Asked>,
    _: E,
) -> Result<(), AuthError> {
    let acr = acr.as_deref().map(|acr| acr.split('|').collect::<Vec<_>>()).unwrap_or_default();
    Err(required.insufficient_user_authentication(&acr, age.map(Duration::from_secs)))
}

#[security(scopes = ["items"])]
async fn items<E: Describe + FromRequestParts<()> + Send + 'static>(_: Depends<user<E>>) {}

#[security]
async fn any<E: Describe + FromRequestParts<()> + Send + 'static>(_: Depends<user<E>>) {}

const DETAIL: &str = "A different or more recent login is required";

fn app<E: Describe + FromRequestParts<()> + Send + 'static>() -> App {
    App::new(Router::new().route("/", get(items::<E>)))
}

async fn challenge(app: &App, query: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    let answer = refused(app, &format!("/?{query}"), &["Bearer x"]).await;
    let expected = body("insufficient_user_authentication", DETAIL);
    assert_eq!((answer.status(), answer.text()), (401, expected.as_str()));
    answer.challenge().unwrap().to_owned()
}

#[tokio::test]
async fn the_challenge_says_how_to_log_in() {
    let app = app::<Bearer<Bare>>();
    for (query, parameters) in [
        (&[][..], ""),
        (&[("acr", "urn:mace:incommon:iap:silver")], r#", acr_values="urn:mace:incommon:iap:silver""#),
        (&[("acr", "gold|silver"), ("age", "300")], r#", acr_values="gold silver", max_age="300""#),
        (&[("age", "0")], r#", max_age="0""#),
        (&[("age", "18446744073709551615")], r#", max_age="18446744073709551615""#),
    ] {
        let expected = format!(r#"Bearer error="insufficient_user_authentication"{parameters}"#);
        assert_eq!(challenge(&app, query).await, expected);
    }
}

#[tokio::test]
async fn realm_and_metadata_stay_in_the_challenge() {
    assert_eq!(
        challenge(&app::<Bearer<Full>>(), &[("acr", "gold"), ("age", "5")]).await,
        r#"Bearer realm="the shop, 2nd floor", error="insufficient_user_authentication", "#.to_owned()
            + r#"resource_metadata="https://api.example/.well-known/oauth-protected-resource/v1", "#
            + r#"acr_values="gold", max_age="5""#
    );
}

#[tokio::test]
async fn hostile_values_do_not_leave_the_quotes() {
    let app = app::<Bearer<Bare>>();
    for hostile in [
        "\"",
        "\\",
        "a\", error=\"none",
        "a\\",
        "a b",
        "a\r\nset-cookie: x=y",
        "a\nb",
        "a\tb",
        "a\0b",
        "\u{7f}",
        "jöe",
        "🔒",
        "\u{2028}",
        "",
    ] {
        let values = format!("gold|{hostile}|silver");
        let (alone, log) = logged(challenge(&app, &[("acr", hostile)])).await;
        assert_eq!(alone, r#"Bearer error="insufficient_user_authentication""#, "{hostile:?}");
        assert_eq!(log.len(), 1, "{log:?}");
        let expected = r#"Bearer error="insufficient_user_authentication", acr_values="gold silver""#;
        assert_eq!(challenge(&app, &[("acr", &values)]).await, expected, "{hostile:?}");
    }
}

/// The challenges of FastAPI's style and of other schemes have no parameters for a new login.
#[tokio::test]
async fn challenges_without_room_for_it_keep_their_form() {
    let answer = refused(&app::<Bearer<FastApiStyle>>(), "/?acr=gold&age=5", &["Bearer x"]).await;
    let challenge = Some(r#"Bearer scope="items""#.to_owned());
    assert_eq!(answer, (401, challenge, format!(r#"{{"detail":"{DETAIL}"}}"#)));
    let basic = App::new(Router::new().route("/", get(any::<HttpBasic<Staff>>)));
    let answer = refused(&basic, "/?acr=gold", &["Basic am9lOnNlY3JldA=="]).await;
    assert_eq!(answer, (401, Some("Basic".to_owned()), body("insufficient_user_authentication", DETAIL)));
}
