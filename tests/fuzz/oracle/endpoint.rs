//! The rules of a token endpoint and a revocation endpoint: from a request, and all that were answered before, to what may be
//! answered (RFC 6749, RFC 7009).

use data_encoding::BASE64;

use crate::form;

/// The password of every user.
pub const PASSWORD: &str = "correct horse";
/// The secret of every confidential client.
pub const SECRET: &str = "9aKp0xP3c5qL2vZ8mW1nT7yR4uE6iO0s";

/// A client: its identifier, whether it has a secret, the grants that it may use, its own scopes.
pub const CLIENTS: [(&str, bool, &[&str], &str); 5] = [
    ("ui", false, &["password", "refresh_token"], ""),
    ("spa", false, &["password", "refresh_token"], ""),
    ("kiosk", false, &["password"], ""),
    ("reports", true, &["client_credentials"], "admin"),
    ("app", true, &["password", "refresh_token", "client_credentials"], "me"),
];

/// A user: the name, the scopes, whether the account is disabled.
pub const USERS: [(&str, &str, bool); 2] = [("amy", "me admin", false), ("bob", "me", true)];

const DECLARED: [&str; 3] = ["me", "items", "admin"];
const GRANTS: [&str; 3] = ["password", "refresh_token", "client_credentials"];

/// The most bytes of a scope.
const MOST_SCOPE: usize = 8 * 1024;

/// What may be answered.
#[derive(Debug)]
pub enum Expected {
    Token(Granted),
    /// An error with one of these codes.
    Refused(Vec<&'static str>),
    /// The answer to a request for revocation.
    Revoked,
}

/// The token that has to be in the answer.
#[derive(Debug)]
pub struct Granted {
    pub subject: String,
    pub client: String,
    pub scope: String,
    pub may_refresh: bool,
    /// The session that goes on, by its place.
    pub session: Option<usize>,
    /// The refresh token that has to be answered again.
    pub again: Option<String>,
}

/// A session, with its refresh tokens from the oldest to the newest, and its access tokens.
#[derive(Debug)]
struct Session {
    subject: String,
    client: String,
    scope: String,
    refresh: Vec<String>,
    access: Vec<String>,
    has_ended: bool,
}

/// All that was answered.
#[derive(Debug, Default)]
pub struct Model(Vec<Session>);

/// The values of a form that count: not empty, and the last of a name.
struct Form(Vec<(String, String)>);

impl Form {
    fn value(&self, name: &str) -> Option<&str> {
        let last = self.0.iter().rev().find(|(known, _)| known == name);
        last.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    fn is_repeated(&self) -> bool {
        let known =
            ["grant_type", "username", "password", "scope", "client_id", "client_secret", "refresh_token", "token"];
        known.iter().any(|name| self.0.iter().filter(|(other, _)| name == other).count() > 1)
    }
}

impl Model {
    pub fn token(&mut self, headers: &[Vec<u8>], body: &[u8], needs_grant_type: bool) -> Expected {
        let form = Form(form::fields(body));
        let mut codes = Vec::new();
        if form.is_repeated() {
            codes.push("invalid_request");
        }
        if form.value("scope").is_some_and(|scope| scope.len() > MOST_SCOPE) {
            codes.push("invalid_scope");
        }
        let grant = match form.value("grant_type") {
            None if needs_grant_type => {
                codes.push("invalid_request");
                None
            }
            None => Some("password"),
            Some(name) => {
                let grant = GRANTS.into_iter().find(|grant| *grant == name);
                codes.extend(grant.is_none().then_some("unsupported_grant_type"));
                grant
            }
        };
        let client = client(headers, &form, grant == Some("client_credentials")).map_err(|code| codes.push(code)).ok();
        let (Some(grant), Some((client, _, grants, own))) = (grant, client) else { return Expected::Refused(codes) };
        if !grants.contains(&grant) {
            codes.push("unauthorized_client");
        }
        if !codes.is_empty() {
            return Expected::Refused(codes);
        }
        let granted = match grant {
            "password" => login(&form, client, grants),
            "refresh_token" => self.refresh(&form, client),
            _ => Ok(Granted {
                subject: format!("client_id:{client}"),
                client: client.to_owned(),
                scope: within(form.value("scope").unwrap_or_default(), own),
                may_refresh: false,
                session: None,
                again: None,
            }),
        };
        granted.map_or_else(|code| Expected::Refused(vec![code]), Expected::Token)
    }

    fn refresh(&mut self, form: &Form, client: &str) -> Result<Granted, &'static str> {
        let token = form.value("refresh_token").ok_or("invalid_request")?;
        let place = self.0.iter().position(|session| session.refresh.iter().any(|known| known == token));
        let place = place.ok_or("invalid_grant")?;
        let session = &mut self.0[place];
        if session.client != client {
            return Err("invalid_grant");
        }
        let asked = form.value("scope").unwrap_or(&session.scope);
        if words(asked).iter().any(|scope| !covers(&session.scope, scope)) {
            return Err("invalid_scope");
        }
        if session.has_ended {
            return Err("invalid_grant");
        }
        let scope = within(asked, &session.scope);
        let at = session.refresh.iter().position(|known| known == token).expect("found");
        // A token may be used again while its successor is unused.
        if at + 2 < session.refresh.len() {
            session.has_ended = true;
            return Err("invalid_grant");
        }
        let again = session.refresh.get(at + 1).cloned();
        let (subject, client) = (session.subject.clone(), session.client.clone());
        Ok(Granted { subject, client, scope, may_refresh: true, session: Some(place), again })
    }

