//! Refuses unsound Ed25519 keys: bytes that encode no point (RFC 8032 §5.1.3), and points of small order, for which anybody
//! can forge signatures.

/// 2^255 - 20, which is -1 in the field. Little-endian, as all numbers in this file.
const MINUS_ONE: [u8; 32] = {
    let mut bytes = [0xff; 32];
    bytes[0] = 0xec;
    bytes[31] = 0x7f;
    bytes
};

/// The y-coordinates of the four points of order 8.
const ORDER_8: [[u8; 32]; 2] = [
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf,
        0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
    ],
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20,
        0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
    ],
];

/// Whether a key's y-coordinate is canonical and not that of a point of small order.
pub(super) fn is_sound(key: &[u8; 32]) -> bool {
    let mut coordinate = *key;
    // The highest bit is the sign of x.
    coordinate[31] &= 0x7f;
    // Points with y = 0 have order 4, those with 1 and -1 have orders 1 and 2. Numbers above -1 are not canonical.
    let is_zero_or_one = coordinate[0] <= 1 && coordinate[1..].iter().all(|byte| *byte == 0);
    let is_minus_one_or_more = coordinate.iter().rev().ge(MINUS_ONE.iter().rev());
    !is_zero_or_one && !is_minus_one_or_more && !ORDER_8.contains(&coordinate)
}

#[cfg(test)]
mod tests {
    use super::{MINUS_ONE, ORDER_8, is_sound};

    fn number(first: u8, others: u8, last: u8) -> [u8; 32] {
        let mut bytes = [others; 32];
        (bytes[0], bytes[31]) = (first, last);
        bytes
    }

    #[test]
    fn points_of_small_order_and_second_encodings_are_refused() {
        let refused = [number(0, 0, 0), number(1, 0, 0), MINUS_ONE, ORDER_8[0], ORDER_8[1]];
        let second = (0xed..=0xff).map(|first| number(first, 0xff, 0x7f));
        for mut key in refused.into_iter().chain(second) {
            assert!(!is_sound(&key), "{key:?}");
            key[31] |= 0x80;
            assert!(!is_sound(&key), "{key:?}");
        }
        for mut key in
            [number(2, 0, 0), number(0, 1, 0), number(0, 0, 1), number(0xeb, 0xff, 0x7f), number(0xff, 0xff, 0x7e)]
        {
            assert!(is_sound(&key), "{key:?}");
            key[31] |= 0x80;
            assert!(is_sound(&key), "{key:?}");
        }
    }
}
