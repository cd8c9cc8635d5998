//! From a request that a builder describes to the answer of a router, in process.

use std::{
    fmt::{self, Display},
    pin::Pin,
};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderName, HeaderValue, Method},
    response::Response,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use tower::ServiceExt;

use crate::Answer;

/// A service under test, which gets its requests without a socket.
///
/// ```
/// use axum::{Router, routing::get};
/// use axum_scopes_test_support::App;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let app = App::new(Router::new().route("/hello", get(async || "world")));
/// assert_eq!(app.get("/hello").await.text(), "world");
/// assert_eq!(app.post("/hello").await.status(), 405);
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct App(Router);

impl App {
    /// Each request is sent to a copy of the router.
    #[must_use]
    pub fn new(router: Router) -> Self {
        Self(router)
    }

    /// A `GET` request.
    #[track_caller]
    pub fn get(&self, uri: impl AsRef<str>) -> Call {
        self.call(Method::GET, uri)
    }

    /// A `POST` request.
    #[track_caller]
    pub fn post(&self, uri: impl AsRef<str>) -> Call {
        self.call(Method::POST, uri)
    }

    /// A request with any method.
    #[track_caller]
    pub fn call(&self, method: Method, uri: impl AsRef<str>) -> Call {
        let request = Request::builder().method(method).uri(uri.as_ref());
        self.send(request.body(Body::empty()).unwrap())
    }

    /// Sends a request that was made elsewhere.
    pub fn send(&self, request: Request) -> Call {
        Call { router: self.0.clone(), request }
    }
}

/// A request, which is sent when it is awaited.
#[must_use = "it is sent when it is awaited"]
pub struct Call {
    router: Router,
    request: Request,
}

impl Call {
    /// Adds a header, and keeps other headers of the same name. The value is text or bytes.
    #[track_caller]
    pub fn header<V>(mut self, name: &str, value: V) -> Self
    where
        V: TryInto<HeaderValue, Error: fmt::Debug>,
    {
        let name: HeaderName = name.parse().unwrap();
        self.request.headers_mut().append(name, value.try_into().unwrap());
        self
    }

    /// Adds a header with this name for each value.
    #[track_caller]
    pub fn headers<V>(self, name: &str, values: impl IntoIterator<Item = V>) -> Self
    where
        V: TryInto<HeaderValue, Error: fmt::Debug>,
    {
        values.into_iter().fold(self, |call, value| call.header(name, value))
    }

    /// A bearer token (RFC 6750 §2.1).
    #[track_caller]
    pub fn bearer(self, token: impl Display) -> Self {
        self.header("authorization", format!("Bearer {token}"))
    }

    /// Basic credentials (RFC 7617).
    #[track_caller]
    pub fn basic(self, user: &str, password: &str) -> Self {
        let credentials = BASE64_STANDARD.encode(format!("{user}:{password}"));
        self.header("authorization", format!("Basic {credentials}"))
    }

    /// A cookie, in a header of its own (RFC 6265 §5.4).
    #[track_caller]
    pub fn cookie(self, name: &str, value: impl Display) -> Self {
        self.header("cookie", format!("{name}={value}"))
    }

    /// The fields of a form, in the encoding of browsers.
    pub fn form(self, fields: &[(&str, &str)]) -> Self {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.encoded_form(body)
    }

    /// A form that is already encoded, possibly with mistakes.
    pub fn encoded_form(self, body: impl Into<Body>) -> Self {
        self.header("content-type", "application/x-www-form-urlencoded").body(body)
    }

    /// A body without a type.
    pub fn body(mut self, body: impl Into<Body>) -> Self {
        *self.request.body_mut() = body.into();
        self
    }

    /// The response of axum, with its extensions and with a body that may not have ended.
    pub async fn response(self) -> Response {
        self.router.oneshot(self.request).await.unwrap_or_else(|never| match never {})
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {:?}", self.request.method(), self.request.uri(), self.request.headers())
    }
}

impl IntoFuture for Call {
    type Output = Answer;
    type IntoFuture = Pin<Box<dyn Future<Output = Answer> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async { Answer::of(self.response().await).await })
    }
}

#[cfg(test)]
mod tests {
    use axum::{body::to_bytes, routing::any};

    use super::*;

    /// Shows the request.
    async fn echo(request: Request) -> String {
        let (parts, body) = request.into_parts();
        let headers: Vec<_> = parts.headers.iter().map(|(name, value)| format!("{name}={value:?}")).collect();
        let body = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
        format!("{} {} {} {body}", parts.method, parts.uri, headers.join(" "))
    }

    #[tokio::test]
    async fn requests_are_sent_as_they_are_described() {
        let app = App::new(Router::new().route("/", any(echo)));
        let form = r#"content-type="application/x-www-form-urlencoded""#;
        for (call, expected) in [
            (app.get("/?a=b"), "GET /?a=b  ".to_owned()),
            (app.call(Method::DELETE, "/").bearer("t"), r#"DELETE / authorization="Bearer t" "#.to_owned()),
            // RFC 7617 §2.
            (
                app.get("/").basic("Aladdin", "open sesame"),
                r#"GET / authorization="Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==" "#.to_owned(),
            ),
            (app.get("/").cookie("a", 1).cookie("b", 2), r#"GET / cookie="a=1" cookie="b=2" "#.to_owned()),
            (app.get("/").headers("x", ["1", "2"]).headers("y", None::<&str>), r#"GET / x="1" x="2" "#.to_owned()),
            (app.post("/").form(&[("a", "b c"), ("d", "&")]), format!("POST / {form} a=b+c&d=%26")),
            (app.post("/").encoded_form("%"), format!("POST / {form} %")),
        ] {
            assert_eq!(call.await.text(), expected);
        }
    }
}
