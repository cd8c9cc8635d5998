//! Every scheme's extractor: what it takes for a credential, and how it answers what it does not.

mod api_keys;
mod authorization;
mod basic;
mod enforcers;
mod own_refusals;
mod several;

use axum_scopes_tests::prelude::*;

use crate::answers::{Expected, accepted};

/// What a scheme makes of a request.
#[derive(Clone, Copy, Debug)]
enum Found {
    Value(&'static str),
    /// 401, and `None` for an `Option`.
    Nothing,
    /// 401, for an `Option` as well.
    Malformed,
}
use Found::{Malformed, Nothing, Value};

/// The routes `/`, which needs the credential, and `/optional`, which answers "none" without one.
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

/// A request with all of `values` under the one name.
async fn ask(app: &App, uri: &str, name: &str, values: &[&[u8]]) -> Answer {
    let answer = app.get(uri).headers(name, values.iter().copied()).await;
    assert_eq!(answer.challenge().is_some(), answer.status() == 401, "{uri} {values:?}");
    answer
}

fn refused(challenge: &str) -> Expected {
    (401, Some(challenge.to_owned()), r#"{"detail":"Not authenticated"}"#.to_owned())
}

/// `found` at both routes of `app`; `query` goes behind their paths.
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
