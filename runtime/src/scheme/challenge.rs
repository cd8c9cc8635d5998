//! Challenges: from what a refusal asks of the client to the header `WWW-Authenticate` (RFC 9110 §11.6.1). No other file writes
//! this header.

pub(crate) mod declared;
mod parameters;

use std::{borrow::Cow, fmt::Write, time::Duration};

use axum::http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{Entry, WWW_AUTHENTICATE},
};

pub(crate) use self::parameters::Parameters;
use self::parameters::{BEARER, DPOP};
use crate::{
    scopes::{grammar::is_scope_token, text::MOST_TEXT},
    text::https_url::MOST_URL,
};

/// The challenge for basic credentials, without a realm. The token endpoint asks a client by it, too (RFC 6749 §5.2).
pub(crate) const BASIC: &str = "Basic";
/// The challenge for digest credentials. It has no nonce, because only the service can make one.
const DIGEST: &str = "Digest";
/// The challenge for API keys. The name is FastAPI's, because no standard has one.
const API_KEY: &str = "APIKey";

/// The most bytes of a bearer challenge without its scopes. The names of the parameters, the realm, the service and a URL find
/// room.
const MOST_PARAMETERS: usize = 200 + 2 * MOST_REALM + MOST_URL;
/// The most bytes of a realm, and of a service.
const MOST_REALM: usize = 200;
/// The most bytes that a challenge may take.
pub(crate) const MOST_CHALLENGE: usize = MOST_TEXT + MOST_PARAMETERS;

/// RFC 9449 §8.
pub(crate) const DPOP_NONCE: HeaderName = HeaderName::from_static("dpop-nonce");

