//! The README's tables.

use std::{env, fmt::Write, fs, process::Command};

use axum_scopes_peers::{
    guards::{ALL, BARE, BARE_0_7, BY_HAND, Guard, LEAST, OURS},
    keys::Algorithm,
    manifest::version,
    requests::Kind,
};

use crate::figures::Figures;

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md");
const START: &str = "<!-- tests/peers/run.sh --write replaces what follows -->\n";
const END: &str = "<!-- until here -->\n";

pub(crate) fn print(write: bool) {
    let figures = Figures::collect();
    print_all(&figures);
    let tables = markdown(&figures);
    print!("\n{tables}");
    if write {
        let readme = fs::read_to_string(README).unwrap();
        let (before, rest) = readme.split_once(START).expect("the README has the first marker");
        let (_, after) = rest.split_once(END).expect("the README has the second marker");
        fs::write(README, format!("{before}{START}\n{tables}\n{END}{after}")).unwrap();
    }
}

/// Every figure with its spread, of which the tables show some.
fn print_all(figures: &Figures) {
    let mut widest = 0.0_f64;
    for algorithm in Algorithm::ALL {
        for kind in Kind::ALL {
            for guard in &ALL {
                let Some((ratio, spread)) = figures.ratio(algorithm, kind, guard.name) else { continue };
                widest = widest.max(spread);
                println!(
                    "{:<6} {:<26} {:<29} {ratio:>7.3}   apart {spread:>4.1} %",
                    algorithm.name(),
                    kind.name(),
                    guard.name
                );
            }
        }
    }
    for guard in &ALL {
        let (instructions, (count, bytes)) = (figures.instructions(guard.name), figures.allocations(guard.name));
        let (all, without, above) = (instructions.all, instructions.all - instructions.sha, above_bare(figures, guard));
        println!(
            "{:<29} {all:>7} instructions, {without:>7} without SHA-256, {above:>7} above the bare route; {count:>3} \
             allocations of {bytes:>6} bytes",
            guard.name
        );
    }
    println!("The processes are at most {widest:.1} % apart.");
}

/// The instructions that the guard adds to the route, without those of SHA-256.
fn above_bare(figures: &Figures, guard: &Guard) -> u64 {
    let guarded = figures.instructions(guard.name);
    guarded.all - guarded.sha - figures.instructions(guard.bare).all
}

fn markdown(figures: &Figures) -> String {
    let mut text = String::new();
    text += "| HS256 | accepted | no token | bad signature | bad, new header | missing scope | instructions | allocations |\n";
    text += "|---|---:|---:|---:|---:|---:|---:|---:|\n";
    for guard in rows() {
        let ratios: Vec<_> = Kind::ALL.into_iter().map(|kind| ratio(figures, Algorithm::HS256, kind, guard)).collect();
        let above = grouped(above_bare(figures, guard));
        let (count, _) = figures.allocations(guard.name);
        writeln!(text, "| {} | {} | {above} | {count} |", title(guard), ratios.join(" | ")).unwrap();
    }
    text += "\n| accepted | RS256 | ES256 | EdDSA |\n|---|---:|---:|---:|\n";
    for guard in rows() {
        let cell = |algorithm| ratio(figures, algorithm, Kind::Accepted, guard);
        let ratios: Vec<_> = Algorithm::ALL.into_iter().skip(1).map(cell).collect();
        writeln!(text, "| {} | {} |", title(guard), ratios.join(" | ")).unwrap();
    }
    let notes = rows().filter(|guard| !guard.note.is_empty());
    let notes: Vec<_> = notes.map(|guard| format!("`{}` {}.", guard.name, guard.note)).collect();
    write!(text, "\n{}\n\nMeasured on {}.\n", notes.join("\n"), machine()).unwrap();
    text
}

fn rows() -> impl Iterator<Item = &'static Guard> {
    ALL.iter().filter(|guard| guard.name != BARE_0_7)
}

fn title(guard: &Guard) -> String {
    match guard.name {
        OURS => format!("**`{OURS}`**"),
        BY_HAND | LEAST | BARE => guard.name.to_owned(),
        name => format!("`{name}` {}", version(name)),
    }
}

fn ratio(figures: &Figures, algorithm: Algorithm, kind: Kind, guard: &Guard) -> String {
    figures.ratio(algorithm, kind, guard.name).map_or("–".to_owned(), |(ratio, _)| format!("{ratio:.2}"))
}

/// With a comma after each thousand.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(",")
}

fn machine() -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let rustc = Command::new("rustc").arg("--version").output();
    let rustc = rustc.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    let version = rustc.split(' ').nth(1).unwrap_or("of unknown version");
    format!("{} with Rust {version}", model.map_or("an unknown processor", |(_, model)| model))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([7, 999, 1000, 1_234_567].map(grouped), ["7", "999", "1,000", "1,234,567"]);
    }
}
