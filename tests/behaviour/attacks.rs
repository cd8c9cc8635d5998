//! The lists in `attacks.md` and `checklists.md` name tests for each row, and each of these tests exists.

use std::{fs, path::Path};

#[test]
fn each_way_to_lose_a_scope_has_its_test() {
    assert!(each_row_has_its_tests(include_str!("../attacks.md"), "| attempt ") > 40);
}

#[test]
fn each_requirement_of_a_specification_has_its_test() {
    assert!(each_row_has_its_tests(include_str!("../checklists.md"), "| | requirement ") > 60);
}

/// Yields the number of rows.
#[track_caller]
fn each_row_has_its_tests(list: &str, heading: &str) -> usize {
    let rows = list.lines().filter(|line| line.starts_with("| ") && !line.starts_with(heading));
    rows.inspect(|row| has_its_tests(row)).count()
}

/// The last cell has paths below this crate, and after the path of a file of Rust the functions in it.
#[track_caller]
fn has_its_tests(row: &str) {
    let cell = row.trim_end_matches([' ', '|']).rsplit("| ").next().unwrap();
    let names: Vec<_> = cell.split('`').filter(|part| !part.trim().is_empty()).collect();
    assert!(names[0].ends_with(".rs"), "{row}");
    let mut file = String::new();
    for (i, name) in names.iter().enumerate() {
        if !name.ends_with(".rs") {
            assert!(is_a_test(&file, name), "{name}: {row}");
            continue;
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        file = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let is_whole = names.get(i + 1).is_none_or(|next| next.ends_with(".rs"));
        if path.components().any(|part| part.as_os_str().to_string_lossy().starts_with("fail")) {
            assert!(path.with_extension("stderr").exists(), "{row}");
        } else {
            assert!(!is_whole, "no function of {name}: {row}");
        }
    }
}

/// Whether `#[test]`, or the attribute of an asynchronous test, stands above the function.
fn is_a_test(file: &str, function: &str) -> bool {
    let above = file.split(&format!("fn {function}(")).next().filter(|above| above.len() < file.len());
    above.is_some_and(|above| {
        let attributes = above.rsplit("\n}").next().unwrap_or(above);
        attributes.rsplit("\n\n").next().is_some_and(|attributes| attributes.contains("test"))
    })
}
