//! Who asks: takes the credentials of a client, by HTTP Basic or in the form (RFC 6749 §2.3.1), yields the client.

use super::{
    super::clients::{Client, has_secret},
    refusal::Refusal,
    report::Report,
    request::Asked,
    settings::Settings,
};
use crate::{
    credential::{authorization, basic::basic, extractor::Unreadable, password::Password},
    error::AuthError,
};

/// The most characters of a client identifier.
const MAX_ID: usize = 256;

/// What a client says of itself.
#[derive(Default)]
struct Presented {
    id: Option<String>,
    secret: Option<Password>,
}

/// The client of a request. A request that names none is one of the service's own user interface.
///
/// `needs_secret` is for grants of confidential clients: without any authentication, they fail.
pub(super) async fn client(
    settings: &Settings,
    asked: &mut Asked,
    report: &mut Report,
    needs_secret: bool,
) -> Result<Client, Refusal> {
    let Presented { id, secret } = presented(asked)?;
    if needs_secret && secret.is_none() && id.is_none() {
        return Err(Refusal::of_client());
    }
    let id = id.as_deref().unwrap_or(settings.own_client.id());
    let known = find(settings, id).await?;
    if let Some(known) = &known {
        report.client(known.id());
    }
    let is_right = match &secret {
        Some(secret) => has_secret(known.as_ref(), secret.as_str()),
        None => known.as_ref().is_some_and(|known| !known.is_confidential()),
    };
    known.filter(|_| is_right).ok_or_else(Refusal::of_client)
}

/// A client of the list takes the place of the service's own user interface.
async fn find(settings: &Settings, id: &str) -> Result<Option<Client>, Refusal> {
    // RFC 6749 appendix A.1. A store is not asked for anything else.
    let is_visible = id.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let listed = match &settings.clients {
        Some(clients) if is_visible && id.len() <= MAX_ID => clients.find(id).await?,
        _ => None,
    };
    // A store may compare in ways of its own, such as without the case of letters.
    let listed = listed.filter(|listed| listed.id() == id);
    Ok(listed.or_else(|| (settings.own_client.id() == id).then(|| settings.own_client.clone())))
}

/// Takes the credentials out of the request. A client must not use two methods (RFC 6749 §2.3).
fn presented(asked: &mut Asked) -> Result<Presented, Refusal> {
    let (id, secret) = (asked.fields.client_id.take(), asked.fields.client_secret.take());
    let header = of_header(asked)?;
    if header.id.is_none() && header.secret.is_none() {
        return if id.is_none() && secret.is_some() {
            Err(Refusal::of_request(AuthError::invalid_request("Missing parameter: client_id")))
        } else {
            Ok(Presented { id, secret })
        };
    }
    if secret.is_some() || (id.is_some() && id != header.id) {
        return Err(Refusal::of_request(AuthError::invalid_request("Two ways of client authentication")));
    }
    Ok(header)
}

/// Identifier and secret in the header `Authorization`. Documentation pages send both empty, which is as good as no header.
fn of_header(asked: &Asked) -> Result<Presented, Refusal> {
    let repeated = || Refusal::of_request(AuthError::invalid_request("Two headers Authorization"));
    let credentials = match basic(&asked.parts) {
        Ok(Some(credentials)) => credentials,
        Ok(None) if authorization::is_empty(&asked.parts) => return Ok(Presented::default()),
        Err(Unreadable::Repeated) => return Err(repeated()),
        Ok(None) | Err(Unreadable::Malformed) => return Err(Refusal::of_client()),
    };
    let id = form_decoded(&credentials.username).ok_or_else(Refusal::of_client)?;
    let secret = form_decoded(credentials.password.as_str()).ok_or_else(Refusal::of_client)?;
    let non_empty = |text: String| Some(text).filter(|text| !text.is_empty());
    Ok(Presented { id: non_empty(id), secret: non_empty(secret).map(Password::from) })
}

/// The value that a form has as `text` (RFC 6749 appendix B). `None` if no value of a form is written so.
fn form_decoded(text: &str) -> Option<String> {
    if text.contains('&') {
        return None;
    }
    let pair = zeroize::Zeroizing::new(format!("={text}"));
    form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::form_decoded;

    #[test]
    fn identifiers_and_secrets_are_decoded_as_forms_are() {
        for (text, decoded) in [
            ("", Some("")),
            ("reports", Some("reports")),
            ("a%3Ab+c%2Bd", Some("a:b c+d")),
            ("c=d==", Some("c=d==")),
            ("j%C3%B6", Some("jö")),
            ("%", Some("%")),
            ("%FF", Some("\u{fffd}")),
            ("a&b", None),
        ] {
            assert_eq!(form_decoded(text).as_deref(), decoded, "{text}");
        }
    }
}
