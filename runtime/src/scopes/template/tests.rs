use std::collections::{BTreeMap, BTreeSet};

use super::{fill::MOST_FILLED, grammar::parameter, *};
use crate::at_random::{Random, seeds};

fn filled(template: &str, values: &[(&str, &str)]) -> Result<String, Unfilled<()>> {
    let value = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value).ok_or(());
    fill(template, value).map(|scope| (*scope).to_owned())
}

#[test]
fn braces_enclose_names_and_stand_apart() {
    for good in [
        "",
        "a{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}",
        "items",
        "repository:{name}:pull",
        "{tenant}:read",
        "a{b}c{d}",
        "repository:{*name}:pull",
        "x{_a1}",
    ] {
        assert_eq!(mistake(good), None, "{good}");
    }
    for (bad, about) in [
        ("a{}", "do not enclose"),
        ("a{1b}", "do not enclose"),
        ("a{b-c}", "do not enclose"),
        ("a{b", "do not enclose"),
        ("a{{b}}", "do not enclose"),
        ("a{*}", "do not enclose"),
        ("a{**b}", "do not enclose"),
        ("a}", "encloses nothing"),
        ("a{b}}", "encloses nothing"),
        ("{b}", "only a parameter"),
        ("{*b}", "only a parameter"),
        ("a{b}{c}", "separates"),
        ("a{b}:{b}", "twice"),
        ("a{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}/{j}", "more than 8"),
    ] {
        assert!(mistake(bad).is_some_and(|mistake| mistake.contains(about)), "{bad}: {:?}", mistake(bad));
    }
}

#[test]
fn parameters_are_found_in_order() {
    const TEMPLATE: &str = "repo:{owner}/{*name}";
    let found = [0, 1, 2].map(|i| parameter(TEMPLATE, i).map(|found| (found.name, found.many, found.stop)));
    assert_eq!(found, [Some(("owner", false, Some(b'/'))), Some(("name", true, None)), None]);
    assert!(is_template(TEMPLATE) && !is_template("repo:owner/name"));
}

#[test]
fn templates_that_share_a_scope_overlap() {
    for (a, b) in [
        ("{tenant}:read", "items:read"),
        ("repo:{repo}", "repo:{owner}/{repo}"),
        ("tenant:{tenant}", "tenant:{tenant}:admin"),
        ("a:{b}", "a:{c}"),
        ("{a}:x", "x:{b}"),
        ("a{b}", "a{c}c"),
        ("{*path}:read", "a/b:read"),
        ("{a}:x", "{b}:x"),
        // Only if the value of the second ends first.
        ("{a}:x", "{b}/y:x"),
    ] {
        assert!(overlap(a, b) && overlap(b, a), "{a} {b}");
    }
    for (a, b) in [
        ("repository:{name}:pull", "repository:{name}:push"),
        ("{tenant}:read", "items:write"),
        ("{tenant}:read", ":read"),
        ("repo:{repo}", "repo:"),
        ("repository:{name}:pull", "repository:a:b:pull"),
        ("{a}:x", "{b}:y"),
        ("items", "item"),
        // Only a brace begins a parameter, even beside a mistake that is told later.
        ("abc", "xa}"),
        ("{a}:{b}:x", "{c}:y"),
    ] {
        assert!(!overlap(a, b) && !overlap(b, a), "{a} {b}");
    }
}

#[test]
fn values_become_part_of_one_scope() {
    for (template, value, scope) in [
        ("repository:{x}:pull", "alpine", Ok("repository:alpine:pull")),
        ("repository:{*x}:pull", "library/alpine", Ok("repository:library/alpine:pull")),
        ("repository:{x}:pull", "library/alpine", Err(Unfilled::Unfit)),
        ("tenant:{x}", "a:b", Ok("tenant:a:b")),
        ("tenant:{x}", "100%", Ok("tenant:100%")),
        ("tenant:{x}", "...", Ok("tenant:...")),
        ("tenant:{x}", "é", Err(Unfilled::Unfit)),
        ("items", "unused", Ok("items")),
    ] {
        assert_eq!(filled(template, &[("x", value)]), scope.map(str::to_owned), "{template} {value}");
    }
    for unfit in
        ["", "a:pull", ":", "a b", "a\"b", "a\\b", "{x}", "a{", "a}", ".", "..", "a%2fb", "%2E", "a\tb", "a\u{7f}"]
    {
        assert_eq!(filled("repository:{x}:pull", &[("x", unfit)]), Err(Unfilled::Unfit), "{unfit:?}");
        assert_eq!(filled("repository:{*x}:pull", &[("x", unfit)]), Err(Unfilled::Unfit), "{unfit:?}");
    }
    for unfit in ["/", "a/", "/a", "a//b", "a/../b", "./a", "a/."] {
        assert_eq!(filled("repository:{*x}:pull", &[("x", unfit)]), Err(Unfilled::Unfit), "{unfit:?}");
    }
    assert_eq!(filled("tenant:{x}", &[]), Err(Unfilled::Missing(())));
    let longest = "a".repeat(MOST_FILLED - "tenant:".len());
    assert!(filled("tenant:{x}", &[("x", &longest)]).is_ok());
    assert_eq!(filled("tenant:{x}", &[("x", &(longest + "a"))]), Err(Unfilled::Unfit));
}

#[test]
fn templates_have_the_same_parameters_in_any_order() {
    for (a, b, same) in [
        ("a:{x}:{y}", "b:{y}/{*x}", true),
        ("a", "b", true),
        ("a:{x}", "b:{x}", true),
        ("a:{x}:{y}", "b:{x}", false),
        ("a:{x}:{y}", "b:{x}:{z}", false),
        ("a:{x}", "b", false),
    ] {
        assert_eq!((have_same_parameters(a, b), have_same_parameters(b, a)), (same, same), "{a} {b}");
    }
}

