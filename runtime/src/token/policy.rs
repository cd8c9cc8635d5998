//! The rules for claims: takes the claims of a token whose signature is good, yields them if they keep every rule.

use std::time::Duration;

use super::{
    claim_fault, claims::Claims, error::TokenError, numeric_date::NumericDate, profile::Profile,
    registered::Registered, scope_claim::ScopeClaim, subject::Subject,
};
use crate::{
    credential::presented::BoundTokens,
    jose::{header::is_type, json::Text},
};

/// Clocks that are set over the network differ by less.
const MAX_LEEWAY: Duration = Duration::from_secs(300);
/// In bytes. Access tokens are smaller. Servers allow more for all header fields together.
const MAX_SIZE: usize = 16 * 1024;

/// The configured rules of a verifier.
#[derive(Clone, Debug)]
pub(crate) struct Policy {
    /// Seconds by which clocks may differ.
    pub(crate) leeway: f64,
    pub(crate) issuer: Option<String>,
    pub(crate) audience: Option<String>,
    pub(crate) scope_claim: ScopeClaim,
    pub(crate) profile: Profile,
    /// The accepted values of `typ`, in place of those of the profile.
    pub(crate) types: Option<Vec<String>>,
    /// The largest token, in bytes.
    pub(crate) max_size: usize,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            leeway: 0.0,
            issuer: None,
            audience: None,
            scope_claim: ScopeClaim::default(),
            profile: Profile::default(),
            types: None,
            max_size: MAX_SIZE,
        }
    }
}

impl Policy {
    pub(crate) fn set_leeway(&mut self, leeway: Duration) {
        self.leeway = leeway.min(MAX_LEEWAY).as_secs_f64();
    }

    pub(crate) fn set_types(&mut self, types: impl IntoIterator<Item: Into<String>>) {
        self.types = Some(types.into_iter().map(Into::into).collect());
    }

    /// Whether a token's `typ` is one of the configured types, or else one of the profile's.
    pub(crate) fn accepts_type(&self, typ: Option<&str>) -> bool {
        match &self.types {
            Some(types) => typ.is_some_and(|typ| types.iter().any(|accepted| is_type(typ, accepted))),
            None => self.profile.accepts_type(typ),
        }
    }

    /// The accepted issuer or audience, if a token is refused with `error`.
    pub(crate) fn expected(&self, error: &TokenError) -> Vec<&str> {
        let expected = match error {
            TokenError::Issuer => &self.issuer,
            TokenError::Audience => &self.audience,
            _ => &None,
        };
        expected.as_deref().into_iter().collect()
    }

    /// Checks the claims in `text` against every rule; `now` is in seconds since 1970.
    /// `bound` is what happens to tokens that are bound to their sender.
    pub(crate) fn check(&self, text: &str, now: f64, bound: BoundTokens) -> Result<Claims, TokenError> {
        let claims: Registered<'_> = serde_json::from_str(text).map_err(|_| claim_fault::find(text))?;
        let Text(sub) = claims.sub.as_ref().ok_or(TokenError::MissingClaim("sub"))?;
        let NumericDate(exp) = claims.exp.ok_or(TokenError::MissingClaim("exp"))?;
        if sub.is_empty() {
            return Err(TokenError::EmptySubject);
        }
        self.profile.check(&claims, text)?;
        if claims.cnf.is_some() && bound == BoundTokens::Refused {
            return Err(TokenError::Bound);
        }
        // Compared as written (RFC 7519 §4.1.1, RFC 8414 §4).
        match (&self.issuer, &claims.iss) {
            (None, _) => {}
            (Some(issuer), Some(Text(iss))) if issuer == iss => {}
            _ => return Err(TokenError::Issuer),
        }
        match (&self.audience, &claims.aud) {
            (None, None) => {}
            (Some(audience), Some(aud)) if aud.names(audience) => {}
            // Everyone whom `aud` does not name must refuse the token (RFC 7519 §4.1.3).
            _ => return Err(TokenError::Audience),
        }
        if claims.nbf.is_some_and(|NumericDate(nbf)| nbf > now + self.leeway) {
            return Err(TokenError::NotYetValid);
        }
        // The token expires *on* this time (RFC 7519 §4.1.4).
        if exp + self.leeway <= now {
            return Err(TokenError::Expired);
        }
        let scope = self.scope_claim.granted([&claims.scope, &claims.scopes, &claims.scp]);
        let scope = scope.ok_or_else(|| claim_fault::wrong_type(self.scope_claim.name(), text))?;
        Ok(Claims { sub: Subject::from(&**sub), scope, exp: exp as u64, cnf: claims.cnf })
    }
}

#[cfg(test)]
mod tests {
    use super::{
        BoundTokens, Policy, TokenError,
        TokenError::{EmptySubject, Expired, MissingClaim, NotYetValid, WrongClaim},
    };

    const NOW: f64 = 1000.5;
    const GOOD: &str = r#"{"sub":"johndoe","exp":4102444800}"#;

    /// `GOOD` with members added, or only `members` where they begin with a brace or bracket.
    fn claims_with(members: &str) -> String {
        if members.starts_with(['{', '[']) { members.to_owned() } else { GOOD.replace('}', &format!(",{members}}}")) }
    }