    pub fn revoke(&mut self, headers: &[Vec<u8>], body: &[u8]) -> Expected {
        let form = Form(form::fields(body));
        let mut codes = Vec::new();
        if form.is_repeated() || form.value("token").is_none() {
            codes.push("invalid_request");
        }
        let client = client(headers, &form, false).map_err(|code| codes.push(code)).ok();
        let (Some((client, ..)), Some(token), true) = (client, form.value("token"), codes.is_empty()) else {
            return Expected::Refused(codes);
        };
        // A refresh token is known for what it was, also when its session has ended. An access token is not.
        let owns = |session: &&mut Session| {
            let access = if session.has_ended { &[][..] } else { &session.access };
            session.refresh.iter().chain(access).any(|known| known == token)
        };
        match self.0.iter_mut().find(owns) {
            None => Expected::Revoked,
            Some(session) if session.client == client => {
                session.has_ended = true;
                Expected::Revoked
            }
            Some(_) => Expected::Refused(vec!["invalid_grant"]),
        }
    }

    /// Remembers an answer.
    pub fn answered(&mut self, granted: Granted, access: String, refresh: Option<String>) {
        let Granted { subject, client, scope, session, again, .. } = granted;
        let place = session.unwrap_or_else(|| {
            let (refresh, access) = (Vec::new(), Vec::new());
            self.0.push(Session { subject, client, scope, refresh, access, has_ended: false });
            self.0.len() - 1
        });
        self.0[place].access.push(access);
        self.0[place].refresh.extend(refresh.filter(|_| again.is_none()));
    }

    /// All refresh tokens, from the oldest to the newest.
    pub fn refresh_tokens(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.iter().flat_map(|session| &session.refresh).map(String::as_str)
    }

    /// All access tokens, from the oldest to the newest of each session.
    pub fn access_tokens(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.iter().flat_map(|session| &session.access).map(String::as_str)
    }
}

/// RFC 6749 §4.3.
fn login(form: &Form, client: &str, grants: &[&str]) -> Result<Granted, &'static str> {
    let (name, password) = form.value("username").zip(form.value("password")).ok_or("invalid_request")?;
    let user = USERS.iter().find(|(known, _, is_disabled)| *known == name && !is_disabled && password == PASSWORD);
    let (name, allowed, _) = user.ok_or("invalid_grant")?;
    Ok(Granted {
        subject: (*name).to_owned(),
        client: client.to_owned(),
        scope: within(form.value("scope").unwrap_or_default(), allowed),
        may_refresh: grants.contains(&"refresh_token"),
        session: None,
        again: None,
    })
}

type Client = (&'static str, bool, &'static [&'static str], &'static str);

/// RFC 6749 §2.3.1.
fn client(headers: &[Vec<u8>], form: &Form, needs_secret: bool) -> Result<Client, &'static str> {
    let of_form = (form.value("client_id").map(str::to_owned), form.value("client_secret").map(str::to_owned));
    let of_header = match headers {
        [] => (None, None),
        [header] if header.is_empty() => (None, None),
        [header] => basic(header).ok_or("invalid_client")?,
        _ => return Err("invalid_request"),
    };
    let (id, secret) = match (&of_header, &of_form) {
        ((None, None), (None, Some(_))) => return Err("invalid_request"),
        ((None, None), _) => of_form,
        (_, (_, Some(_))) => return Err("invalid_request"),
        ((id, _), (Some(other), _)) if id.as_ref() != Some(other) => return Err("invalid_request"),
        _ => of_header,
    };
    if needs_secret && id.is_none() && secret.is_none() {
        return Err("invalid_client");
    }
    let id = id.as_deref().unwrap_or("ui");
    let known = CLIENTS.into_iter().find(|(known, ..)| *known == id).ok_or("invalid_client")?;
    let is_right = match secret {
        Some(secret) => known.1 && secret == SECRET,
        None => !known.1,
    };
    if is_right { Ok(known) } else { Err("invalid_client") }
}

/// Identifier and secret, each decoded as a form is.
fn basic(header: &[u8]) -> Option<(Option<String>, Option<String>)> {
    let text = str::from_utf8(header).ok().filter(|text| text.is_ascii())?;
    let (name, rest) = text.split_at_checked(5)?;
    if !name.eq_ignore_ascii_case("basic") || !rest.starts_with(' ') {
        return None;
    }
    let encoded = rest.trim_start_matches([' ', '\t']);
    let decoded = BASE64.decode(encoded.as_bytes()).ok().filter(|_| !encoded.trim_end_matches('=').contains('='))?;
    let decoded = String::from_utf8(decoded).ok()?;
    let (id, secret) = decoded.split_once(':').filter(|_| !decoded.contains('&'))?;
    let value = |text: &str| Some(form::decoded(text.as_bytes())).filter(|text| !text.is_empty());
    Some((value(id), value(secret)))
}

fn words(scope: &str) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    for word in scope.split(' ') {
        if !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// Whether one of the scopes is this one, or includes it: `admin` includes `items`.
fn covers(scopes: &str, scope: &str) -> bool {
    words(scopes).iter().any(|known| *known == scope || (*known, scope) == ("admin", "items"))
}

fn within(asked: &str, allowed: &str) -> String {
    let is_granted = |scope: &&str| DECLARED.contains(scope) && covers(allowed, scope);
    words(asked).into_iter().filter(is_granted).collect::<Vec<_>>().join(" ")
}
