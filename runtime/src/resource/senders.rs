//! What the metadata of a resource says about the senders of its tokens: takes a scheme's `SENDER`, yields members of the metadata.

use serde::Serialize;

use crate::scheme::sender::Sender;

/// The members of RFC 9728 §2 that are about bound tokens. A member with its default is left out.
#[derive(Serialize)]
pub(super) struct Senders {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    tls_client_certificate_bound_access_tokens: bool,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    dpop_signing_alg_values_supported: &'static [&'static str],
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    dpop_bound_access_tokens_required: bool,
}

impl Senders {
    pub(super) const fn of(sender: &Sender) -> Self {
        Self {
            tls_client_certificate_bound_access_tokens: sender.takes_certificates(),
            dpop_signing_alg_values_supported: sender.dpop_algorithms(),
            // A token that is bound to a certificate alone comes without a proof.
            dpop_bound_access_tokens_required: !sender.takes_bearer(),
        }
    }
}
