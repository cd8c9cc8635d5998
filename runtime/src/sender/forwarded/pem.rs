//! A certificate in PEM (RFC 7468 §5) that is escaped as in URLs: takes the value of a header, yields the DER.

use base64::{Engine, prelude::BASE64_STANDARD};
use percent_encoding::percent_decode;

const BEGIN: &str = "-----BEGIN CERTIFICATE-----\n";
const END: &str = "-----END CERTIFICATE-----";

/// The DER of the only certificate.
pub(super) fn unescaped(value: &[u8]) -> Option<Vec<u8>> {
    // A plus sign stays what it is: base64 has it, and not every proxy escapes it.
    let text = percent_decode(value).decode_utf8().ok()?.replace("\r\n", "\n");
    // A second certificate would leave hyphens between them, which base64 does not have.
    let base64 = text.strip_prefix(BEGIN)?.trim_end_matches('\n').strip_suffix(END)?;
    let der = BASE64_STANDARD.decode(base64.replace('\n', "")).ok()?;
    (!der.is_empty()).then_some(der)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEM: &str = "-----BEGIN CERTIFICATE-----\nMAMC\nAQU=\n-----END CERTIFICATE-----\n";

    /// As nginx escapes it.
    fn escaped(text: &str) -> String {
        text.replace(' ', "%20").replace('\n', "%0A").replace('\r', "%0D").replace('=', "%3D")
    }

    fn read(text: &str) -> Option<Vec<u8>> {
        unescaped(escaped(text).as_bytes())
    }

    #[test]
    fn one_certificate_is_read_as_proxies_escape_it() {
        let der = Some(b"\x30\x03\x02\x01\x05".to_vec());
        assert_eq!(read(PEM), der);
        assert_eq!(read(PEM.trim_end()), der);
        assert_eq!(read(&PEM.replace('\n', "\r\n")), der);
        assert_eq!(unescaped(PEM.as_bytes()), der, "nothing has to be escaped");
        assert_eq!(unescaped(escaped(PEM).replace("%0A", "%0a").as_bytes()), der);
        // AWS leaves `+`, `=` and `/` as they are.
        let plus = "-----BEGIN%20CERTIFICATE-----%0A+/+/%0A-----END%20CERTIFICATE-----%0A";
        assert_eq!(unescaped(plus.as_bytes()), Some(vec![0xFB, 0xFF, 0xBF]));
    }

    #[test]
    fn anything_but_one_certificate_is_refused() {
        for other in [
            String::new(),
            [PEM, PEM].concat(),
            format!("{PEM}{}", PEM.replace("CERTIFICATE", "PRIVATE KEY")),
            format!("subject=CN\n{PEM}"),
            format!("{PEM}x"),
            PEM.replace("CERTIFICATE", "TRUSTED CERTIFICATE"),
            PEM.replace("CERTIFICATE", "PRIVATE KEY"),
            PEM.replace("-----END CERTIFICATE-----", ""),
            PEM.replace("-----BEGIN CERTIFICATE-----\n", ""),
            PEM.replace("MAMC\nAQU=\n", ""),
            PEM.replace("AQU=", "AQU"),
            PEM.replace("AQU=", "AQV="),
            PEM.replace("AQU=", "AQ U="),
            PEM.replace("AQU=", "AQU%"),
            PEM.replace("AQU=", "A%zz"),
            PEM.replace("AQU=", "AQ\0="),
        ] {
            assert_eq!(read(&other), None, "{other}");
        }
        assert_eq!(unescaped(b"-----BEGIN+CERTIFICATE-----%0AMAMCAQU=%0A-----END+CERTIFICATE-----"), None);
        assert_eq!(unescaped(b"%FF"), None);
    }
}