/// What a refusal asks the client for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Challenge {
    /// The challenge of a scheme that is not known yet. If no scheme becomes known, it is `Bearer`, because a 401 must have a
    /// challenge (RFC 9110 §15.5.2).
    OfScheme,
    /// The challenge of a scheme for a request without a credential. In style `Rfc6750`, the place that refuses adds its scopes.
    Plain(&'static str),
    /// A text: a constant, or one that the service's values are part of.
    Text(Cow<'static, str>),
    /// A text with a nonce for the client's next proof (RFC 9449 §9). At the token endpoint there is no text (RFC 9449 §8).
    #[cfg(feature = "jwt")]
    WithNonce(Box<(String, HeaderValue)>),
}

impl Challenge {
    pub(crate) const fn constant(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// The text of the header. `of_scheme` is the challenge of the scheme that decides.
    pub(crate) fn text(&self, of_scheme: Option<&'static str>) -> &str {
        match self {
            Self::OfScheme => of_scheme.unwrap_or(BEARER),
            Self::Plain(text) => text,
            Self::Text(text) => text,
            #[cfg(feature = "jwt")]
            Self::WithNonce(both) => &both.0,
        }
    }

    /// Adds the headers. A constant text allocates nothing.
    pub(crate) fn write(self, headers: &mut HeaderMap) {
        let value = match self {
            Self::OfScheme => const { HeaderValue::from_static(BEARER) },
            Self::Plain(text) | Self::Text(Cow::Borrowed(text)) => HeaderValue::from_static(text),
            Self::Text(Cow::Owned(text)) => value(text),
            #[cfg(feature = "jwt")]
            Self::WithNonce(both) => {
                let (text, nonce) = *both;
                headers.insert(DPOP_NONCE, nonce);
                // A cache would hand the nonce to others (RFC 9449 §8.2).
                headers.insert(axum::http::header::CACHE_CONTROL, const { HeaderValue::from_static("no-store") });
                if text.is_empty() {
                    return;
                }
                value(text)
            }
        };
        headers.append(WWW_AUTHENTICATE, value);
    }
}

/// This does not fail: the text has only visible ASCII and spaces.
fn value(text: String) -> HeaderValue {
    HeaderValue::try_from(text).unwrap_or(const { HeaderValue::from_static(BEARER) })
}

/// Adds `resource_metadata` to challenges for tokens without it: RFC 9728 §5.1, for a URL that is no constant. It stands right
/// behind the scheme's name, because a header may have further challenges behind the first one.
pub(crate) fn name_metadata(headers: &mut HeaderMap, url: &str) {
    let Entry::Occupied(mut challenges) = headers.entry(WWW_AUTHENTICATE) else { return };
    for challenge in challenges.iter_mut() {
        let Ok(text) = challenge.to_str() else { continue };
        let (scheme, rest) = text.split_at(text.find([' ', ',']).unwrap_or(text.len()));
        let is_for_tokens = [BEARER, DPOP].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        if !is_for_tokens || rest.contains("resource_metadata=") {
            continue;
        }
        let rest = rest.trim_start();
        let separator = if rest.is_empty() || rest.starts_with(',') { "" } else { ", " };
        // This does not fail: the URL was checked.
        if let Ok(named) = HeaderValue::try_from(format!("{scheme} resource_metadata=\"{url}\"{separator}{rest}")) {
            *challenge = named;
        }
    }
}

/// The challenges of one scheme. None of these texts names scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Challenges {
    /// For a client without a credential.
    pub(crate) plain: &'static str,
    /// RFC 6750 §3.1. If the scheme's challenges have no error codes, this and the next two are the plain one.
    pub(crate) invalid_request: &'static str,
    pub(crate) invalid_token: &'static str,
    /// RFC 9470 §3, without `acr_values` and `max_age`.
    stepped_up: &'static str,
    /// The parameters of bearer challenges. Other schemes have none, and their challenges never name scopes.
    pub(crate) parameters: Option<Parameters>,
    /// The first mistake in the constants that the challenges are made of, if there is one. The challenges leave such a
    /// constant out.
    pub(crate) mistake: Option<&'static str>,
}

impl Challenges {
    pub(crate) const BEARER: Self = Self {
        plain: BEARER,
        invalid_request: "Bearer error=\"invalid_request\"",
        invalid_token: "Bearer error=\"invalid_token\"",
        stepped_up: "Bearer error=\"insufficient_user_authentication\"",
        parameters: Some(Parameters::NONE),
        mistake: None,
    };
    pub(crate) const BASIC: Self = Self::uniform(BASIC);
    pub(crate) const DIGEST: Self = Self::uniform(DIGEST);
    pub(crate) const API_KEY: Self = Self::uniform(API_KEY);

    /// The same challenge for every refusal.
    const fn uniform(challenge: &'static str) -> Self {
        Self {
            plain: challenge,
            invalid_request: challenge,
            invalid_token: challenge,
            stepped_up: challenge,
            parameters: None,
            mistake: None,
        }
    }

    /// RFC 9470 §3: the user has to log in again, in one of these ways. A value that a quoted-string cannot hold is left out
    /// and logged, because it is a mistake of the service.
    pub(crate) fn insufficient_user_authentication(&self, acr_values: &[&str], max_age: Option<Duration>) -> Challenge {
        if self.parameters.is_none() {
            return Challenge::constant(self.plain);
        }
        let (good, bad): (Vec<_>, Vec<_>) = acr_values.iter().copied().partition(|value| is_scope_token(value));
        if !bad.is_empty() {
            tracing::error!(
                ?bad,
                "these acr values are left out; use visible ASCII without space, quote and backslash"
            );
        }
        let mut text = self.stepped_up.to_owned();
        if !good.is_empty() {
            text = text + ", acr_values=\"" + &good.join(" ") + "\"";
        }
        if let Some(max_age) = max_age {
            // A string accepts every write.
            let _ = write!(text, ", max_age=\"{}\"", max_age.as_secs());
        }
        Challenge::Text(text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_stand_in_one_order() {
        let realm = Parameters { realm: Some("r"), resource_metadata: Some("https://a"), ..Parameters::NONE };
        let all = Parameters { service: Some("s"), ..realm };
        let none = Parameters::NONE;
        for (parameters, error, scope, expected) in [
            (none, None, "", "Bearer"),
            (none, Some("e"), "", r#"Bearer error="e""#),
            (none, None, "a b", r#"Bearer scope="a b""#),
            (realm, None, "", r#"Bearer realm="r", resource_metadata="https://a""#),
            (
                all,
                Some("e"),
                "a",
                r#"Bearer realm="r", service="s", error="e", scope="a", resource_metadata="https://a""#,
            ),
        ] {
            assert_eq!(parameters.challenge::<256>(error, scope).str(), Some(expected));
            assert_eq!(parameters.text(error, scope), expected);
        }
    }

    #[test]
    fn proofs_are_offered_where_the_client_may_try_another_token() {
        let either = Parameters { algs: Some("ES256"), ..Parameters::NONE };
        let only = Parameters { bearer: false, ..either };
        let realm = Parameters { realm: Some("r"), ..either };
        for (parameters, error, scope, expected) in [
            (either, None, "", r#"Bearer, DPoP algs="ES256""#),
            (either, Some("invalid_token"), "a", r#"Bearer error="invalid_token", scope="a", DPoP algs="ES256""#),
            (either, Some("insufficient_scope"), "a", r#"Bearer error="insufficient_scope", scope="a""#),
            (realm, None, "", r#"Bearer realm="r", DPoP algs="ES256""#),
            (only, None, "", r#"DPoP algs="ES256""#),
            (only, Some("insufficient_scope"), "a", r#"DPoP error="insufficient_scope", scope="a", algs="ES256""#),
        ] {
            assert_eq!(parameters.challenge::<256>(error, scope).str(), Some(expected));
            assert_eq!(parameters.text(error, scope), expected);
        }
    }

    #[test]
    fn any_parameter_is_one() {
        let none = Parameters::NONE;
        assert!(none.is_empty() && Parameters { bearer: false, ..none }.is_empty());
        for one in [
            Parameters { realm: Some(""), ..none },
            Parameters { service: Some(""), ..none },
            Parameters { resource_metadata: Some(""), ..none },
            Parameters { algs: Some(""), ..none },
        ] {
            assert!(!one.is_empty(), "{one:?}");
        }
    }

    #[test]
    fn the_longest_parameters_fit_into_a_challenge() {
        let parameters = Parameters {
            realm: Some("x".repeat(MOST_REALM).leak()),
            service: Some("x".repeat(MOST_REALM).leak()),
            resource_metadata: Some("x".repeat(MOST_URL).leak()),
            algs: Some("x".repeat(70).leak()),
            bearer: true,
        };
        let error = Some("insufficient_user_authentication");
        assert!(parameters.challenge::<MOST_PARAMETERS>(error, "").str().is_some());
        let scope = "x".repeat(crate::scopes::limits::MOST_BYTES);
        assert!(parameters.challenge::<MOST_CHALLENGE>(error, &scope).str().is_some());
    }
}
