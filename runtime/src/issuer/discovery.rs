//! Discovery: takes an issuer's URL and its document, yields the URL of its keys and its endpoints.

use axum::http::Uri;
use serde::{Deserialize, Deserializer, de::Error};

use super::error::RefreshError;
use crate::{
    http::url::{SafeUrl, TrustedHosts},
    jose::{
        json::Text,
        strict::{self, Raw},
    },
    scheme::endpoints::Endpoints,
};

/// The document after the issuer's path (OpenID Connect Discovery 1.0 §4.1).
pub(super) fn openid(issuer: &SafeUrl) -> Option<Uri> {
    issuer.at(&format!("{}/.well-known/openid-configuration", issuer.path()))
}

/// The document before the issuer's path (RFC 8414 §3.1).
pub(super) fn oauth(issuer: &SafeUrl) -> Option<Uri> {
    issuer.at(&format!("/.well-known/oauth-authorization-server{}", issuer.path()))
}

/// The members of the document that are parsed. There may be any others (RFC 8414 §2).
#[derive(Deserialize)]
#[serde(expecting = "an issuer's metadata")]
struct Metadata<'a> {
    #[serde(borrow)]
    issuer: Text<'a>,
    #[serde(borrow)]
    jwks_uri: Text<'a>,
    #[serde(borrow, default, deserialize_with = "text_or_null")]
    authorization_endpoint: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "text_or_null")]
    token_endpoint: Option<Text<'a>>,
}

/// The accepted content of a document.
pub(super) struct Found {
    pub(super) keys: SafeUrl,
    /// `None` if the document names none, as for an issuer without logins, or if their URLs are not allowed.
    pub(super) endpoints: Option<Endpoints>,
}

/// Parses the `document` at `url`, which must name `issuer` (RFC 8414 §3.3).
pub(super) fn read(issuer: &str, url: &SafeUrl, trusted: &TrustedHosts, document: &str) -> Result<Found, RefreshError> {
    let metadata = strict::read(document).map_err(RefreshError::metadata)?;
    let Metadata { issuer: Text(named), jwks_uri: Text(keys), authorization_endpoint, token_endpoint } = metadata;
    if named != issuer {
        return Err(RefreshError::mismatch(&named));
    }
    let allowed = |text: &str| SafeUrl::parse(text, trusted).filter(|target| url.may_name(target));
    let keys = allowed(&keys).ok_or(RefreshError::KeysUrl)?;
    let endpoints = authorization_endpoint.zip(token_endpoint).and_then(|(Text(authorization), Text(token))| {
        let are_allowed = [&authorization, &token].iter().all(|url| allowed(url).is_some());
        are_allowed.then(|| Endpoints::new(authorization, token).ok())?
    });
    Ok(Found { keys, endpoints })
}

