//! `CHANGELOG.md` keeps to the format that it names, and knows the version of the crates.

use crate::sources::read;

/// The kinds of changes of Keep a Changelog.
const KINDS: [&str; 6] = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];

/// What a heading of the second level is about.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy, Debug)]
enum Entry {
    Released([u64; 3]),
    Unreleased,
}

#[test]
fn changelog_follows_its_rules() {
    assert_eq!(mistake(&read("CHANGELOG.md"), manifest_version()), None);
}

#[test]
fn mistakes_in_a_changelog_are_found() {
    let released = "\n## 0.1.0 - 2026-01-31\n\n### Added\n\n- All.\n";
    let unreleased = "\n## Unreleased\n\n### Fixed\n\n- Some.\n";
    for good in [released.to_owned(), unreleased.to_owned(), format!("{unreleased}{released}")] {
        assert_eq!(mistake(&format!("# Changelog\n{good}"), [0, 1, 0]), None, "{good}");
    }
    let bad = [
        (released.replace("0.1.0", "0.0.9"), "0.1.0 has no entry"),
        (released.replace("0.1.0", "0.1"), "`0.1 - 2026-01-31` is neither"),
        (released.replace(" - 2026-01-31", ""), "`0.1.0` is neither"),
        (released.replace("01-31", "31-01"), "`0.1.0 - 2026-31-01` is neither"),
        (released.replace("Added", "New"), "`New` is no kind"),
        (released.replace("- All.\n", ""), "`Added` is empty"),
        (format!("{released}\n### Added\n\n- More.\n"), "`Added` stands twice"),
        (format!("{released}{unreleased}"), "the newest entry is not the first"),
        (format!("{released}{}", released.replace("0.1.0", "0.2.0")), "the newest entry is not the first"),
        (format!("{unreleased}{}", released.replace("0.1.0", "0.2.0")), "0.2.0 is newer than the crates"),
        ("\n## Unreleased\n\n- Some.\n".to_owned(), "`Unreleased` has no kinds of changes"),
        (String::new(), "there is no entry"),
    ];
    for (changelog, expected) in bad {
        let found = mistake(&format!("# Changelog\n{changelog}"), [0, 1, 0]).expect(expected);
        assert!(found.contains(expected), "{found}, not {expected}");
    }
}

fn mistake(changelog: &str, version: [u64; 3]) -> Option<String> {
    let mut entries = Vec::new();
    for section in changelog.split("\n## ").skip(1) {
        let (heading, changes) = section.split_once('\n').unwrap_or((section, ""));
        let Some(entry) = entry(heading) else {
            return Some(format!("`{heading}` is neither `Unreleased` nor `0.1.0 - 2026-01-31`"));
        };
        if let Some(mistake) = mistake_in(heading, changes) {
            return Some(mistake);
        }
        entries.push(entry);
    }
    let Some(newest) = entries.first() else {
        return Some("there is no entry".to_owned());
    };
    if entries.windows(2).any(|pair| pair[0] <= pair[1]) {
        return Some("the newest entry is not the first".to_owned());
    }
    let released = entries.iter().find(|entry| **entry != Entry::Unreleased);
    match released {
        Some(Entry::Released(released)) if *released > version => {
            Some(format!("{} is newer than the crates", text(*released)))
        }
        Some(Entry::Released(released)) if *released == version => None,
        _ if *newest == Entry::Unreleased => None,
        _ => Some(format!("{} has no entry", text(version))),
    }
}

fn mistake_in(heading: &str, changes: &str) -> Option<String> {
    let kinds: Vec<_> =
        changes.split("\n### ").skip(1).map(|kind| kind.split_once('\n').unwrap_or((kind, ""))).collect();
    if kinds.is_empty() {
        return Some(format!("`{heading}` has no kinds of changes"));
    }
    kinds.iter().enumerate().find_map(|(index, (kind, lines))| {
        if !KINDS.contains(kind) {
            Some(format!("`{kind}` is no kind of Keep a Changelog"))
        } else if !lines.lines().any(|line| line.starts_with("- ")) {
            Some(format!("`{kind}` is empty"))
        } else {
            kinds[..index].iter().any(|(other, _)| other == kind).then(|| format!("`{kind}` stands twice"))
        }
    })
}

fn entry(heading: &str) -> Option<Entry> {
    if heading == "Unreleased" {
        return Some(Entry::Unreleased);
    }
    let (version, date) = heading.split_once(" - ")?;
    let [year, month, day] = numbers(date, '-')?;
    let plausible =
        (2026..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day) && date.len() == 10;
    plausible.then_some(())?;
    numbers(version, '.').map(Entry::Released)
}

fn numbers(text: &str, between: char) -> Option<[u64; 3]> {
    let numbers: Option<Vec<_>> = text.split(between).map(|number| number.parse().ok()).collect();
    numbers?.try_into().ok()
}

fn text(version: [u64; 3]) -> String {
    version.map(|number| number.to_string()).join(".")
}

/// The version of all crates of the workspace.
fn manifest_version() -> [u64; 3] {
    numbers(env!("CARGO_PKG_VERSION"), '.').expect("a version without a suffix")
}
