//! The password grant (RFC 6749 §4.3), for the service's own user interface: a name and a password come in, a session begins.

use super::{
    super::{
        access_tokens::AccessGrant,
        accounts::Account,
        clients::{Client, GrantType},
        event::Outcome,
        store::Session,
        throttle::Admitted,
        token_response::TokenResponse,
    },
    attempt::{admit, may_set_cookie, not_compared, share, succeeded},
    binding::Binding,
    client_grant::{PREFIX, SubjectOfClient},
    form_of::FormOf,
    issuing::issue,
    refusal::Refusal,
    report::Report,
    request::Asked,
    settings::Settings,
};
use crate::{
    credential::password::Password,
    error::AuthError,
    password::{Login as Verdict, PasswordShare},
    scopes::set::Scopes,
};

/// What names that nobody has are counted as. Changes of a password are counted under NUL and a subject, which is not empty.
const NOBODY: &str = "\0";

/// The most bytes of a name that is looked up.
const MAX_NAME: usize = 256;

/// A user whose password was right. Nothing of the login is stored yet.
pub(super) struct Login {
    account: Account,
    /// In place of the account's, which is outdated.
    new_hash: Option<String>,
    admitted: Option<Admitted>,
    may_set_cookie: bool,
    asked: Scopes,
    password: Password,
    client: Client,
    binding: Binding,
}

impl Login {
    /// Checks the password.
    ///
    /// All that may take long happens here, so somebody who goes away leaves the queue of hashes.
    pub(super) async fn begin(
        settings: &Settings,
        asked: &Asked,
        (client, binding): (Client, Binding),
        form: FormOf,
        report: &mut Report,
    ) -> Result<Self, Refusal> {
        let Asked { parts, fields } = asked;
        let (Some(username), Some(password)) = (&fields.username, &fields.password) else {
            let errors = fields.errors(form.needs_grant_type());
            return Err(Refusal::of_request(AuthError::unprocessable(errors)));
        };
        // Those whom nobody is called share a number, and none that is another's.
        let counted_as = if is_a_name(username) { settings.accounts.counted_as(username) } else { NOBODY.into() };
        let device = settings.device_cookie().and_then(|cookie| cookie.read(parts));
        let admitted = admit(settings, &counted_as, device, report).await?;
        let share = share(settings, admitted.as_ref(), &counted_as);
        let (account, verdict) = match compare(settings, &share, (username, password), report).await {
            Ok(compared) => compared,
            Err(refusal) => {
                not_compared(admitted).await;
                return Err(refusal);
            }
        };
        let wrong_password = |outcome| Refusal::new(outcome, form.wrong_password());
        let (Some(account), Verdict::Accepted { new_hash }) = (account, verdict) else {
            return Err(wrong_password(Outcome::WrongPassword));
        };
        // The same answer, and the attempt counts: whoever has found out a password does not learn that it was right.
        if account.disabled {
            return Err(wrong_password(Outcome::Disabled));
        }
        if account.subject.starts_with(PREFIX) {
            return Err(Refusal::failed(&SubjectOfClient));
        }
        let asked = fields.scope.as_deref().map(Scopes::from).unwrap_or_default();
        let may_set_cookie = may_set_cookie(&parts.headers);
        Ok(Self { account, new_hash, admitted, may_set_cookie, asked, password: password.clone(), client, binding })
    }

    /// Begins the session.
    pub(super) async fn finish(
        self,
        settings: &Settings,
        form: FormOf,
        report: &mut Report,
    ) -> Result<(TokenResponse, Session), Refusal> {
        let Self { account, new_hash, admitted, may_set_cookie, asked, password, client, binding } = self;
        // A confidential client needs its secret for each refresh, so its refresh tokens need no key (RFC 9449 §5).
        let key = binding.thumbprint().filter(|_| !client.is_confidential());
        let cnf = binding.confirm().await?;
        let cookie = succeeded(settings, admitted).await.filter(|_| may_set_cookie);
        let scope = settings.granted(&asked, &account.scopes);
        let (session, token) = settings.sessions.begin(&account.subject, Some(client.id()), &scope, key).await?;
        report.session(session.id);
        let grant =
            AccessGrant { subject: &account.subject, client_id: client.id(), scope: &scope, session: session.id, cnf };
        let answered = match still_right(settings, &account, new_hash, &password, form).await {
            Ok(()) => issue(settings, &grant, session.expires),
            Err(refusal) => Err(refusal),
        };
        let response = match answered {
            Ok(response) => response,
            Err(refusal) => {
                // If it cannot be ended, it ends when it expires. Nobody has its token.
                let _ = settings.sessions.end(session.id).await;
                return Err(refusal);
            }
        };
        let response = cookie.into_iter().fold(response, TokenResponse::cookie);
        let may_refresh = client.may_use(GrantType::RefreshToken);
        Ok((if may_refresh { response.refresh_token(token.as_str()) } else { response }, session))
    }
}

/// Replaces an outdated hash, and looks whether the password that was right still is.
///
/// Hashing takes long. If the password was changed meanwhile, or the account disabled, then all sessions were ended before this one
/// began.
async fn still_right(
    settings: &Settings,
    account: &Account,
    new_hash: Option<String>,
    password: &Password,
    form: FormOf,
) -> Result<(), Refusal> {
    if let (Some(old), Some(new)) = (&account.password_hash, &new_hash) {
        settings.accounts.replace_hash(&account.subject, old, new).await?;
    }
    let now = settings.accounts.find_subject(&account.subject).await?.filter(|now| !now.disabled);
    let is_right = match now.and_then(|now| now.password_hash) {
        Some(hash) if new_hash.as_ref() == Some(&hash) || account.password_hash.as_ref() == Some(&hash) => true,
        // Another login with the same password may have replaced the hash before.
        Some(hash) => settings.passwords.verify(password, Some(&hash)).await?.is_accepted(),
        None => false,
    };
    if is_right { Ok(()) } else { Err(Refusal::new(Outcome::WrongPassword, form.wrong_password())) }
}

/// Compares the password with that of the account that the user has named.
async fn compare(
    settings: &Settings,
    share: &PasswordShare,
    (username, password): (&str, &Password),
    report: &mut Report,
) -> Result<(Option<Account>, Verdict), Refusal> {
    let account = if is_a_name(username) { settings.accounts.find(username).await? } else { None };
    if let Some(account) = &account {
        report.subject(&account.subject);
    }
    // Also without an account or a password, so that the response does not come sooner.
    let stored = account.as_ref().and_then(|account| account.password_hash.as_deref());
    let verdict = match &account {
        // A new hash would take time, and so tell that the password is right.
        Some(account) if account.disabled => match share.verify(password, stored).await?.is_accepted() {
            true => Verdict::Accepted { new_hash: None },
            false => Verdict::Refused,
        },
        _ => share.verify_and_update(password, stored).await?,
    };
    Ok((account, verdict))
}

/// Whether somebody may have this name.
fn is_a_name(username: &str) -> bool {
    username.len() <= MAX_NAME && !username.chars().any(char::is_control)
}
