//! All that the tables show, collected from programs that measure.

use std::{collections::HashMap, env, process::Command, time::Instant};

use axum_scopes_peers::{guards::ALL, keys::Algorithm, requests::Kind};

use crate::{
    instructions::{self, Instructions},
    time::median,
};

/// How many processes measure the times, unless the variable `PROCESSES` says it. Each has its memory elsewhere, which changes
/// times by some per cent.
const PROCESSES: usize = 7;

pub(crate) struct Figures {
    times: HashMap<(String, String, String), Vec<f64>>,
    instructions: HashMap<&'static str, Instructions>,
    allocations: HashMap<String, (u64, u64)>,
}

impl Figures {
    pub(crate) fn collect() -> Self {
        let start = Instant::now();
        let mut times: HashMap<_, Vec<f64>> = HashMap::new();
        let processes =
            env::var("PROCESSES").map_or(PROCESSES, |number| number.parse().expect("a number of processes"));
        for number in 1..=processes {
            for line in run("peers", &["time"]) {
                let [algorithm, kind, guard, ratio, _] = &line[..] else { panic!("{line:?}") };
                let key = (algorithm.clone(), kind.clone(), guard.clone());
                times.entry(key).or_default().push(ratio.parse().unwrap());
            }
            eprintln!("{number} of {processes} times, {} s", start.elapsed().as_secs());
        }
        let instructions = ALL.iter().map(|guard| (guard.name, instructions::count(guard, Kind::Accepted))).collect();
        let allocations = run("allocations", &[]).into_iter().map(|line| {
            let [guard, count, bytes] = &line[..] else { panic!("{line:?}") };
            (guard.clone(), (count.parse().unwrap(), bytes.parse().unwrap()))
        });
        let allocations = allocations.collect();
        eprintln!("instructions and allocations, {} s", start.elapsed().as_secs());
        Self { times, instructions, allocations }
    }

    /// The ratio to the extractor that is written by hand, and how far the processes are apart, in per cent.
    pub(crate) fn ratio(&self, algorithm: Algorithm, kind: Kind, guard: &str) -> Option<(f64, f64)> {
        let ratios = self.times.get(&(algorithm.name().into(), kind.name().into(), guard.into()))?;
        let median = median(ratios.iter().copied());
        let extreme = |of: fn(f64, f64) -> f64| ratios.iter().copied().reduce(of).unwrap();
        Some((median, (extreme(f64::max) - extreme(f64::min)) / median * 100.0))
    }

    /// Those of an accepted request.
    pub(crate) fn instructions(&self, guard: &str) -> Instructions {
        self.instructions[guard]
    }

    /// Those of an accepted request, and their bytes.
    pub(crate) fn allocations(&self, guard: &str) -> (u64, u64) {
        self.allocations[guard]
    }
}

/// The cells of the lines that a program beside this one prints.
fn run(program: &str, arguments: &[&str]) -> Vec<Vec<String>> {
    let path = env::current_exe().unwrap().with_file_name(program);
    let output = Command::new(path).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}
