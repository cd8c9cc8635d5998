//! Extractors that read the credential of a scheme from a request: [`Bearer`], [`HttpBasic`], [`ApiKeyHeader`] and others.
//! They do not verify it.

#[cfg(feature = "jwt")]
pub(crate) mod access_token;
pub(crate) mod api_key;
pub(crate) mod authorization;
pub(crate) mod basic;
pub(crate) mod bearer;
#[cfg(feature = "jwt")]
pub(crate) mod certificate;
#[cfg(feature = "jwt")]
pub(crate) mod evidence;
pub(crate) mod extractor;
pub(crate) mod password;
pub(crate) mod presence;
#[cfg(feature = "jwt")]
pub(crate) mod presented;
#[cfg(feature = "jwt")]
pub(crate) mod source;
pub(crate) mod value;

#[cfg(feature = "jwt")]
pub use access_token::AccessToken;
pub use api_key::{ApiKeyCookie, ApiKeyHeader, ApiKeyQuery};
pub use basic::{HttpBasic, HttpBasicCredentials};
pub use bearer::{Bearer, HttpBearer, HttpDigest, OAuth2, OpenIdConnect};
#[cfg(feature = "jwt")]
pub use certificate::ClientCertificate;
#[cfg(feature = "jwt")]
pub use evidence::Evidence;
pub use extractor::Carries;
pub use password::Password;
#[cfg(feature = "jwt")]
pub use presented::{Presented, PresentedAs};
#[cfg(feature = "jwt")]
pub use source::TokenSource;
pub use value::Credential;
