//! The revocation endpoint (RFC 7009): a token comes in, and what it belongs to ends.

use std::sync::Arc;

use super::{
    super::{clients::Client, event::Outcome, store::SessionId},
    authentication,
    claims::SessionClaims,
    client_grant::PREFIX,
    refusal::Refusal,
    report::Report,
    request::Asked,
    settings::Settings,
    to_its_end::to_its_end,
};
use crate::{
    credential::{
        password::Password,
        presented::{Presented, PresentedAs},
    },
    error::{AuthError, StoreError},
    token::{judge::VerifyToken, verify_error::VerifyError},
};

/// What a token belongs to.
struct Owner {
    session: SessionId,
    client_id: Option<String>,
    subject: String,
}

pub(super) async fn answer(settings: &Arc<Settings>, asked: Asked) -> Result<(), AuthError> {
    let settings = Arc::clone(settings);
    let work = async move {
        let mut report = Report::new(&settings, settings.addresses.of(&asked.parts));
        let revoked = revoke(&settings, asked, &mut report).await;
        (report, revoked.map(|outcome| ((), outcome)))
    };
    to_its_end(work).await.map_err(AuthError::coded)
}

async fn revoke(settings: &Settings, mut asked: Asked, report: &mut Report) -> Result<Outcome, Refusal> {
    if let Some(name) = asked.fields.repeated {
        return Err(Refusal::of_request(AuthError::invalid_request(format!("Repeated parameter: {name}"))));
    }
    let client = authentication::client(settings, &mut asked, report, false).await?;
    let missing = || Refusal::of_request(AuthError::invalid_request("Missing parameter: token"));
    let token = asked.fields.token.take().ok_or_else(missing)?;
    // Each kind of token has its own form, so the hint (RFC 7009 §2.1) is not needed.
    if let Some(outcome) = personal(settings, &token, report).await? {
        return Ok(outcome);
    }
    let Some(owner) = owner(settings, &token).await? else { return Ok(Outcome::NothingRevoked) };
    is_client_of(&owner, &client)?;
    if !owner.subject.starts_with(PREFIX) {
        report.subject(&owner.subject);
    }
    report.session(owner.session);
    settings.sessions.end(owner.session).await?;
    Ok(Outcome::SessionEnded)
}

/// A personal token was issued to no client, so whoever has it may delete it.
async fn personal(settings: &Settings, token: &Password, report: &mut Report) -> Result<Option<Outcome>, Refusal> {
    let Some(personal) = &settings.personal else { return Ok(None) };
    let Some(deleted) = personal.revoke(token.as_str()).await? else { return Ok(None) };
    report.subject(&deleted.subject);
    Ok(Some(Outcome::PersonalTokenDeleted))
}

/// RFC 7009 §2.1: a client revokes its own tokens.
fn is_client_of(owner: &Owner, client: &Client) -> Result<(), Refusal> {
    if owner.client_id.as_deref() == Some(client.id()) {
        return Ok(());
    }
    Err(Refusal::of_request(AuthError::invalid_grant("The token was issued to another client")))
}

/// The session of a refresh token or an access token. `None` if it is neither.
async fn owner(settings: &Settings, token: &Password) -> Result<Option<Owner>, Refusal> {
    if let Some(session) = settings.sessions.find(token.as_str()).await? {
        let (session, client_id, subject) = (session.id, session.client_id, session.subject.into());
        return Ok(Some(Owner { session, client_id, subject }));
    }
    match settings.verifier.judge(&Presented::new(token.as_str(), PresentedAs::Bearer).to_be_confirmed()).await {
        Ok(verified) => Ok(verified.claims_as().ok().map(|claims: SessionClaims| Owner {
            session: claims.sid,
            client_id: Some(claims.client_id),
            subject: claims.sub.into(),
        })),
        Err(error @ VerifyError::Unavailable { retry_after, .. }) => Err(StoreError::new(retry_after, error).into()),
        Err(_) => Ok(None),
    }
}
