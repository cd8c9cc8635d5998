//! PBKDF2 hashes of older services: takes their text, compares passwords with it.

use ::pbkdf2::{Algorithm, Params, pbkdf2_hmac_with_params};
use argon2::password_hash::phc::Output;
use zeroize::Zeroizing;

use super::foreign::{Encoding, fields, is_distinct, number, output, salt, salt_as_text};

/// The most iterations, each for one block of the output. Django had 1,200,000 in 2025.
pub(super) const MAX_ITERATIONS: u32 = 5_000_000;

/// A parsed PBKDF2 hash, of HMAC with SHA-256 or SHA-512.
pub(super) struct StoredPbkdf2 {
    algorithm: Algorithm,
    params: Params,
    salt: Vec<u8>,
    output: Output,
}

impl StoredPbkdf2 {
    /// Parses `text`. If it is malformed or costs more than [`MAX_ITERATIONS`], logs that and returns `None`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let Some(hash) = Self::parse(text) else {
            tracing::warn!("a stored password hash is not a PBKDF2 hash that can be read; the login is refused");
            return None;
        };
        let cost = u64::from(hash.params.rounds()) * hash.blocks();
        if cost > MAX_ITERATIONS.into() {
            tracing::warn!(
                iterations = cost,
                "a stored password hash costs more than is allowed; the login is refused"
            );
            return None;
        }
        Some(hash)
    }

    /// PHC and passlib: `$pbkdf2-sha256$i=600000,l=32$salt$output`, `$pbkdf2-sha256$29000$salt$output`. Django:
    /// `pbkdf2_sha256$1000000$salt$output`. Werkzeug: `pbkdf2:sha256:1000000$salt$output`.
    fn parse(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("$pbkdf2-") {
            let [name, params, salt_text, output_text] = fields(rest, '$')?;
            let (iterations, length, encoding) = match params.strip_prefix("i=") {
                Some(params) => match params.split_once(",l=") {
                    Some((iterations, length)) => (iterations, Some(number(length)?), Encoding::Base64),
                    None => (params, None, Encoding::Base64),
                },
                None => (params, None, Encoding::Adapted),
            };
            let hash = Self::of(name, iterations, salt(salt_text, encoding)?, output(output_text, encoding)?)?;
            let has_length = match length {
                Some(length) => usize::try_from(length) == Ok(hash.output.len()),
                None => hash.is_whole(),
            };
            return has_length.then_some(hash);
        }
        if let Some(rest) = text.strip_prefix("pbkdf2_") {
            let [name, iterations, salt, output_text] = fields(rest, '$')?;
            let hash = Self::of(name, iterations, salt_as_text(salt)?, output(output_text, Encoding::Padded)?)?;
            return hash.is_whole().then_some(hash);
        }
        let [method, salt, output_text] = fields(text.strip_prefix("pbkdf2:")?, '$')?;
        let (name, iterations) = method.split_once(':')?;
        let hash = Self::of(name, iterations, salt_as_text(salt)?, output(output_text, Encoding::Hex)?)?;
        hash.is_whole().then_some(hash)
    }

    fn of(name: &str, iterations: &str, salt: Vec<u8>, output: Output) -> Option<Self> {
        let algorithm = match name {
            "sha256" => Algorithm::Pbkdf2Sha256,
            "sha512" => Algorithm::Pbkdf2Sha512,
            _ => return None,
        };
        // It refuses fewer than 1,000 iterations (RFC 8018 §4.2).
        let params = Params::new(number(iterations)?).ok()?;
        Some(Self { algorithm, params, salt, output })
    }

    /// How often the iterations are done.
    fn blocks(&self) -> u64 {
        (self.output.len().div_ceil(self.block())) as u64
    }

    /// The bytes of one block of the output.
    fn block(&self) -> usize {
        if self.algorithm == Algorithm::Pbkdf2Sha256 { 32 } else { 64 }
    }

    /// Whether the output is one block, as with all libraries that do not write its length.
    fn is_whole(&self) -> bool {
        self.output.len() == self.block()
    }

    /// Whether this is a hash of `password`; `None` if PBKDF2 cannot tell.
    pub(super) fn compare(&self, password: &[u8]) -> Option<bool> {
        if !is_distinct(password) {
            return None;
        }
        let mut bytes = Zeroizing::new([0; Output::MAX_LENGTH]);
        let computed = bytes.get_mut(..self.output.len())?;
        pbkdf2_hmac_with_params(password, &self.salt, self.algorithm, self.params, computed);
        // `Output` compares in constant time.
        Some(Output::new(computed).ok()? == self.output)
    }
}
