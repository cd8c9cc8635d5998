//! The grammar of scope names (RFC 6749 §3.3), and their comparison.
//!
//! The compiler runs these functions for each scope of a service. A call costs it more than a comparison, so loops take slices
//! apart by patterns, which call nothing.

/// Whether `name` is a `scope-token`: one or more of `%x21 / %x23-5B / %x5D-7E`.
pub(crate) const fn is_scope_token(name: &str) -> bool {
    is_scope_token_with_brace(name).0
}

/// Whether `name` is a `scope-token`, and whether it has a brace. The compiler checks each scope where it stands, in one pass.
pub(super) const fn is_scope_token_with_brace(name: &str) -> (bool, bool) {
    let (mut bytes, mut is_token, mut has_brace) = (name.as_bytes(), false, false);
    while let [byte, rest @ ..] = bytes {
        match *byte {
            b'{' | b'}' => has_brace = true,
            0x21 | 0x23..=0x5B | 0x5D..=0x7E => {}
            _ => return (false, has_brace),
        }
        (bytes, is_token) = (rest, true);
    }
    (is_token, has_brace)
}

/// Whether a message cannot show the name.
pub(crate) const fn has_control_character(name: &str) -> bool {
    let bytes = name.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i].is_ascii_control() {
            return true;
        }
        i += 1;
    }
    false
}

/// Whether two names are the same, byte for byte.
pub(crate) const fn same(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    loop {
        match (a, b) {
            ([x, of_a @ ..], [y, of_b @ ..]) if *x == *y => (a, b) = (of_a, of_b),
            ([], []) => return true,
            _ => return false,
        }
    }
}

/// Whether `name` is one of the first `len` names of `list`.
pub(crate) const fn contains(list: &[&str], len: usize, name: &str) -> bool {
    let mut i = 0;
    while i < len {
        if same(list[i], name) {
            return true;
        }
        i += 1;
    }
    false
}

/// The number of single-byte edits from `a` to `b`, but at most `worst`.
pub(crate) const fn distance(a: &str, b: &str, worst: usize) -> usize {
    const LONGEST: usize = 64;
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() >= LONGEST || b.len() >= LONGEST {
        return worst;
    }
    // Optimal string alignment: the rows of the table for a[..i-2], a[..i-1] and a[..i].
    let mut before = [0; LONGEST];
    let mut above = [0; LONGEST];
    let mut row = [0; LONGEST];
    let mut j = 0;
    while j <= b.len() {
        above[j] = j;
        j += 1;
    }
    let mut i = 1;
    while i <= a.len() {
        row[0] = i;
        let mut j = 1;
        while j <= b.len() {
            let changed = (a[i - 1] != b[j - 1]) as usize;
            let mut best = least(above[j] + 1, row[j - 1] + 1, above[j - 1] + changed);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = least(best, best, before[j - 2] + 1);
            }
            row[j] = best;
            j += 1;
        }
        before = above;
        above = row;
        i += 1;
    }
    least(above[b.len()], worst, worst)
}

const fn least(a: usize, b: usize, c: usize) -> usize {
    let ab = if a < b { a } else { b };
    if ab < c { ab } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar_is_rfc_6749s() {
        for byte in 0..=127_u8 {
            let allowed = byte == 0x21 || (0x23..=0x5B).contains(&byte) || (0x5D..=0x7E).contains(&byte);
            assert_eq!(is_scope_token(&char::from(byte).to_string()), allowed, "{byte:#x}");
        }
        assert!(!is_scope_token(""));
        assert!(!is_scope_token("é"));
        assert!(is_scope_token("https://example.com/auth/items.read"));
    }

    #[test]
    fn distance_counts_edits_and_swaps() {
        assert_eq!(distance("items", "items", 9), 0);
        assert_eq!(distance("itmes", "items", 9), 1);
        assert_eq!(distance("item", "items", 9), 1);
        assert_eq!(distance("kitten", "sitting", 9), 3);
        assert_eq!(distance("abcdef", "uvwxyz", 4), 4);
        assert_eq!(distance(&"a".repeat(80), "a", 3), 3);
    }

    /// The definition of optimal string alignment.
    fn edits(a: &[u8], b: &[u8]) -> usize {
        let ([x, of_a @ ..], [y, of_b @ ..]) = (a, b) else { return a.len() + b.len() };
        let changed = usize::from(x != y) + edits(of_a, of_b);
        let best = changed.min(1 + edits(of_a, b)).min(1 + edits(a, of_b));
        match (a, b) {
            ([x, y, of_a @ ..], [v, w, of_b @ ..]) if (x, y) == (w, v) => best.min(1 + edits(of_a, of_b)),
            _ => best,
        }
    }

    #[test]
    fn distance_is_the_least_number_of_edits() {
        let mut all = vec![String::new()];
        for length in 0..4 {
            let longest: Vec<_> = all.iter().filter(|text| text.len() == length).cloned().collect();
            all.extend(longest.iter().flat_map(|text| ["a", "b", "c"].map(|next| format!("{text}{next}"))));
        }
        for a in &all {
            for b in &all {
                assert_eq!(distance(a, b, 9), edits(a.as_bytes(), b.as_bytes()), "{a} {b}");
            }
        }
    }

    #[test]
    fn names_that_are_too_long_are_far_from_all_others() {
        for (a, b) in [(80, 1), (1, 80), (64, 64), (64, 1), (1, 64)] {
            assert_eq!(distance(&"a".repeat(a), &"a".repeat(b), 3), 3, "{a} {b}");
        }
        assert_eq!(distance(&"a".repeat(63), &"a".repeat(63), 3), 0);
    }

    #[test]
    fn braces_are_found_in_scopes() {
        for (name, found) in [
            ("a", (true, false)),
            ("a{b}", (true, true)),
            ("a}", (true, true)),
            ("", (false, false)),
            ("a b", (false, false)),
        ] {
            assert_eq!(is_scope_token_with_brace(name), found, "{name}");
        }
    }
}
