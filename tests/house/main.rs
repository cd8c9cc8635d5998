//! How the house is arranged. `CONTRIBUTING.md` says which room may use which; these tests read its tables and hold the sources
//! against them.
#![expect(clippy::expect_used, reason = "tests")]

mod arrows;
mod graph;
mod length;
mod paths;
mod sources;
mod stages;
mod tables;