/// Some issuers without logins write `null`.
fn text_or_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Text<'de>>, D::Error> {
    serde_json::from_str(Raw::deserialize(deserializer)?.as_str()).map_err(D::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::{Found, RefreshError, SafeUrl, TrustedHosts, oauth, openid};

    fn url(text: &str) -> Option<SafeUrl> {
        SafeUrl::parse(text, &TrustedHosts::default())
    }

    fn read(issuer: &str, url: &SafeUrl, document: &str) -> Result<Found, RefreshError> {
        super::read(issuer, url, &TrustedHosts::default(), document)
    }

    #[test]
    fn documents_have_their_well_known_urls() {
        for (issuer, of_openid, of_oauth) in [
            ("https://a.b", "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"),
            ("https://a.b/", "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"),
            ("https://a.b/x/y", "/x/y/.well-known/openid-configuration", "/.well-known/oauth-authorization-server/x/y"),
            ("https://a.b/x/", "/x/.well-known/openid-configuration", "/.well-known/oauth-authorization-server/x"),
        ] {
            let issuer = url(issuer);
            let found = [openid, oauth].map(|kind| issuer.as_ref().and_then(kind).map(|uri| uri.to_string()));
            assert_eq!(found, [of_openid, of_oauth].map(|path| Some(format!("https://a.b{path}"))));
        }
    }

    #[test]
    fn only_the_document_of_the_issuer_itself_is_believed() {
        const METADATA: &str = "the issuer's metadata is malformed";
        const KEYS_URL: &str = "the URL of the issuer's keys is not HTTPS";
        let other = |url: &str| format!("the metadata is of another issuer, {url:?}");
        let good = r#"{"issuer":"https://a.b","jwks_uri":"https://keys.b/k?v=1","x":{"y":[]}}"#;
        for (issuer, document, expected) in [
            ("https://a.b", good.to_owned(), Ok("https://keys.b/k?v=1".to_owned())),
            ("https://a.b/", good.to_owned(), Err(other("https://a.b"))),
            ("https://a.b", good.replace("a.b", "A.b"), Err(other("https://A.b"))),
            ("https://a.b", good.replace("a.b", "a.b/"), Err(other("https://a.b/"))),
            ("https://a.b", good.replace("https://keys.b", "http://keys.b"), Err(KEYS_URL.into())),
            ("https://a.b", good.replace("https://keys.b", "http://127.0.0.1"), Err(KEYS_URL.into())),
            ("https://a.b", good.replace("https://keys.b", ""), Err(KEYS_URL.into())),
            ("https://a.b", good.replace("jwks_uri", "jwks"), Err(METADATA.into())),
            ("https://a.b", good.replace("issuer", "iss"), Err(METADATA.into())),
            ("https://a.b", good.replace("\"x\"", "\"issuer\""), Err(METADATA.into())),
            ("https://a.b", good.replace("\"https://a.b\"", "[\"https://a.b\"]"), Err(METADATA.into())),
            ("https://a.b", good[1..].to_owned(), Err(METADATA.into())),
            ("http://[::1]", good.replace("https://a.b", "http://[::1]"), Ok("https://keys.b/k?v=1".to_owned())),
        ] {
            let url = url(issuer).ok_or(RefreshError::KeysUrl);
            let found = url.and_then(|url| read(issuer, &url, &document)).map(|found| found.keys.uri().to_string());
            assert_eq!(found.map_err(|error| error.to_string()), expected, "{issuer} {document}");
        }
    }

    #[test]
    fn safe_endpoints_of_the_document_are_taken() {
        let found = |issuer: &str, authorization: &str, token: &str| {
            let document = format!(
                r#"{{"issuer":"{issuer}","jwks_uri":"{issuer}/k","authorization_endpoint":{authorization},"token_endpoint":{token}}}"#
            );
            let url = url(issuer).ok_or(RefreshError::KeysUrl);
            let found = url.and_then(|url| read(issuer, &url, &document));
            found.map(|found| {
                found.endpoints.map(|urls| (urls.authorization_url().to_owned(), urls.token_url().to_owned()))
            })
        };
        let (login, token) = (r#""https://login.b/a?p=1""#, r#""https://token.b/t""#);
        let both = ("https://login.b/a?p=1".to_owned(), "https://token.b/t".to_owned());
        assert_eq!(found("https://a.b", login, token), Ok(Some(both)));
        for (authorization, token) in [
            ("null", token),
            (login, "null"),
            ("\"/a\"", token),
            ("\"javascript:alert(1)\"", token),
            ("\"http://login.b\"", token),
            // A remote issuer must not choose what is called on the user's machine.
            ("\"http://127.0.0.1/a\"", token),
            (login, "\"http://localhost/t\""),
        ] {
            assert_eq!(found("https://a.b", authorization, token), Ok(None), "{authorization} {token}");
        }
        assert!(found("http://127.0.0.1:9400", "\"http://127.0.0.1:9400/a\"", token).is_ok_and(|urls| urls.is_some()));
        assert!(matches!(found("https://a.b", "1", token), Err(RefreshError::Metadata(_))));
    }
}
