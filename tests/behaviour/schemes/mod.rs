//! The extractor of every scheme accepts exactly its own credentials, and refuses with its own challenge.

mod api_keys;
mod authorization;
mod basic;
mod enforcers;
mod own_refusals;
mod several;

use axum_scopes_tests::prelude::*;

use crate::answers::{Expected, accepted};

/// What the extractor of a scheme finds in a request.
#[derive(Clone, Copy, Debug)]
enum Found {
    Value(&'static str),
    /// No credential: a required one is refused with 401, and an optional one is `None`.
    Nothing,
    /// An unreadable credential, which is refused with 401 even if it is optional.
    Malformed,
}
use Found::{Malformed, Nothing, Value};

/// The routes `/`, which requires the credential, and `/optional`, which answers "none" without it.
macro_rules! routes {
    ($Extractor:ident<$Scheme:ty>, $show:expr) => {{
        #[security]
        async fn required($Extractor(value): $Extractor<$Scheme>) -> String {
            $show(value)
        }
        #[security]
        async fn optional(credential: Option<$Extractor<$Scheme>>) -> String {
            credential.map_or("none".to_owned(), |$Extractor(value)| $show(value))
        }
        App::new(Router::new().route("/", get(required)).route("/optional", get(optional)))
    }};
    ($Extractor:ident<$Scheme:ty>) => {
        routes!($Extractor<$Scheme>, |value: axum_scopes::credential::Credential| format!("<{}>", value.as_str()))
    };
}
use routes;

/// A request with a header `name` for each of `values`.
async fn ask(app: &App, uri: &str, name: &str, values: &[&[u8]]) -> Answer {
    let answer = app.get(uri).headers(name, values.iter().copied()).await;
    assert_eq!(answer.challenge().is_some(), answer.status() == 401, "{uri} {values:?}");
    answer
}

fn refused(challenge: &str) -> Expected {
    (401, Some(challenge.to_owned()), r#"{"detail":"Not authenticated"}"#.to_owned())
}

/// Expects `found` at both routes of `app`. The query is appended to their paths.
async fn expect(app: &App, challenge: &str, found: Found, query: &str, name: &str, values: &[&[u8]]) {
    let (required, optional) = match found {
        Value(value) => (accepted(value), accepted(value)),
        Nothing => (refused(challenge), accepted("none")),
        Malformed => (refused(challenge), refused(challenge)),
    };
    let shown: Vec<_> = values.iter().map(|value| String::from_utf8_lossy(value)).collect();
    assert_eq!(ask(app, &format!("/{query}"), name, values).await, required, "{query} {shown:?}");
    assert_eq!(ask(app, &format!("/optional{query}"), name, values).await, optional, "optional {query} {shown:?}");
}
