//! What a user calls a token: takes any text, yields one that can be shown.

/// In characters.
const LONGEST: usize = 100;

/// The text without control characters, and without those that turn the direction of what follows.
pub(super) fn cleaned(name: &str) -> String {
    let is_shown = |c: &char| !c.is_control() && !matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let shown: String = name.chars().filter(is_shown).collect();
    shown.trim().chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::cleaned;

    #[test]
    fn names_are_bounded_and_without_control_characters() {
        for (name, expected) in [
            ("backup script", "backup script"),
            ("  CI \r\n\t", "CI"),
            ("a\0b\u{7f}c\u{85}d", "abcd"),
            ("\u{202e}gpj.exe\u{2066}", "gpj.exe"),
            ("\u{1f469}\u{200d}\u{1f52c} caf\u{e9}", "\u{1f469}\u{200d}\u{1f52c} caf\u{e9}"),
            ("<script>", "<script>"),
            ("", ""),
        ] {
            assert_eq!(cleaned(name), expected, "{name:?}");
        }
        assert_eq!(cleaned(&"\u{1f469}".repeat(100_000)), "\u{1f469}".repeat(100));
    }
}
