//! The checksum CRC-32 (ISO 3309), which zip and Ethernet have, too.

/// The polynomial, with its bits reversed.
const POLYNOMIAL: u32 = 0xedb8_8320;

/// For a few bytes a table would not pay.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { (crc >> 1) ^ POLYNOMIAL } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc: u32, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

#[cfg(test)]
mod tests {
    use super::crc32;

    /// The check value of the catalogue of CRCs; the others by zlib.
    #[test]
    fn checksums_are_those_of_zlib() {
        for (bytes, checksum) in [
            (&b"123456789"[..], 0xcbf4_3926),
            (b"", 0),
            (b"a", 0xe8b7_be43),
            (b"The quick brown fox jumps over the lazy dog", 0x414f_a339),
        ] {
            assert_eq!(crc32(bytes), checksum);
        }
    }
}
