//! The stages of the macro crate, and the files of its expansion, use only those above them.

use crate::{paths::named, sources, tables};

/// The stages that only the pipeline may combine.
const STAGES: &[&str] = &["parse", "model", "check", "expand"];

#[test]
fn a_file_of_the_macro_crate_uses_only_those_above_it() {
    let order = column("The macro crate");
    let below = column("The files of the expansion");
    for source in sources::of_crate("macros/src/lib.rs").iter().filter(|source| !source.module.is_empty()) {
        for (path, line) in named(source) {
            let (from, to) = (&source.module[0], &path[0]);
            let is_up = place(&order, from) >= place(&order, to);
            assert!(is_up, "{}:{line}: `{from}` uses `{to}`, which stands below it", source.path);
            if let ([_, from], [expand, to, ..]) = (source.module.as_slice(), path.as_slice())
                && expand == "expand"
                && source.module[0] == "expand"
            {
                let is_up = place(&below, from) >= place(&below, to);
                assert!(is_up, "{}:{line}: `expand::{from}` uses `expand::{to}`, which stands below it", source.path);
            }
        }
    }
}

#[test]
fn only_the_pipeline_knows_all_stages() {
    for source in sources::of_crate("macros/src/lib.rs").iter().filter(|source| !source.module.is_empty()) {
        let used: Vec<_> = named(source).into_iter().map(|(mut path, _)| path.swap_remove(0)).collect();
        let uses = |stage: &str| source.module[0] != stage && used.iter().any(|used| used == stage);
        match source.module[0].as_str() {
            "pipeline" => assert!(STAGES.iter().all(|stage| uses(stage)), "the pipeline goes through all stages"),
            "model" => assert!(!uses("check") && !uses("expand"), "{}", source.path),
            "check" => assert!(!uses("parse") && !uses("expand"), "{} reads the model alone", source.path),
            "expand" => assert!(!uses("parse") && !uses("check"), "{} reads the model alone", source.path),
            _ => assert!(!STAGES.iter().any(|stage| uses(stage)), "{} knows a stage", source.path),
        }
    }
}

fn column(heading: &str) -> Vec<String> {
    tables::rows(heading).into_iter().map(|mut row| row.swap_remove(0)).collect()
}

fn place(order: &[String], file: &str) -> usize {
    let place = order.iter().position(|known| known == file);
    place.unwrap_or_else(|| panic!("`{file}` is in no table of CONTRIBUTING.md; add it"))
}
