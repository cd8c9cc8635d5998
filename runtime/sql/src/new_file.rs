//! The file of a new SQLite database, which nobody but the user of the service reads: a path comes in.

use std::{fs::OpenOptions, path::Path};

/// Makes the file, if there is none. SQLite gives the files beside it, such as that of the log, the same mode. If it cannot be made,
/// SQLite tells why.
pub(crate) fn make(path: &Path) {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    drop(options.open(path));
}
