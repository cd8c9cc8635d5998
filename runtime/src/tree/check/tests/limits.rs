//! How much one path may require, and one document list.

use super::*;
use crate::scopes::limits::{MOST_BYTES, MOST_SCOPES};

fn names(count: usize, length: usize) -> Vec<&'static str> {
    (0..count).map(|i| &*format!("{i:0>length$}").leak()).collect()
}

/// A function that requires some, of a dependency that requires others by its parameter and by itself.
fn chain(own: &[&'static str], edge: &[&'static str], inner: &[&'static str], wrap: fn(Tree) -> Tree) -> Tree {
    let all: Vec<_> = [own, edge, inner].concat();
    let leaked = |names: &[&'static str]| -> Written { names.to_vec().leak() };
    let api = enforcer("user", &[scheme("Api", &all)]);
    let inner = leak(function("g", leaked(inner), parameters(&[OTHER, api])));
    leak(function("f", leaked(own), vec![Child::new(leaked(edge), wrap(inner))].leak()))
}

#[test]
fn a_path_has_a_most_of_scopes() {
    let too_many = "more than 64 scopes are required along one path";
    let all = names(MOST_SCOPES + 1, 2);
    for wrap in [(|node| node) as fn(_) -> _, option] {
        let whole = chain(&all[..20], &all[20..40], &all[40..64], wrap);
        tells("", move || own_scopes(whole));
        let more = chain(&all[..20], &all[20..40], &all[40..], wrap);
        tells(too_many, move || own_scopes(more));
        let last = more.own.len() - 1;
        tells(too_many, move || own_scope(more, last, 0));
        tells("", move || own_scope(more, 0, 0));
        // Repeats do not count.
        let repeated = chain(&all[..60], &all[..60], &all[..60], wrap);
        tells("", move || own_scopes(repeated));
    }
}

#[test]
fn a_path_has_a_most_of_bytes() {
    // With a space after each but the last.
    let mut all = names(32, MOST_BYTES / 32 - 1);
    for (bytes, message) in [(MOST_BYTES, ""), (MOST_BYTES + 1, "are longer than 4096 bytes")] {
        all[31] = format!("{}x", all[31]).leak();
        assert_eq!(all.join(" ").len(), bytes);
        let node = chain(&all[..10], &all[10..20], &all[20..], |node| node);
        tells(message, move || own_scopes(node));
    }
}

#[test]
fn a_document_can_list_all_that_is_enough() {
    let pairs: Vec<&'static [&'static str]> =
        (0..6).map(|i| &*vec![&*format!("a{i}").leak(), &*format!("b{i}").leak()].leak()).collect();
    let turned: Vec<&'static [&'static str]> = pairs.iter().map(|pair| &*vec![pair[1], pair[0]].leak()).collect();
    let with = |own: &[&'static [&'static str]], edge: &[&'static [&'static str]], inner: Tree| -> Tree {
        let [own, edge]: [WrittenClauses; 2] = [own, edge].map(|list| &*list.to_vec().leak());
        let child = Child::new(&[], inner).any(edge);
        leak(function("f", &[], vec![Child::part(OTHER), child].leak()).any(own))
    };
    let too_many = "more than 32 sets of scopes are enough for `f`";
    let five = with(&pairs[..2], &pairs[2..3], with(&pairs[3..5], &[], OTHER));
    tells("", move || parameter(five, 1, true));
    let six = with(&pairs[..2], &pairs[2..3], with(&pairs[3..], &[], OTHER));
    tells(too_many, move || parameter(six, 1, true));
    let six = with(&[], &pairs, OTHER);
    tells(too_many, move || parameter(six, 1, true));
    // It is told once, at the last parameter.
    tells("", move || parameter(six, 0, true));
    // What means the same counts once, and so does one scope.
    let again = with(&pairs[..5], &turned[..5], with(&[&["x"], &["y"]], &turned[..5], OTHER));
    tells("", move || parameter(again, 1, true));
    let wide = with(&[&["a", "b", "c", "d"], &["e", "f", "g", "h"]], &[], OTHER);
    tells("", move || parameter(wide, 1, true));
    let wider = with(&[&["a", "b", "c", "d"], &["e", "f", "g", "h"], &["a", "b", "c"]], &[], OTHER);
    tells(too_many, move || parameter(wider, 1, true));
}
