//! Issuers that differ in one place of their URL: takes an issuer's URL, yields whether it is that of an accepted tenant.

use std::{collections::HashSet, fmt};

use super::{claim_at, error::TokenError};

/// Where the tenant stands, as in the documents of Microsoft Entra.
const PLACE: &str = "{tenantid}";
/// The claim that must name the same tenant.
const CLAIM: &str = "tid";

/// A template of issuers, and the tenants in it that are accepted.
#[derive(Clone)]
pub(crate) struct Tenants {
    template: String,
    allowed: Allowed,
}

#[derive(Clone, Debug)]
enum Allowed {
    Any,
    Only(HashSet<String>),
}

/// The template is the issuer's URL, which may have a secret in it until it is checked.
impl fmt::Debug for Tenants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Tenants").field(&self.allowed).finish()
    }
}

impl Tenants {
    /// Accepts no tenant yet.
    pub(crate) fn of(template: String) -> Self {
        Self { template, allowed: Allowed::Only(HashSet::new()) }
    }

    pub(crate) fn allow(&mut self, tenants: impl IntoIterator<Item: Into<String>>) {
        self.allowed = Allowed::Only(tenants.into_iter().map(Into::into).collect());
    }

    pub(crate) fn allow_any(&mut self) {
        self.allowed = Allowed::Any;
    }

    /// Whether the template has exactly one place, and a tenant is accepted.
    pub(crate) fn are_usable(&self) -> bool {
        let allows = match &self.allowed {
            Allowed::Any => true,
            Allowed::Only(tenants) => !tenants.is_empty(),
        };
        allows && self.template.matches(PLACE).count() == 1
    }

    /// Whether `issuer` is that of an accepted tenant. Nothing is known about the token's claims yet.
    pub(crate) fn accept(&self, issuer: &str) -> bool {
        tenant(&self.template, issuer).is_some_and(|tenant| match &self.allowed {
            Allowed::Any => is_guid(tenant),
            Allowed::Only(tenants) => tenants.contains(tenant),
        })
    }

    /// Checks `issuer` and the claim of the tenant, which must agree.
    pub(super) fn check(&self, issuer: &str, claims: &str) -> Result<(), TokenError> {
        let named = claim_at::text(claims, CLAIM).ok_or(TokenError::MissingClaim(CLAIM))?;
        let is_named = tenant(&self.template, issuer) == Some(&*named);
        if is_named && self.accept(issuer) { Ok(()) } else { Err(TokenError::Issuer) }
    }
}

/// The template with some tenant in its place.
#[cfg(feature = "issuer")]
pub(crate) fn filled(template: &str) -> String {
    template.replace(PLACE, "tenant")
}

/// Whether it is written as a GUID, as the tenants of Microsoft Entra are.
fn is_guid(tenant: &str) -> bool {
    let parts = tenant.split('-').map(|part| (part.len(), part.bytes().all(|byte| byte.is_ascii_hexdigit())));
    parts.eq([8, 4, 4, 4, 12].map(|length| (length, true)))
}

/// The tenant in `issuer`, if it is `template` with a tenant in its place.
pub(crate) fn tenant<'i>(template: &str, issuer: &'i str) -> Option<&'i str> {
    let (before, after) = template.split_once(PLACE)?;
    let tenant = issuer.strip_prefix(before)?.strip_suffix(after)?;
    // A slash would make it another place of the URL, and a brace another template.
    (!tenant.is_empty() && !tenant.contains(['/', '{'])).then_some(tenant)
}

#[cfg(test)]
mod tests {
    use super::{Tenants, TokenError, tenant};

    const TEMPLATE: &str = "https://login.example.com/{tenantid}/v2.0";

    #[test]
    fn a_tenant_is_one_segment_of_the_path() {
        let found = |place: &str| tenant(TEMPLATE, &TEMPLATE.replace("{tenantid}", place)).map(str::to_owned);
        assert_eq!(found("acme").as_deref(), Some("acme"));
        for place in ["", "acme/v2.0/x", "/", "{tenantid}", "{"] {
            assert_eq!(found(place), None, "{place}");
        }
        assert_eq!(tenant(TEMPLATE, "https://login.example.org/acme/v2.0"), None);
    }

    #[test]
    fn a_token_names_the_tenant_of_its_issuer() {
        let mut tenants = Tenants::of(TEMPLATE.to_owned());
        assert!(!tenants.are_usable());
        tenants.allow(["acme"]);
        assert!(tenants.are_usable());
        assert_eq!(format!("{tenants:?}"), r#"Tenants(Only({"acme"}))"#);
        let (acme, other) = (TEMPLATE.replace("{tenantid}", "acme"), TEMPLATE.replace("{tenantid}", "other"));
        for (issuer, claims, expected) in [
            (&acme, r#"{"tid":"acme"}"#, Ok(())),
            (&acme, r#"{"tid":"\u0061cme"}"#, Ok(())),
            (&acme, r#"{"tid":"\u0062cme"}"#, Err(TokenError::Issuer)),
            (&acme, r#"{"tid":"other"}"#, Err(TokenError::Issuer)),
            (&other, r#"{"tid":"other"}"#, Err(TokenError::Issuer)),
            (&acme, "{}", Err(TokenError::MissingClaim("tid"))),
        ] {
            assert_eq!(tenants.check(issuer, claims), expected, "{issuer} {claims}");
        }
    }
}
