//! From a response to the parts that tests compare.

use std::fmt;

use axum::{
    body::{Bytes, to_bytes},
    http::{HeaderMap, StatusCode, header::WWW_AUTHENTICATE},
    response::Response,
};
use serde_json::Value;

/// A whole answer. Two answers are equal if status, headers and body are equal.
///
/// An answer can also be compared with a status, a challenge and a body. Other headers are not compared then.
///
/// ```
/// # use axum::{Router, http::StatusCode, routing::get};
/// # use axum_scopes_test_support::App;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// # let refusal = (StatusCode::UNAUTHORIZED, [("www-authenticate", "Bearer")], r#"{"detail":"Not authenticated"}"#);
/// # let app = App::new(Router::new().route("/", get(async move || refusal)));
/// let answer = app.get("/").await;
/// assert_eq!(answer, (401, Some("Bearer"), r#"{"detail":"Not authenticated"}"#));
/// assert_eq!(answer.json()["detail"], "Not authenticated");
/// assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
/// # }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    /// Waits for the body to end.
    pub async fn of(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        Self { status: parts.status, headers: parts.headers, body: to_bytes(body, usize::MAX).await.unwrap() }
    }

    /// The status, as a number.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The SHA-256 digest of the body, as `sha256sum` writes it.
    #[cfg(feature = "tokens")]
    #[must_use]
    pub fn sha256(&self) -> String {
        use sha2::{Digest, Sha256};

        Sha256::digest(&self.body).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// All headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The only header of this name. Panics if there are several.
    #[must_use]
    #[track_caller]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next().map(|value| value.to_str().unwrap());
        assert!(values.next().is_none(), "`{name}` is there more than once: {self:?}");
        value
    }

    /// The only challenge (RFC 9110 §11.6.1). Panics if there are several headers with challenges.
    #[must_use]
    #[track_caller]
    pub fn challenge(&self) -> Option<&str> {
        self.header(WWW_AUTHENTICATE.as_str())
    }

    /// The challenges, one for each header.
    #[must_use]
    #[track_caller]
    pub fn challenges(&self) -> Vec<&str> {
        self.headers.get_all(WWW_AUTHENTICATE).iter().map(|value| value.to_str().unwrap()).collect()
    }

    /// The body as text. Panics if it is not UTF-8.
    #[must_use]
    #[track_caller]
    pub fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }

    /// The body as JSON. Panics if it is none.
    #[must_use]
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

impl PartialEq<(u16, Option<&str>, &str)> for Answer {
    fn eq(&self, (status, challenge, body): &(u16, Option<&str>, &str)) -> bool {
        self.status() == *status && self.challenge() == *challenge && self.body == *body
    }
}

impl PartialEq<(u16, Option<String>, String)> for Answer {
    fn eq(&self, (status, challenge, body): &(u16, Option<String>, String)) -> bool {
        *self == (*status, challenge.as_deref(), body.as_str())
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = String::from_utf8_lossy(&self.body);
        f.debug_struct("Answer")
            .field("status", &self.status())
            .field("headers", &self.headers)
            .field("body", &body)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use axum::response::{AppendHeaders, IntoResponse};

    use super::*;

    async fn answer(challenges: &[&'static str]) -> Answer {
        let challenges = challenges.iter().map(|challenge| (WWW_AUTHENTICATE, *challenge)).collect::<Vec<_>>();
        Answer::of((StatusCode::UNAUTHORIZED, AppendHeaders(challenges), "no").into_response()).await
    }

    #[tokio::test]
    async fn status_challenge_and_body_are_compared_each() {
        let answer = answer(&["Bearer"]).await;
        assert_eq!(answer, (401, Some("Bearer"), "no"));
        assert_eq!(answer, (401, Some("Bearer".to_owned()), "no".to_owned()));
        for other in
            [(403, Some("Bearer"), "no"), (401, Some("Basic"), "no"), (401, None, "no"), (401, Some("Bearer"), "")]
        {
            assert_ne!(answer, other);
            let (status, challenge, body) = other;
            assert_ne!(answer, (status, challenge.map(str::to_owned), body.to_owned()));
        }
    }

    #[tokio::test]
    async fn headers_are_compared_between_answers() {
        assert_eq!(answer(&["Bearer"]).await, answer(&["Bearer"]).await);
        assert_ne!(answer(&["Bearer"]).await, answer(&["Basic"]).await);
    }

    #[tokio::test]
    #[should_panic = "`www-authenticate` is there more than once"]
    async fn several_challenges_are_not_taken_for_one() {
        let answer = answer(&["Bearer", "Basic"]).await;
        assert_eq!(answer.challenges(), ["Bearer", "Basic"]);
        let _ = answer.challenge();
    }
}
