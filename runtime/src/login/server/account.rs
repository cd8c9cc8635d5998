//! What a user does with a login that goes on: changes the password, logs out here or everywhere, and makes personal tokens.

use std::{fmt, future::Future, sync::Arc, time::Duration};

use super::{
    super::{accounts::Account, event::Outcome, personal::NewPersonalToken, store::SessionId},
    attempt::{admit, not_compared, share, succeeded},
    client_grant::PREFIX,
    refusal::Refusal,
    report::Report,
    settings::{MAX_SCOPE, Settings},
    to_its_end::to_its_end,
};
use crate::{
    credential::password::Password,
    error::{AuthError, StoreError},
    password::{PasswordError, PasswordShare, Passwords},
    scopes::set::Scopes,
};

/// A login at the same time may replace an outdated hash, so that the one that was compared is gone.
const TRIES: usize = 3;

/// Does `work` even if the caller goes away, and tells its outcome.
async fn done<T, W>(
    settings: &Arc<Settings>,
    subject: &str,
    work: impl FnOnce(Arc<Settings>, Report) -> W + Send,
) -> Result<T, AuthError>
where
    T: Send + 'static,
    W: Future<Output = (Report, Result<(T, Outcome), Refusal>)> + Send + 'static,
{
    let mut report = Report::new(settings, None);
    report.subject(subject);
    to_its_end(work(Arc::clone(settings), report)).await
}

/// Ends one session, if it is the subject's.
pub(super) async fn end_session(settings: &Arc<Settings>, subject: &str, session: SessionId) -> Result<(), AuthError> {
    let owned = subject.to_owned();
    done(settings, subject, move |settings, mut report| async move {
        report.session(session);
        let ended = end_own(&settings, &owned, session).await;
        (report, ended.map(|outcome| ((), outcome)).map_err(Refusal::from))
    })
    .await
}

/// The sessions of clients for themselves are in no store.
async fn end_own(settings: &Settings, subject: &str, session: SessionId) -> Result<Outcome, StoreError> {
    if subject.starts_with(PREFIX) {
        return settings.sessions.end(session).await.map(|()| Outcome::SessionEnded);
    }
    let ended = settings.sessions.end_own(subject, session).await?;
    Ok(if ended { Outcome::SessionEnded } else { Outcome::NothingRevoked })
}

/// Ends all sessions but `except`, and returns their number.
pub(super) async fn end_sessions(
    settings: &Arc<Settings>,
    subject: &str,
    except: Option<SessionId>,
) -> Result<usize, AuthError> {
    let owned = subject.to_owned();
    done(settings, subject, move |settings, report| async move {
        let ended = settings.sessions.end_all(&owned, except).await;
        (report, ended.map(|number| (number, Outcome::SessionsEnded)).map_err(Refusal::from))
    })
    .await
}

/// Replaces a password.
pub(super) async fn change_password(
    settings: &Arc<Settings>,
    subject: &str,
    (old, new): (&Password, &Password),
    keep: Option<SessionId>,
) -> Result<(), AuthError> {
    let (owned, old, new) = (subject.to_owned(), old.clone(), new.clone());
    done(settings, subject, move |settings, report| async move {
        let changed = replace(&settings, &owned, (&old, &new), keep, &report).await;
        (report, changed.map(|()| ((), Outcome::PasswordChanged)))
    })
    .await
}

/// The sessions end before the password is replaced, so that nothing is changed while the store of sessions is away. They end again
/// after it, for those who have logged in with the old password meanwhile.
async fn replace(
    settings: &Settings,
    subject: &str,
    (old, new): (&Password, &Password),
    keep: Option<SessionId>,
    report: &Report,
) -> Result<(), Refusal> {
    if new.as_str().is_empty() {
        return Err(Refusal::of_request(AuthError::bad_request("The new password is empty")));
    }
    if new.as_str().len() > Passwords::MAX_LEN {
        return Err(PasswordError::TooLong.into());
    }
    // Counted by itself. NUL is in no name that anybody logs in with.
    let counted_as = format!("\0{subject}");
    let admitted = admit(settings, &counted_as, None, report).await?;
    let share = share(settings, admitted.as_ref(), &counted_as);
    let replaced = compare_and_replace(settings, subject, (old, new), keep, &share).await;
    match &replaced {
        // The cookie is for logins.
        Ok(()) => drop(succeeded(settings, admitted).await),
        Err(Refusal { outcome: Outcome::WrongPassword, .. }) => {}
        Err(_) => not_compared(admitted).await,
    }
    replaced
}

