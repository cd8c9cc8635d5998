//! Who acts for the subject of a token: takes the payload of a verified token, yields the parties that its claims `act` and
//! `may_act` identify (RFC 8693 §4.1, §4.4).

use std::{fmt, iter::successors};

use serde::Deserialize;

use super::{claim_fault, error::TokenError, verified::VerifiedToken};
use crate::jose::{json::Text, strict};

/// Nobody plans a delegation with more actors.
const MOST_ACTORS: usize = 16;

/// The party that acts for the subject of a token, from the claim `act` (RFC 8693 §4.1).
/// [`VerifiedToken::actor`] reads it.
///
/// The subject of the token, [`Claims::sub`](crate::Claims::sub), is the party *for* which the request is made, and whose scopes the
/// token has. The actor is the party that makes it.
///
/// ```
/// use axum_scopes::{AuthError, token::VerifiedToken};
///
/// /// Accepts the owner, and our assistant in the owner's name.
/// fn check_actor(token: &VerifiedToken) -> Result<(), AuthError> {
///     let refused = |_| AuthError::unauthorized("Could not validate credentials");
///     match token.actor().map_err(refused)? {
///         None => Ok(()),
///         Some(actor) if actor.iss() == Some("https://id.example.com") && actor.sub() == "assistant" => Ok(()),
///         Some(_) => Err(AuthError::forbidden("Only the assistant may act for the owner")),
///     }
/// }
///
/// # use std::time::Duration;
/// # let token = VerifiedToken::of(axum_scopes::Claims::new("amy", "items", Duration::from_secs(60)));
/// let with = |payload| token.clone().with_payload(payload);
/// assert!(check_actor(&with(r#"{"sub": "amy"}"#)).is_ok());
/// assert!(check_actor(&with(r#"{"sub": "amy", "act": {"iss": "https://id.example.com", "sub": "assistant"}}"#)).is_ok());
/// let other = check_actor(&with(r#"{"sub": "amy", "act": {"iss": "https://id.example.com", "sub": "crawler"}}"#));
/// assert_eq!(other.unwrap_err().status(), 403);
/// let malformed = check_actor(&with(r#"{"sub": "amy", "act": "assistant"}"#));
/// assert_eq!(malformed.unwrap_err().status(), 401);
/// ```
#[derive(Debug, PartialEq, Eq)]
pub struct Actor<'a>(Act<'a>);

/// An actor before the current one, for logs. It has no parts that can be compared, because prior actors "are informational only and
/// are not to be considered in access control decisions" (RFC 8693 §4.1).
///
/// `Display` shows `sub`, and `iss` behind it if there is one. Both are escaped.
///
/// ```
/// # use std::time::Duration;
/// # use axum_scopes::{Claims, token::VerifiedToken};
/// # let token = VerifiedToken::of(Claims::new("amy", "items", Duration::from_secs(60)))
/// #     .with_payload(r#"{"sub": "amy", "act": {"sub": "search", "act": {"sub": "assistant", "iss": "https://a.example"}}}"#);
/// for prior in token.actor()?.unwrap().prior_for_information() {
///     assert_eq!(prior.to_string(), "assistant of https://a.example");
/// }
/// # Ok::<_, axum_scopes::token::TokenError>(())
/// ```
#[derive(Clone, Copy)]
pub struct PriorActor<'a>(&'a Act<'a>);

/// The party that may become an actor for the subject of a token, from the claim `may_act` (RFC 8693 §4.4).
/// [`VerifiedToken::may_act`] reads it.
///
/// It is for a service that exchanges tokens. To others it says nothing: no token with an `act` needs it.
///
/// ```
/// # use std::time::Duration;
/// # use axum_scopes::{Claims, token::VerifiedToken};
/// # let token = VerifiedToken::of(Claims::new("amy", "items", Duration::from_secs(60)))
/// #     .with_payload(r#"{"sub": "amy", "may_act": {"sub": "assistant", "iss": "https://id.example.com"}}"#);
/// let may_act = token.may_act()?.unwrap();
/// assert_eq!((may_act.iss(), may_act.sub()), (Some("https://id.example.com"), "assistant"));
/// # Ok::<_, axum_scopes::token::TokenError>(())
/// ```
#[derive(Debug, PartialEq, Eq)]
pub struct MayAct<'a>(Act<'a>);

