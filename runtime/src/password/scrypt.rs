//! scrypt hashes of older services (RFC 7914): takes their text, compares passwords with it.

use ::scrypt::{Params, scrypt};
use argon2::password_hash::phc::Output;
use zeroize::Zeroizing;

use super::{
    error::PasswordError,
    foreign::{Encoding, fields, is_distinct, number, output, salt, salt_as_text},
};

/// The highest accepted cost. Common defaults are lower: 2^14 · 8 · 5 (Django), 2^16 · 8 · 1 (passlib), 2^17 · 8 · 1 (OWASP).
const MAX_MEMORY: u64 = 256 * 1024 * 1024;
const MAX_WORK: u64 = 1 << 22;
const MAX_BLOCK_SIZE: u32 = 64;
const MAX_LANES: u32 = 16;

/// A parsed scrypt hash.
pub(super) struct StoredScrypt {
    params: Params,
    memory: usize,
    salt: Vec<u8>,
    output: Output,
}

/// `N`, `r` and `p`.
struct Cost {
    log_n: u32,
    block_size: u32,
    lanes: u32,
}

impl StoredScrypt {
    /// Parses `text`. If it is malformed or costs too much, logs that and returns `None`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let Some((cost, salt, output)) = parse(text) else {
            tracing::warn!("a stored password hash is not a scrypt hash that can be read; the login is refused");
            return None;
        };
        let Some((params, memory)) = cost.affordable() else {
            let Cost { log_n, block_size, lanes } = cost;
            tracing::warn!(
                log_n,
                block_size,
                lanes,
                "a stored password hash costs more than is allowed; the login is refused"
            );
            return None;
        };
        Some(Self { params, memory, salt, output })
    }

    /// Whether this is a hash of `password`; `None` if scrypt cannot tell. The working memory is not overwritten; allocators return so much of it to the system.
    pub(super) fn compare(&self, password: &[u8]) -> Result<Option<bool>, PasswordError> {
        if !is_distinct(password) {
            return Ok(None);
        }
        // The process would be aborted otherwise.
        if Vec::<u8>::new().try_reserve_exact(self.memory).is_err() {
            tracing::error!(memory_kib = self.memory / 1024, "no memory to compare a password in");
            return Err(PasswordError::Failed);
        }
        let mut bytes = Zeroizing::new([0; Output::MAX_LENGTH]);
        let computed = bytes.get_mut(..self.output.len()).ok_or(PasswordError::Failed)?;
        scrypt(password, &self.salt, &self.params, computed).map_err(|_| PasswordError::Failed)?;
        // `Output` compares in constant time.
        Ok(Some(Output::new(computed).map_err(|_| PasswordError::Failed)? == self.output))
    }
}

impl Cost {
    /// What scrypt is called with, and the bytes of its memory.
    fn affordable(&self) -> Option<(Params, usize)> {
        let Self { log_n, block_size, lanes } = *self;
        let blocks = 1_u64.checked_shl(log_n)?.checked_mul(block_size.into())?;
        let memory = blocks.checked_mul(128)?;
        let is_affordable = memory <= MAX_MEMORY
            && blocks.checked_mul(lanes.into())? <= MAX_WORK
            && block_size <= MAX_BLOCK_SIZE
            && lanes <= MAX_LANES;
        if !is_affordable {
            return None;
        }
        // It multiplies numbers that are not bounded, so it is asked last.
        let params = Params::new(log_n.try_into().ok()?, block_size, lanes).ok()?;
        Some((params, memory.try_into().ok()?))
    }
}

/// PHC and passlib: `$scrypt$ln=16,r=8,p=1$salt$output`. Django: `scrypt$16384$salt$8$5$output`. Werkzeug:
/// `scrypt:32768:8:1$salt$output`.
fn parse(text: &str) -> Option<(Cost, Vec<u8>, Output)> {
    if let Some(rest) = text.strip_prefix("$scrypt$ln=") {
        let [params, salt_text, output_text] = fields(rest, '$')?;
        let (log_n, params) = params.split_once(",r=")?;
        let (block_size, lanes) = params.split_once(",p=")?;
        let cost = Cost { log_n: number(log_n)?, block_size: number(block_size)?, lanes: number(lanes)? };
        return Some((
            cost,
            salt(salt_text, Encoding::Base64)?,
            of_length(output(output_text, Encoding::Base64)?, &[32, 64])?,
        ));
    }
    if let Some(rest) = text.strip_prefix("scrypt$") {
        let [n, salt, block_size, lanes, output_text] = fields(rest, '$')?;
        return Some((
            cost(n, block_size, lanes)?,
            salt_as_text(salt)?,
            of_length(output(output_text, Encoding::Padded)?, &[64])?,
        ));
    }
    let [params, salt, output_text] = fields(text.strip_prefix("scrypt:")?, '$')?;
    let [n, block_size, lanes] = fields(params, ':')?;
    Some((cost(n, block_size, lanes)?, salt_as_text(salt)?, of_length(output(output_text, Encoding::Hex)?, &[64])?))
}

/// The output, if no part of it is missing: the beginning of an output is an output.
fn of_length(output: Output, lengths: &[usize]) -> Option<Output> {
    lengths.contains(&output.len()).then_some(output)
}

fn cost(n: &str, block_size: &str, lanes: &str) -> Option<Cost> {
    let n = number(n).filter(|n| n.is_power_of_two() && *n > 1)?;
    Some(Cost { log_n: n.ilog2(), block_size: number(block_size)?, lanes: number(lanes)? })
}