async fn compare_and_replace(
    settings: &Settings,
    subject: &str,
    (old, new): (&Password, &Password),
    keep: Option<SessionId>,
    share: &PasswordShare,
) -> Result<(), Refusal> {
    let wrong = || Refusal::new(Outcome::WrongPassword, AuthError::bad_request("Incorrect password"));
    for _ in 0..TRIES {
        let account = settings.accounts.find_subject(subject).await?.filter(|account| !account.disabled);
        let stored = account.and_then(|account| account.password_hash);
        let verdict = share.verify(old, stored.as_deref()).await?;
        let stored = stored.filter(|_| verdict.is_accepted()).ok_or_else(wrong)?;
        let hash = share.hash(new).await?;
        settings.sessions.end_all(subject, keep).await?;
        if settings.accounts.replace_hash(subject, &stored, &hash).await? {
            settings.sessions.end_all(subject, keep).await?;
            return Ok(());
        }
    }
    Err(Refusal::new(Outcome::StoreUnavailable, AuthError::unavailable(1)))
}

/// Makes a personal token.
pub(super) async fn create_personal_token(
    settings: &Arc<Settings>,
    subject: &str,
    name: &str,
    scope: &Scopes,
    lifetime: Option<Duration>,
) -> Result<NewPersonalToken, AuthError> {
    let (owned, name, scope) = (subject.to_owned(), name.to_owned(), scope.clone());
    done(settings, subject, move |settings, report| async move {
        let made = make(&settings, &owned, &name, &scope, lifetime).await;
        (report, made.map(|made| (made, Outcome::PersonalTokenCreated)))
    })
    .await
}

async fn make(
    settings: &Settings,
    subject: &str,
    name: &str,
    scope: &Scopes,
    lifetime: Option<Duration>,
) -> Result<NewPersonalToken, Refusal> {
    let refused = |detail| Refusal::of_request(AuthError::bad_request(detail));
    let personal = settings.personal.as_ref().ok_or_else(|| Refusal::failed(&NoPersonalTokens))?;
    let account = settings.accounts.find_subject(subject).await?.filter(|account| !account.disabled);
    let may_have = |account: &Account| settings.is_within(scope, &account.scopes) && scope.as_str().len() <= MAX_SCOPE;
    account.filter(may_have).ok_or_else(|| refused("The scope exceeds the one of the account"))?;
    personal.create(subject, name, scope, lifetime).await?.ok_or_else(|| refused("Too many tokens"))
}

/// Deletes a personal token. Returns whether there was one.
pub(super) async fn delete_personal_token(
    settings: &Arc<Settings>,
    subject: &str,
    id: &str,
) -> Result<bool, AuthError> {
    let (owned, id) = (subject.to_owned(), id.to_owned());
    done(settings, subject, move |settings, report| async move {
        let deleted = match &settings.personal {
            Some(personal) => personal.delete(&owned, &id).await.map_err(Refusal::from),
            None => Err(Refusal::failed(&NoPersonalTokens)),
        };
        let told = |deleted| if deleted { Outcome::PersonalTokenDeleted } else { Outcome::NothingRevoked };
        (report, deleted.map(|deleted| (deleted, told(deleted))))
    })
    .await
}

/// A server that has no personal tokens was asked for one.
#[derive(Debug)]
struct NoPersonalTokens;

impl fmt::Display for NoPersonalTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the server has no personal tokens; give it some by `personal_tokens`")
    }
}

impl std::error::Error for NoPersonalTokens {}

#[cfg(test)]
mod tests {
    #[test]
    fn the_fault_says_what_to_give_to_the_server() {
        assert!(super::NoPersonalTokens.to_string().ends_with("give it some by `personal_tokens`"));
    }
}
