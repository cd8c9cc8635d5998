//! Discovery: an issuer's URL in, the URL of its keys out, if the document is the issuer's own.

use std::fmt;

use axum::http::Uri;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};

use super::{error::RefreshError, url::SafeUrl};
use crate::token::json::{Names, Text, skip};

/// OpenID Connect Discovery 1.0 §4.1: behind the issuer's path.
pub(super) fn openid(issuer: &SafeUrl) -> Option<Uri> {
    issuer.at(&format!("{}/.well-known/openid-configuration", issuer.path()))
}

/// RFC 8414 §3.1: before the issuer's path.
pub(super) fn oauth(issuer: &SafeUrl) -> Option<Uri> {
    issuer.at(&format!("/.well-known/oauth-authorization-server{}", issuer.path()))
}

/// The members of the document that have a meaning here.
#[derive(Default)]
struct Metadata<'a> {
    issuer: Option<Text<'a>>,
    jwks_uri: Option<Text<'a>>,
}

/// Where the keys are, as `document` says, which has to name the issuer that was asked (RFC 8414 §3.3).
pub(super) fn keys_of(issuer: &str, url: &SafeUrl, document: &str) -> Result<Uri, RefreshError> {
    let metadata: Metadata<'_> = serde_json::from_str(document).map_err(|_| RefreshError::Metadata)?;
    let (Some(Text(named)), Some(Text(keys))) = (metadata.issuer, metadata.jwks_uri) else {
        return Err(RefreshError::Metadata);
    };
    if named != issuer {
        return Err(RefreshError::IssuerMismatch);
    }
    let keys = SafeUrl::parse(&keys).ok_or(RefreshError::KeysUrl)?;
    // A server elsewhere has no say in what is fetched from this machine.
    if keys.is_plain() && !url.is_plain() { Err(RefreshError::KeysUrl) } else { Ok(keys.into_uri()) }
}

impl<'de: 'a, 'a> Deserialize<'de> for Metadata<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Metadata<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an issuer's metadata")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Metadata<'de>, A::Error> {
        let (mut metadata, mut names) = (Metadata::default(), Names::default());
        while let Some(name) = names.next(&mut map)? {
            match &*name {
                "issuer" => metadata.issuer = Some(map.next_value()?),
                "jwks_uri" => metadata.jwks_uri = Some(map.next_value()?),
                // RFC 8414 §2: there may be any others.
                _ => skip(&mut map)?,
            }
        }
        Ok(metadata)
    }
}

#[cfg(test)]
mod tests {
    use super::{RefreshError, SafeUrl, keys_of, oauth, openid};

    #[test]
    fn where_the_documents_are() {
        for (issuer, of_openid, of_oauth) in [
            ("https://a.b", "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"),
            ("https://a.b/", "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"),
            ("https://a.b/x/y", "/x/y/.well-known/openid-configuration", "/.well-known/oauth-authorization-server/x/y"),
            ("https://a.b/x/", "/x/.well-known/openid-configuration", "/.well-known/oauth-authorization-server/x"),
        ] {
            let issuer = SafeUrl::parse(issuer);
            let found = [openid, oauth].map(|kind| issuer.as_ref().and_then(kind).map(|uri| uri.to_string()));
            assert_eq!(found, [of_openid, of_oauth].map(|path| Some(format!("https://a.b{path}"))));
        }
    }

    #[test]
    fn only_the_issuers_own_document_is_believed() {
        use RefreshError::{IssuerMismatch, KeysUrl, Metadata};
        let good = r#"{"issuer":"https://a.b","jwks_uri":"https://keys.b/k?v=1","x":{"y":[]}}"#;
        for (issuer, document, expected) in [
            ("https://a.b", good.to_owned(), Ok("https://keys.b/k?v=1".to_owned())),
            ("https://a.b/", good.to_owned(), Err(IssuerMismatch)),
            ("https://a.b", good.replace("a.b", "A.b"), Err(IssuerMismatch)),
            ("https://a.b", good.replace("a.b", "a.b/"), Err(IssuerMismatch)),
            ("https://a.b", good.replace("https://keys.b", "http://keys.b"), Err(KeysUrl)),
            ("https://a.b", good.replace("https://keys.b", "http://127.0.0.1"), Err(KeysUrl)),
            ("https://a.b", good.replace("https://keys.b", ""), Err(KeysUrl)),
            ("https://a.b", good.replace("jwks_uri", "jwks"), Err(Metadata)),
            ("https://a.b", good.replace("issuer", "iss"), Err(Metadata)),
            ("https://a.b", good.replace("\"x\"", "\"issuer\""), Err(Metadata)),
            ("https://a.b", good.replace("\"https://a.b\"", "[\"https://a.b\"]"), Err(Metadata)),
            ("https://a.b", good[1..].to_owned(), Err(Metadata)),
            ("http://[::1]", good.replace("https://a.b", "http://[::1]"), Ok("https://keys.b/k?v=1".to_owned())),
        ] {
            let url = SafeUrl::parse(issuer).ok_or(KeysUrl);
            let found = url.and_then(|url| keys_of(issuer, &url, &document)).map(|uri| uri.to_string());
            assert_eq!(found, expected, "{issuer} {document}");
        }
    }
}
