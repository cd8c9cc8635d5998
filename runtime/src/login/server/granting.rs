//! The token endpoint: takes a request, finds the grant that it asks for, and yields the response to it.

use std::sync::Arc;

use tokio::sync::oneshot;
use tracing::instrument::{Instrument, WithSubscriber};

use super::{
    super::{clients::GrantType, event::Outcome, store::SessionId, token_response::TokenResponse},
    authentication,
    binding::Binding,
    client_grant::ClientToken,
    form_of::FormOf,
    password_grant::Login,
    refresh_grant::Refresh,
    refusal::Refusal,
    report::Report,
    request::Asked,
    settings::{MAX_SCOPE, Settings},
};
use crate::error::AuthError;

/// A grant that may be given. Nothing of it is stored yet.
enum Granting {
    Login(Box<Login>),
    Refresh(Refresh),
    Client(ClientToken),
}

/// A response, and the session that has begun for it.
struct Granted {
    response: TokenResponse,
    begun: Option<SessionId>,
}

pub(super) async fn answer(settings: &Arc<Settings>, mut asked: Asked) -> Result<TokenResponse, AuthError> {
    let form = FormOf::of(settings.scheme, &asked.fields);
    let mut report = Report::new(settings, settings.addresses.of(&asked.parts));
    match begin(settings, &mut asked, form, &mut report).await {
        Ok(granting) => finish(Arc::clone(settings), granting, form, report).await,
        Err(refusal) => {
            report.tell(refusal.outcome);
            Err(refusal.error)
        }
    }
    .map_err(|error| form.refuse(error))
}

async fn begin(settings: &Settings, asked: &mut Asked, form: FormOf, report: &mut Report) -> Result<Granting, Refusal> {
    let refuse = |error| Err(Refusal::of_request(error));
    // RFC 6749 §3.2: parameters must not be included more than once.
    if let Some(name) = asked.fields.repeated {
        return refuse(AuthError::invalid_request(format!("Repeated parameter: {name}")));
    }
    if asked.fields.scope.as_ref().is_some_and(|scope| scope.len() > MAX_SCOPE) {
        return refuse(AuthError::invalid_scope("The scope is too long"));
    }
    let grant = match asked.fields.grant_type.as_deref() {
        Some(text) => match GrantType::of(text) {
            Some(grant) => grant,
            None => return refuse(AuthError::unsupported_grant_type("Unsupported grant type")),
        },
        None if form.needs_grant_type() => {
            return refuse(AuthError::invalid_request("Missing parameter: grant_type"));
        }
        None => GrantType::Password,
    };
    let needs_secret = grant == GrantType::ClientCredentials;
    let client = authentication::client(settings, asked, report, needs_secret).await?;
    if !client.may_use(grant) {
        return refuse(AuthError::unauthorized_client("The client may not use this grant"));
    }
    let caller = (client, Binding::of(settings, &asked.parts)?);
    Ok(match grant {
        GrantType::Password => Granting::Login(Box::new(Login::begin(settings, asked, caller, form, report).await?)),
        GrantType::RefreshToken => Granting::Refresh(Refresh::begin(asked, caller)?),
        GrantType::ClientCredentials => Granting::Client(ClientToken::begin(settings, asked, caller)),
    })
}

/// Stores what the grant needs, and makes the response.
///
/// It goes on if the client goes away, so nothing is left half done. A login that nobody hears of ends again. A refresh token that was
/// used for nobody may be used once more within the grace.
async fn finish(
    settings: Arc<Settings>,
    granting: Granting,
    form: FormOf,
    report: Report,
) -> Result<TokenResponse, AuthError> {
    let (answer, heard) = oneshot::channel();
    let work = async move {
        let mut report = report;
        let result = granting.finish(&settings, form, &mut report).await;
        let afterwards = report.afterwards();
        let answered = answer.send(report.conclude(result));
        if let Err(Ok(Granted { begun: Some(session), .. })) = answered
            && settings.sessions.end(session).await.is_ok()
        {
            afterwards.tell(Outcome::SessionEnded);
        }
    };
    tokio::spawn(work.in_current_span().with_current_subscriber());
    let granted = heard.await.unwrap_or_else(|_| Err(AuthError::internal()))?;
    Ok(granted.response)
}

impl Granting {
    async fn finish(
        self,
        settings: &Settings,
        form: FormOf,
        report: &mut Report,
    ) -> Result<(Granted, Outcome), Refusal> {
        match self {
            Self::Login(login) => {
                let (response, session) = login.finish(settings, form, report).await?;
                Ok((Granted { response, begun: Some(session.id) }, Outcome::LoggedIn))
            }
            Self::Refresh(refresh) => {
                let response = refresh.finish(settings, report).await?;
                Ok((Granted { response, begun: None }, Outcome::Refreshed))
            }
            Self::Client(client) => {
                let response = client.finish(settings, report).await?;
                Ok((Granted { response, begun: None }, Outcome::ClientToken))
            }
        }
    }
}
