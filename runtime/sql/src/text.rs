//! Texts as both databases can keep them. Postgres refuses the character NUL, which a client may send in the name of a token.

use std::borrow::Cow;

/// What announces an escaped character: `SUBSTITUTE`, which hardly any text has.
const MARK: char = '\u{1a}';

/// The text without NUL. Different texts stay different.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['\0', MARK]) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace(MARK, "\u{1a}1").replace('\0', "\u{1a}0"))
}

/// The text that [`escape`] was given.
pub(crate) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains(MARK) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\u{1a}0", "\0").replace("\u{1a}1", "\u{1a}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_with_nul_are_kept_apart_and_come_back() {
        let texts = ["", "amy", "a\0b", "\0", "\u{1a}", "\u{1a}0", "\u{1a}1", "\u{1a}\0", "0\u{1a}\u{1a}1\0"];
        for text in texts {
            let kept = escape(text);
            assert!(!kept.contains('\0'));
            assert_eq!(unescape(&kept), text);
            assert_eq!(texts.iter().filter(|other| escape(other) == kept).count(), 1);
        }
    }
}
