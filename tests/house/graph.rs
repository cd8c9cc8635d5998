//! Finds the circles among modules that use each other.

use std::collections::{BTreeMap, BTreeSet};

/// Each module with the modules that it uses.
pub(crate) type Uses = BTreeMap<String, BTreeSet<String>>;

/// The largest sets whose members all reach each other, each in alphabetical order.
pub(crate) fn circles(uses: &Uses) -> Vec<Vec<String>> {
    let reached: BTreeMap<_, _> = uses.keys().map(|from| (from, reached(from, uses))).collect();
    let mut circles = BTreeSet::new();
    for (from, below) in &reached {
        let circle: Vec<_> =
            below.iter().filter(|to| reached.get(to).is_some_and(|back| back.contains(*from))).collect();
        if circle.contains(from) {
            circles.insert(circle.into_iter().cloned().collect());
        }
    }
    circles.into_iter().collect()
}

fn reached(from: &str, uses: &Uses) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from.to_owned()];
    while let Some(at) = open.pop() {
        for next in uses.get(&at).into_iter().flatten() {
            if reached.insert(next.clone()) {
                open.push(next.clone());
            }
        }
    }
    reached
}

#[test]
fn circles_are_found_with_all_their_members() {
    let uses = |edges: &[(&str, &str)]| {
        let mut uses = Uses::new();
        for (from, to) in edges {
            uses.entry((*from).to_owned()).or_default().insert((*to).to_owned());
            uses.entry((*to).to_owned()).or_default();
        }
        uses
    };
    assert!(circles(&uses(&[("a", "b"), ("b", "c"), ("a", "c")])).is_empty());
    let found = circles(&uses(&[("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("e", "f"), ("f", "e")]));
    assert_eq!(found, [vec!["a", "b", "c"], vec!["e", "f"]]);
}
