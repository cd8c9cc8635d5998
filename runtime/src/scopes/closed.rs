//! The scopes that are enough at compile time: takes merged clauses and the `IMPLIES` of a scheme, adds the scopes that include
//! those of the clauses.

use std::marker::PhantomData;

use super::{
    clause::Clause,
    grammar::{contains, same},
    implied::Implies,
    limits::{MOST_ALTERNATIVES, MOST_SCOPES, TOO_MANY, TOO_MANY_ALTERNATIVES},
    merge::{Merge, Step},
    merged::Merged,
    text::Listed,
};

/// At most `N` names: the alternatives of several clauses, one clause after the other, each with the scopes that include them.
struct Alternatives<const N: usize> {
    names: [&'static str; N],
    /// The index behind the last name of each clause.
    ends: [usize; MOST_SCOPES],
    written: [usize; MOST_SCOPES],
    clauses: usize,
}

impl<const N: usize> Alternatives<N> {
    /// `None` if there are too many.
    const fn of(clauses: &[Clause], implies: Implies) -> Option<Self> {
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
    const fn merged<const M: usize>(&'static self) -> Merged<M> {
        let mut merged = Merged::EMPTY;
        let mut i = 0;
        while i < self.clauses {
            merged.add(self.clause(i));
            i += 1;
        }
        merged
    }
}

/// The merged scopes of a [`Step`], with the scopes that include them.
pub(crate) struct Closed<P: ?Sized>(PhantomData<P>);

impl<P: Step + ?Sized> Closed<P> {
    const FEW_NAMES: &'static Option<Alternatives<16>> = &Alternatives::of(Merge::<P>::CLAUSES, P::IMPLIES);
    const SOME_NAMES: &'static Option<Alternatives<64>> = &Alternatives::of(Merge::<P>::CLAUSES, P::IMPLIES);
    const MANY_NAMES: &'static Option<Alternatives<MOST_ALTERNATIVES>> =
        &Alternatives::of(Merge::<P>::CLAUSES, P::IMPLIES);

    const FEW: &'static Merged<4> = &Self::merged();
    const MANY: &'static Merged<MOST_SCOPES> = &Self::merged();

    // These name the larger constants only if they are needed, as in `Merge`.
    const fn merged<const N: usize>() -> Merged<N> {
        match Self::FEW_NAMES {
            Some(names) => names.merged(),
            None => Self::merged_of_some(),
        }
    }

    const fn merged_of_some<const N: usize>() -> Merged<N> {
        match Self::SOME_NAMES {
            Some(names) => names.merged(),
            None => Self::merged_of_many(),
        }
    }

    const fn merged_of_many<const N: usize>() -> Merged<N> {
        match Self::MANY_NAMES {
            Some(names) => names.merged(),
            None => panic!("{}", TOO_MANY_ALTERNATIVES),
        }
    }

    const fn many() -> &'static [Clause] {
        match Self::MANY.list() {
            Some(list) => list,
            None => panic!("{}", TOO_MANY),
        }
    }
}

impl<P: Step + ?Sized> Listed for Closed<P> {
    const CLAUSES: &'static [Clause] = match Self::FEW.list() {
        Some(list) => list,
        None => Self::many(),
    };
    const IMPLIES: Implies = P::IMPLIES;
}

/// The same at run time, for few clauses.
#[cfg(test)]
pub(crate) fn closed(clauses: &[Clause], implies: Implies) -> Option<&'static [Clause]> {
    let all: &'static _ = Box::leak(Box::new(Alternatives::<128>::of(clauses, implies)?));
    Some(all.merged::<MOST_SCOPES>().list()?.to_vec().leak())
}

#[cfg(test)]
mod tests {
    use super::*;

    const IMPLIES: Implies = &[("admin", &["write"]), ("write", &["read", "list"]), ("audit", &["read"])];

    #[test]
    fn the_scopes_that_include_an_alternative_are_enough() {
        const WRITTEN: [Clause; 2] = [Clause::any(&["list", "own"]), Clause::any(&["write"])];
        static ALL: Option<Alternatives<16>> = Alternatives::of(&WRITTEN, IMPLIES);
        let all = ALL.as_ref().map(|all| [0, 1].map(|i| (all.clause(i).names(), all.clause(i).written().len())));
        assert_eq!(all, Some([(&["list", "own", "write", "admin"][..], 2), (&["write", "admin"], 1)]));
        assert!(Alternatives::<5>::of(&WRITTEN, IMPLIES).is_none());
        assert!(Alternatives::<6>::of(&WRITTEN, IMPLIES).is_some());
    }

    #[test]
    fn as_many_alternatives_fit_as_there_is_room() {
        let clauses = [Clause::any(&["a", "b"]), Clause::any(&["c"]), Clause::any(&["d", "e"])];
        assert!(Alternatives::<5>::of(&clauses, IMPLIES).is_some());
        for fits in [
            Alternatives::<4>::of(&clauses, IMPLIES).is_some(),
            Alternatives::<3>::of(&clauses, IMPLIES).is_some(),
            Alternatives::<2>::of(&clauses, IMPLIES).is_some(),
            Alternatives::<1>::of(&clauses, IMPLIES).is_some(),
        ] {
            assert!(!fits);
        }
    }

    #[test]
    fn a_clause_that_another_one_includes_is_left_out() {
        let closed = closed(&[Clause::any(&["read"]), Clause::any(&["other"]), Clause::any(&["write"])], IMPLIES);
        let names: Vec<_> = closed.into_iter().flatten().map(|clause| clause.names()).collect();
        assert_eq!(names, [&["write", "admin"][..], &["other"]]);
    }
}
