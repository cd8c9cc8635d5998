//! The sources keep to the tables of `CONTRIBUTING.md`, which say which rooms and files may use which.
#![expect(clippy::expect_used, reason = "tests")]

mod arrows;
mod graph;
mod length;
mod paths;
mod peers;
mod sources;
mod stages;
mod tables;
