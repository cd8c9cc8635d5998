//! `peers time` measures times, `peers requests` makes requests for valgrind to count their instructions, and `peers table` runs
//! both and writes the README's tables. `run.sh` builds and starts it.
#![allow(clippy::unwrap_used, reason = "a benchmark")]

mod figures;
mod instructions;
mod table;
mod time;

use std::{env, process::ExitCode};

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["time"] => time::print(),
        ["requests", guard, kind, algorithm] => instructions::make_requests(guard, kind, algorithm),
        ["instructions"] => instructions::print(),
        ["table"] => table::print(false),
        ["table", "--write"] => table::print(true),
        _ => {
            eprintln!("usage: run.sh [--write | --check | time | instructions]");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
