//! Each room of the runtime uses only rooms above it in the table, by the room's own path. No files within a room use each other
//! in a circle.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    graph::circles,
    paths::{exported_macros, named},
    sources::{self, Source},
    tables,
};

/// The names from rooms further down that a file may use: the file, the name, and the reason. `CONTRIBUTING.md` lists them, too.
const EXCEPTIONS: &[(&str, &str, &str)] = &[(
    "runtime/src/scheme/error_response.rs",
    "error::AuthError",
    "a refusal knows its scheme, and a scheme may make the response of a refusal",
)];

/// The rooms, from the foundation up.
struct Rooms(Vec<String>);

impl Rooms {
    fn read() -> Self {
        Self(tables::rows("The rooms of the runtime").into_iter().map(|mut row| row.swap_remove(0)).collect())
    }

    /// The place of a module in the table. A module may use those of lower places.
    fn place(&self, module: &str) -> Option<usize> {
        self.0.iter().position(|room| room == module)
    }
}

fn runtime() -> Vec<Source> {
    sources::of_crate("runtime/src/lib.rs")
}

#[test]
fn the_modules_are_the_rooms_of_the_table() {
    let rooms: BTreeSet<_> = Rooms::read().0.into_iter().collect();
    let root = sources::root("runtime/src/lib.rs");
    let modules: BTreeSet<_> = root.children().map(|child| child.ident.to_string()).collect();
    assert_eq!(modules, rooms, "the modules of the runtime (left) are not the rooms of CONTRIBUTING.md (right)");
}

#[test]
fn no_arrow_runs_back_up() {
    let rooms = Rooms::read();
    let mut exceptions: BTreeSet<_> = EXCEPTIONS.iter().map(|(file, name, _)| format!("{file}: {name}")).collect();
    let mut found = BTreeMap::<_, Vec<_>>::new();
    for source in runtime().iter().filter(|source| !source.module.is_empty()) {
        for (path, line) in named(source) {
            let (from, to) = (&source.module[0], &path[0]);
            if rooms.place(from) < rooms.place(to)
                && !exceptions.remove(&format!("{}: {}", source.path, path.join("::")))
            {
                found.entry((from.clone(), to.clone())).or_default().push(format!("{}:{line}", source.path));
            }
        }
    }
    let lines = found.iter().map(|((from, to), places)| format!("`{from}` uses `{to}`: {}\n", places.join(", ")));
    assert!(found.is_empty(), "these rooms use rooms below them:\n{}", lines.collect::<String>());
    assert!(exceptions.is_empty(), "nobody needs these any more; remove them from EXCEPTIONS: {exceptions:?}");
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
    let circles = circles(&uses);
    let lines: String = circles.iter().map(|circle| format!("{}\n", circle.join(", "))).collect();
    assert!(circles.is_empty(), "these files use each other in a circle:\n{lines}");
}

/// The file that a path leads into: the longest module at its beginning.
fn file(path: &[String], modules: &BTreeSet<Vec<String>>) -> Option<Vec<String>> {
    (1..=path.len()).rev().map(|length| path[..length].to_vec()).find(|module| modules.contains(module))
}
