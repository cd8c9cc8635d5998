//! The only writer of `WWW-Authenticate`, RFC 9110 §11.6.1.

#[cfg(test)]
mod tests;

use std::{borrow::Cow, fmt::Write, marker::PhantomData, time::Duration};

use axum::http::{
    HeaderMap, HeaderValue,
    header::{Entry, WWW_AUTHENTICATE},
};

use crate::{
    scheme::{
        http::{HttpBasicScheme, HttpBearerScheme},
        oauth2::OAuth2Scheme,
        open_id_connect::OpenIdConnectScheme,
        protected_resource::ProtectedResource,
    },
    scopes::{grammar::is_scope_token, merge::MOST_TEXT},
    text::{constant::Text, https_url::MOST_URL},
};

/// For bearer tokens, where no scopes are named (RFC 6750 §3).
const BEARER: &str = "Bearer";
/// For basic credentials: without a realm, and where a client that is to authenticate itself did not (RFC 6749 §5.2).
pub(crate) const BASIC: &str = "Basic";
/// For digest credentials. The scheme leaves it to the service to make a nonce.
const DIGEST: &str = "Digest";
/// For API keys, as FastAPI has it: no standard names a scheme for them.
const API_KEY: &str = "APIKey";

/// The most bytes of a bearer challenge without its scopes: the names of parameters, a realm and a URL.
const MOST_PARAMETERS: usize = 400 + MOST_URL;
/// The most bytes that a challenge may take.
pub(crate) const MOST_CHALLENGE: usize = MOST_TEXT + MOST_PARAMETERS;

/// What a refusal asks the client for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Challenge {
    /// That of the scheme that is asked, which is not known yet. Where it stays unknown it is `Bearer`: a 401 must have a
    /// challenge (RFC 9110 §15.5.2).
    OfScheme,
    /// A value: one that was complete at compile time, or one with values of the service in it.
    Text(Cow<'static, str>),
}

impl Challenge {
    /// One that was complete at compile time.
    pub(crate) const fn constant(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// What is written; `of_scheme` is the challenge of the scheme that is asked.
    pub(crate) fn text(&self, of_scheme: Option<&'static str>) -> &str {
        match self {
            Self::OfScheme => of_scheme.unwrap_or(BEARER),
            Self::Text(text) => text,
        }
    }

    /// Adds the header. Only what has values of the service in it was ever allocated.
    pub(crate) fn write(self, headers: &mut HeaderMap) {
        let value = match self {
            Self::OfScheme => const { HeaderValue::from_static(BEARER) },
            Self::Text(Cow::Borrowed(text)) => HeaderValue::from_static(text),
            // All of it is visible ASCII and spaces.
            Self::Text(Cow::Owned(text)) => {
                HeaderValue::try_from(text).unwrap_or(const { HeaderValue::from_static(BEARER) })
            }
        };
        headers.append(WWW_AUTHENTICATE, value);
    }
}

/// Adds to bearer challenges that do not say it where the metadata is: RFC 9728 §5.1, for a URL that is no constant. Right
/// behind the scheme's name, where a value with several challenges still has its first one.
pub(crate) fn name_metadata(headers: &mut HeaderMap, url: &str) {
    let Entry::Occupied(mut challenges) = headers.entry(WWW_AUTHENTICATE) else { return };
    for challenge in challenges.iter_mut() {
        let Ok(text) = challenge.to_str() else { continue };
        let Some((scheme, rest)) = text.split_at_checked(BEARER.len()) else { continue };
        let is_bearer = scheme.eq_ignore_ascii_case(BEARER) && (rest.is_empty() || rest.starts_with([' ', ',']));
        if !is_bearer || rest.contains("resource_metadata=") {
            continue;
        }
        let rest = rest.trim_start();
        let separator = if rest.is_empty() || rest.starts_with(',') { "" } else { ", " };
        // What cannot be a header is not added; checked URLs can.
        if let Ok(named) = HeaderValue::try_from(format!("{scheme} resource_metadata=\"{url}\"{separator}{rest}")) {
            *challenge = named;
        }
    }
}

/// The challenges of one scheme. Those that name no scopes are complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Challenges {
    /// For a client without a credential.
    pub(crate) plain: &'static str,
    /// RFC 6750 §3.1. Where a scheme's challenges have no error codes, these are the plain one.
    pub(crate) invalid_request: &'static str,
    pub(crate) invalid_token: &'static str,
    /// RFC 9470 §3, to which what is asked of the user is added.
    stepped_up: &'static str,
    /// What else bearer challenges say; none for other schemes, whose challenges have no place for scopes.
    pub(crate) parameters: Option<Parameters>,
    /// What is wrong with the scheme's constants, if something is; they are then not in the challenges.
    pub(crate) mistake: Option<&'static str>,
}

