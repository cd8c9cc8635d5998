//! A signed text: takes its segments, yields its payload, its signature and its header, which is parsed at most once.

use std::sync::OnceLock;

#[cfg(feature = "dpop")]
use super::verification_key::VerificationKey;
use super::{
    compact::{self, Compact},
    error::JwsError,
    header::Header,
};

/// A text in compact serialisation. Its signature is not verified yet.
pub(crate) struct Jws<'a> {
    parts: &'a Compact<'a>,
    header: OnceLock<Result<Header<'a>, JwsError>>,
}

impl<'a> Jws<'a> {
    pub(crate) fn new(parts: &'a Compact<'a>) -> Self {
        Self { parts, header: OnceLock::new() }
    }

    /// Checks the size for the verifier, which may allow fewer bytes than the caller that has split the text.
    pub(crate) fn check_size(&self, max_size: usize) -> Result<(), JwsError> {
        if self.parts.len() > max_size { Err(JwsError::TooLarge) } else { Ok(()) }
    }

    pub(crate) fn header(&self) -> Result<&Header<'a>, JwsError> {
        let read = || Header::read(self.parts.header_text().ok_or(JwsError::Malformed)?);
        self.header.get_or_init(read).as_ref().map_err(|error| *error)
    }

    /// Decodes the payload, which must be UTF-8, into `buffer`.
    pub(crate) fn payload<'b>(&self, buffer: &'b mut Vec<u8>) -> Result<&'b str, JwsError> {
        #[cfg(test)]
        super::tests::work::add_one(&super::tests::work::PAYLOADS);
        let payload = compact::decode(self.parts.payload, buffer).ok_or(JwsError::Malformed)?;
        str::from_utf8(payload).map_err(|_| JwsError::Malformed)
    }

    /// Decodes the signature into `buffer`.
    pub(super) fn signature<'b>(&self, buffer: &'b mut Vec<u8>) -> Result<&'b [u8], JwsError> {
        compact::decode(self.parts.signature, buffer).ok_or(JwsError::Malformed)
    }

    /// Checks that `key` has signed the text. The signature is decoded into `buffer`.
    #[cfg(feature = "dpop")]
    pub(crate) fn check_signature(&self, key: &VerificationKey, buffer: &mut Vec<u8>) -> Result<(), JwsError> {
        let is_signed = key.is_signed(self.parts.signing_input.as_bytes(), self.signature(buffer)?);
        if is_signed { Ok(()) } else { Err(JwsError::Signature) }
    }

    pub(super) fn parts(&self) -> &Compact<'a> {
        self.parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::panic_in_result_fn, reason = "a test asserts, and fails by `?` where it could not begin")]
    fn a_token_may_have_as_many_bytes_as_the_verifier_allows() -> Result<(), JwsError> {
        let text = "header.payload.signature";
        let size = text.len();
        let parts = Compact::split(text, size)?;
        let jws = Jws::new(&parts);
        jws.check_size(size)?;
        jws.check_size(size + 1)?;
        assert_eq!(jws.check_size(size - 1), Err(JwsError::TooLarge));
        assert_eq!(Compact::split(text, size - 1).map(|_| ()), Err(JwsError::TooLarge));
        Ok(())
    }
}
