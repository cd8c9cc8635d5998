//! The sources keep to the tables of `CONTRIBUTING.md`, which say which rooms and files may use which. What is fetched, and what changed,
//! is written down by rule.
#![expect(clippy::expect_used, reason = "tests")]

mod arrows;
mod changelog;
mod features;
mod graph;
mod length;
mod paths;
mod peers;
mod pins;
mod sources;
mod stages;
mod survivors;
mod tables;
mod unsafe_code;
