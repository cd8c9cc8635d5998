//! The tests that a table names: takes a document, yields its rows whose last column is `test`, and checks that their tests exist.
//!
//! A cell names the path of a file, and behind it functions of that file, in code spans: `` `file.rs` `function` ``. Or it has links
//! with the name of the function: `` [`function`](file.rs) ``. A file that must not compile is a test by itself.

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

/// A row, and the tests that it names.
struct Row<'a> {
    text: &'a str,
    tests: Vec<Test<'a>>,
}

struct Test<'a> {
    path: &'a str,
    function: Option<&'a str>,
}

/// The rows of all tables whose last column is `test`.
fn rows(document: &str) -> Vec<Row<'_>> {
    let lines: Vec<_> = document.lines().collect();
    let tables = (1..lines.len()).filter(|&i| lines[i].starts_with("|-") && lines[i - 1].ends_with("| test |"));
    let rows = tables.flat_map(|i| lines[i + 1..].iter().take_while(|line| line.starts_with('|')));
    rows.map(|row| Row { text: row, tests: tests(row) }).collect()
}

fn tests(row: &str) -> Vec<Test<'_>> {
    let cell = row.trim_end_matches([' ', '|']).rsplit(" | ").next().unwrap();
    let links: Vec<_> = cell.split("[`").skip(1).collect();
    if !links.is_empty() {
        return links.into_iter().map(|link| test_of_link(link).unwrap_or_else(|| panic!("{row}"))).collect();
    }
    let mut tests: Vec<Test<'_>> = Vec::new();
    let mut path = None;
    for name in cell.split('`').filter(|part| !part.trim().is_empty()) {
        if name.ends_with(".rs") {
            path = Some(name);
            tests.push(Test { path: name, function: None });
            continue;
        }
        let path = path.unwrap_or_else(|| panic!("{name} stands behind no file: {row}"));
        // The first function takes the place of the bare path.
        tests.pop_if(|last| last.path == path && last.function.is_none());
        tests.push(Test { path, function: Some(name) });
    }
    tests
}

/// `` function`](path) ``, or `` folder/case`](…/folder/case.rs) `` for a file that must not compile.
fn test_of_link(link: &str) -> Option<Test<'_>> {
    let (name, rest) = link.split_once("`](")?;
    let path = rest.split_once(')')?.0;
    let is_case = path.strip_suffix(".rs").is_some_and(|path| path.ends_with(name) && is_case(Path::new(path)));
    Some(Test { path, function: (!is_case).then_some(name) })
}

/// Panics unless each row of a document names a test, and each of its tests exists. Paths are relative to `base`, which is relative to
/// this crate. Yields the number of rows.
#[track_caller]
pub(crate) fn each_row_has_its_tests(document: &str, base: &str) -> usize {
    let rows = rows(document);
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join(base);
    rows.iter().for_each(|row| has_its_tests(row, &base));
    rows.len()
}

/// Panics unless the row names a test, and each of its tests exists. Paths are relative to `base`.
#[track_caller]
fn has_its_tests(row: &Row<'_>, base: &Path) {
    assert!(!row.tests.is_empty(), "no test: {}", row.text);
    for Test { path, function } in &row.tests {
        let file = base.join(path);
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}: {}", row.text));
        match function {
            Some(function) => {
                assert!(is_a_test(&text, function), "{path} has no test `{function}`: {}", row.text);
                assert!(is_compiled(&file), "no crate has {path}: {}", row.text);
            }
            None => {
                let explained = is_case(&file) && file.with_extension("stderr").exists();
                assert!(explained, "no function of {path}: {}", row.text);
            }
        }
    }
}

/// Whether the file is in a folder of files that must not compile.
fn is_case(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str().to_str().is_some_and(|name| name.starts_with("fail")))
}