#[test]
fn a_scope_of_a_template_is_no_longer_than_a_filled_one() {
    let scope = |length: usize| format!("tenant:{}", "a".repeat(length - "tenant:".len()));
    for (length, is) in
        [(MOST_FILLED - 1, true), (MOST_FILLED, true), (MOST_FILLED + 1, false), (2 * MOST_FILLED, false)]
    {
        assert_eq!(values_of("tenant:{x}", &scope(length)).is_some(), is, "{length}");
        assert!(values_of(&scope(length), &scope(length)).is_some(), "{length}");
    }
}

#[test]
fn a_scope_is_one_of_a_template() {
    for (template, scope, is) in [
        ("repository:{name}:pull", "repository:alpine:pull", true),
        ("repository:{name}:pull", "repository:library/alpine:pull", false),
        ("repository:{*name}:pull", "repository:library/alpine:pull", true),
        ("repository:{name}:pull", "repository:{name}:pull", false),
        ("repository:{name}:pull", "repository::pull", false),
        ("repository:{name}:pull", "repository:a:pull:pull", false),
        ("repository:{name}:pull", "repository:a:pul", false),
        ("repository:{name}:pull", "xrepository:a:pull", false),
        ("repo:{owner}/{name}", "repo:a/b", true),
        ("repo:{owner}/{name}", "repo:a/b/c", false),
        ("repo:{owner}/{name}", "repo:a/..", false),
        ("items", "items", true),
        ("items", "item", false),
    ] {
        assert_eq!(values_of(template, scope).is_some(), is, "{template} {scope}");
    }
}

/// Random texts.
struct Texts(Random);

impl Texts {
    fn text(&mut self, alphabet: &[&str], most: usize) -> String {
        (0..=self.0.below(most)).map(|_| alphabet[self.0.below(alphabet.len())]).collect()
    }

    fn template(&mut self) -> String {
        loop {
            let text = self.text(&["a", "b", ":", "/", "{x}", "{*y}", "{z}"], 4);
            if mistake(&text).is_none() {
                return text;
            }
        }
    }
}

/// Every text of at most six characters.
fn texts() -> Vec<String> {
    let mut all = vec![String::new()];
    let mut last = all.clone();
    for _ in 0..6 {
        last = last.iter().flat_map(|text| ["a", "b", ":", "/"].map(|next| format!("{text}{next}"))).collect();
        all.extend(last.iter().cloned());
    }
    all
}

/// The rule of [`overlap`], read off the words: a part is some text without the byte that follows it.
fn could_be(template: &str, scope: &str) -> bool {
    let Some(open) = template.find('{') else { return template == scope };
    let (Some(parameter), Some((_, rest))) = (parameter(template, 0), template.split_once('}')) else { return false };
    let Some(behind) = scope.strip_prefix(&template[..open]) else { return false };
    (1..=behind.len()).any(|length| {
        let (value, scope) = behind.split_at(length);
        !value.bytes().any(|byte| Some(byte) == parameter.stop) && could_be(rest, scope)
    })
}

#[test]
fn templates_overlap_if_a_text_could_be_both() {
    let texts = texts();
    let mut scopes = BTreeMap::new();
    for seed in seeds(150) {
        let mut random = Texts(Random(seed));
        let (a, b) = (random.template(), random.template());
        for template in [&a, &b] {
            let of = |text: &&String| could_be(template, text);
            scopes.entry(template.clone()).or_insert_with(|| texts.iter().filter(of).collect::<BTreeSet<_>>());
        }
        let shared = scopes[&a].intersection(&scopes[&b]).next();
        // Some share only longer texts.
        assert!(shared.is_none() || overlap(&a, &b), "{a} {b}: {shared:?}");
        let length = |template: &str| {
            template.split('}').map(|part| part.find('{').map_or(part.len(), |at| at + 1)).sum::<usize>()
        };
        let is_short = length(&a) + length(&b) <= 6;
        assert!(!overlap(&a, &b) || shared.is_some() || !is_short, "{a} {b} share nothing");
    }
}

#[test]
fn filled_templates_are_told_apart() {
    let mut made = BTreeMap::<String, (String, Vec<String>)>::new();
    for seed in seeds(8_000) {
        let mut random = Texts(Random(seed));
        let template = random.template();
        let values: Vec<_> = (0..3).map(|_| random.text(&["a", "b", ":", "/", ".", "%", "2", "{", "}"], 3)).collect();
        let named = [("x", &*values[0]), ("y", &*values[1]), ("z", &*values[2])];
        let Ok(scope) = filled(&template, &named) else { continue };
        assert!(
            values_of(&template, &scope).is_some_and(|bound| named
                .iter()
                .all(|(name, value)| bound.value(name).is_none_or(|bound| bound == *value)))
                && !is_template(&scope),
            "{template} {scope}"
        );
        let used =
            named.iter().filter(|(name, _)| template.contains(name)).map(|(_, value)| (*value).to_owned()).collect();
        let entry = made.entry(scope.clone()).or_insert_with(|| (template.clone(), Vec::clone(&used)));
        assert!(entry.0 != template || entry.1 == used, "{template} is {scope} with {used:?} and with {:?}", entry.1);
        assert!(overlap(&entry.0, &template), "{} and {template} are both {scope}", entry.0);
    }
    assert!(made.len() > 500, "{}", made.len());
}
