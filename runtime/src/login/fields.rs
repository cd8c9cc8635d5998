//! Reads the fields of a login: takes a request, yields the values and the errors of the fields.

use std::borrow::Cow;

use axum::{
    body::Bytes,
    extract::{DefaultBodyLimit, FromRequest, Request},
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
};
use zeroize::Zeroize;

use crate::{
    credential::password::Password,
    error::{AuthError, FieldContext, FieldError},
};

/// In bytes, far above any login.
const BODY_LIMIT: usize = 16 * 1024;

/// The fields that were sent with a value; of a repeated field, the last.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) grant_type: Option<String>,
    pub(super) username: Option<String>,
    pub(super) password: Option<Password>,
    pub(super) scope: Option<String>,
    pub(super) client_id: Option<String>,
    pub(super) client_secret: Option<Password>,
    #[cfg(feature = "login")]
    pub(super) refresh_token: Option<Password>,
    /// The token to be revoked.
    #[cfg(feature = "login")]
    pub(super) token: Option<Password>,
    /// A field that was sent twice.
    pub(super) repeated: Option<&'static str>,
}

impl Fields {
    /// Reads the body. A body of another content type has no fields.
    pub(super) async fn read(mut request: Request) -> Result<Self, AuthError> {
        if !is_url_encoded(request.headers()) {
            return Ok(Self::default());
        }
        DefaultBodyLimit::max(BODY_LIMIT).apply(&mut request);
        match Bytes::from_request(request, &()).await {
            Ok(body) => {
                let fields = Self::parse(&body);
                wipe(body);
                Ok(fields)
            }
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(AuthError::too_large("The form is too large"))
            }
            Err(_) => Err(AuthError::bad_request("There was an error parsing the body")),
        }
    }

    fn parse(body: &[u8]) -> Self {
        let mut fields = Self::default();
        let mut seen = Vec::new();
        for (name, value) in form_urlencoded::parse(body) {
            let name = match &*name {
                "grant_type" => store("grant_type", &mut fields.grant_type, value),
                "username" => store("username", &mut fields.username, value),
                "password" => store("password", &mut fields.password, value),
                "scope" => store("scope", &mut fields.scope, value),
                "client_id" => store("client_id", &mut fields.client_id, value),
                "client_secret" => store("client_secret", &mut fields.client_secret, value),
                #[cfg(feature = "login")]
                "refresh_token" => store("refresh_token", &mut fields.refresh_token, value),
                #[cfg(feature = "login")]
                "token" => store("token", &mut fields.token, value),
                _ => continue,
            };
            if seen.contains(&name) {
                fields.repeated = Some(name);
            } else {
                seen.push(name);
            }
        }
        fields
    }

    /// The errors of the fields, in the order of FastAPI's form.
    pub(super) fn errors(&self, needs_grant_type: bool) -> Vec<FieldError> {
        let grant_type = match &self.grant_type {
            Some(sent) if sent != "password" => Some(not_password(sent)),
            None if needs_grant_type => Some(missing("grant_type")),
            _ => None,
        };
        let username = self.username.is_none().then(|| missing("username"));
        let password = self.password.is_none().then(|| missing("password"));
        [grant_type, username, password].into_iter().flatten().collect()
    }
}

/// Stores a value, unless it is empty. Returns `name`.
fn store<T: From<String>>(name: &'static str, place: &mut Option<T>, value: Cow<'_, str>) -> &'static str {
    *place = Some(value.into_owned()).filter(|value| !value.is_empty()).map(T::from);
    name
}

/// Overwrites a body, because it contains a password, and returns its memory. `None` if the server shares the memory, as
/// hyper does for a body that came in one piece.
fn wipe(body: Bytes) -> Option<impl AsRef<[u8]>> {
    let mut memory = body.try_into_mut().ok()?;
    memory.as_mut().zeroize();
    Some(memory)
}

/// Ignores the parameters of the media type, because its encoding is always UTF-8.
fn is_url_encoded(headers: &HeaderMap) -> bool {
    let Some(Ok(value)) = headers.get(CONTENT_TYPE).map(|value| value.to_str()) else {
        return false;
    };
    let media_type = value.split(';').next().unwrap_or_default();
    media_type.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

fn missing(field: &'static str) -> FieldError {
    FieldError { kind: "missing", loc: ["body", field], msg: "Field required", input: None, ctx: None }
}

fn not_password(sent: &str) -> FieldError {
    FieldError {
        kind: "string_pattern_mismatch",
        loc: ["body", "grant_type"],
        msg: "String should match pattern '^password$'",
        input: Some(sent.to_owned()),
        ctx: Some(FieldContext { pattern: "^password$" }),
    }
}

#[cfg(test)]
mod tests {
    use super::{Bytes, wipe};

    #[test]
    fn an_unshared_body_is_overwritten() {
        let body = Bytes::from(b"username=amy&password=secret".to_vec());
        assert!(wipe(body).is_some_and(|memory| memory.as_ref() == [0; 28]));
    }

    #[test]
    fn a_shared_body_is_left_unchanged() {
        let body = Bytes::from(b"username=amy&password=secret".to_vec());
        let shared = body.clone();
        assert!(wipe(body).is_none());
        assert_eq!(shared, "username=amy&password=secret");
    }
}