impl Challenges {
    pub(crate) const BEARER: Self = Self {
        plain: BEARER,
        invalid_request: "Bearer error=\"invalid_request\"",
        invalid_token: "Bearer error=\"invalid_token\"",
        stepped_up: "Bearer error=\"insufficient_user_authentication\"",
        parameters: Some(Parameters { realm: None, resource_metadata: None }),
        mistake: None,
    };
    pub(crate) const BASIC: Self = Self::one(BASIC);
    pub(crate) const DIGEST: Self = Self::one(DIGEST);
    pub(crate) const API_KEY: Self = Self::one(API_KEY);

    const fn one(challenge: &'static str) -> Self {
        Self {
            plain: challenge,
            invalid_request: challenge,
            invalid_token: challenge,
            stepped_up: challenge,
            parameters: None,
            mistake: None,
        }
    }

    /// RFC 9470 §3: how the user has to log in again. A value that no quoted-string of such values holds is left out, and
    /// logged: it is the service's, so the mistake is, too.
    pub(crate) fn insufficient_user_authentication(&self, acr_values: &[&str], max_age: Option<Duration>) -> Challenge {
        if self.parameters.is_none() {
            return Challenge::constant(self.plain);
        }
        let (good, bad): (Vec<_>, Vec<_>) = acr_values.iter().copied().partition(|value| is_scope_token(value));
        if !bad.is_empty() {
            tracing::error!(?bad, "acr values are visible ASCII without space, quote and backslash; left out");
        }
        let mut text = self.stepped_up.to_owned();
        if !good.is_empty() {
            text = text + ", acr_values=\"" + &good.join(" ") + "\"";
        }
        if let Some(max_age) = max_age {
            // Writing to a string does not fail.
            let _ = write!(text, ", max_age=\"{}\"", max_age.as_secs());
        }
        Challenge::Text(text.into())
    }
}

/// What the constants of a bearer scheme add to its challenges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Parameters {
    /// RFC 6750 §3.
    realm: Option<&'static str>,
    /// RFC 9728 §5.1.
    resource_metadata: Option<&'static str>,
}

impl Parameters {
    pub(crate) const fn is_empty(&self) -> bool {
        self.realm.is_none() && self.resource_metadata.is_none()
    }

    /// `Bearer realm="…", error="…", scope="a b", resource_metadata="…"`, of these what there is.
    pub(crate) const fn challenge<const N: usize>(&self, error: Option<&str>, scope: &str) -> Text<N> {
        let mut writer = Writer { text: Text::new().put(BEARER), separator: " " };
        if let Some(realm) = self.realm {
            writer = writer.parameter("realm", realm);
        }
        if let Some(error) = error {
            writer = writer.parameter("error", error);
        }
        if !scope.is_empty() {
            writer = writer.parameter("scope", scope);
        }
        if let Some(url) = self.resource_metadata {
            writer = writer.parameter("resource_metadata", url);
        }
        writer.text
    }
}

/// Puts parameters into a challenge whose values quoted-strings hold as they are (RFC 9110 §5.6.4).
struct Writer<const N: usize> {
    text: Text<N>,
    separator: &'static str,
}

impl<const N: usize> Writer<N> {
    const fn parameter(self, name: &str, value: &str) -> Self {
        let text = self.text.put(self.separator).put(name).put("=\"").put(value).put("\"");
        Self { text, separator: ", " }
    }
}

