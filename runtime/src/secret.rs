//! Secrets are compared here, in constant time, so that nobody can guess them byte by byte.

use subtle::{Choice, ConstantTimeEq};

/// Whether `sent` is `expected`, in a time that depends on the two lengths alone.
pub(crate) fn is_same(sent: &str, expected: &str) -> Choice {
    sent.as_bytes().ct_eq(expected.as_bytes())
}

/// [`is_same`], but an empty `expected` matches nothing: it is a setting that is missing, and then nobody gets in.
pub(crate) fn matches(sent: &str, expected: &str) -> Choice {
    is_same(sent, expected) & Choice::from(u8::from(!expected.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::{is_same, matches};

    #[test]
    fn only_the_same_text_matches() {
        for text in ["a", "7f3a", "correct horse", "pässwörd", &"x".repeat(1000)] {
            assert!(bool::from(matches(text, text)), "{text}");
            for other in [&text[..text.len() - 1], &format!("{text} "), &text.to_uppercase(), &format!("x{}", &text)] {
                assert!(!bool::from(matches(text, other) | matches(other, text)), "{text} {other}");
            }
        }
    }

    #[test]
    fn no_text_matches_an_empty_secret() {
        assert!(bool::from(is_same("", "")));
        assert!(!bool::from(matches("", "")) && !bool::from(matches("a", "")));
    }
}
