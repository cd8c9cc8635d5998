//! The forms in which proxies name a certificate: takes the value of a header, yields the certificate.

use base64::{Engine, prelude::BASE64_STANDARD};

use super::{pem, xfcc};
use crate::credential::certificate::ClientCertificate;

/// The most bytes of a value. The largest certificates in use have a few thousand bytes, which escapes make three times as long.
const MOST_VALUE: usize = 64 * 1024;

/// What the value of a header looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// RFC 9651 §3.3.5.
    ByteSequence,
    Xfcc,
    EscapedPem,
    Sha256,
}

impl Form {
    pub(super) fn read(self, value: &[u8]) -> Option<ClientCertificate> {
        if value.len() > MOST_VALUE {
            return None;
        }
        match self {
            Self::ByteSequence => {
                let base64 = value.strip_prefix(b":")?.strip_suffix(b":")?;
                let der = BASE64_STANDARD.decode(base64).ok()?;
                (!der.is_empty()).then(|| ClientCertificate::of_der(&der))
            }
            Self::Xfcc => of_hex(&xfcc::hash(str::from_utf8(value).ok()?)?),
            Self::EscapedPem => pem::unescaped(value).map(|der| ClientCertificate::of_der(&der)),
            Self::Sha256 => of_hex(str::from_utf8(value).ok()?),
        }
    }
}

/// The certificate whose SHA-256 has these 64 hexadecimal digits.
fn of_hex(digits: &str) -> Option<ClientCertificate> {
    if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let mut digest = [0; 32];
    for (i, byte) in digest.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).ok()?;
    }
    Some(ClientCertificate::of_sha256(digest))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const DER: &[u8] = b"\x30\x03\x02\x01\x05";
    const DIGEST: &str = "5e708da6d5e2a0a4e6d5c2b0b6d4f8e0c8a1b2c3d4e5f60718293a4b5c6d7e8f";

    fn is_der(certificate: Option<ClientCertificate>) -> bool {
        certificate == Some(ClientCertificate::of_der(DER))
    }

    #[test]
    fn a_byte_sequence_is_one_canonical_base64_between_colons() {
        assert!(is_der(Form::ByteSequence.read(b":MAMCAQU=:")));
        for other in [
            "",
            ":",
            "::",
            "MAMCAQU=",
            ":MAMCAQU=",
            "MAMCAQU=:",
            ":MAMCAQU:",
            ":MAMCAQV=:",
            ": MAMCAQU=:",
            ":MAMC AQU=:",
            ":MAMCAQU=:;a=b",
            ":MAMCAQU=:, :MAMCAQU=:",
            ":MAMCAQU=::",
            "\":MAMCAQU=:\"",
            ":MAMCAQU_:",
        ] {
            assert_eq!(Form::ByteSequence.read(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn a_digest_has_sixty_four_digits_in_either_case() {
        let expected = Form::Sha256.read(DIGEST.as_bytes()).unwrap();
        assert_eq!(expected.sha256()[..3], [0x5e, 0x70, 0x8d]);
        assert_eq!(Form::Sha256.read(DIGEST.to_uppercase().as_bytes()), Some(expected));
        let colons = DIGEST.as_bytes().chunks(2).collect::<Vec<_>>().join(&b':');
        let others = [
            &DIGEST.as_bytes()[1..],
            &[DIGEST.as_bytes(), b"0"].concat(),
            &colons,
            b"",
            &[b'+'; 64],
            &[b'g'; 64],
            &[0xC3; 64],
            &[b" ", &DIGEST.as_bytes()[1..]].concat(),
            &"é".repeat(32).into_bytes(),
        ];
        for other in others {
            assert_eq!(Form::Sha256.read(other), None, "{}", String::from_utf8_lossy(other));
        }
    }

    #[test]
    fn a_value_that_is_too_long_is_not_read() {
        let value = |length: usize| {
            let base64 = BASE64_STANDARD.encode(vec![b'x'; length]);
            Form::ByteSequence.read(format!(":{base64}:").as_bytes())
        };
        assert!(value(48_000).is_some());
        assert_eq!(value(50_000), None);
        let subject = "x".repeat(MOST_VALUE);
        assert_eq!(Form::Xfcc.read(format!("Hash={DIGEST};Subject=\"{subject}\"").as_bytes()), None);
    }

    #[test]
    fn no_bytes_are_too_hostile() {
        let bytes = b"-%:=;,\"\\\0\xFF aA0\nBEGIN CERTIFICATE";
        for form in [Form::ByteSequence, Form::Xfcc, Form::EscapedPem, Form::Sha256] {
            for start in 0..bytes.len() {
                for end in start..bytes.len() {
                    assert_eq!(form.read(&bytes[start..end]), None);
                    assert_eq!(form.read(&bytes[start..end].repeat(40)), None);
                }
            }
        }
    }
}