/// Whether `#[test]`, the attribute of an asynchronous test, or that of an example in the documentation stands above the function, and
/// nothing that switches it off.
fn is_a_test(file: &str, function: &str) -> bool {
    let Some((above, _)) = file.split_once(&format!("fn {function}(")) else { return false };
    let above = above.rsplit_once('\n').map_or("", |(above, _)| above);
    let attributes: Vec<_> = above.lines().rev().take_while(|line| line.trim_start().starts_with(['#', '/'])).collect();
    let has = |begin: &str| attributes.iter().any(|line| line.trim_start().starts_with(begin));
    let is_on = !has("#[ignore") && !has("#[cfg(any())]");
    is_on && (has("#[test]") || has("#[tokio::test") || has("#[cfg(doctest)]"))
}

/// Whether the file is the root of a crate, or a file above it has it as a module.
fn is_compiled(file: &Path) -> bool {
    let file = normal(file);
    let is_named = |name: &str| file.file_name().is_some_and(|file| file == name);
    let Some(folder) = file.parent() else { return false };
    if is_named("main.rs") || is_named("lib.rs") || is_root(&file) {
        return true;
    }
    // `a/b.rs` and `a/b/mod.rs` are modules of `a.rs`, or of a file in `a` with one of these names.
    let (module, folder) =
        if is_named("mod.rs") { (folder.file_name(), folder.parent()) } else { (file.file_stem(), Some(folder)) };
    let (Some(module), Some(folder)) = (module.and_then(|name| name.to_str()), folder) else { return false };
    let above = ["mod.rs", "main.rs", "lib.rs"].map(|name| folder.join(name)).into_iter();
    let mut above = above.chain([folder.with_extension("rs")]);
    above.any(|above| {
        let text = fs::read_to_string(&above).unwrap_or_default();
        let declares = |line: &str| line.trim().ends_with(&format!("mod {module};"));
        text.lines().any(declares) && is_compiled(&above)
    })
}

/// Whether a manifest above names the file as a test.
fn is_root(file: &Path) -> bool {
    file.ancestors().skip(1).any(|folder| {
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
        let path = file.strip_prefix(folder).ok().and_then(Path::to_str);
        path.is_some_and(|path| manifest.contains(&format!("path = \"{path}\"")))
    })
}

/// Without `..`, which would hide the real folders.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(normal.pop()),
            part => normal.push(part),
        }
    }
    normal
}

mod tests_of_the_reader {
    use std::panic::catch_unwind;

    use super::each_row_has_its_tests;

    const FILE: &str = "tests/behaviour/named_tests.rs";

    /// Whether a row with this last cell is accepted.
    fn accepts(cell: &str) -> bool {
        let table = format!("| promise | test |\n|---|---|\n| this | {cell} |\n");
        catch_unwind(|| each_row_has_its_tests(&table, "..")).is_ok_and(|rows| rows == 1)
    }

    #[test]
    fn a_row_needs_a_test_that_exists_and_runs() {
        let this = "a_row_needs_a_test_that_exists_and_runs";
        assert!(accepts(&format!("`{FILE}` `{this}`")));
        assert!(accepts(&format!("[`{this}`]({FILE})")));
        assert!(accepts(&format!("[`{this}`]({FILE}), [`unsaid/closure`](tests/ui/fail/unsaid/closure.rs)")));
        assert!(accepts("`tests/ui/fail/unsaid/closure.rs` `tests/ui/fail/unsaid/fallback.rs`"));
        assert!(accepts("`runtime/src/jose/hmac_key.rs` `the_memory_of_a_secret_is_overwritten`"));
        for none in [
            "",
            "a test",
            FILE,
            &format!("`{FILE}`"),
            &format!("`{this}`"),
            &format!("`{FILE}` `accepts`"),
            &format!("`{FILE}` `{this}_`"),
            &format!("`{FILE}` `is_a_test`"),
            &format!("`{FILE}` `{this}` `tests/behaviour/none.rs`"),
            &format!("[`none`]({FILE})"),
            &format!("[`{this}`](tests/behaviour/none.rs)"),
            &format!("[`{this}`]({FILE}), [`none`]({FILE})"),
            "[`unsaid/none`](tests/ui/fail/unsaid/none.rs)",
            "[`unsaid/fallback`](tests/ui/fail/unsaid/closure.rs)",
            "`tests/idp/provider.rs` `none`",
        ] {
            assert!(!accepts(none), "{none}");
        }
    }
}
