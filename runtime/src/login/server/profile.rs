//! What handlers of a profile page call: change of password, logout, personal tokens.

use std::time::Duration;

use super::{
    super::{personal::NewPersonalToken, store::SessionId},
    account,
    authorization_server::AuthorizationServer,
};
use crate::{credential::password::Password, error::AuthError, scheme::oauth2::OAuth2Scheme, scopes::set::Scopes};

impl<S: OAuth2Scheme> AuthorizationServer<S> {
    /// Changes the password of a user who knows the old one, and ends all sessions of the user but `keep`. Attempts count as at a login,
    /// in a number of their own.
    ///
    /// The service decides before what a good password is. Personal tokens stay;
    /// [`PersonalTokens::delete_all`](crate::login::PersonalTokens::delete_all) deletes them.
    ///
    /// ```
    /// use axum_scopes::{AuthError, OAuth2Scheme, credential::Password, login::{AuthorizationServer, SessionClaims}};
    ///
    /// async fn change<Api: OAuth2Scheme>(
    ///     server: &AuthorizationServer<Api>,
    ///     caller: &SessionClaims,
    ///     (old, new): (&Password, &Password),
    /// ) -> Result<(), AuthError> {
    ///     if new.as_str().chars().count() < 8 {
    ///         return Err(AuthError::bad_request("The new password is too short"));
    ///     }
    ///     server.change_password(&caller.sub, old, new, Some(caller.sid)).await
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// 400 if the old password is wrong, or the new one empty or longer than
    /// [`Passwords::MAX_LEN`](crate::password::Passwords::MAX_LEN); 429 after too many attempts; 503 with `Retry-After` if a store does
    /// not answer. If the sessions could not be ended before, the password stays as it was.
    pub async fn change_password(
        &self,
        subject: &str,
        old: &Password,
        new: &Password,
        keep: Option<SessionId>,
    ) -> Result<(), AuthError> {
        account::change_password(&self.settings, subject, (old, new), keep).await
    }

    /// Logs out: ends the session, if it is one of this user. Its access tokens are refused here at once, and by other replicas within
    /// seconds. A session of another user goes on, so the session may also be one that the user has chosen in a list.
    ///
    /// ```
    /// # use axum_scopes::{AuthError, OAuth2Scheme, login::{AuthorizationServer, SessionClaims}};
    /// async fn logout<Api: OAuth2Scheme>(
    ///     server: &AuthorizationServer<Api>,
    ///     caller: &SessionClaims,
    /// ) -> Result<(), AuthError> {
    ///     server.end_session(&caller.sub, caller.sid).await
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// 503 with `Retry-After` if the store does not answer. The session may then have ended or not.
    pub async fn end_session(&self, subject: &str, session: SessionId) -> Result<(), AuthError> {
        account::end_session(&self.settings, subject, session).await
    }

    /// Logs a user out everywhere, but for `except`, and returns the number of sessions that have ended. Call it also after an account
    /// was disabled.
    ///
    /// ```
    /// # use axum_scopes::{AuthError, OAuth2Scheme, login::{AuthorizationServer, SessionClaims}};
    /// async fn logout_elsewhere<Api: OAuth2Scheme>(
    ///     server: &AuthorizationServer<Api>,
    ///     caller: &SessionClaims,
    /// ) -> Result<usize, AuthError> {
    ///     server.end_sessions(&caller.sub, Some(caller.sid)).await
    /// }
    ///
    /// # use axum_scopes::login::PersonalTokens;
    /// /// After the table of users says that the account is disabled.
    /// async fn shut_out<Api: OAuth2Scheme>(
    ///     server: &AuthorizationServer<Api>,
    ///     personal: &PersonalTokens,
    ///     subject: &str,
    /// ) -> Result<(), AuthError> {
    ///     server.end_sessions(subject, None).await?;
    ///     // No session makes another one now.
    ///     personal.delete_all(subject).await?;
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// 503 with `Retry-After` if the store does not answer. Some of the sessions may then have ended.
    pub async fn end_sessions(&self, subject: &str, except: Option<SessionId>) -> Result<usize, AuthError> {
        account::end_sessions(&self.settings, subject, except).await
    }

    /// Makes a personal token for a user. A handler passes only scopes that its caller has: a session may have fewer than the account.
    /// Without a `lifetime` the token does not expire.
    ///
    /// ```
    /// use axum_scopes::{AuthError, OAuth2Scheme, login::{AuthorizationServer, NewPersonalToken, SessionClaims}};
    ///
    /// async fn create<Api: OAuth2Scheme>(
    ///     server: &AuthorizationServer<Api>,
    ///     caller: &SessionClaims,
    ///     name: &str,
    /// ) -> Result<NewPersonalToken, AuthError> {
    ///     server.create_personal_token(&caller.sub, name, &caller.scope, None).await
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// 400 if the account lacks a scope or is disabled, or if the user has too many tokens; 503 with `Retry-After` if the store does not answer, 500 without
    /// [`personal_tokens`](Self::personal_tokens).
    pub async fn create_personal_token(
        &self,
        subject: &str,
        name: &str,
        scope: &Scopes,
        lifetime: Option<Duration>,
    ) -> Result<NewPersonalToken, AuthError> {
        account::create_personal_token(&self.settings, subject, name, scope, lifetime).await
    }

    /// Deletes a personal token of a user, and says whether there was one.
    ///
    /// ```
    /// # use axum_scopes::{AuthError, OAuth2Scheme, login::{AuthorizationServer, SessionClaims}};
    /// # async fn delete<Api: OAuth2Scheme>(server: &AuthorizationServer<Api>, caller: &SessionClaims) -> Result<bool, AuthError> {
    /// server.delete_personal_token(&caller.sub, "the id in the list of tokens").await
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// 503 with `Retry-After` if the store does not answer, 500 without [`personal_tokens`](Self::personal_tokens).
    pub async fn delete_personal_token(&self, subject: &str, id: &str) -> Result<bool, AuthError> {
        account::delete_personal_token(&self.settings, subject, id).await
    }
}
