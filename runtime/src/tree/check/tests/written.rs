//! How scopes are written.

use super::*;

#[test]
fn each_mistake_in_a_name_has_a_message() {
    let enforcer = || enforcer("user", &[including("Api", &["a", "b", "c", "r:{x}"], &[("a", &["b"])])]);
    for (own, i, text) in [
        (&[""][..], 0, "an empty string is not a scope name"),
        (&["a\n"], 0, "a scope name has a control character in it"),
        (&["a b"], 0, "`a b` is not a scope name"),
        (&["r:{"], 0, "`r:{` is a template whose braces do not enclose"),
        (&["a", "c", "a"], 2, "scope `a` is listed twice"),
        (&["b", "a"], 0, "scope `a` is required as well, and includes `b`; remove `b`"),
        (&["c", "a"], 0, ""),
        (&["c", "a"], 1, ""),
    ] {
        let node = requires(own, &[enforcer()]);
        tells(text, move || own_scope(node, i, 0));
        let all = requires(own, &[enforcer()]);
        tells(text, move || own_scopes(all));
    }
}

#[test]
fn each_mistake_in_alternatives_has_a_message() {
    let cases: [(WrittenClauses, usize, usize, &str); 6] = [
        (&[&["b", "c"], &["c"]], 0, 0, "this `any(…)` always holds, because `c` is required as well"),
        (&[&["b", "c"], &["c", "b"]], 1, 0, "this `any(…)` always holds where another one of the list does"),
        (&[&["b", "a"]], 0, 1, "whoever has `a` has `b`, which is enough here; remove `a`"),
        (&[&["b", "d"]], 0, 1, "scope `d` is not declared by `Api`"),
        (&[&["b", "c"]], 0, 0, ""),
        (&[&["b", "c"]], 0, 1, ""),
    ];
    for (own, i, j, text) in cases {
        let api = including("Api", &["a", "b", "c"], &[("a", &["b"])]);
        let node = leak(function("f", &[], parameters(&[enforcer("user", &[api])])).any(own));
        tells(text, move || own_scope(node, i, j));
        let child = Child::new(&[], enforcer("user", &[api])).any(own);
        let node = leak(function("f", &[], vec![Child::part(OTHER), child].leak()));
        tells(text, move || edge_scope(node, 1, i, j));
    }
}

#[test]
fn the_closest_declared_scope_is_proposed() {
    let declared = |scopes: &[&'static str]| enforcer("user", &[scheme("Key", &[]), scheme("Api", scopes)]);
    required("itmes", &[declared(&["item", "items", "mess"])], "; did you mean `items`?");
    required("itmes", &[declared(&["items", "itmed"])], "; did you mean `items`?");
    // The longer the name, the more edits.
    required("ab", &[declared(&["xy", "zz"])], "; declared are `xy`, `zz`");
    required("ab", &[declared(&["ax"])], "; did you mean `ax`?");
    required("abcdefgh", &[declared(&["abcdexyz"])], "; did you mean `abcdexyz`?");
    required("abcdefgh", &[declared(&["abcdwxyz"])], "; declared are `abcdwxyz`");
    let two = enforcer("user", &[scheme("A", &["itemss"]), takes("token", &[scheme("B", &["items", "other"])])]);
    required("item", &[two], "declared by `A`, `B`, against which `user` checks it; did you mean `items`?");
    required("unlike-all", &[two], "; declared are `itemss`, `items`, `other`");
}

#[test]
fn a_message_names_eight_at_most() {
    let names = ["s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s0"];
    let user = enforcer("user", &[scheme("A", &names)]);
    let eight = "; declared are `s1`, `s2`, `s3`, `s4`, `s5`, `s6`, `s7`, `s8`, …";
    let node = requires(&["unlike-all"], &[user]);
    assert!(told(move || own_scope(node, 0, 0)).ends_with(eight));
    let schemes = names.map(|name| scheme(name, &[]));
    let node = requires(&["x:{y}"], &[enforcer("user", &schemes)]);
    let told = told(move || own_scope(node, 0, 0));
    assert!(told.contains("by `s1`, `s2`, `s3`, `s4`, `s5`, `s6`, `s7`, `s8`, …, against"), "{told}");
    assert!(told.ends_with("checks it; add it to `SCOPES` there"), "{told}");
}
