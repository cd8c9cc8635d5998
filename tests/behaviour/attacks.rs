//! The list in `attacks.md` names a test for each way to lose a scope, and each of these tests exists.

use std::{fs, path::Path};

#[test]
fn each_way_to_lose_a_scope_has_its_test() {
    let list = include_str!("../attacks.md");
    let rows: Vec<_> = list.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    assert!(rows.len() > 40);
    for row in rows {
        let test = row.trim_end_matches([' ', '|']).rsplit("| ").next().unwrap();
        let mut names = test.split('`').filter(|part| !part.trim().is_empty());
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(names.next().unwrap());
        let file = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        if let Some(function) = names.next() {
            assert!(file.contains(&format!("fn {function}(")), "{row}");
        }
        if path.components().any(|part| part.as_os_str() == "fail") {
            assert!(path.with_extension("stderr").exists(), "{row}");
        }
    }
}
