//! Compact serialisation (RFC 7515 §7.1): a token in, its three segments out, decoded when they are asked for.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::error::TokenError;

/// A token taken apart; nothing in it is decoded, let alone believed.
pub(super) struct Compact<'a> {
    pub(super) header: &'a str,
    pub(super) claims: &'a str,
    pub(super) signature: &'a str,
    /// What the signature is of: `header`, a full stop, `claims`.
    pub(super) signed: &'a str,
}

impl<'a> Compact<'a> {
    pub(super) fn split(token: &'a str, max_size: usize) -> Result<Self, TokenError> {
        if token.len() > max_size {
            return Err(TokenError::TooLarge);
        }
        let mut stops = memchr::memchr_iter(b'.', token.as_bytes());
        let (Some(first), Some(second), None) = (stops.next(), stops.next(), stops.next()) else {
            return Err(TokenError::Malformed);
        };
        let (signed, signature) = (&token[..second], &token[second + 1..]);
        Ok(Self { header: &signed[..first], claims: &signed[first + 1..], signature, signed })
    }
}

/// Without padding, and in the one way in which these bytes are written (RFC 7515 §2). In `room`, whose content goes.
pub(super) fn decode<'a>(segment: &str, room: &'a mut Vec<u8>) -> Option<&'a [u8]> {
    room.clear();
    URL_SAFE_NO_PAD.decode_vec(segment, room).ok()?;
    Some(room)
}

pub(super) fn decode_text<'a>(segment: &str, room: &'a mut Vec<u8>) -> Option<&'a str> {
    str::from_utf8(decode(segment, room)?).ok()
}

pub(super) fn encode_onto(token: &mut String, bytes: &[u8]) {
    URL_SAFE_NO_PAD.encode_string(bytes, token);
}
