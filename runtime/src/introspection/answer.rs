//! Reads the endpoint's answers (RFC 7662 §2.2): JSON comes in, a verdict about the token goes out.

use std::{sync::Arc, time::Duration};

use serde::Deserialize;
use zeroize::Zeroizing;

use super::error::RequestError;
use crate::{
    credential::presented::BoundTokens,
    jose::{
        json::Text,
        strict::{self, Raw},
    },
    token::{claims::Claims, error::TokenError, policy::Policy, verify::Reader},
};

/// The media type of an answer.
pub(super) const MEDIA_TYPE: &str = "application/json";

/// What the endpoint says about a token.
#[derive(Clone, Debug)]
pub(super) enum Verdict {
    /// It is active. Its claims are not checked yet.
    Active(Arc<Answer>),
    /// It is inactive, or no access token.
    Refused(TokenError),
}

/// The members of an answer about an active token.
pub(super) struct Answer {
    payload: Zeroizing<Box<str>>,
}

/// The members that are looked at before the claims are. Those that matter only for an active token are of any type.
#[derive(Deserialize)]
#[serde(expecting = "an introspection response")]
struct Members<'a> {
    active: bool,
    #[serde(borrow)]
    exp: Option<Raw<'a>>,
    #[serde(borrow)]
    cnf: Option<Raw<'a>>,
    #[serde(borrow)]
    token_type: Option<Raw<'a>>,
    /// What Ory Hydra and Amazon Cognito call the kind of a token.
    #[serde(borrow)]
    token_use: Option<Raw<'a>>,
    /// What Keycloak calls it.
    #[serde(borrow)]
    typ: Option<Raw<'a>>,
}

/// Kinds of tokens in `typ` that are no access tokens. Other servers may mean something else by `typ`, so others pass.
const OTHER_KINDS: [&str; 4] = ["Refresh", "Offline", "ID", "Logout"];

/// Reads an answer; `now` is in seconds since 1970. If `lifetime` is configured, tokens without `exp` end after it.
pub(super) fn read(json: &str, lifetime: Option<Duration>, now: f64) -> Result<Verdict, RequestError> {
    let members: Members<'_> = strict::read(json).map_err(|_| RequestError::Answer)?;
    if !members.active {
        return Ok(Verdict::Refused(TokenError::Inactive));
    }
    if !members.is_of_access_token() {
        return Ok(Verdict::Refused(TokenError::TokenType));
    }
    let payload = members.completed(json, lifetime, now);
    Ok(Verdict::Active(Arc::new(Answer { payload })))
}

impl Members<'_> {
    /// Endpoints also know refresh tokens, which are for the server that issued them.
    fn is_of_access_token(&self) -> bool {
        let names_one_of = |raw: &Raw<'_>, names: &[&str]| {
            let text: Result<Text<'_>, _> = serde_json::from_str(raw.as_str());
            text.is_ok_and(|Text(text)| names.iter().any(|name| name.eq_ignore_ascii_case(&text)))
        };
        let is_one_of =
            |member: &Option<Raw<'_>>, names: &[&str]| member.as_ref().is_none_or(|raw| names_one_of(raw, names));
        if self.typ.as_ref().is_some_and(|typ| names_one_of(typ, &OTHER_KINDS)) {
            return false;
        }
        // A token that needs a proof is bound to a key (RFC 9449 §6.2). Without that, it would pass as a bearer token.
        let types: &[_] = if self.cnf.is_some() { &["Bearer", "DPoP"] } else { &["Bearer"] };
        is_one_of(&self.token_type, types) && is_one_of(&self.token_use, &["access_token", "access"])
    }

    /// The answer, with an `exp` if it is filled in, so that every reader of the claims sees it.
    fn completed(&self, json: &str, lifetime: Option<Duration>, now: f64) -> Zeroizing<Box<str>> {
        let Some(lifetime) = lifetime.filter(|_| self.exp.is_none()) else { return Zeroizing::new(json.into()) };
        let exp = format!(r#"{{"exp":{},"#, (now + lifetime.as_secs_f64()) as u64);
        // An object with at least one member, `active`, so that a comma can precede it.
        let rest = json.trim_start().strip_prefix('{').unwrap_or_default();
        let mut completed = Zeroizing::new(String::with_capacity(exp.len() + rest.len()));
        completed.push_str(&exp);
        completed.push_str(rest);
        Zeroizing::new(completed.as_str().into())
    }
}

impl Answer {
    /// The size in bytes.
    pub(super) fn len(&self) -> usize {
        self.payload.len()
    }

    /// Checks the claims by `policy`, and passes them to `read`. Returns the expiry, too. `bound` is what happens to tokens that are
    /// bound to their sender.
    pub(super) fn read<R>(
        &self,
        policy: &Policy,
        now: f64,
        bound: BoundTokens,
        read: impl Reader<R>,
    ) -> Result<(R, u64), TokenError> {
        let claims: Claims = policy.check(&self.payload, now, bound)?;
        let exp = claims.exp;
        Ok((read(claims, &self.payload)?, exp))
    }
}

/// It may contain anything, so it is not shown.
impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Answer([redacted])")
    }
}

#[cfg(test)]
mod tests;
