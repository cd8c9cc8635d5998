//! Scopes that include others: takes the `IMPLIES` of a scheme, yields whether a scope includes another.

use super::{
    grammar::same,
    grants::Grants,
    template::{Bound, fill, values_of},
};

/// Scopes of a scheme, each with those that it includes.
pub(crate) type Implies = &'static [(&'static str, &'static [&'static str])];

/// The most scopes of one scheme that may include others.
pub(crate) const MOST_IMPLYING: usize = 64;
/// Whether `strong` includes `weak`, directly or through others.
pub(crate) const fn includes(implies: Implies, strong: &str, weak: &str) -> bool {
    includes_through(implies, strong, weak, &mut [false; MOST_IMPLYING])
}

/// Each entry is entered once, so no declaration takes long.
const fn includes_through(implies: Implies, strong: &str, weak: &str, entered: &mut [bool; MOST_IMPLYING]) -> bool {
    let mut i = 0;
    while i < implies.len() && i < MOST_IMPLYING {
        if !entered[i] && same(implies[i].0, strong) {
            entered[i] = true;
            let included = implies[i].1;
            let mut j = 0;
            while j < included.len() {
                if same(included[j], weak) || includes_through(implies, included[j], weak, entered) {
                    return true;
                }
                j += 1;
            }
        }
        i += 1;
    }
    false
}

/// Whether `scope` is granted, or one that includes it. A scope of a template is included in the scope of another template that
/// has the same values.
pub(crate) fn is_granted(granted: &(impl Grants + ?Sized), scope: &str, implies: Implies) -> bool {
    let is_granted_with = |strong: &str, values: &Bound<'_>| {
        fill(strong, |name| values.value(name).ok_or(())).is_ok_and(|strong| granted.grants(&strong))
    };
    let weak = implies.iter().flat_map(|(_, included)| *included);
    granted.grants(scope)
        || weak.filter_map(|weak| Some((weak, values_of(weak, scope)?))).any(|(weak, values)| {
            let mut strong = implies.iter().map(|(strong, _)| strong);
            strong.any(|strong| includes(implies, strong, weak) && is_granted_with(strong, &values))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const IMPLIES: Implies = &[("admin", &["write"]), ("write", &["read", "list"]), ("audit", &["read"])];

    #[test]
    fn a_scope_includes_others_through_any_number() {
        for (strong, weak, expected) in [
            ("admin", "write", true),
            ("admin", "read", true),
            ("write", "list", true),
            ("audit", "list", false),
            ("read", "admin", false),
            ("read", "read", false),
        ] {
            assert_eq!(includes(IMPLIES, strong, weak), expected, "{strong} {weak}");
        }
        assert!(is_granted(&["admin"], "list", IMPLIES) && !is_granted(&["audit"], "list", IMPLIES));
    }

    /// 20 levels of two scopes, each of which includes both of the next level: a million ways down.
    #[test]
    fn many_ways_down_take_no_time() {
        let name = |level: usize, side: usize| &*format!("{level}{}", ["a", "b"][side]).leak();
        let below = |level: usize| &*vec![name(level + 1, 0), name(level + 1, 1)].leak();
        let implies: Vec<_> = (0..40).map(|i| (name(i / 2, i % 2), below(i / 2))).collect();
        let implies: Implies = implies.leak();
        assert!(includes(implies, name(0, 0), name(20, 1)) && !includes(implies, name(1, 0), name(0, 1)));
    }

    #[test]
    fn no_more_scopes_are_looked_through_than_one_scheme_may_have() {
        let one = |i: usize| (&*format!("s{i}").leak(), &["weak"] as &'static [&'static str]);
        let implies: Implies = (0..=MOST_IMPLYING).map(one).collect::<Vec<_>>().leak();
        assert!(includes(implies, "s63", "weak") && !includes(implies, "s64", "weak"));
    }
}
