//! The rules for claims: takes the claims of a token whose signature is good, yields them if they keep every rule.

use std::{borrow::Cow, time::Duration};

use super::{
    claim_at, claim_fault,
    claims::Claims,
    error::TokenError,
    numeric_date::NumericDate,
    profile::Profile,
    registered::Registered,
    scope_claim::{ScopeClaim, ScopeValue},
    scope_source::ScopeSource,
    subject::Subject,
    tenants::Tenants,
};
use crate::{
    credential::presented::BoundTokens,
    jose::{header::is_type, json::Text},
    scopes::set::Scopes,
};

/// Clocks that are set over the network differ by less.
const MAX_LEEWAY: Duration = Duration::from_secs(300);
/// In bytes. Access tokens are smaller. Servers allow more for all header fields together.
pub(crate) const MAX_SIZE: usize = 16 * 1024;

/// A claim, and its accepted values.
#[derive(Clone, Debug)]
pub(crate) struct Values {
    claim: Box<str>,
    accepted: Vec<String>,
    /// Whether it names the client.
    is_client: bool,
}

/// The configured rules of a verifier.
#[derive(Clone, Debug)]
pub(crate) struct Policy {
    /// Seconds by which clocks may differ.
    pub(crate) leeway: f64,
    pub(crate) issuer: Option<String>,
    /// In place of one issuer.
    pub(crate) tenants: Option<Tenants>,
    pub(crate) audiences: Option<Vec<String>>,
    pub(crate) values: Vec<Values>,
    /// Claims that only access tokens have, as a text that is not empty.
    pub(crate) required: Vec<&'static str>,
    /// The claim that stands in for a missing `sub`.
    pub(crate) subject_or: Option<Box<str>>,
    pub(crate) scope_claim: ScopeClaim,
    /// In place of `scope_claim`.
    pub(crate) scope_sources: Option<Vec<ScopeSource>>,
    pub(crate) profile: Profile,
    /// The accepted values of `typ`, in place of those of the profile.
    pub(crate) types: Option<Vec<String>>,
    /// Whether a token without `typ` is accepted as well.
    pub(crate) accepts_untyped: bool,
    /// The largest token, in bytes.
    pub(crate) max_size: usize,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            leeway: 0.0,
            issuer: None,
            tenants: None,
            audiences: None,
            values: Vec::new(),
            required: Vec::new(),
            subject_or: None,
            scope_claim: ScopeClaim::default(),
            scope_sources: None,
            profile: Profile::default(),
            types: None,
            accepts_untyped: false,
            max_size: MAX_SIZE,
        }
    }
}

impl Policy {
    pub(crate) fn set_leeway(&mut self, leeway: Duration) {
        self.leeway = leeway.min(MAX_LEEWAY).as_secs_f64();
    }

    pub(crate) fn set_audiences(&mut self, audiences: impl IntoIterator<Item: Into<String>>) {
        self.audiences = Some(audiences.into_iter().map(Into::into).collect());
    }

    pub(crate) fn add_values(
        &mut self,
        claim: Box<str>,
        accepted: impl IntoIterator<Item: Into<String>>,
        is_client: bool,
    ) {
        self.values.push(Values { claim, accepted: accepted.into_iter().map(Into::into).collect(), is_client });
    }

    pub(crate) fn set_subject_or(&mut self, claim: Box<str>) {
        self.subject_or = Some(claim);
    }

    pub(crate) fn set_scope_claim(&mut self, claim: ScopeClaim) {
        (self.scope_claim, self.scope_sources) = (claim, None);
    }

    pub(crate) fn set_scope_sources(&mut self, sources: impl IntoIterator<Item = ScopeSource>) {
        self.scope_sources = Some(sources.into_iter().collect());
    }

    pub(crate) fn set_types(&mut self, types: impl IntoIterator<Item: Into<String>>) {
        self.types = Some(types.into_iter().map(Into::into).collect());
    }

    /// Whether a token's `typ` is one of the configured types, or else one of the profile's.
    pub(crate) fn accepts_type(&self, typ: Option<&str>) -> bool {
        if typ.is_none() && self.accepts_untyped {
            return true;
        }
        match &self.types {
            Some(types) => typ.is_some_and(|typ| types.iter().any(|accepted| is_type(typ, accepted))),
            None => self.profile.accepts_type(typ),
        }
    }

    /// The accepted issuer, audiences or clients, if a token is refused with `error`.
    pub(crate) fn expected(&self, error: &TokenError) -> Vec<&str> {
        match error {
            TokenError::Issuer => self.issuer.as_deref().into_iter().collect(),
            TokenError::Audience => self.audiences.iter().flatten().map(String::as_str).collect(),
            TokenError::Client => self.accepted(|values| values.is_client),
            TokenError::Value { claim } => self.accepted(|values| *values.claim == **claim && !values.is_client),
            _ => Vec::new(),
        }
    }

    /// Checks the claims in `text` against every rule; `now` is in seconds since 1970.
    /// `bound` is what happens to tokens that are bound to their sender.
    #[cfg(any(test, feature = "introspection"))]
    pub(crate) fn check(&self, text: &str, now: f64, bound: BoundTokens) -> Result<Claims, TokenError> {
        self.check_with(text, now, bound, |_, _| Ok(()))
    }

