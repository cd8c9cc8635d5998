//! The rules for stored hashes: from a text to what it says, and from a password to whether it has to be accepted.

use data_encoding::{BASE64, BASE64_NOPAD, Encoding, HEXLOWER, Specification};

use super::hashing::{self, Argon2};

/// What a stored hash says.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    pub kind: Kind,
    pub salt: Vec<u8>,
    pub output: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Argon2(Argon2),
    Bcrypt { cost: u32 },
    Pbkdf2 { digest: u32, iterations: u64 },
    Scrypt { n: u64, r: u64, p: u64 },
}

/// How much work a comparison is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// It may be done again and again.
    Cheap,
    /// It is allowed, and takes too long for a fuzzer.
    Allowed,
    Forbidden,
}

impl Stored {
    /// `None` if the text is in none of the documented forms.
    pub fn read(text: &str) -> Option<Self> {
        let text = match text.strip_prefix("argon2$argon2") {
            Some(_) => &text["argon2".len()..],
            None => text.strip_prefix("bcrypt$").filter(|rest| rest.starts_with("$2")).unwrap_or(text),
        };
        let first = |prefixes: &[&str]| prefixes.iter().any(|prefix| text.starts_with(prefix));
        if first(&["$argon2"]) {
            argon2(text)
        } else if first(&["$2a$", "$2b$", "$2y$"]) {
            bcrypt(text)
        } else if first(&["$pbkdf2-", "pbkdf2_", "pbkdf2:"]) {
            pbkdf2(text)
        } else {
            scrypt(text)
        }
    }

    pub fn cost(&self) -> Cost {
        match (self.is_allowed(), self.is_cheap()) {
            (false, _) => Cost::Forbidden,
            (true, true) => Cost::Cheap,
            (true, false) => Cost::Allowed,
        }
    }

    fn is_allowed(&self) -> bool {
        match self.kind {
            Kind::Argon2(Argon2 { memory, iterations, lanes, .. }) => {
                memory <= 256 * 1024 && iterations <= 16 && lanes <= 16
            }
            Kind::Bcrypt { cost } => cost <= 16,
            Kind::Pbkdf2 { iterations, .. } => iterations * self.blocks() <= 5_000_000,
            Kind::Scrypt { n, r, p } => {
                let blocks = u128::from(n) * u128::from(r);
                blocks * 128 <= 256 * 1024 * 1024 && blocks * u128::from(p) <= 1 << 22 && r <= 64 && p <= 16
            }
        }
    }

    /// Whether it takes less than some milliseconds, be it allowed or not.
    pub fn is_cheap(&self) -> bool {
        match self.kind {
            Kind::Argon2(Argon2 { memory, iterations, .. }) => u64::from(memory) * u64::from(iterations) <= 1024,
            Kind::Bcrypt { cost } => cost <= 4,
            Kind::Pbkdf2 { iterations, .. } => iterations * self.blocks() <= 2_500,
            Kind::Scrypt { n, r, p } => u128::from(n) * u128::from(r) * u128::from(p) <= 1024,
        }
    }

    /// How often PBKDF2 does its iterations.
    fn blocks(&self) -> u64 {
        let Kind::Pbkdf2 { digest, .. } = self.kind else { return 1 };
        self.output.len().div_ceil(digest as usize / 8) as u64
    }

    /// Whether a comparison accepts the password. Some hashes are the same for different passwords, so these are not accepted.
    pub fn accepts(&self, password: &[u8]) -> bool {
        let is_telling = match self.kind {
            Kind::Argon2(_) => true,
            Kind::Bcrypt { .. } => password.len() <= 72 && !password.contains(&0),
            Kind::Pbkdf2 { .. } | Kind::Scrypt { .. } => password.last() != Some(&0),
        };
        password.len() <= 1024 && is_telling && self.computed(password) == self.output
    }

