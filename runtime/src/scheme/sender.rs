//! What a scheme asks of the senders of its tokens, as a constant.

use crate::{scopes::grammar::same, text::constant::Text};

/// What a scheme asks of the senders of its tokens. Challenges, documents, the access table and the metadata of the resource say
/// so, and [`verified`](crate::verified) checks it.
///
/// | constant | accepts |
/// |---|---|
/// | `Sender::bearer()`, the default | tokens that are bound to nobody |
/// | `Sender::bearer().or_dpop(&["ES256"])` | these, and tokens that are bound to a key, with a proof (RFC 9449) |
/// | `Sender::bearer().or_certificate()` | these, and tokens that are bound to a certificate, over a TLS connection with it (RFC 8705) |
/// | `….required()` | only tokens that are bound |
/// | `Sender::unchecked()` | every token as a bearer token, whatever key or certificate it is bound to |
///
/// A token that is bound to a key and to a certificate needs both. A token that is bound to anything else is refused.
///
/// ```
/// use axum_scopes::{AuthError, Flows, OAuth2Scheme, credential::AccessToken, scheme::Sender};
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::client_credentials("https://id.example/token");
///     const SCOPES: &[(&str, &str)] = &[];
///     const SENDER: Sender = Sender::bearer().or_dpop(&["ES256", "EdDSA"]);
/// }
///
/// let refusal = AuthError::no_credential::<AccessToken<Api>>();
/// assert_eq!(refusal.challenge(), Some(r#"Bearer, DPoP algs="ES256 EdDSA""#));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sender {
    dpop: &'static [&'static str],
    certificate: bool,
    required: bool,
    unchecked: bool,
}

/// The algorithms of proofs: signatures with public keys (RFC 9449 §4.2).
const ALGORITHMS: [&str; 11] =
    ["ES256", "ES384", "ES512", "EdDSA", "Ed25519", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512"];

impl Sender {
    /// Tokens that are bound to nobody, as in RFC 6750.
    #[must_use]
    pub const fn bearer() -> Self {
        Self { dpop: &[], certificate: false, required: false, unchecked: false }
    }

    /// Every token as a bearer token, whatever key or certificate it is bound to. Use it where something in front of the service
    /// confirms senders.
    #[must_use]
    pub const fn unchecked() -> Self {
        Self { unchecked: true, ..Self::bearer() }
    }

    /// Also tokens that are bound to a key, with proofs that are signed with one of these algorithms (RFC 7518 §3.1, RFC 9864).
    #[must_use]
    pub const fn or_dpop(self, algorithms: &'static [&'static str]) -> Self {
        Self { dpop: algorithms, ..self }
    }

    /// Also tokens that are bound to a client certificate (RFC 8705 §3).
    #[must_use]
    pub const fn or_certificate(self) -> Self {
        Self { certificate: true, ..self }
    }

    /// Only tokens that are bound.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// The algorithms of proofs; empty if the scheme takes none.
    #[must_use]
    pub const fn dpop_algorithms(&self) -> &'static [&'static str] {
        self.dpop
    }

    /// Whether the scheme takes tokens that are bound to a client certificate.
    #[must_use]
    pub const fn takes_certificates(&self) -> bool {
        self.certificate
    }

    /// Whether the scheme refuses tokens that are bound to nobody.
    #[must_use]
    pub const fn is_required(&self) -> bool {
        self.required
    }

    /// Whether the scheme ignores what tokens are bound to.
    #[must_use]
    pub const fn is_unchecked(&self) -> bool {
        self.unchecked
    }

    /// Whether somebody has to confirm senders.
    pub(crate) const fn has_to_be_confirmed(&self) -> bool {
        !self.dpop.is_empty() || self.certificate
    }

    /// Whether a token may come behind `Bearer`: one that is bound to nobody, or to a certificate.
    pub(crate) const fn takes_bearer(&self) -> bool {
        !self.required || self.certificate
    }

    /// The algorithms of proofs, with one space between them.
    pub(crate) const fn algs(&self) -> Text<128> {
        let mut text = Text::new();
        let mut rest = self.dpop;
        while let [name, others @ ..] = rest {
            text = text.put(name);
            if !others.is_empty() {
                text = text.put(" ");
            }
            rest = others;
        }
        text
    }

    pub(crate) const fn mistake(&self) -> Option<&'static str> {
        if self.required && !self.has_to_be_confirmed() {
            return Some("has a `SENDER` that accepts no token; add `.or_dpop(&[…])` or `.or_certificate()`");
        }
        if self.unchecked && (self.required || self.has_to_be_confirmed()) {
            return Some("has a `SENDER` that is unchecked and checked; begin with `Sender::bearer()`");
        }
        let mut rest = self.dpop;
        while let [name, others @ ..] = rest {
            if !is_one_of(&ALGORITHMS, name) {
                return Some(
                    "has a `SENDER` with an algorithm that proofs cannot have; use `ES256`, `EdDSA` or another signature with a public key",
                );
            }
            if is_one_of(others, name) {
                return Some("has a `SENDER` that names an algorithm twice; remove one");
            }
            rest = others;
        }
        None
    }
}

const fn is_one_of(mut names: &[&str], name: &str) -> bool {
    while let [first, rest @ ..] = names {
        if same(first, name) {
            return true;
        }
        names = rest;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::Sender;

    #[test]
    fn a_sender_that_contradicts_itself_is_a_mistake() {
        let bearer = Sender::bearer();
        for (sender, is_good) in [
            (bearer, true),
            (Sender::unchecked(), true),
            (bearer.or_dpop(&["ES256", "EdDSA"]), true),
            (bearer.or_dpop(&["ES256"]).or_certificate().required(), true),
            (bearer.or_certificate().required(), true),
            (bearer.required(), false),
            (bearer.or_dpop(&[]).required(), false),
            (Sender::unchecked().required(), false),
            (Sender::unchecked().or_certificate(), false),
            (Sender::unchecked().or_dpop(&["ES256"]), false),
            (bearer.or_dpop(&["HS256"]), false),
            (bearer.or_dpop(&["none"]), false),
            (bearer.or_dpop(&["es256"]), false),
            (bearer.or_dpop(&["ES256\", x=\""]), false),
            (bearer.or_dpop(&["ES256", "ES256"]), false),
        ] {
            assert_eq!(sender.mistake().is_none(), is_good, "{sender:?}");
        }
    }

    #[test]
    fn algorithms_of_proofs_stand_with_one_space_between_them() {
        for (algorithms, text) in [(&[][..], ""), (&["ES256"], "ES256"), (&["ES256", "EdDSA"], "ES256 EdDSA")] {
            assert_eq!(Sender::bearer().or_dpop(algorithms).algs().str(), Some(text));
        }
    }
}
