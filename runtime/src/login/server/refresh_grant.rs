//! The refresh grant (RFC 6749 §6): a refresh token comes in, the next one and an access token go out.

use super::{
    super::{
        access_tokens::AccessGrant, clients::Client, event::Outcome, sessions::Refreshed, store::Session,
        token_response::TokenResponse,
    },
    binding::Binding,
    issuing::issue,
    refusal::Refusal,
    report::Report,
    request::Asked,
    settings::Settings,
};
use crate::{credential::password::Password, error::AuthError, scopes::set::Scopes};

pub(super) struct Refresh {
    token: Password,
    asked: Option<Scopes>,
    client: Client,
    binding: Binding,
}

impl Refresh {
    pub(super) fn begin(asked: &mut Asked, (client, binding): (Client, Binding)) -> Result<Self, Refusal> {
        let missing = || Refusal::of_request(AuthError::invalid_request("Missing parameter: refresh_token"));
        let token = asked.fields.refresh_token.take().ok_or_else(missing)?;
        Ok(Self { token, asked: asked.fields.scope.as_deref().map(Scopes::from), client, binding })
    }

    /// Whatever can be refused is refused before the token is used up. The access token is made before that, too: if it cannot be
    /// made, the refresh token is still good.
    pub(super) async fn finish(self, settings: &Settings, report: &mut Report) -> Result<TokenResponse, Refusal> {
        let Self { token, asked, client, binding } = self;
        let session = settings.sessions.find(token.as_str()).await?.ok_or_else(refused)?;
        report.subject(&session.subject);
        // RFC 6749 §6: the token is for the client that it was issued to.
        if session.client_id.as_deref() != Some(client.id()) {
            return Err(refused());
        }
        report.session(session.id);
        is_bound_to(&session, &binding)?;
        let asked = asked.unwrap_or_else(|| session.scope.clone());
        if !settings.is_within(&asked, &session.scope) {
            let error = AuthError::invalid_scope("The scope exceeds the one that was granted");
            return Err(Refusal::of_request(error));
        }
        let allowed = still_allowed(settings, &session).await?;
        let scope = settings.granted(&asked, &allowed);
        let cnf = binding.confirm().await?;
        let grant =
            AccessGrant { subject: &session.subject, client_id: client.id(), scope: &scope, session: session.id, cnf };
        let response = issue(settings, &grant, session.expires)?;
        match settings.sessions.refresh(token.as_str()).await? {
            Refreshed::Granted { token, .. } => Ok(response.refresh_token(token.as_str())),
            Refreshed::Reused { .. } => Err(Refusal::new(Outcome::RefreshReused, invalid())),
            Refreshed::Refused => Err(refused()),
        }
    }
}

/// RFC 9449 §5: refresh tokens of public clients are bound to their key.
fn is_bound_to(session: &Session, binding: &Binding) -> Result<(), Refusal> {
    match (session.key, binding.thumbprint()) {
        (None, _) => Ok(()),
        (Some(key), Some(proven)) if key == proven => Ok(()),
        (Some(_), _) => Err(refused()),
    }
}

/// The scopes that the account may have now. The session of an account that is gone or disabled ends.
async fn still_allowed(settings: &Settings, session: &Session) -> Result<Scopes, Refusal> {
    match settings.accounts.find_subject(&session.subject).await? {
        Some(account) if !account.disabled => Ok(account.scopes),
        _ => {
            settings.sessions.end(session.id).await?;
            Err(Refusal::new(Outcome::Disabled, invalid()))
        }
    }
}

fn refused() -> Refusal {
    Refusal::new(Outcome::RefreshRefused, invalid())
}

/// One answer to all, so nobody learns whether a token was ever good.
fn invalid() -> AuthError {
    AuthError::invalid_grant("The refresh token is invalid")
}
