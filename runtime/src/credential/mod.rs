//! Extractors that read the credential of a scheme from a request: [`Bearer`], [`HttpBasic`], [`ApiKeyHeader`] and others.
//! They do not verify it.

pub(crate) mod api_key;
mod authorization;
pub(crate) mod basic;
pub(crate) mod bearer;
pub(crate) mod extractor;
pub(crate) mod password;
pub(crate) mod presence;
#[cfg(feature = "jwt")]
pub(crate) mod presented;
pub(crate) mod value;

pub use api_key::{ApiKeyCookie, ApiKeyHeader, ApiKeyQuery};
pub use basic::{HttpBasic, HttpBasicCredentials};
pub use bearer::{Bearer, HttpBearer, HttpDigest, OAuth2, OpenIdConnect};
pub use extractor::Carries;
pub use password::Password;
#[cfg(feature = "jwt")]
pub use presented::{Presented, PresentedAs, TokenSource};
pub use value::Credential;
