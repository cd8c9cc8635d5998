//! API keys, from a header, the query or a cookie.

use axum::http::{HeaderValue, header::COOKIE, request::Parts};

use crate::{
    credential::{
        extractor::{Unreadable, extractor},
        value::Credential,
    },
    scheme::api_key::ApiKeyScheme,
};

extractor! {
    /// The API key of scheme `S` from a header. It is unverified and never empty.
    ///
    /// A request with no key or with two is refused: 401 "Not authenticated". `Option<ApiKeyHeader<S>>` is `None` then.
    ///
    /// ```
    /// use axum_scopes::{ApiKeyHeader, ApiKeyScheme};
    ///
    /// struct Partner;
    /// impl ApiKeyScheme for Partner {
    ///     const NAME: &str = "PartnerKey";
    ///     const PARAMETER: &str = "x-api-key";
    /// }
    ///
    /// async fn length(ApiKeyHeader(key): ApiKeyHeader<Partner>) -> String {
    ///     key.as_str().len().to_string()
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let credential = axum_scopes::credential::Credential::from_static("7f3a");
    /// assert_eq!(length(ApiKeyHeader(credential)).await, "4");
    /// # }
    /// ```
    ApiKeyHeader<ApiKeyScheme>(Credential), api_key_header, header::<S>
}

extractor! {
    /// The API key of scheme `S` from the query. It is unverified and never empty. Prefer a header, because logs show queries.
    ///
    /// A request with no key or with two is refused: 401 "Not authenticated". `Option<ApiKeyQuery<S>>` is `None` then.
    ///
    /// ```
    /// use axum_scopes::{ApiKeyScheme, credential::ApiKeyQuery};
    ///
    /// struct Feed;
    /// impl ApiKeyScheme for Feed {
    ///     const NAME: &str = "FeedKey";
    ///     const PARAMETER: &str = "key";
    /// }
    ///
    /// async fn length(ApiKeyQuery(key): ApiKeyQuery<Feed>) -> String {
    ///     key.as_str().len().to_string()
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let credential = axum_scopes::credential::Credential::from_static("7f3a");
    /// assert_eq!(length(ApiKeyQuery(credential)).await, "4");
    /// # }
    /// ```
    ApiKeyQuery<ApiKeyScheme>(Credential), api_key_query, query::<S>
}

extractor! {
    /// The API key of scheme `S` from a cookie. It is unverified and never empty.
    ///
    /// A request with no key or with two is refused: 401 "Not authenticated". `Option<ApiKeyCookie<S>>` is `None` then.
    ///
    /// ```
    /// use axum_scopes::{ApiKeyScheme, credential::ApiKeyCookie};
    ///
    /// struct Session;
    /// impl ApiKeyScheme for Session {
    ///     const NAME: &str = "Session";
    ///     const PARAMETER: &str = "session";
    /// }
    ///
    /// async fn length(ApiKeyCookie(key): ApiKeyCookie<Session>) -> String {
    ///     key.as_str().len().to_string()
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let credential = axum_scopes::credential::Credential::from_static("7f3a");
    /// assert_eq!(length(ApiKeyCookie(credential)).await, "4");
    /// # }
    /// ```
    ApiKeyCookie<ApiKeyScheme>(Credential), api_key_cookie, cookie::<S>
}

/// The value, if there is exactly one. Two are no credential, because a proxy in front may have checked the other one.
fn single<T>(mut values: impl Iterator<Item = T>) -> Option<T> {
    let value = values.next()?;
    values.next().is_none().then_some(value)
}

/// Whether the request has the header, cookie or query parameter of a key, even an empty one.
pub(crate) mod presented {
    use super::{Parts, cookies, pairs};

    pub(crate) fn header(parts: &Parts, name: &str) -> bool {
        parts.headers.contains_key(name)
    }

    pub(crate) fn query(parts: &Parts, name: &str) -> bool {
        pairs(parts).any(|(key, _)| key == name)
    }

    pub(crate) fn cookie(parts: &Parts, name: &str) -> bool {
        cookies(parts).any(|(key, _)| key == name.as_bytes())
    }
}

fn header<S: ApiKeyScheme>(parts: &Parts) -> Result<Option<Credential>, Unreadable> {
    let value: Option<&HeaderValue> = single(parts.headers.get_all(S::PARAMETER).iter());
    Ok(value.and_then(|value| Credential::new(value, 0)).and_then(Credential::non_empty))
}

fn query<S: ApiKeyScheme>(parts: &Parts) -> Result<Option<Credential>, Unreadable> {
    let value = single(pairs(parts).filter(|(name, _)| name == S::PARAMETER));
    Ok(value.and_then(|(_, value)| Credential::from_text(&value)).and_then(Credential::non_empty))
}

fn pairs(parts: &Parts) -> form_urlencoded::Parse<'_> {
    form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes())
}

/// RFC 6265 §4.2.1: `name=value` pairs with semicolons between them. Quotes belong to the value. Other cookies may have any
/// bytes, because they may be those of another service. One without `=` has no value; others may read it as a name, so it counts beside one
/// with a value.
fn cookies(parts: &Parts) -> impl Iterator<Item = (&[u8], Option<&[u8]>)> {
    let pairs = parts.headers.get_all(COOKIE).iter().flat_map(|header| header.as_bytes().split(|byte| *byte == b';'));
    pairs.map(|pair| {
        let mut halves = pair.splitn(2, |byte| *byte == b'=');
        (halves.next().unwrap_or_default().trim_ascii(), halves.next())
    })
}

/// The value of the only cookie of this name, if it is text.
#[cfg(feature = "login")]
pub(crate) fn cookie_named<'a>(parts: &'a Parts, name: &str) -> Option<&'a str> {
    single_cookie(parts, name).and_then(|value| str::from_utf8(value).ok())
}

fn single_cookie<'a>(parts: &'a Parts, name: &str) -> Option<&'a [u8]> {
    single(cookies(parts).filter(|(key, _)| *key == name.as_bytes()))?.1
}

fn cookie<S: ApiKeyScheme>(parts: &Parts) -> Result<Option<Credential>, Unreadable> {
    let value = single_cookie(parts, S::PARAMETER).and_then(|value| HeaderValue::from_bytes(value.trim_ascii()).ok());
    Ok(value.and_then(|value| Credential::new(&value, 0)).and_then(Credential::non_empty))
}
