//! The mutants that no test catches, as `tests/mutants/survivors.txt` lists them: each has a reason, and its function exists.

use std::collections::BTreeSet;

use crate::sources::{read, repository};

const LIST: &str = "tests/mutants/survivors.txt";

#[test]
fn each_surviving_mutant_has_a_reason_and_a_function() {
    let text = read(LIST);
    let mut lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).peekable();
    let mut seen = BTreeSet::new();
    while let Some(line) = lines.next() {
        if let Some(reason) = line.strip_prefix("    ") {
            assert!(reason.split_whitespace().count() >= 4, "{LIST}: this is no reason: {reason}");
            continue;
        }
        assert!(seen.insert(line), "{LIST}: this mutant is listed twice: {line}");
        assert!(lines.peek().is_some(), "{LIST}: this mutant has no reason: {line}");
        let (path, mutant) = line.split_once(": ").unwrap_or_else(|| panic!("{LIST}: no file is named in: {line}"));
        assert!(repository().join(path).is_file(), "{LIST}: {path} does not exist");
        assert!(mutant.starts_with("replace ") || mutant.starts_with("delete "), "{LIST}: this is no mutant: {line}");
        // One in a constant is in no function.
        let Some(function) = function(mutant) else { continue };
        let declares = |line: &str| {
            let declared = line.split_once("fn ").and_then(|(_, behind)| behind.strip_prefix(function));
            declared.is_some_and(|behind| behind.starts_with(['(', '<']))
        };
        assert!(read(path).lines().any(declares), "{LIST}: {path} has no function `{function}`");
    }
}

/// The name of the function that `replace < with == in Clause::implies` or `replace Clause::first -> &str with ""` changes.
fn function(mutant: &str) -> Option<&str> {
    let path = match mutant.rsplit_once(" in ") {
        Some((_, path)) => path.split(" (").next()?,
        None => mutant.strip_prefix("replace ")?.split(' ').take_while(|word| !["->", "with"].contains(word)).last()?,
    };
    let name = path.rsplit("::").next()?;
    name.chars().all(|c| c.is_alphanumeric() || c == '_').then_some(name)
}

#[test]
fn the_function_of_a_mutant_is_read_from_its_name() {
    for (mutant, name) in [
        ("replace < with == in Clause::implies", Some("implies")),
        ("replace || with && in distance (2 of 3)", Some("distance")),
        ("delete match arm (Some(a), Some(b)) in overlap_behind", Some("overlap_behind")),
        ("replace <impl fmt::Debug for Clause>::fmt -> fmt::Result with Ok(Default::default())", Some("fmt")),
        ("replace Alternatives<N>::of -> Option<Self> with None (1 of 2)", Some("of")),
        ("replace find with ()", Some("find")),
        ("replace * with + (1 of 2)", None),
        ("replace match guard SENDER.mistake().is_some() with true", None),
        ("delete field children from struct Requirement expression", None),
    ] {
        assert_eq!(function(mutant), name, "{mutant}");
    }
}
