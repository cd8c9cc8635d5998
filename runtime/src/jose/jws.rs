//! A signed text, which is split once, and whose header is read at most once, however often it is asked for.

use std::sync::OnceLock;

use super::{
    compact::{self, Compact},
    error::JwsError,
    header::Header,
};

/// A text in compact serialisation. It can be asked for its parts before anybody knows whether its signature is good.
pub(crate) struct Jws<'a> {
    parts: &'a Compact<'a>,
    header: OnceLock<Result<Header<'a>, JwsError>>,
}

impl<'a> Jws<'a> {
    pub(crate) fn new(parts: &'a Compact<'a>) -> Self {
        Self { parts, header: OnceLock::new() }
    }

    /// The caller that splits a text may allow more bytes than the one that verifies it.
    pub(crate) fn check_size(&self, max_size: usize) -> Result<(), JwsError> {
        if self.parts.len() > max_size { Err(JwsError::TooLarge) } else { Ok(()) }
    }

    pub(crate) fn header(&self) -> Result<&Header<'a>, JwsError> {
        let read = || Header::read(self.parts.header_text().ok_or(JwsError::Malformed)?);
        self.header.get_or_init(read).as_ref().map_err(|error| *error)
    }

    /// The decoded payload, which has to be text. In `room`, whose content goes.
    pub(crate) fn payload<'r>(&self, room: &'r mut Vec<u8>) -> Result<&'r str, JwsError> {
        #[cfg(test)]
        super::tests::work::add_one(&super::tests::work::PAYLOADS);
        let payload = compact::decode(self.parts.payload, room).ok_or(JwsError::Malformed)?;
        str::from_utf8(payload).map_err(|_| JwsError::Malformed)
    }

    /// The decoded signature. In `room`, whose content goes.
    pub(super) fn signature<'r>(&self, room: &'r mut Vec<u8>) -> Result<&'r [u8], JwsError> {
        compact::decode(self.parts.signature, room).ok_or(JwsError::Malformed)
    }

    pub(super) fn parts(&self) -> &Compact<'a> {
        self.parts
    }
}
