//! The form of refusals: that of RFC 6749 §5.2, or for the password grant that of FastAPI's tutorial.

use super::super::{clients::GrantType, fields::Fields};
use crate::{
    error::AuthError,
    scheme::{error_style::ErrorStyle, info::SchemeInfo},
};

/// The form of the refusals of one request.
#[derive(Clone, Copy)]
pub(super) enum FormOf {
    /// RFC 6749 §5.2.
    Rfc6749,
    /// As `OAuth2PasswordRequestForm` refuses in style `FastApi`, whose clients know it from there.
    Tutorial(&'static SchemeInfo),
}

impl FormOf {
    pub(super) fn of(scheme: &'static SchemeInfo, fields: &Fields) -> Self {
        let is_password = fields.grant_type.as_deref().is_none_or(|grant| grant == GrantType::Password.as_str());
        match scheme.error_style() {
            ErrorStyle::FastApi if is_password => Self::Tutorial(scheme),
            _ => Self::Rfc6749,
        }
    }

    /// Whether a form without `grant_type` is one for the password grant.
    pub(super) const fn needs_grant_type(self) -> bool {
        matches!(self, Self::Rfc6749)
    }

    pub(super) fn wrong_password(self) -> AuthError {
        let detail = "Incorrect username or password";
        match self {
            Self::Rfc6749 => AuthError::invalid_grant(detail),
            Self::Tutorial(_) => AuthError::bad_request(detail),
        }
    }

    pub(super) fn refuse(self, error: AuthError) -> AuthError {
        match self {
            Self::Rfc6749 => error.coded(),
            Self::Tutorial(scheme) => error.of_form(scheme).not_stored(),
        }
    }
}
