//! Reads the fields of a login: a request in, the values or every complaint about them out.

use axum::{
    body::Bytes,
    extract::{DefaultBodyLimit, FromRequest, Request},
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
};

use crate::{
    AuthError,
    error::{FieldContext, FieldError},
};

/// Far above any login, in bytes.
const BODY_LIMIT: usize = 16 * 1024;

/// The fields that were sent with a value; of a repeated field, the last.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) grant_type: Option<String>,
    pub(super) username: Option<String>,
    pub(super) password: Option<String>,
    pub(super) scope: Option<String>,
    pub(super) client_id: Option<String>,
    pub(super) client_secret: Option<String>,
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
            Ok(body) => Ok(Self::parse(&body)),
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
            let (name, field) = match &*name {
                "grant_type" => ("grant_type", &mut fields.grant_type),
                "username" => ("username", &mut fields.username),
                "password" => ("password", &mut fields.password),
                "scope" => ("scope", &mut fields.scope),
                "client_id" => ("client_id", &mut fields.client_id),
                "client_secret" => ("client_secret", &mut fields.client_secret),
                _ => continue,
            };
            *field = Some(value.into_owned()).filter(|value| !value.is_empty());
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
