//! Why a proof is refused: names the rule for the log, and says what the client is told.

use std::{error::Error, fmt, sync::Arc};

use axum::http::HeaderValue;

use crate::{
    error::StoreError,
    jose::{KeyError, error::JwsError},
    token::verify_error::VerifyError,
};

/// Why a proof of possession is refused. It is for the log, and contains nothing of the proof.
#[derive(Clone, Debug)]
pub(crate) enum ProofFault {
    /// There is no header `DPoP`.
    Missing,
    /// There is more than one header `DPoP` (RFC 9449 §4.3).
    Repeated,
    /// The proof has more than 4 KiB.
    TooLarge,
    /// The proof is not three segments of unpadded base64url (RFC 7515 §7.1).
    Malformed,
    /// The header of the proof is not supported (RFC 7515 §4).
    Header,
    /// `typ` is not `dpop+jwt`.
    Type,
    /// `alg` is unknown, symmetric, or not among the accepted ones.
    Algorithm,
    /// `jwk` is missing.
    NoKey,
    /// `jwk` is refused: it is private, too small, or not for `alg`.
    Key(KeyError),
    /// The signature is not by `jwk`.
    Signature,
    /// The claims are malformed, or one has the wrong type.
    Claims,
    /// `jti` is missing, empty, or has more than 256 bytes.
    Id,
    /// `htm` is not the method of the request.
    Method,
    /// `htu` is not the URL of the request.
    Url,
    /// `iat` is missing, or the proof was made too long ago or in the future. The clock of the client may be wrong.
    Time,
    /// `ath` is not the digest of the token that the proof came with.
    AccessToken,
    /// `nonce` is missing or no longer valid. The client gets a fresh one.
    Nonce(HeaderValue),
    /// The proof was used before.
    Replayed,
    /// Nobody knows whether the proof was used before: 503.
    Store(StoreError),
}

/// What the client is told: `invalid_dpop_proof`, `use_dpop_nonce` with a fresh nonce, or 503.
impl From<ProofFault> for VerifyError {
    fn from(fault: ProofFault) -> Self {
        let nonce = match &fault {
            ProofFault::Store(error) => return Self::unavailable(error.retry_after(), error.clone()),
            ProofFault::Nonce(nonce) => Some(nonce.clone()),
            _ => None,
        };
        Self::Proof { nonce, source: Arc::new(fault) }
    }
}

impl From<JwsError> for ProofFault {
    fn from(error: JwsError) -> Self {
        match error {
            JwsError::TooLarge => Self::TooLarge,
            JwsError::Malformed => Self::Malformed,
            JwsError::Header => Self::Header,
            JwsError::Algorithm => Self::Algorithm,
            JwsError::Key => Self::NoKey,
            JwsError::Signature => Self::Signature,
        }
    }
}

impl From<KeyError> for ProofFault {
    fn from(error: KeyError) -> Self {
        Self::Key(error)
    }
}

impl fmt::Display for ProofFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "the request has no proof in the header `DPoP`",
            Self::Repeated => "the request has more than one header `DPoP`",
            Self::TooLarge => "the proof has more than 4 KiB",
            Self::Malformed => "the proof is not three segments of unpadded base64url",
            Self::Header => "the header of the proof is not supported",
            Self::Type => "`typ` of the proof is not `dpop+jwt`",
            Self::Algorithm => "`alg` of the proof is not among the accepted algorithms",
            Self::NoKey => "the proof has no `jwk`",
            Self::Key(error) => return write!(f, "`jwk` of the proof: {error}"),
            Self::Signature => "the signature of the proof is not by its `jwk`",
            Self::Claims => "the claims of the proof are malformed",
            Self::Id => "`jti` of the proof is missing, empty or too long",
            Self::Method => "`htm` of the proof is not the method of the request",
            Self::Url => {
                "`htu` of the proof is not the URL of the request; check the public origin and the stripped prefix"
            }
            Self::Time => "`iat` of the proof is missing, too old or in the future",
            Self::AccessToken => "`ath` of the proof is not the digest of the token",
            Self::Nonce(_) => "`nonce` of the proof is missing or no longer valid",
            Self::Replayed => "the proof was used before",
            Self::Store(error) => return error.fmt(f),
        })
    }
}

impl Error for ProofFault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Key(error) => Some(error),
            Self::Store(error) => error.source(),
            _ => None,
        }
    }
}