    /// The output for a password.
    pub fn computed(&self, password: &[u8]) -> Vec<u8> {
        let (salt, length) = (&self.salt[..], self.output.len());
        match self.kind {
            Kind::Argon2(argon2) => argon2.hash(password, salt, length),
            Kind::Bcrypt { cost } => hashing::bcrypt(cost, salt, password),
            Kind::Pbkdf2 { digest, iterations } => hashing::pbkdf2(digest, iterations, password, salt, length),
            Kind::Scrypt { n, r, p } => hashing::scrypt([n, r, p], password, salt, length),
        }
    }

    /// Whether a new hash replaces it; `policy` is what new hashes have.
    pub fn is_outdated(&self, policy: Argon2) -> bool {
        self.kind != Kind::Argon2(policy) || self.salt.len() < 16 || self.output.len() != 32
    }
}

fn fields<const N: usize>(text: &str, separator: char) -> Option<[&str; N]> {
    text.split(separator).collect::<Vec<_>>().try_into().ok()
}

/// Digits without a zero before them.
fn number(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok().filter(|number: &u64| number.to_string() == text)?;
    (1..=u64::from(u32::MAX)).contains(&number).then_some(number)
}

/// The PHC string format, with the parameters of <https://github.com/P-H-C/phc-winner-argon2>. Keys and associated data are refused or
/// not there.
fn argon2(text: &str) -> Option<Stored> {
    let parts: Vec<&str> = text.split('$').collect();
    let ([_, name, params, salt, output], version) = match parts[..] {
        [empty, name, version, params, salt, output] => {
            ([empty, name, params, salt, output], version.strip_prefix("v=").and_then(number)?)
        }
        // Before version 0x13, it was not written.
        [empty, name, params, salt, output] => ([empty, name, params, salt, output], 16),
        _ => return None,
    };
    let mut values = [None; 3];
    for param in params.split(',') {
        let (name, value) = param.split_once('=')?;
        let place = ["m", "t", "p"].iter().position(|known| *known == name)?;
        values[place] = Some(number(value)?);
    }
    let [Some(memory), Some(iterations), Some(lanes)] = values else { return None };
    let argon2 = Argon2 {
        variant: ["argon2d", "argon2i", "argon2id"].iter().position(|known| *known == name)?,
        version: u32::try_from(version).ok().filter(|version| [0x10, 0x13].contains(version))?,
        memory: u32::try_from(memory).ok()?,
        iterations: u32::try_from(iterations).ok()?,
        lanes: u32::try_from(lanes).ok()?,
    };
    let (salt, output) = (decode(&BASE64_NOPAD, salt)?, decode(&BASE64_NOPAD, output)?);
    let is_possible = memory >= 8 * lanes && lanes < 1 << 24;
    let has_sizes = (8..=48).contains(&salt.len()) && (10..=64).contains(&output.len());
    (is_possible && has_sizes).then_some(Stored { kind: Kind::Argon2(argon2), salt, output })
}

fn bcrypt(text: &str) -> Option<Stored> {
    let [_, _, cost, rest] = fields(text, '$')?;
    let cost = cost.parse().ok().filter(|number: &u32| format!("{number:02}") == cost && (4..=99).contains(number))?;
    // Spare bits are ignored.
    let base64 = Specification {
        symbols: "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".to_owned(),
        check_trailing_bits: false,
        ..Specification::new()
    };
    let base64 = base64.encoding().expect("an alphabet");
    let (salt, output) = rest.split_at_checked(22)?;
    let (salt, output) = (decode(&base64, salt)?, decode(&base64, output)?);
    (output.len() == 23).then_some(Stored { kind: Kind::Bcrypt { cost }, salt, output })
}

