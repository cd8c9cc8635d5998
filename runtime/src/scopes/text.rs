//! What clients are told of a list of clauses: the least scopes that meet all of them, and their challenge.

use std::marker::PhantomData;

use super::{
    clause::Clause,
    grammar::contains,
    implied::{Implies, includes},
    limits::{MOST_BYTES, MOST_SCOPES, TOO_LONG},
    required::Required,
};
use crate::text::constant::Text;

/// The challenge before its scopes.
const PREFIX: &str = "Bearer scope=\"";
/// The most bytes of a challenge that names scopes and nothing else.
pub(crate) const MOST_TEXT: usize = PREFIX.len() + MOST_BYTES + 1;

/// At most `N` scopes that meet all clauses. Without one of them, some clause is not met.
pub(super) struct Names<const N: usize> {
    names: [&'static str; N],
    len: usize,
}

impl<const N: usize> Names<N> {
    /// The preferred scope of each clause, unless the others are enough.
    pub(super) const fn of(clauses: &[Clause], implies: Implies) -> Self {
        let mut chosen = Self { names: [""; N], len: 0 };
        let (mut i, mut may_be_needless) = (0, false);
        while i < clauses.len() && chosen.len <= N {
            let name = clauses[i].first();
            may_be_needless |= clauses[i].names().len() > 1;
            if !may_be_needless || !contains(&chosen.names, chosen.len, name) {
                if chosen.len < N {
                    chosen.names[chosen.len] = name;
                }
                chosen.len += 1;
            }
            i += 1;
        }
        if may_be_needless && chosen.len <= N {
            chosen.drop_needless(clauses, implies, true);
            chosen.drop_needless(clauses, implies, false);
        }
        chosen
    }

    /// From the last to the first, so that what functions further out prefer stays. `stronger` is whether to drop only scopes
    /// that include another one, because a client needs them least.
    const fn drop_needless(&mut self, clauses: &[Clause], implies: Implies, stronger: bool) {
        let mut i = self.len;
        while i > 0 {
            i -= 1;
            let name = self.names[i];
            if stronger && !self.has_one_that_is_included_in(name, implies) {
                continue;
            }
            self.move_to_end(i);
            if meets(clauses, &self.names, self.len - 1) {
                self.len -= 1;
            } else {
                self.move_back(i, name);
            }
        }
    }

    const fn has_one_that_is_included_in(&self, strong: &str, implies: Implies) -> bool {
        let mut i = 0;
        while i < self.len {
            if includes(implies, strong, self.names[i]) {
                return true;
            }
            i += 1;
        }
        false
    }

    const fn move_to_end(&mut self, i: usize) {
        let (name, mut at) = (self.names[i], i + 1);
        while at < self.len {
            self.names[at - 1] = self.names[at];
            at += 1;
        }
        self.names[self.len - 1] = name;
    }

    const fn move_back(&mut self, i: usize, name: &'static str) {
        let mut at = self.len - 1;
        while at > i {
            self.names[at] = self.names[at - 1];
            at -= 1;
        }
        self.names[i] = name;
    }

    /// The names, unless there are too many.
    pub(super) const fn list(&self) -> Option<&[&'static str]> {
        if self.len <= N { Some(self.names.split_at(self.len).0) } else { None }
    }
}

/// Whether the first `len` names meet all clauses.
const fn meets(clauses: &[Clause], names: &[&str], len: usize) -> bool {
    let mut i = 0;
    while i < clauses.len() {
        if !clauses[i].admits_one_of(names, len) {
            return false;
        }
        i += 1;
    }
    true
}

/// Clauses that are all required, as a constant. Each text is built in the smallest of three sizes that holds it.
pub(crate) trait Listed {
    const CLAUSES: &'static [Clause];
    /// The scopes that include others, if the clauses have them.
    const IMPLIES: Implies;
}

/// The texts of a list, as constants.
pub(crate) struct Told<L: ?Sized>(PhantomData<L>);

impl<L: Listed + ?Sized> Told<L> {
    const FEW: &'static Names<4> = &Names::of(L::CLAUSES, L::IMPLIES);
    const SOME: &'static Names<16> = &Names::of(L::CLAUSES, L::IMPLIES);
    const MANY: &'static Names<MOST_SCOPES> = &Names::of(L::CLAUSES, L::IMPLIES);

    const NAMES: &'static [&'static str] = match Self::FEW.list() {
        Some(list) => list,
        None => Self::some(),
    };

    // Functions name the larger ones, so that the compiler evaluates only those that it needs.
    const fn some() -> &'static [&'static str] {
        match Self::SOME.list() {
            Some(list) => list,
            None => Self::many(),
        }
    }

    const fn many() -> &'static [&'static str] {
        match Self::MANY.list() {
            Some(list) => list,
            // There are no more names than clauses.
            None => &[],
        }
    }

    const SHORT: &'static Text<64> = &quoted(Self::NAMES);
    const MIDDLE: &'static Text<256> = &quoted(Self::NAMES);
    const LONG: &'static Text<MOST_TEXT> = &quoted(Self::NAMES);

    /// The challenge that names the scopes and nothing else. [`REQUIRED`](Self::REQUIRED) shares its text.
    pub(crate) const QUOTED: &'static str = match Self::SHORT.str() {
        Some(text) => text,
        None => Self::middle(),
    };

    const fn middle() -> &'static str {
        match Self::MIDDLE.str() {
            Some(text) => text,
            None => Self::long(),
        }
    }

    const fn long() -> &'static str {
        match Self::LONG.str() {
            Some(text) => text,
            None => panic!("{}", TOO_LONG),
        }
    }

    /// The clauses with their texts.
    pub(crate) const REQUIRED: Required = Required::new(L::CLAUSES, Self::NAMES, scope_str(Self::QUOTED));
}

