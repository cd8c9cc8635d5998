//! Each room of the runtime uses only rooms above it in the table, by the room's own path. No files within a room use each other
//! in a circle.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use crate::{
    graph::circles,
    paths::{exported_macros, named},
    sources, tables,
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

/// What the tests look at in the runtime. It is read once for all of them, because that takes seconds.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let sources = sources::of_crate("runtime/src/lib.rs");
    let (root, files) = sources.split_first().expect("the root");
    Runtime {
        modules: root.children().map(|child| child.ident.to_string()).collect(),
        macros: sources.iter().flat_map(exported_macros).collect(),
        files: files
            .iter()
            .map(|source| File { path: source.path.clone(), module: source.module.clone(), names: named(source) })
            .collect(),
    }
});

struct Runtime {
    modules: BTreeSet<String>,
    macros: BTreeSet<String>,
    /// All but the root.
    files: Vec<File>,
}

struct File {
    path: String,
    module: Vec<String>,
    /// The paths that it names, with their lines.
    names: BTreeSet<(Vec<String>, usize)>,
}

#[test]
fn the_modules_are_the_rooms_of_the_table() {
    let rooms: BTreeSet<_> = Rooms::read().0.into_iter().collect();
    assert_eq!(
        RUNTIME.modules, rooms,
        "the modules of the runtime (left) are not the rooms of CONTRIBUTING.md (right)"
    );
}

#[test]
fn no_arrow_runs_back_up() {
    let rooms = Rooms::read();
    let mut exceptions: BTreeSet<_> = EXCEPTIONS.iter().map(|(file, name, _)| format!("{file}: {name}")).collect();
    let mut found = BTreeMap::<_, Vec<_>>::new();
    for file in &RUNTIME.files {
        for (path, line) in &file.names {
            let (from, to) = (&file.module[0], &path[0]);
            if rooms.place(from) < rooms.place(to) && !exceptions.remove(&format!("{}: {}", file.path, path.join("::")))
            {
                found.entry((from.clone(), to.clone())).or_default().push(format!("{}:{line}", file.path));
            }
        }
    }
    let lines = found.iter().map(|((from, to), places)| format!("`{from}` uses `{to}`: {}\n", places.join(", ")));
    assert!(found.is_empty(), "these rooms use rooms below them:\n{}", lines.collect::<String>());
    assert!(exceptions.is_empty(), "nobody needs these any more; remove them from EXCEPTIONS: {exceptions:?}");
}

#[test]
fn rooms_name_each_other_by_their_own_paths() {
    for file in &RUNTIME.files {
        for (path, line) in &file.names {
            let room = &path[0];
            // These have no other path: the attribute, which is part of another crate, and the macros.
            assert!(
                RUNTIME.modules.contains(room) || room == "security" || RUNTIME.macros.contains(room),
                "{}:{line} names `crate::{room}`, which the root exports; name the room that it is in",
                file.path,
            );
        }
    }
}

#[test]
fn no_files_of_a_room_form_a_circle() {
    let modules: BTreeSet<_> = RUNTIME.files.iter().map(|file| file.module.as_slice()).collect();
    let mut uses = BTreeMap::new();
    for file in &RUNTIME.files {
        let used = file.names.iter().filter_map(|(path, _)| leads_into(path, &modules));
        // `no_arrow_runs_back_up` checks the files of different rooms.
        let used = used.filter(|used| used[0] == file.module[0] && *used != file.module);
        uses.insert(file.module.join("::"), used.map(|used| used.join("::")).collect::<BTreeSet<_>>());
    }
    let circles = circles(&uses);
    let lines: String = circles.iter().map(|circle| format!("{}\n", circle.join(", "))).collect();
    assert!(circles.is_empty(), "these files use each other in a circle:\n{lines}");
}

/// The file that a path leads into: the longest module at its beginning.
fn leads_into<'a>(path: &'a [String], modules: &BTreeSet<&[String]>) -> Option<&'a [String]> {
    (1..=path.len()).rev().map(|length| &path[..length]).find(|module| modules.contains(module))
}
