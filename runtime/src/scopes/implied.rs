//! Scopes that include others: takes the `IMPLIES` of a scheme, yields all scopes that are enough for a clause.

use super::{
    clause::Clause,
    grammar::{contains, same},
    grants::Grants,
    merge::{MOST_SCOPES, Merged},
    template::{Bound, fill, values_of},
};

/// Scopes of a scheme, each with those that it includes.
pub(crate) type Implies = &'static [(&'static str, &'static [&'static str])];

/// The most scopes of one scheme that may include others.
pub(crate) const MOST_IMPLYING: usize = 64;
/// The most alternatives along one path, with the scopes that include them.
pub(super) const MOST_ALTERNATIVES: usize = 1024;

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

/// At most `N` names: the alternatives of several clauses, one clause after the other, each with the scopes that include them.
pub(super) struct Alternatives<const N: usize> {
    names: [&'static str; N],
    /// The index behind the last name of each clause.
    ends: [usize; MOST_SCOPES],
    written: [usize; MOST_SCOPES],
    clauses: usize,
}

impl<const N: usize> Alternatives<N> {
    /// `None` if there are too many.
    pub(super) const fn of(clauses: &[Clause], implies: Implies) -> Option<Self> {
        let mut all = Self { names: [""; N], ends: [0; MOST_SCOPES], written: [0; MOST_SCOPES], clauses: 0 };
        let mut end = 0;
        while all.clauses < clauses.len() {
            let written = clauses[all.clauses].written();
            if end + written.len() > N {
                return None;
            }
            let start = end;
            while end < start + written.len() {
                all.names[end] = written[end - start];
                end += 1;
            }
            let Some(closed) = all.close(start, end, implies) else { return None };
            end = closed;
            all.ends[all.clauses] = end;
            all.written[all.clauses] = written.len();
            all.clauses += 1;
        }
        Some(all)
    }

    /// Appends the scopes that include one of the names from `start` on, and yields the index behind the last.
    const fn close(&mut self, start: usize, mut end: usize, implies: Implies) -> Option<usize> {
        let mut i = 0;
        while i < implies.len() {
            let strong = implies[i].0;
            let mut at = start;
            let mut is_new = true;
            let mut is_enough = false;
            while at < end {
                is_new &= !same(self.names[at], strong);
                is_enough |= contains(implies[i].1, implies[i].1.len(), self.names[at]);
                at += 1;
            }
            if is_new && is_enough {
                if end == N {
                    return None;
                }
                self.names[end] = strong;
                end += 1;
                // Scopes that include this one may stand further left.
                i = 0;
            } else {
                i += 1;
            }
        }
        Some(end)
    }

    const fn clause(&'static self, i: usize) -> Clause {
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        let names = self.names.split_at(self.ends[i]).0.split_at(start).1;
        Clause::closed(names, self.written[i])
    }

    /// The clauses. Those are left out that another one implies now.
    pub(super) const fn merged<const M: usize>(&'static self) -> Merged<M> {
        let mut merged = Merged::EMPTY;
        let mut i = 0;
        while i < self.clauses {
            merged.add(self.clause(i));
            i += 1;
        }
        merged
    }
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
    fn the_scopes_that_include_an_alternative_are_enough() {
        const WRITTEN: [Clause; 2] = [Clause::any(&["list", "own"]), Clause::any(&["write"])];
        static ALL: Option<Alternatives<16>> = Alternatives::of(&WRITTEN, IMPLIES);
        let all = ALL.as_ref().map(|all| [0, 1].map(|i| (all.clause(i).names(), all.clause(i).written().len())));
        assert_eq!(all, Some([(&["list", "own", "write", "admin"][..], 2), (&["write", "admin"], 1)]));
        assert!(Alternatives::<5>::of(&WRITTEN, IMPLIES).is_none());
        assert!(Alternatives::<6>::of(&WRITTEN, IMPLIES).is_some());
    }
}
