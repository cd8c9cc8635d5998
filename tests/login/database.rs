//! The database of a run, which the script has started: Postgres, whose processes can be killed, or SQLite, which has none.

use std::{io, path::PathBuf, process::Stdio, time::Duration};

use tokio::{process::Command, time::sleep};

/// A database.
#[derive(Clone, Debug)]
pub enum Database {
    Sqlite,
    Postgres {
        /// A script with the arguments `kill` and `start`.
        control: PathBuf,
    },
}

impl Database {
    pub const fn is_postgres(&self) -> bool {
        matches!(self, Self::Postgres { .. })
    }

    /// `kill -9` for the server and all its processes.
    pub async fn kill(&self) -> io::Result<()> {
        self.control("kill").await
    }

    pub async fn start(&self) -> io::Result<()> {
        self.control("start").await
    }

    async fn control(&self, what: &str) -> io::Result<()> {
        let Self::Postgres { control } = self else { return Ok(()) };
        // A server that was killed leaves memory behind, whose last users may still be there.
        for _ in 0..20 {
            if Command::new(control).arg(what).stdin(Stdio::null()).status().await?.success() {
                return Ok(());
            }
            sleep(Duration::from_millis(200)).await;
        }
        Err(io::Error::other(format!("{} {what} fails", control.display())))
    }
}
