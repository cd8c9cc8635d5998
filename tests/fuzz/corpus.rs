//! The corpus has one file for each target, with one input on each line. All bytes except visible ASCII are escaped.

use std::{fs, path::Path};

/// The inputs for a target.
pub fn of(target: &str) -> Vec<Vec<u8>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target).with_extension("txt");
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    text.lines().map(unescaped).collect()
}

fn unescaped(line: &str) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::new(), line.as_bytes());
    while let [first, others @ ..] = rest {
        let (byte, used) = match (first, others) {
            (b'\\', [b'x', high, low, ..]) => (hex(*high) * 16 + hex(*low), 4),
            (b'\\', [b't', ..]) => (b'\t', 2),
            (b'\\', [b'n', ..]) => (b'\n', 2),
            (b'\\', [b'r', ..]) => (b'\r', 2),
            (b'\\', [other, ..]) => (*other, 2),
            (other, _) => (*other, 1),
        };
        bytes.push(byte);
        rest = &rest[used..];
    }
    bytes
}

fn hex(digit: u8) -> u8 {
    char::from(digit).to_digit(16).expect("a hexadecimal digit") as u8
}
