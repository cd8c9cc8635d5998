//! Compact serialisation (RFC 7515 §7.1): takes a text, yields its three segments, and decodes them on demand.

use std::sync::OnceLock;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{base64url, error::JwsError};

/// The segments of a text. Nothing is verified yet.
pub(crate) struct Compact<'a> {
    pub(super) header: &'a str,
    pub(super) payload: &'a str,
    pub(super) signature: &'a str,
    /// The JWS Signing Input (RFC 7515 §2): header and payload with a full stop between them.
    pub(super) signing_input: &'a str,
    /// The decoded header, filled on first use.
    header_text: OnceLock<Option<String>>,
}

impl<'a> Compact<'a> {
    pub(crate) fn split(text: &'a str, max_size: usize) -> Result<Self, JwsError> {
        #[cfg(test)]
        super::tests::work::add_one(&super::tests::work::SPLITS);
        if text.len() > max_size {
            return Err(JwsError::TooLarge);
        }
        let mut stops = memchr::memchr_iter(b'.', text.as_bytes());
        let (Some(first), Some(second), None) = (stops.next(), stops.next(), stops.next()) else {
            return Err(JwsError::Malformed);
        };
        let (signing_input, signature) = (&text[..second], &text[second + 1..]);
        let (header, payload) = (&signing_input[..first], &signing_input[first + 1..]);
        Ok(Self { header, payload, signature, signing_input, header_text: OnceLock::new() })
    }

    /// The length of the whole text in bytes.
    pub(super) fn len(&self) -> usize {
        self.signing_input.len() + 1 + self.signature.len()
    }

    /// The header's JSON, decoded once. `None` if the segment is not base64url of UTF-8 text.
    pub(super) fn header_text(&self) -> Option<&str> {
        let decoded = || {
            let mut buffer = Vec::new();
            decode(self.header, &mut buffer)?;
            String::from_utf8(buffer).ok()
        };
        self.header_text.get_or_init(decoded).as_deref()
    }
}

/// Decodes canonical base64url without padding (RFC 7515 §2). Overwrites `buffer`.
pub(crate) fn decode<'a>(segment: &str, buffer: &'a mut Vec<u8>) -> Option<&'a [u8]> {
    base64url::decode(segment.as_bytes(), buffer)
}

pub(crate) fn encode_onto(text: &mut String, bytes: &[u8]) {
    URL_SAFE_NO_PAD.encode_string(bytes, text);
}
