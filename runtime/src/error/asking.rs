//! What a refusal asks the client for at its place: takes the requirement, and the scopes that the request fills in, yields
//! challenges.

use crate::{
    scheme::{challenge::Challenge, error_style::ErrorStyle, info::SchemeInfo},
    tree::requirement::{Asked, Requirement},
};

/// The requirement that a refusal is about.
#[derive(Clone, Debug)]
pub(crate) struct Asking {
    pub(crate) requirement: &'static Requirement,
    /// The required scopes, if they are no constants. Empty if the request fits none.
    filled: Option<String>,
    /// Whether the request has come with a DPoP proof, so that the refusal is about this scheme (RFC 9449 §7.1).
    dpop: bool,
}

/// The text of a bearer challenge, and its error code in style `Rfc6750`.
type Kind = (fn(&Asked) -> &'static str, Option<&'static str>);

const PLAIN: Kind = (|asked| asked.plain, None);
const INVALID_TOKEN: Kind = (|asked| asked.invalid_token, Some("invalid_token"));
const INSUFFICIENT_SCOPE: Kind = (|asked| asked.insufficient_scope, Some("insufficient_scope"));

impl Asking {
    pub(crate) fn new(requirement: &'static Requirement, filled: Option<String>) -> Self {
        Self { requirement, filled, dpop: false }
    }

    /// The same place, asked with a DPoP proof.
    pub(crate) fn with_proof(self, dpop: bool) -> Self {
        Self { dpop, ..self }
    }

    /// For a request without a credential.
    pub(super) fn plain(&self) -> Challenge {
        match self.requirement.style() {
            ErrorStyle::FastApi => Challenge::constant(self.requirement.asked.plain),
            ErrorStyle::Rfc6750 => self.challenge(PLAIN),
        }
    }

    pub(super) fn invalid_token(&self) -> Challenge {
        self.challenge(INVALID_TOKEN)
    }

    pub(super) fn insufficient_scope(&self) -> Challenge {
        self.challenge(INSUFFICIENT_SCOPE)
    }

    fn challenge(&self, (constant, code): Kind) -> Challenge {
        if self.dpop
            && let Some(text) = self.of_dpop(code)
        {
            return Challenge::Text(text.into());
        }
        match (&self.filled, self.requirement.challenges().parameters) {
            (Some(scope), Some(parameters)) => {
                let code = code.filter(|_| self.requirement.style() == ErrorStyle::Rfc6750);
                Challenge::Text(parameters.text(code, scope).into())
            }
            _ => Challenge::constant(constant(&self.requirement.asked)),
        }
    }

    /// The challenge to a request that has come with a proof. It has its code in each style, because clients act on it.
    pub(super) fn of_dpop(&self, code: Option<&str>) -> Option<String> {
        Some(self.requirement.challenges().parameters?.of_dpop(code, self.scopes()))
    }

    /// For a request without a credential of `scheme`, which need not be the one that decides here. Only style `Rfc6750` names
    /// scopes in it.
    pub(super) fn plain_of(&self, scheme: &'static SchemeInfo) -> Challenge {
        self.of(scheme, PLAIN)
    }

    /// For an invalid credential of `scheme`, in a refusal that does not know its place.
    pub(super) fn unauthorized_of(&self, scheme: &'static SchemeInfo) -> Challenge {
        self.of(scheme, INVALID_TOKEN)
    }

    fn of(&self, scheme: &'static SchemeInfo, kind: Kind) -> Challenge {
        match (scheme.error_style(), scheme.challenges().parameters) {
            (ErrorStyle::Rfc6750, Some(_)) if self.requirement.scheme == Some(scheme) => self.challenge(kind),
            (ErrorStyle::Rfc6750, Some(parameters)) => Challenge::Text(parameters.text(kind.1, self.scopes()).into()),
            // In FastAPI's style, only a refusal that knows its place names scopes.
            _ => Challenge::constant(match kind.1 {
                Some(_) => scheme.unauthorized(),
                None => scheme.challenges().plain,
            }),
        }
    }

    fn scopes(&self) -> &str {
        match &self.filled {
            Some(filled) => filled,
            None if self.requirement.required.has_templates() => "",
            None => self.requirement.required.text(),
        }
    }
}