/// A claim that identifies a party. Its other members, if any, are not used: RFC 8693 §4.1 gives `exp`, `aud` and the like no
/// meaning here.
#[derive(Debug, Deserialize, PartialEq, Eq)]
struct Act<'a> {
    #[serde(borrow)]
    sub: Text<'a>,
    #[serde(borrow)]
    iss: Option<Text<'a>>,
    #[serde(borrow)]
    act: Option<Box<Act<'a>>>,
}

impl VerifiedToken {
    /// The current actor, from the claim `act` (RFC 8693 §4.1): the outermost one. `None` if the subject acts itself.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{Claims, token::VerifiedToken};
    /// # let token = VerifiedToken::of(Claims::new("amy", "items", Duration::from_secs(60)))
    /// #     .with_payload(r#"{"sub": "amy", "act": {"sub": "search", "act": {"sub": "assistant"}}}"#);
    /// let actor = token.actor()?.unwrap();
    /// assert_eq!((token.claims().sub.as_str(), actor.sub()), ("amy", "search"));
    /// # Ok::<_, axum_scopes::token::TokenError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`TokenError::WrongClaim`] if `act`, or an `act` in it, is not an object with a `sub` that is not empty, if a member is
    /// repeated, or if there are more than 16 actors. [`TokenError::Claims`] if the payload is no object. Refuse such a token:
    /// nobody knows who sent it.
    pub fn actor(&self) -> Result<Option<Actor<'_>>, TokenError> {
        #[derive(Deserialize)]
        struct Payload<'a> {
            #[serde(borrow)]
            act: Option<Act<'a>>,
        }
        let read = strict::read(self.payload()).map(|Payload { act }| act);
        Ok(sound(read, "act", self.payload())?.map(Actor))
    }

    /// The party that may become an actor for the subject, from the claim `may_act` (RFC 8693 §4.4). `None` if the claim is absent.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{Claims, token::VerifiedToken};
    /// let token = VerifiedToken::of(Claims::new("amy", "items", Duration::from_secs(60)));
    /// assert_eq!(token.may_act(), Ok(None));
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`actor`](Self::actor), for the claim `may_act`.
    pub fn may_act(&self) -> Result<Option<MayAct<'_>>, TokenError> {
        #[derive(Deserialize)]
        struct Payload<'a> {
            #[serde(borrow)]
            may_act: Option<Act<'a>>,
        }
        let read = strict::read(self.payload()).map(|Payload { may_act }| may_act);
        Ok(sound(read, "may_act", self.payload())?.map(MayAct))
    }
}

/// The party in a claim that was read from `payload`, if it identifies one.
fn sound<'a>(
    read: serde_json::Result<Option<Act<'a>>>,
    claim: &'static str,
    payload: &str,
) -> Result<Option<Act<'a>>, TokenError> {
    read.ok().filter(|act| act.as_ref().is_none_or(Act::is_sound)).ok_or_else(|| fault(claim, payload))
}

/// The error for a claim that identifies nobody.
fn fault(claim: &'static str, payload: &str) -> TokenError {
    match claim_fault::wrong_type(claim, payload) {
        TokenError::WrongClaim { found: "an object", .. } => {
            TokenError::WrongClaim { claim, found: "an object that identifies nobody, or too many" }
        }
        TokenError::WrongClaim { found: "unknown", .. } => TokenError::Claims,
        error => error,
    }
}

