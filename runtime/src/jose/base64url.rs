//! Decodes base64url (RFC 4648 §5, RFC 7515 §2): takes a text, yields its bytes, or nothing if the text is not the only one for
//! these bytes.
//!
//! Every request decodes a token, and half of what that costs is saved here: a text is read in groups of four characters, and a
//! mistake is looked for at the end alone.

/// Decodes canonical base64url without padding. Overwrites `buffer`.
pub(super) fn decode<'a>(text: &[u8], buffer: &'a mut Vec<u8>) -> Option<&'a [u8]> {
    let (groups, rest) = text.as_chunks();
    // `A` stands for zeros, and the bytes that it adds have to be zero: otherwise other texts would have the same bytes.
    let (last, len) = match *rest {
        [] => (*b"AAAA", 0),
        [a, b] => ([a, b, b'A', b'A'], 1),
        [a, b, c] => ([a, b, c, b'A'], 2),
        _ => return None,
    };
    let len = 3 * groups.len() + len;
    buffer.resize(3 * groups.len() + 3, 0);
    let mut all = 0;
    let mut write = |bytes: &mut [u8; 3], group: &[u8; 4]| {
        let value = value(*group);
        all |= value;
        bytes.copy_from_slice(&value.to_be_bytes()[..3]);
    };
    let (places, _) = buffer.as_chunks_mut();
    let (last_place, places) = places.split_last_mut()?;
    places.iter_mut().zip(groups).for_each(|(place, group)| write(place, group));
    write(last_place, &last);
    let is_canonical = buffer[len..].iter().all(|byte| *byte == 0);
    if all & INVALID != 0 || !is_canonical {
        return None;
    }
    buffer.truncate(len);
    Some(buffer)
}

/// The value of a character that is not in the alphabet. The values of the others have no bit of it.
const INVALID: u32 = 0xFF;

/// The values of all characters, for each of the four places in a group.
static VALUES: [[u32; 256]; 4] = [values_at(26), values_at(20), values_at(14), values_at(8)];

const fn values_at(shift: u32) -> [u32; 256] {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut values = [INVALID; 256];
    let mut i = 0;
    while i < alphabet.len() {
        values[alphabet[i] as usize] = (i as u32) << shift;
        i += 1;
    }
    values
}

/// Three bytes, and 0 or [`INVALID`].
#[inline]
fn value([a, b, c, d]: [u8; 4]) -> u32 {
    VALUES[0][usize::from(a)] | VALUES[1][usize::from(b)] | VALUES[2][usize::from(c)] | VALUES[3][usize::from(d)]
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    use super::decode;

    /// Another decoder says the same, whatever the buffer has held.
    #[track_caller]
    fn assert_agrees(text: &[u8]) {
        for mut buffer in [Vec::new(), b"what was there before".to_vec()] {
            let decoded = decode(text, &mut buffer).map(<[u8]>::to_vec);
            assert_eq!(decoded, URL_SAFE_NO_PAD.decode(text).ok(), "{:?}", text.escape_ascii());
            // Nothing of the text lies behind it, where nobody would overwrite it.
            assert!(decoded.is_none_or(|decoded| decoded == buffer));
        }
    }

    #[test]
    fn short_texts_of_all_bytes_are_decoded_as_by_another_decoder() {
        assert_agrees(b"");
        for a in 0..=u8::MAX {
            assert_agrees(&[a]);
            for b in 0..=u8::MAX {
                assert_agrees(&[a, b]);
            }
        }
    }

    #[test]
    fn each_byte_at_each_place_is_decoded_as_by_another_decoder() {
        for len in 1..=13 {
            for place in 0..len {
                for byte in 0..=u8::MAX {
                    for others in [b'A', b'z', b'_'] {
                        let mut text = vec![others; len];
                        text[place] = byte;
                        assert_agrees(&text);
                    }
                }
            }
        }
    }

    #[test]
    fn one_wrong_character_does_not_make_up_for_another() {
        for len in [2, 3, 4, 6, 7, 8] {
            for places in 1..1 << len {
                let text: Vec<u8> = (0..len).map(|place| if places >> place & 1 == 1 { b'=' } else { b'A' }).collect();
                assert_agrees(&text);
            }
        }
    }

    #[test]
    fn all_bytes_are_decoded() {
        let bytes: Vec<u8> = (0..=u8::MAX).chain((0..=u8::MAX).rev()).collect();
        for start in 0..3 {
            for end in bytes.len() - 3..bytes.len() {
                let text = URL_SAFE_NO_PAD.encode(&bytes[start..end]);
                assert_eq!(decode(text.as_bytes(), &mut Vec::new()), Some(&bytes[start..end]));
            }
        }
    }

    #[test]
    fn padding_and_spaces_are_refused() {
        for text in ["QQ==", "QQ=", "QUE=", "=", "====", " QQ", "QQ ", "QQ\n", "Q Q", "Q+Q", "Q/Q"] {
            assert_eq!(decode(text.as_bytes(), &mut Vec::new()), None, "{text:?}");
        }
    }
}