/// PHC, passlib, Django and Werkzeug.
fn pbkdf2(text: &str) -> Option<Stored> {
    let (name, iterations, salt, output, length) = if let Some(rest) = text.strip_prefix("$pbkdf2-") {
        let [name, params, salt, output] = fields(rest, '$')?;
        match params.strip_prefix("i=") {
            Some(params) => {
                let (iterations, length) = match params.split_once(",l=") {
                    Some((iterations, length)) => (iterations, Some(number(length)?)),
                    None => (params, None),
                };
                (name, iterations, decode(&BASE64_NOPAD, salt)?, decode(&BASE64_NOPAD, output)?, length)
            }
            None => (name, params, adapted(salt)?, adapted(output)?, None),
        }
    } else if let Some(rest) = text.strip_prefix("pbkdf2_") {
        let [name, iterations, salt, output] = fields(rest, '$')?;
        (name, iterations, salt.as_bytes().to_vec(), padded(output)?, None)
    } else {
        let [method, salt, output] = fields(text, '$')?;
        let [_, name, iterations] = fields(method, ':')?;
        (name, iterations, salt.as_bytes().to_vec(), decode(&HEXLOWER, output)?, None)
    };
    let digest = match name {
        "sha256" => 256,
        "sha512" => 512,
        _ => return None,
    };
    let iterations = number(iterations).filter(|iterations| *iterations >= 1000)?;
    // Without a length, a part of an output might be taken for all of it.
    let has_length = match length {
        Some(length) => length == output.len() as u64 && (16..=64).contains(&output.len()),
        None => output.len() == digest as usize / 8,
    };
    let is_read = has_length && (1..=256).contains(&salt.len());
    is_read.then_some(Stored { kind: Kind::Pbkdf2 { digest, iterations }, salt, output })
}

/// PHC and passlib, Django and Werkzeug.
fn scrypt(text: &str) -> Option<Stored> {
    let (numbers, salt, output, lengths): ([Option<u64>; 3], _, _, &[usize]) =
        if let Some(rest) = text.strip_prefix("$scrypt$") {
            let [params, salt, output] = fields(rest, '$')?;
            let [log_n, r, p] = fields(params, ',')?;
            let log_n = number(log_n.strip_prefix("ln=")?)?;
            let (n, r, p) = (1_u64.checked_shl(log_n.min(99) as u32), r.strip_prefix("r=")?, p.strip_prefix("p=")?);
            // More cannot be paid.
            let n = n.unwrap_or(1 << 63);
            ([Some(n), number(r), number(p)], decode(&BASE64_NOPAD, salt)?, decode(&BASE64_NOPAD, output)?, &[32, 64])
        } else if let Some(rest) = text.strip_prefix("scrypt$") {
            let [n, salt, r, p, output] = fields(rest, '$')?;
            ([number(n), number(r), number(p)], salt.as_bytes().to_vec(), padded(output)?, &[64])
        } else {
            let [params, salt, output] = fields(text.strip_prefix("scrypt:")?, '$')?;
            let [n, r, p] = fields(params, ':')?;
            ([number(n), number(r), number(p)], salt.as_bytes().to_vec(), decode(&HEXLOWER, output)?, &[64])
        };
    let [Some(n), Some(r), Some(p)] = numbers else { return None };
    let is_read = n.is_power_of_two() && n > 1 && lengths.contains(&output.len()) && (1..=256).contains(&salt.len());
    is_read.then_some(Stored { kind: Kind::Scrypt { n, r, p }, salt, output })
}

fn decode(encoding: &Encoding, text: &str) -> Option<Vec<u8>> {
    encoding.decode(text.as_bytes()).ok()
}

/// The decoder also accepts several encoded texts in a row, but RFC 4648 §4 allows padding only at the end.
fn padded(text: &str) -> Option<Vec<u8>> {
    decode(&BASE64, text).filter(|_| !text.trim_end_matches('=').contains('='))
}

/// passlib writes a full stop in place of the plus.
fn adapted(text: &str) -> Option<Vec<u8>> {
    (!text.contains('+')).then(|| decode(&BASE64_NOPAD, &text.replace('.', "+")))?
}
