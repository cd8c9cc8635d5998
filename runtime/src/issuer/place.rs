//! Where an issuer's keys are found: takes the configured URLs, checks them, yields what to fetch.

use std::fmt;

use super::error::IssuerError;
use crate::{
    http::url::{SafeUrl, TrustedHosts},
    text::safe_url,
};

/// What is fetched first, as configured.
#[derive(Clone, Default)]
pub(super) enum Configured {
    /// The documents at the well-known places of the issuer's URL.
    #[default]
    WellKnown,
    Metadata(String),
    Keys(String),
}

/// The same, with checked URLs.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// Below this URL of the issuer.
    WellKnown(SafeUrl),
    Metadata(SafeUrl),
    Keys(SafeUrl),
}

/// A URL may have a secret in it.
impl fmt::Debug for Configured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WellKnown => f.write_str("WellKnown"),
            Self::Metadata(url) => write!(f, "Metadata({:?})", safe_url::shown(url)),
            Self::Keys(url) => write!(f, "Keys({:?})", safe_url::shown(url)),
        }
    }
}

impl Place {
    /// `issuer` is a checked URL; `None` for a template, which has no place of its own.
    pub(super) fn of(
        configured: &Configured,
        issuer: Option<SafeUrl>,
        trusted: &TrustedHosts,
    ) -> Result<Self, IssuerError> {
        let checked = |url: &str| SafeUrl::parse(url, trusted).ok_or(IssuerError::Url);
        Ok(match configured {
            Configured::WellKnown => Self::WellKnown(issuer.ok_or(IssuerError::Template)?),
            Configured::Metadata(url) => Self::Metadata(checked(url)?),
            Configured::Keys(url) => Self::Keys(checked(url)?),
        })
    }

    /// Whether the first request needs no certificates.
    pub(super) fn is_plain(&self) -> bool {
        let (Self::WellKnown(url) | Self::Metadata(url) | Self::Keys(url)) = self;
        url.is_plain()
    }
}
