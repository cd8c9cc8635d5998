//! Reads the fields of a login: a request in, the values or every complaint about them out.

use std::borrow::Cow;

use axum::{
    body::Bytes,
    extract::{DefaultBodyLimit, FromRequest, Request},
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
};
use zeroize::Zeroize;

use crate::credential::password::Password;
use crate::error::{AuthError, FieldContext, FieldError};

/// Far above any login, in bytes.
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
    /// One that was sent twice, if there is such.
    pub(super) repeated: Option<&'static str>,
}

impl Fields {
    /// Without a url-encoded body there are no fields.
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
                "grant_type" => note("grant_type", &mut fields.grant_type, value),
                "username" => note("username", &mut fields.username, value),
                "password" => note("password", &mut fields.password, value),
                "scope" => note("scope", &mut fields.scope, value),
                "client_id" => note("client_id", &mut fields.client_id, value),
                "client_secret" => note("client_secret", &mut fields.client_secret, value),
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

    /// What is wrong with the fields, in the order of FastAPI's form.
    pub(super) fn complaints(&self, needs_grant_type: bool) -> Vec<FieldError> {
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

/// Puts a value, if it is one, into the place for `name`.
fn note<T: From<String>>(name: &'static str, place: &mut Option<T>, value: Cow<'_, str>) -> &'static str {
    *place = Some(value.into_owned()).filter(|value| !value.is_empty()).map(T::from);
    name
}

/// Overwrites a body, since a password is in it, and returns its memory. `None` if the server shares that memory with other
/// bytes of the connection, as hyper does with a body that came in one piece.
fn wipe(body: Bytes) -> Option<impl AsRef<[u8]>> {
    let mut room = body.try_into_mut().ok()?;
    room.as_mut().zeroize();
    Some(room)
}

/// Parameters of the media type change nothing: the encoding is UTF-8 by its definition.
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
        assert!(wipe(body).is_some_and(|room| room.as_ref() == [0; 28]));
    }

    #[test]
    fn a_shared_body_is_left_unchanged() {
        let body = Bytes::from(b"username=amy&password=secret".to_vec());
        let shared = body.clone();
        assert!(wipe(body).is_none());
        assert_eq!(shared, "username=amy&password=secret");
    }
}
