//! The parts of stored hashes that other libraries wrote: numbers, salts and outputs as text come in, bytes go out.

use argon2::password_hash::phc::Output;
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, STANDARD_NO_PAD},
};

/// In bytes. Known libraries use 8 to 22.
const MAX_SALT: usize = 256;

/// How bytes are written.
#[derive(Clone, Copy)]
pub(super) enum Encoding {
    /// Base64 without padding: PHC strings.
    Base64,
    /// The same with a full stop in place of the plus: passlib.
    #[cfg(feature = "pbkdf2")]
    Adapted,
    /// Base64 with padding: Django.
    Padded,
    /// Hexadecimal in lower case: Werkzeug.
    Hex,
}

/// The fields of a text, if there are as many.
pub(super) fn fields<const N: usize>(text: &str, separator: char) -> Option<[&str; N]> {
    text.split(separator).collect::<Vec<_>>().try_into().ok()
}

/// A decimal number, as programs write it: neither a sign nor a zero before it.
pub(super) fn number(text: &str) -> Option<u32> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    is_plain.then(|| text.parse().ok())?
}

/// A salt that is encoded.
pub(super) fn salt(text: &str, encoding: Encoding) -> Option<Vec<u8>> {
    bytes(text, encoding).filter(|salt| (1..=MAX_SALT).contains(&salt.len()))
}

/// A salt whose characters are the salt.
pub(super) fn salt_as_text(text: &str) -> Option<Vec<u8>> {
    (1..=MAX_SALT).contains(&text.len()).then(|| text.as_bytes().to_vec())
}

/// Whether HMAC, and so PBKDF2 and scrypt, can tell `password` from others: it fills its key up with NUL, so `a` and `a\0` have one
/// hash. Such a password may not be the one that the user chose, so it must not be accepted or hashed anew.
pub(super) fn is_distinct(password: &[u8]) -> bool {
    password.last() != Some(&0)
}

/// An output of at least 16 bytes: fewer can be found by chance.
pub(super) fn output(text: &str, encoding: Encoding) -> Option<Output> {
    let bytes = bytes(text, encoding).filter(|bytes| bytes.len() >= 16)?;
    Output::new(&bytes).ok()
}

fn bytes(text: &str, encoding: Encoding) -> Option<Vec<u8>> {
    match encoding {
        Encoding::Base64 => STANDARD_NO_PAD.decode(text).ok(),
        #[cfg(feature = "pbkdf2")]
        Encoding::Adapted => {
            let is_adapted = !text.contains('+');
            is_adapted.then(|| STANDARD_NO_PAD.decode(text.replace('.', "+")).ok())?
        }
        Encoding::Padded => STANDARD.decode(text).ok(),
        Encoding::Hex => {
            let digit = |byte: u8| match byte {
                b'0'..=b'9' => Some(byte - b'0'),
                b'a'..=b'f' => Some(byte - b'a' + 10),
                _ => None,
            };
            let pair = |pair: &[u8]| match *pair {
                [high, low] => Some(digit(high)? << 4 | digit(low)?),
                _ => None,
            };
            text.as_bytes().chunks(2).map(pair).collect()
        }
    }
}
