//! Reads the tables of `CONTRIBUTING.md`.

use crate::sources::read;

/// The rows of the first table below a heading, without its head. A cell has no backticks around it.
pub(crate) fn rows(heading: &str) -> Vec<Vec<String>> {
    let text = read("CONTRIBUTING.md");
    let lines = text.lines().skip_while(|line| line.trim_start_matches('#').trim() != heading);
    let table = lines.skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    // Skips the head and the line below it.
    let rows: Vec<Vec<_>> = table.skip(2).map(cells).collect();
    assert!(!rows.is_empty(), "CONTRIBUTING.md has no table below the heading `{heading}`");
    rows
}

fn cells(line: &str) -> Vec<String> {
    line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect()
}