/// What the constants of a bearer scheme add to its challenges.
pub(crate) trait Challenged {
    const REALM: Option<&'static str>;
    const RESOURCE: Option<ProtectedResource>;
}

/// One type for each trait of bearer schemes, since no impl covers the schemes of several traits.
macro_rules! challenged {
    ($($Kind:ident<$Trait:ident>),*) => {
        $(
            pub(crate) struct $Kind<S>(PhantomData<S>);

            impl<S: $Trait> Challenged for $Kind<S> {
                const REALM: Option<&'static str> = S::REALM;
                const RESOURCE: Option<ProtectedResource> = S::PROTECTED_RESOURCE;
            }
        )*
    };
}

challenged!(OAuth2<OAuth2Scheme>, HttpBearer<HttpBearerScheme>, OpenIdConnect<OpenIdConnectScheme>);

/// The challenges of a bearer scheme.
pub(crate) struct Of<C>(PhantomData<C>);

impl<C: Challenged> Of<C> {
    const URL: Option<Text<MOST_URL>> = match C::RESOURCE {
        Some(resource) => resource.metadata_url(),
        None => None,
    };
    const PARAMETERS: Parameters = Parameters {
        realm: quotable(C::REALM),
        resource_metadata: match &Self::URL {
            Some(url) => url.str(),
            None => None,
        },
    };
    const MISTAKE: Option<&'static str> = match C::RESOURCE {
        Some(resource) if resource.mistake().is_some() => resource.mistake(),
        _ => mistake(C::REALM),
    };
    const PLAIN: Text<MOST_PARAMETERS> = Self::PARAMETERS.challenge(None, "");
    const INVALID_REQUEST: Text<MOST_PARAMETERS> = Self::PARAMETERS.challenge(Some("invalid_request"), "");
    const INVALID_TOKEN: Text<MOST_PARAMETERS> = Self::PARAMETERS.challenge(Some("invalid_token"), "");
    const STEPPED_UP: Text<MOST_PARAMETERS> = Self::PARAMETERS.challenge(Some("insufficient_user_authentication"), "");

    pub(crate) const CHALLENGES: Challenges = if Self::PARAMETERS.is_empty() {
        Challenges { mistake: Self::MISTAKE, ..Challenges::BEARER }
    } else {
        Self::with_parameters()
    };

    // Named by a function, so that schemes without parameters do not have these texts.
    const fn with_parameters() -> Challenges {
        Challenges {
            plain: Self::PLAIN.str_or(BEARER),
            invalid_request: Self::INVALID_REQUEST.str_or(BEARER),
            invalid_token: Self::INVALID_TOKEN.str_or(BEARER),
            stepped_up: Self::STEPPED_UP.str_or(BEARER),
            parameters: Some(Self::PARAMETERS),
            mistake: Self::MISTAKE,
        }
    }
}

/// For HTTP basic, with the realm of scheme `S` (RFC 7617 §2).
pub(crate) struct Basic<S>(PhantomData<S>);

impl<S: HttpBasicScheme> Basic<S> {
    const TEXT: Text<256> = match quotable(S::REALM) {
        None => Text::new().put(BASIC),
        Some(realm) => Text::new().put("Basic realm=\"").put(realm).put("\""),
    };
    pub(crate) const CHALLENGES: Challenges =
        Challenges { mistake: mistake(S::REALM), ..Challenges::one(Self::TEXT.str_or(BASIC)) };
}

/// The realm, if it stands in a quoted-string as it is, and is short enough.
const fn quotable(realm: Option<&'static str>) -> Option<&'static str> {
    let Some(text) = realm else { return None };
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if !matches!(bytes[i], 0x20 | 0x21 | 0x23..=0x5B | 0x5D..=0x7E) {
            return None;
        }
        i += 1;
    }
    if bytes.len() <= 200 { realm } else { None }
}

const fn mistake(realm: Option<&'static str>) -> Option<&'static str> {
    if realm.is_some() && quotable(realm).is_none() {
        Some("has a wrong `REALM`; that is at most 200 visible ASCII characters and spaces, no quote and no backslash")
    } else {
        None
    }
}
