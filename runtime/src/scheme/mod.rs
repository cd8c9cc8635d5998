//! Where a credential is found and how it is documented. Schemes read the request, and nothing more.

pub(crate) mod bearer;
pub(crate) mod info;
pub(crate) mod oauth2;

pub(crate) use info::SchemeInfo;
