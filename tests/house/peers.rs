//! The README's tables of speed are those that `tests/peers/run.sh --write` writes, of the peers that its manifest pins.

use crate::sources::read;

const MANIFEST: &str = "tests/peers/Cargo.toml";
const START: &str = "<!-- tests/peers/run.sh --write replaces what follows -->";
const END: &str = "<!-- until here -->";

#[test]
fn speed_tables_of_the_readme_have_the_rows_that_their_script_writes() {
    let rows = rows();
    for (table, columns) in tables().iter().zip([7, 3]) {
        let titles: Vec<_> = table.iter().map(|row| row[0].as_str()).collect();
        assert_eq!(titles, rows, "{}", advice());
        for row in table {
            assert_eq!(row.len() - 1, columns, "{}: {}", row[0], advice());
            assert!(row[1..].iter().all(|cell| is_figure(cell)), "{}: {row:?}. {}", row[0], advice());
        }
    }
}

/// The extractor that is written by hand has the ratio 1, whatever is measured.
#[test]
fn speed_tables_of_the_readme_are_ratios_to_the_extractor_by_hand() {
    let [first, second] = &tables();
    for row in first.iter().chain(second).filter(|row| row[0] == "by hand") {
        let ratios = if row.len() > 4 { &row[1..6] } else { &row[1..] };
        assert!(ratios.iter().all(|ratio| ratio == "1.00"), "{row:?}");
    }
}

fn advice() -> String {
    format!("`tests/peers/run.sh --write` writes the tables anew, from the peers of {MANIFEST}")
}

/// The rows that both tables must have, from the manifest.
fn rows() -> Vec<String> {
    let manifest = read(MANIFEST);
    let list = manifest.split_once("peers = [").and_then(|(_, rest)| rest.split_once(']'));
    let names = list.expect("the manifest lists the peers").0.split(',').map(|name| name.trim().trim_matches('"'));
    let peers = names.filter(|name| !name.is_empty()).map(|name| format!("`{name}` {}", version(&manifest, name)));
    let ours = ["**`axum-scopes`**", "by hand"].map(str::to_owned);
    let limits = ["the least", "no guard"].map(str::to_owned);
    ours.into_iter().chain(peers).chain(limits).collect()
}

/// What the manifest pins a peer to.
fn version(manifest: &str, name: &str) -> String {
    let pinned = manifest.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = ")?.split_once("\"="));
    let version = pinned.and_then(|(_, rest)| rest.split_once('"'));
    version.unwrap_or_else(|| panic!("{MANIFEST} pins no version of {name}")).0.to_owned()
}

/// The two tables between the markers, without their heads.
fn tables() -> [Vec<Vec<String>>; 2] {
    let readme = read("README.md");
    let (_, rest) = readme.split_once(START).expect("the README has the first marker");
    let (text, _) = rest.split_once(END).expect("the README has the second marker");
    let tables = text.split("\n\n").filter(|part| part.trim_start().starts_with('|'));
    let rows = tables.map(|table| table.trim().lines().skip(2).map(cells).collect());
    rows.collect::<Vec<_>>().try_into().unwrap_or_else(|tables: Vec<_>| panic!("{} tables", tables.len()))
}

fn cells(line: &str) -> Vec<String> {
    line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
}

fn is_figure(cell: &str) -> bool {
    cell == "–" || cell.replace(',', "").parse::<f64>().is_ok()
}
