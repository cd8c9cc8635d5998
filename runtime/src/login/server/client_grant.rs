//! The client credentials grant (RFC 6749 §4.4): a client that has authenticated gets a token for itself.

use std::fmt;

use super::{
    super::{
        access_tokens::AccessGrant, clients::Client, random, store::SessionId, times, token_response::TokenResponse,
    },
    binding::Binding,
    issuing::issue,
    refusal::Refusal,
    report::Report,
    request::Asked,
    settings::Settings,
};
use crate::scopes::set::Scopes;

/// Subjects of clients begin with it, as those of `TokenVerifier::subject_or("client_id")`. No user has such a subject.
pub(super) const PREFIX: &str = "client_id:";

/// An account with the subject of a client.
#[derive(Debug)]
pub(super) struct SubjectOfClient;

impl fmt::Display for SubjectOfClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the subject of an account begins with `client_id:`")
    }
}

impl std::error::Error for SubjectOfClient {}

/// A token without a session in the store: there is no refresh token (RFC 6749 §4.4.3). Its `sid` is that of a session of its own, by
/// which it can be revoked.
pub(super) struct ClientToken {
    client: Client,
    binding: Binding,
    scope: Scopes,
}

impl ClientToken {
    pub(super) fn begin(settings: &Settings, asked: &Asked, (client, binding): (Client, Binding)) -> Self {
        let asked = asked.fields.scope.as_deref().map(Scopes::from).unwrap_or_default();
        let scope = settings.granted(&asked, client.own_scopes());
        Self { client, binding, scope }
    }

    pub(super) async fn finish(self, settings: &Settings, report: &mut Report) -> Result<TokenResponse, Refusal> {
        let Self { client, binding, scope } = self;
        let id = random::bytes::<16>().map_err(|error| Refusal::failed(&error))?;
        let session = SessionId::from_bytes(*id);
        report.session(session);
        let cnf = binding.confirm().await?;
        let subject = format!("{PREFIX}{}", client.id());
        let grant = AccessGrant { subject: &subject, client_id: client.id(), scope: &scope, session, cnf };
        issue(settings, &grant, times::last())
    }
}
