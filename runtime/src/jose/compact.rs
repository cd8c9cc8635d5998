//! Compact serialisation (RFC 7515 §7.1): a text in, its three segments out, decoded when they are asked for.

use std::sync::OnceLock;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::error::JwsError;

/// A text taken apart; nothing in it is believed.
pub(crate) struct Compact<'a> {
    pub(super) header: &'a str,
    pub(super) payload: &'a str,
    pub(super) signature: &'a str,
    /// What the signature is of: `header`, a full stop, `payload`.
    pub(super) signed: &'a str,
    /// The decoded header, once somebody has asked for it.
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
        let (signed, signature) = (&text[..second], &text[second + 1..]);
        let (header, payload) = (&signed[..first], &signed[first + 1..]);
        Ok(Self { header, payload, signature, signed, header_text: OnceLock::new() })
    }

    /// Of the whole text, in bytes.
    pub(super) fn len(&self) -> usize {
        self.signed.len() + 1 + self.signature.len()
    }

    /// The header's JSON, decoded once; `None` where it is not the base64url of text.
    pub(super) fn header_text(&self) -> Option<&str> {
        let decoded = || {
            let mut room = Vec::new();
            decode(self.header, &mut room)?;
            String::from_utf8(room).ok()
        };
        self.header_text.get_or_init(decoded).as_deref()
    }
}

/// Without padding, and in the one way in which these bytes are written (RFC 7515 §2). In `room`, whose content goes.
pub(crate) fn decode<'a>(segment: &str, room: &'a mut Vec<u8>) -> Option<&'a [u8]> {
    room.clear();
    URL_SAFE_NO_PAD.decode_vec(segment, room).ok()?;
    Some(room)
}

pub(crate) fn encode_onto(text: &mut String, bytes: &[u8]) {
    URL_SAFE_NO_PAD.encode_string(bytes, text);
}
