//! Asks the endpoint: takes a token, yields the reply to a POST request (RFC 7662 §2.1), or why there is none.

use std::{future::Future, pin::Pin};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, Request, StatusCode, Uri, header},
};
use serde::Deserialize;

use super::{credentials::ClientCredentials, error::RequestError};
use crate::{
    http::client::{self, Client},
    jose::{json::Text, strict},
};

/// The largest answer, in bytes.
pub(super) const MAX_BODY: usize = 64 * 1024;
const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

/// What came back with status 200.
pub(super) struct Reply {
    /// In lower case, and without parameters.
    pub(super) media_type: String,
    pub(super) body: Bytes,
}

/// No reply, and the seconds after which the endpoint wants to be asked again, if it says so.
pub(super) struct NoReply(pub(super) RequestError, pub(super) Option<u32>);

/// A running request.
pub(super) type Asking = Pin<Box<dyn Future<Output = Result<Reply, NoReply>> + Send>>;
/// Starts a request about a token.
pub(super) type Ask = Box<dyn Fn(&str) -> Asking + Send + Sync>;

/// What asks the endpoint at `uri` for answers of the media type `accept`.
pub(super) fn over(client: Client, uri: Uri, credentials: ClientCredentials, accept: &'static str) -> Ask {
    let authorization = credentials.header();
    Box::new(move |token| {
        let form = Body::from(credentials.form(token));
        let mut request = Request::post(uri.clone()).header(header::ACCEPT, accept).header(header::CONTENT_TYPE, FORM);
        if let Some(authorization) = &authorization {
            request = request.header(header::AUTHORIZATION, authorization.clone());
        }
        let (client, request) = (client.clone(), request.body(form));
        Box::pin(async move {
            // Only a URL could be wrong, and it is checked.
            let request = request.map_err(|_| RequestError::Runtime)?;
            send(&client, request).await
        })
    })
}

async fn send(client: &Client, request: Request<Body>) -> Result<Reply, NoReply> {
    let (head, body) = client.send(request).await.map_err(RequestError::from)?.into_parts();
    let refused = match head.status {
        StatusCode::OK => {
            let media_type = media_type(&head.headers);
            return Ok(Reply { media_type, body: client::read(body, MAX_BODY).await.map_err(RequestError::from)? });
        }
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => RequestError::Credentials,
        // RFC 6749 §5.2. The body of another status is not read.
        StatusCode::BAD_REQUEST if is_invalid_client(&client::read(body, MAX_BODY).await.unwrap_or_default()) => {
            RequestError::Credentials
        }
        status => RequestError::Status(status.as_u16()),
    };
    Err(NoReply(refused, retry_after(head.status, &head.headers)))
}

impl From<RequestError> for NoReply {
    fn from(error: RequestError) -> Self {
        Self(error, None)
    }
}

fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether the service's own credentials are refused, rather than the request.
fn is_invalid_client(body: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Refusal<'a> {
        #[serde(borrow)]
        error: Text<'a>,
    }
    let refusal = str::from_utf8(body).ok().and_then(|body| strict::read::<Refusal<'_>>(body).ok());
    refusal.is_some_and(|Refusal { error: Text(error) }| ["invalid_client", "unauthorized_client"].contains(&&*error))
}

/// The seconds in `Retry-After` (RFC 9110 §10.2.3), where the endpoint is overloaded. A date is ignored.
fn retry_after(status: StatusCode, headers: &HeaderMap) -> Option<u32> {
    let is_overloaded = matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
    let value = headers.get(header::RETRY_AFTER).filter(|_| is_overloaded)?;
    value.to_str().ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()
}