    /// The same, where `session` may refuse a token that keeps every rule, by its claim `sid`, `None` if that is no text, and by the
    /// seconds from `iat` to `exp`, infinite without `iat`.
    #[inline]
    pub(crate) fn check_with(
        &self,
        text: &str,
        now: f64,
        bound: BoundTokens,
        session: impl FnOnce(Option<&str>, f64) -> Result<(), TokenError>,
    ) -> Result<Claims, TokenError> {
        let mut claims = Registered::default();
        claims.read(text).map_err(|_| claim_fault::find(text))?;
        let sub = self.subject(&claims, text)?;
        let NumericDate(exp) = claims.exp.ok_or(TokenError::MissingClaim("exp"))?;
        if sub.is_empty() {
            return Err(TokenError::EmptySubject);
        }
        self.profile.check(&claims, text)?;
        if claims.cnf.is_some() && bound == BoundTokens::Refused {
            return Err(TokenError::Bound);
        }
        self.check_issuer(&claims, text)?;
        self.check_audience(&claims)?;
        self.check_values(text)?;
        if claims.nbf.is_some_and(|NumericDate(nbf)| nbf > now + self.leeway) {
            return Err(TokenError::NotYetValid);
        }
        // The token expires *on* this time (RFC 7519 §4.1.4).
        if exp + self.leeway <= now {
            return Err(TokenError::Expired);
        }
        let lifetime = claims.iat.map_or(f64::INFINITY, |NumericDate(iat)| exp - iat);
        let sid = match &claims.sid {
            Some(ScopeValue::Text(sid)) => Some(&**sid),
            _ => None,
        };
        session(sid, lifetime)?;
        let scope = self.scopes(&claims, text)?;
        Ok(Claims { sub: Subject::from(&*sub), scope, exp: exp as u64, cnf: claims.cnf })
    }

    #[inline]
    fn subject<'c>(&self, claims: &'c Registered<'_>, text: &str) -> Result<Cow<'c, str>, TokenError> {
        match (&claims.sub, &self.subject_or) {
            (Some(Text(sub)), Some(claim)) if stands_for_client(sub, claim) => {
                Err(TokenError::WrongClaim { claim: "sub", found: "the subject of a client" })
            }
            (Some(Text(sub)), _) => Ok(Cow::Borrowed(sub)),
            (None, None) => Err(TokenError::MissingClaim("sub")),
            (None, Some(claim)) => {
                let client = claim_at::text(text, claim).ok_or(TokenError::MissingClaim("sub"))?;
                // With the claim's name before it, a client is not taken for the user whose `sub` has the same text.
                Ok(Cow::Owned(format!("{claim}:{client}")))
            }
        }
    }

    /// Compared as written (RFC 7519 §4.1.1, RFC 8414 §4).
    #[inline]
    fn check_issuer(&self, claims: &Registered<'_>, text: &str) -> Result<(), TokenError> {
        match (&self.issuer, &self.tenants, &claims.iss) {
            (None, None, _) => Ok(()),
            (Some(issuer), None, Some(Text(iss))) if issuer == iss => Ok(()),
            (None, Some(tenants), Some(Text(iss))) => tenants.check(iss, text),
            _ => Err(TokenError::Issuer),
        }
    }

    #[inline]
    fn check_audience(&self, claims: &Registered<'_>) -> Result<(), TokenError> {
        match (&self.audiences, &claims.aud) {
            (None, None) => {}
            (Some(audiences), Some(aud)) if aud.names_any(audiences) => {}
            // Everyone whom `aud` does not name must refuse the token (RFC 7519 §4.1.3).
            _ => return Err(TokenError::Audience),
        }
        Ok(())
    }

    #[inline]
    fn check_values(&self, text: &str) -> Result<(), TokenError> {
        for claim in &self.required {
            claim_at::text(text, claim).ok_or(TokenError::MissingClaim(claim))?;
        }
        for Values { claim, accepted, is_client } in &self.values {
            let value = claim_at::text(text, claim);
            if !value.is_some_and(|value| accepted.iter().any(|one| *one == value)) {
                let claim = || String::from(&**claim);
                return Err(if *is_client { TokenError::Client } else { TokenError::Value { claim: claim() } });
            }
        }
        Ok(())
    }

    /// The accepted values of these claims.
    fn accepted(&self, of: impl Fn(&Values) -> bool) -> Vec<&str> {
        self.values.iter().filter(|values| of(values)).flat_map(|values| &values.accepted).map(String::as_str).collect()
    }

    #[inline]
    fn scopes(&self, claims: &Registered<'_>, text: &str) -> Result<Scopes, TokenError> {
        let Some(sources) = &self.scope_sources else {
            let scope = self.scope_claim.granted([&claims.scope, &claims.scopes, &claims.scp]);
            return scope.ok_or_else(|| claim_fault::wrong_type(self.scope_claim.name(), text));
        };
        let mut granted = String::new();
        for source in sources {
            let wrong = || TokenError::ScopeSource { claim: source.to_string() };
            source.grant(text, &mut granted).ok_or_else(wrong)?;
        }
        Ok(Scopes::from(granted.as_str()))
    }
}

/// Whether it reads like the subject of a token without `sub`, so that a user would be taken for the client.
fn stands_for_client(sub: &str, claim: &str) -> bool {
    sub.strip_prefix(claim).is_some_and(|rest| rest.starts_with(':'))
}

/// Checks that `iss` is `issuer`, the only one whose tokens a key may sign.
#[inline]
pub(super) fn check_issuer_of_key(issuer: Option<&str>, claims: &str) -> Result<(), TokenError> {
    let is_its = |issuer| claim_at::text(claims, "iss").is_some_and(|iss| iss == issuer);
    if issuer.is_none_or(is_its) { Ok(()) } else { Err(TokenError::Issuer) }
}
