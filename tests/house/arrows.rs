//! Each room of the runtime uses only rooms above it in the table, by the room's own path; and no files within a room use each
//! other in a circle.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    graph::circles,
    paths::{exported_macros, named},
    sources::{self, Source},
    tables,
};

/// Rooms of the table that do not exist yet, and the rooms that hold their items today.
const PLANNED: &[(&str, &str)] = &[];

/// Arrows that run back up: the room, the one that it uses, and why that is so.
const KNOWN: &[(&str, &str, &str)] = &[];

/// Rooms in which files use each other in a circle, and why.
const CIRCLES: &[(&str, &str)] = &[];

/// The rooms, from the foundation up.
struct Rooms(Vec<String>);

impl Rooms {
    fn read() -> Self {
        Self(tables::rows("The rooms of the runtime").into_iter().map(|mut row| row.swap_remove(0)).collect())
    }

    /// The place of a module. It may use modules with a lower place.
    fn place(&self, module: &str) -> Option<usize> {
        let planned = PLANNED.iter().find(|(_, today)| *today == module);
        let room = planned.map_or(module, |(room, _)| room);
        self.0.iter().position(|known| known == room)
    }
}

fn runtime() -> Vec<Source> {
    sources::of_crate("runtime/src/lib.rs")
}

#[test]
fn the_modules_are_the_rooms_of_the_table() {
    let rooms = Rooms::read();
    let modules: BTreeSet<_> =
        sources::root("runtime/src/lib.rs").children().map(|child| child.ident.to_string()).collect();
    for module in &modules {
        assert!(
            rooms.place(module).is_some(),
            "the module `{module}` is no room of CONTRIBUTING.md; add it to the table"
        );
    }
    for room in &rooms.0 {
        let is_planned = PLANNED.iter().any(|(planned, _)| planned == room);
        match (modules.contains(room), is_planned) {
            (true, true) => panic!("there is a room `{room}` now; remove it from PLANNED"),
            (false, false) => panic!("CONTRIBUTING.md has a room `{room}` that is not there"),
            _ => {}
        }
    }
}

#[test]
fn no_arrow_runs_back_up() {
    let rooms = Rooms::read();
    let mut found = BTreeMap::<_, Vec<_>>::new();
    for source in runtime().iter().filter(|source| !source.module.is_empty()) {
        for (path, line) in named(source) {
            let (from, to) = (&source.module[0], &path[0]);
            if rooms.place(from) < rooms.place(to) {
                found.entry((from.clone(), to.clone())).or_default().push(format!("{}:{line}", source.path));
            }
        }
    }
    for (from, to, _) in KNOWN {
        let is_there = found.remove(&((*from).to_owned(), (*to).to_owned())).is_some();
        assert!(is_there, "`{from}` does not use `{to}` any more; remove this from KNOWN");
    }
    let lines = found.iter().map(|((from, to), places)| format!("`{from}` uses `{to}`: {}\n", places.join(", ")));
    assert!(found.is_empty(), "these rooms use rooms below them:\n{}", lines.collect::<String>());
}

#[test]
fn rooms_name_each_other_by_their_own_paths() {
    let runtime = runtime();
    let mut known: BTreeSet<_> = runtime[0].children().map(|child| child.ident.to_string()).collect();
    // These have no other path: the attribute, which is part of another crate, and the macros.
    known.insert("security".to_owned());
    known.extend(runtime.iter().flat_map(exported_macros));
    for source in runtime.iter().filter(|source| !source.module.is_empty()) {
        for (path, line) in named(source) {
            let room = &path[0];
            assert!(
                known.contains(room),
                "{}:{line} names `crate::{room}`, which the root exports; name the room that it is in",
                source.path,
            );
        }
    }
}

#[test]
fn no_files_of_a_room_form_a_circle() {
    let runtime = runtime();
    let modules: BTreeSet<_> = runtime.iter().map(|source| source.module.clone()).collect();
    let mut uses = BTreeMap::new();
    for source in runtime.iter().filter(|source| !source.module.is_empty()) {
        let used = named(source).into_iter().filter_map(|(path, _)| file(&path, &modules));
        // `no_arrow_runs_back_up` checks the files of different rooms.
        let used = used.filter(|used| used[0] == source.module[0] && *used != source.module);
        uses.insert(source.module.join("::"), used.map(|used| used.join("::")).collect::<BTreeSet<_>>());
    }
    let mut circles = circles(&uses);
    for (room, _) in CIRCLES {
        let before = circles.len();
        circles.retain(|circle| circle[0].split("::").next() != Some(room));
        assert!(circles.len() < before, "no files of `{room}` form a circle any more; remove it from CIRCLES");
    }
    let lines: String = circles.iter().map(|circle| format!("{}\n", circle.join(", "))).collect();
    assert!(circles.is_empty(), "these files use each other in a circle:\n{lines}");
}

/// The file that a path leads into: the longest module at its beginning.
fn file(path: &[String], modules: &BTreeSet<Vec<String>>) -> Option<Vec<String>> {
    (1..=path.len()).rev().map(|length| path[..length].to_vec()).find(|module| modules.contains(module))
}
