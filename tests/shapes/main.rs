//! Every allowed shape compiles without a warning of the attribute's making, and runs. Each program asserts what it shows.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::{
    collections::BTreeSet,
    env,
    env::consts::EXE_EXTENSION,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The names of the programs, by their sources.
fn names() -> BTreeSet<OsString> {
    let sources = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")).unwrap();
    sources.map(|source| source.unwrap().path().file_stem().unwrap().to_owned()).collect()
}

/// The folder of the programs. It is beside that of this test.
fn programs() -> PathBuf {
    env::current_exe().unwrap().parent().unwrap().parent().unwrap().join("examples")
}

/// Whether the program is at least as new as the test itself: Cargo has built both from the same sources.
fn is_built(program: &Path, source: &Path) -> bool {
    let written = |path: &Path| fs::metadata(path).and_then(|file| file.modified());
    matches!((written(program), written(source)), (Ok(program), Ok(source)) if program >= source)
}

#[test]
fn every_shape_compiles_and_runs() {
    let (programs, sources) = (programs(), Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"));
    let names = names();
    assert!(names.len() > 30, "{names:?}");
    for name in names {
        let program = programs.join(&name).with_extension(EXE_EXTENSION);
        let source = sources.join(&name).with_extension("rs");
        assert!(
            is_built(&program, &source),
            "{name:?} is not built; a filter like `--test shapes` builds no programs: add `--examples`"
        );
        let ran = Command::new(&program).output().unwrap();
        assert!(ran.status.success(), "{name:?}: {}", String::from_utf8_lossy(&ran.stderr));
    }
}