    #[test]
    fn claims_of_another_shape_are_refused() {
        let deep = format!(r#""x":{}{}"#, "[".repeat(128), "]".repeat(128));
        let refused = [
            r#"["johndoe",4102444800]"#,
            r#"{"exp":4102444800}"#,
            r#"{"sub":"","exp":4102444800}"#,
            r#"{"sub":1,"exp":4102444800}"#,
            r#"{"sub":null,"exp":4102444800}"#,
            r#"{"sub":"johndoe"}"#,
            r#"{"sub":"johndoe","exp":null}"#,
            r#"{"sub":"johndoe","exp":true}"#,
            r#"{"sub":"johndoe","exp":"4102444800"}"#,
            r#"{"sub":"johndoe","exp":[4102444800]}"#,
            r#"{"sub":"johndoe","exp":1e999}"#,
            r#"{"sub":"johndoe","exp":NaN}"#,
            r#""nbf":"0""#,
            r#""nbf":null"#,
            r#""iat":"0""#,
            r#""iat":null"#,
            r#""iss":1"#,
            r#""iss":null"#,
            r#""aud":1"#,
            r#""aud":null"#,
            r#""aud":["api",1]"#,
            r#""aud":{"api":1}"#,
            r#""jti":1"#,
            r#""jti":null"#,
            r#""scope":["me"]"#,
            r#""scope":null"#,
            r#""sub":"johndoe""#,
            r#""exp":4102444800"#,
            r#""e\u0078p":4102444800"#,
            r#""nbf":1,"nbf":1"#,
            r#""iat":1,"iat":1"#,
            r#""iss":"a","iss":"a""#,
            r#""aud":"api","aud":"api""#,
            r#""jti":"a","jti":"a""#,
            r#""scope":"me","scope":"me items""#,
            r#""x":1,"x":2"#,
            r#""x":[{"y":1,"y":2}]"#,
            r#""scp":[{"y":1,"y":2}]"#,
            r#""client_id":{"y":{"z":1,"z":2}}"#,
            r#""scopes":{"y":"\ud800"}"#,
            &deep,
        ];
        let no_objects = ["".into(), format!("{GOOD}x"), format!("{GOOD}{{}}"), format!("\u{feff}{GOOD}")];
        for claims in refused.map(claims_with).into_iter().chain(no_objects) {
            // Which of them, `claim_fault` tests.
            let refused = Policy::default().check(&claims, NOW, BoundTokens::Refused);
            let is_refused =
                matches!(refused, Err(TokenError::Claims | MissingClaim(_) | WrongClaim { .. } | EmptySubject));
            assert!(is_refused, "{claims}: {refused:?}");
        }
    }

    #[test]
    fn claims_without_a_meaning_are_ignored() {
        let brackets = format!(r#""x":"\"{}""#, "[".repeat(128));
        let wide = format!(r#""x":[{}[]]"#, "[],".repeat(200));
        let accepted =
            [r#""x":{"x":1,"y":1}"#, r#""iat":1.5,"nbf":0,"jti":"\n","scope":"","iss":"a""#, &brackets, &wide];
        for members in accepted {
            assert!(Policy::default().check(&claims_with(members), NOW, BoundTokens::Refused).is_ok(), "{members}");
        }
    }

    #[test]
    fn times_are_kept_to_the_fraction() {
        let out_of_range = |claim| WrongClaim { claim, found: "a number out of range" };
        for (leeway, times, expected) in [
            (0.0, r#""exp":1001"#, Ok(())),
            (0.0, r#""exp":1000.75"#, Ok(())),
            (0.0, r#""exp":1000.5"#, Err(Expired)),
            (0.0, r#""exp":1000"#, Err(Expired)),
            (0.0, r#""exp":0"#, Err(Expired)),
            (0.0, r#""exp":-0.0"#, Err(Expired)),
            (0.0, r#""exp":-1"#, Err(out_of_range("exp"))),
            (0.0, r#""exp":-0.5"#, Err(out_of_range("exp"))),
            (0.0, r#""exp":1.8e19"#, Ok(())),
            (0.0, r#""exp":18446744073709551616"#, Err(out_of_range("exp"))),
            (0.0, r#""exp":1e300"#, Err(out_of_range("exp"))),
            (0.0, r#""exp":2000,"nbf":-1"#, Err(out_of_range("nbf"))),
            (0.0, r#""exp":2000,"iat":-1"#, Err(out_of_range("iat"))),
            (5.0, r#""exp":995.75"#, Ok(())),
            (5.0, r#""exp":995.5"#, Err(Expired)),
            (0.0, r#""exp":2000,"nbf":1000.5"#, Ok(())),
            (0.0, r#""exp":2000,"nbf":1000.75"#, Err(NotYetValid)),
            (5.0, r#""exp":2000,"nbf":1005.5"#, Ok(())),
            (5.0, r#""exp":2000,"nbf":1006"#, Err(NotYetValid)),
            (0.0, r#""exp":2000,"iat":3000"#, Ok(())),
        ] {
            let policy = Policy { leeway, ..Policy::default() };
            let claims = format!(r#"{{"sub":"johndoe",{times}}}"#);
            assert_eq!(policy.check(&claims, NOW, BoundTokens::Refused).map(|_| ()), expected, "{claims} {leeway}");
        }
    }
}
