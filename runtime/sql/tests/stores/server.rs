//! A Postgres of a test's own, which it can kill and halt. `tests/postgres.sh` has the commands.

use std::{path::Path, process::Command};

/// A Postgres that stops with the test.
pub(super) struct Server {
    pub(super) url: String,
    folder: String,
    programs: String,
}

impl Server {
    /// Starts one, if tests with Postgres are asked for.
    pub(super) fn start() -> Option<Self> {
        super::database::postgres_url()?;
        let script =
            "start_postgres && echo \"$POSTGRES_URL\" && echo \"$POSTGRES_FOLDER\" && echo \"$POSTGRES_PROGRAMS\"";
        let output = bash(script).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).unwrap();
        let mut lines = text.lines().map(str::to_owned);
        let mut next = || lines.next().unwrap();
        Some(Self { url: next(), folder: next(), programs: next() })
    }

    pub(super) fn kill(&self) {
        self.run("kill_postgres");
    }

    pub(super) fn restart(&self) {
        self.run("restart_postgres");
    }

    pub(super) fn pause(&self) {
        self.run("pause_postgres");
    }

    pub(super) fn resume(&self) {
        self.run("resume_postgres");
    }

    fn run(&self, script: &str) {
        let mut command = bash(script);
        command.env("POSTGRES_FOLDER", &self.folder).env("POSTGRES_PROGRAMS", &self.programs);
        assert!(command.status().unwrap().success(), "{script}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.run("stop_postgres");
    }
}

fn bash(script: &str) -> Command {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut command = Command::new("bash");
    command.current_dir(root).arg("-c").arg(format!("set -eu; . tests/postgres.sh; {script}"));
    command
}