impl Act<'_> {
    /// This one and those before it, the most recent first.
    fn chain(&self) -> impl Iterator<Item = &Self> {
        successors(Some(self), |act| act.act.as_deref())
    }

    fn is_sound(&self) -> bool {
        self.chain().count() <= MOST_ACTORS && self.chain().all(|act| !act.sub.0.is_empty())
    }

    fn iss(&self) -> Option<&str> {
        self.iss.as_ref().map(|Text(iss)| &**iss)
    }
}

impl Actor<'_> {
    /// The `sub` of the actor; never empty.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{Claims, token::VerifiedToken};
    /// # let token = VerifiedToken::of(Claims::new("amy", "items", Duration::from_secs(60)))
    /// #     .with_payload(r#"{"sub": "amy", "act": {"sub": "assistant"}}"#);
    /// assert_eq!(token.actor()?.unwrap().sub(), "assistant");
    /// # Ok::<_, axum_scopes::token::TokenError>(())
    /// ```
    #[must_use]
    pub fn sub(&self) -> &str {
        &self.0.sub.0
    }

    /// The `iss` of the actor. If actors come from several issuers, only `iss` and `sub` together identify one.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{Claims, token::VerifiedToken};
    /// # let token = VerifiedToken::of(Claims::new("amy", "items", Duration::from_secs(60)))
    /// #     .with_payload(r#"{"sub": "amy", "act": {"sub": "assistant"}}"#);
    /// assert_eq!(token.actor()?.unwrap().iss(), None);
    /// # Ok::<_, axum_scopes::token::TokenError>(())
    /// ```
    #[must_use]
    pub fn iss(&self) -> Option<&str> {
        self.0.iss()
    }

    /// The actors before this one, the most recent first, for logs. No decision may depend on them (RFC 8693 §4.1).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{Claims, token::VerifiedToken};
    /// let token = VerifiedToken::of(Claims::new("amy", "items", Duration::from_secs(60)))
    ///     .with_payload(r#"{"sub": "amy", "act": {"sub": "search", "act": {"sub": "assistant"}}}"#);
    /// let actor = token.actor()?.unwrap();
    /// let before: Vec<_> = actor.prior_for_information().map(|prior| prior.to_string()).collect();
    /// assert_eq!((actor.sub(), before), ("search", vec!["assistant".to_owned()]));
    /// # Ok::<_, axum_scopes::token::TokenError>(())
    /// ```
    pub fn prior_for_information(&self) -> impl Iterator<Item = PriorActor<'_>> {
        self.0.chain().skip(1).map(PriorActor)
    }
}

impl MayAct<'_> {
    /// The `sub` of the party; never empty.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{Claims, token::VerifiedToken};
    /// # let token = VerifiedToken::of(Claims::new("amy", "items", Duration::from_secs(60)))
    /// #     .with_payload(r#"{"sub": "amy", "may_act": {"sub": "assistant"}}"#);
    /// assert_eq!(token.may_act()?.unwrap().sub(), "assistant");
    /// # Ok::<_, axum_scopes::token::TokenError>(())
    /// ```
    #[must_use]
    pub fn sub(&self) -> &str {
        &self.0.sub.0
    }

    /// The `iss` of the party. Sometimes only `iss` and `sub` together identify one.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{Claims, token::VerifiedToken};
    /// # let token = VerifiedToken::of(Claims::new("amy", "items", Duration::from_secs(60)))
    /// #     .with_payload(r#"{"sub": "amy", "may_act": {"sub": "assistant"}}"#);
    /// assert_eq!(token.may_act()?.unwrap().iss(), None);
    /// # Ok::<_, axum_scopes::token::TokenError>(())
    /// ```
    #[must_use]
    pub fn iss(&self) -> Option<&str> {
        self.0.iss()
    }
}

impl fmt::Display for PriorActor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.sub.0.escape_debug())?;
        self.0.iss().map_or(Ok(()), |iss| write!(f, " of {}", iss.escape_debug()))
    }
}

impl fmt::Debug for PriorActor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PriorActor({self})")
    }
}

#[cfg(test)]
mod tests;
