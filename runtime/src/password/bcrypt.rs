//! bcrypt hashes of older services: takes their text, compares passwords with it.

use argon2::password_hash::phc::Output;
use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use super::secret::Secret;

/// The highest accepted cost, as the binary logarithm of the rounds. Common defaults are 10 and 12.
pub(super) const MAX_COST: u32 = 16;
const MIN_COST: u32 = 4;

/// The bytes of a password that bcrypt uses.
const MAX_PASSWORD_LEN: usize = 72;

const SALT_CHARS: usize = 22;
const OUTPUT_CHARS: usize = 31;

/// The last character of a salt or an output has spare bits. Every implementation ignores them, and some set them.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::BCRYPT,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

/// A parsed bcrypt hash.
pub(super) struct StoredBcrypt {
    cost: u32,
    salt: [u8; 16],
    output: Output,
}

impl StoredBcrypt {
    /// Parses `text`. If it is malformed or costs more than [`MAX_COST`], logs that and returns `None`.
    ///
    /// `2a`, `2b` and `2y` are one algorithm for the passwords that [`compare`](Self::compare) accepts. `2x` is a faulty one,
    /// which gives some different passwords the same hash.
    pub(super) fn read(text: &str) -> Option<Self> {
        let Some(hash) = Self::parse(text) else {
            tracing::warn!("a stored password hash is not a bcrypt hash; the login is refused");
            return None;
        };
        if hash.cost > MAX_COST {
            tracing::warn!(cost = hash.cost, "a stored password hash costs more than is allowed; the login is refused");
            return None;
        }
        Some(hash)
    }

    fn parse(text: &str) -> Option<Self> {
        let text = ["$2a$", "$2b$", "$2y$"].iter().find_map(|prefix| text.strip_prefix(prefix))?;
        let (cost, text) = text.split_once('$')?;
        // `parse` alone would accept a sign and any number of digits.
        if cost.len() != 2 || !cost.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let cost = cost.parse().ok().filter(|&cost| cost >= MIN_COST)?;
        let (salt, output) = text.split_at_checked(SALT_CHARS)?;
        if output.len() != OUTPUT_CHARS {
            return None;
        }
        let salt = BASE64.decode(salt).ok()?.try_into().ok()?;
        let output = Output::new(&BASE64.decode(output).ok()?).ok()?;
        Some(Self { cost, salt, output })
    }

    /// Whether this is a hash of `password`; `None` if bcrypt cannot tell.
    ///
    /// bcrypt ignores bytes after the 72nd, and repeats the password after a NUL: `a` and `a\0a` have one hash. Such a
    /// password may not be the one that the user chose, so it must not be accepted or hashed anew.
    pub(super) fn compare(&self, password: &[u8]) -> Option<bool> {
        if password.len() > MAX_PASSWORD_LEN || password.contains(&0) {
            return None;
        }
        let key = Secret::terminated(password);
        let key = key.0.get(..MAX_PASSWORD_LEN).unwrap_or(&key.0);
        let output = ::bcrypt::bcrypt(self.cost, self.salt, key);
        // Only 23 of the 24 bytes are stored. `Output` compares in constant time.
        Some(Output::new(output.get(..self.output.len())?).ok()? == self.output)
    }
}
