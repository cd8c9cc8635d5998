//! Credentials of requests: one extractor for each kind of scheme. Nothing here verifies a credential.

pub(crate) mod api_key;
mod authorization;
pub(crate) mod basic;
pub(crate) mod bearer;
pub(crate) mod extractor;
pub(crate) mod password;
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