/// The clauses with their texts, in memory that is never freed.
#[cfg(any(test, feature = "testing"))]
pub(crate) fn leaked(clauses: &'static [Clause], implies: Implies) -> Required {
    let names = Names::<MOST_SCOPES>::of(clauses, implies).list().map(<[_]>::to_vec);
    // With more than the compiler takes, all are named.
    let names = names.unwrap_or_else(|| clauses.iter().map(|clause| clause.first()).collect());
    Required::new(clauses, names.clone().leak(), names.join(" ").leak())
}

/// `Bearer scope="a b"`. [`scope_str`] cuts the joined scopes from it.
pub(super) const fn quoted<const N: usize>(names: &[&str]) -> Text<N> {
    let mut text = Text::new().put(PREFIX);
    let mut i = 0;
    while i < names.len() {
        if i > 0 {
            text = text.put(" ");
        }
        text = text.put(names[i]);
        i += 1;
    }
    text.put("\"")
}

/// The joined scopes in a [`quoted`] text.
pub(super) const fn scope_str(quoted: &'static str) -> &'static str {
    let (_, rest) = quoted.split_at(PREFIX.len());
    rest.split_at(rest.len() - 1).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_are_told_the_least_scopes() {
        for (clauses, expected) in [
            (&[&["a"][..], &["b"]][..], &["a", "b"][..]),
            (&[&["a", "b"], &["c"]], &["a", "c"]),
            (&[&["a", "b"], &["b", "c"]], &["b"]),
            (&[&["b", "a"], &["a", "c"]], &["a"]),
            (&[&["a", "b"], &["b", "c"], &["c", "a"]], &["a", "b"]),
            (&[&["a", "b"], &["a", "c"]], &["a"]),
        ] {
            let list: Vec<_> = clauses.iter().map(|names| Clause::any(names)).collect();
            assert_eq!(Names::<4>::of(&list, &[]).list(), Some(expected), "{clauses:?}");
        }
    }

    #[test]
    fn the_scopes_are_cut_from_the_challenge() {
        const TEXT: Text<64> = quoted(&["items", "me"]);
        assert_eq!(TEXT.str(), Some("Bearer scope=\"items me\""));
        const CUT: &str = scope_str("Bearer scope=\"items me\"");
        assert_eq!(CUT, "items me");
    }

    #[test]
    fn names_that_do_not_fit_are_none() {
        let [ab, ac, cd] = [&["a", "b"][..], &["a", "c"], &["c", "d"]].map(Clause::any);
        assert_eq!(Names::<1>::of(&[ab, ac], &[]).list(), Some(&["a"][..]));
        assert_eq!(Names::<1>::of(&[ab, cd], &[]).list(), None);
        assert_eq!(Names::<2>::of(&[ab, cd], &[]).list(), Some(&["a", "c"][..]));
        assert_eq!(Names::<2>::of(&[ab, cd, Clause::any(&["e"])], &[]).list(), None);
        assert_eq!(Names::<1>::of(&[Clause::any(&["a"]), Clause::any(&["b"])], &[]).list(), None);
    }

    #[test]
    fn each_text_is_a_challenge_and_the_scopes_in_it() {
        for (names, challenge, scopes) in [
            (&[][..], "Bearer scope=\"\"", ""),
            (&["a"], "Bearer scope=\"a\"", "a"),
            (&["items", "me", "x"], "Bearer scope=\"items me x\"", "items me x"),
        ] {
            assert_eq!(quoted::<64>(names).str(), Some(challenge));
            assert_eq!(scope_str(challenge), scopes);
        }
    }

    /// Lists whose texts need the larger constants.
    #[test]
    fn constants_of_each_size_hold_the_whole_text() {
        macro_rules! listed {
            ($($names:expr),*) => {
                [$({
                    struct List;
                    impl Listed for List {
                        const CLAUSES: &'static [Clause] = &[Clause::any($names)];
                        const IMPLIES: Implies = &[];
                    }
                    (Told::<List>::QUOTED, Told::<List>::REQUIRED.text(), $names[0])
                }),*]
            };
        }
        const LONG: &str = match std::str::from_utf8(&[b'a'; 1000]) {
            Ok(text) => text,
            Err(_) => "",
        };
        const MIDDLE: &str = LONG.split_at(200).0;
        for (quoted, text, name) in listed!(&["short"], &[MIDDLE], &[LONG]) {
            assert_eq!((quoted, text), (&*format!("Bearer scope=\"{name}\""), name));
        }
    }
}
