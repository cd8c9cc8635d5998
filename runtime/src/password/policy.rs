//! What a hash shall cost, and how many may be made at once.

use std::{num::NonZero, thread::available_parallelism};

use argon2::Params;

use super::error::PasswordError;

/// Memory in KiB per lane, and iterations: OWASP's equally strong minima for argon2id.
const OWASP: [(u32, u32); 5] = [(47_104, 1), (19_456, 2), (12_288, 3), (9_216, 4), (7_168, 5)];

/// Bytes of a new hash's output.
const OUTPUT_LEN: usize = 32;

const RECOMMENDED: Params = match Params::new(19_456, 2, 1, Some(OUTPUT_LEN)) {
    Ok(params) => params,
    Err(_) => panic!("argon2 does not know OWASP's recommendation"),
};

/// Waiters that fit into the queue by default.
const QUEUE: usize = 256;

/// What a new hash costs (argon2id, RFC 9106), and how many are made at once.
///
/// The default is OWASP's recommendation, 19,456 KiB and 2 iterations in 1 lane, with as many hashes at once as there
/// are cores and 256 waiters. Memory times concurrency is taken as it is needed and kept for the next hashes; beyond that
/// only a stored hash that is dearer than the policy takes memory, while it is compared with.
///
/// ```
/// use axum_scopes::password::{PasswordError, PasswordPolicy, Passwords};
///
/// // RFC 9106 §4, the second recommended option: 64 MiB, 3 iterations, 4 lanes.
/// let policy = PasswordPolicy::new(65_536, 3, 4)?.concurrency(2).queue(64);
/// let passwords = Passwords::new(policy);
/// # Ok::<_, PasswordError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct PasswordPolicy {
    pub(super) params: Params,
    concurrency: Option<usize>,
    pub(super) queue: usize,
}

impl PasswordPolicy {
    /// Argon2id with this much memory, in KiB, this many iterations, and this many lanes.
    ///
    /// The weakest that is taken, per lane: 47,104 KiB with 1 iteration, 19,456 with 2, 12,288 with 3, 9,216 with 4,
    /// or 7,168 with 5. Lanes are computed one after the other, so more of them make nothing faster here.
    ///
    /// # Errors
    ///
    /// [`PasswordError::Policy`] for anything weaker, and for what argon2 does not know.
    ///
    /// ```
    /// use axum_scopes::password::{PasswordError, PasswordPolicy};
    ///
    /// assert!(PasswordPolicy::new(12_288, 3, 1).is_ok());
    /// assert_eq!(PasswordPolicy::new(12_288, 2, 1).unwrap_err(), PasswordError::Policy);
    /// ```
    pub fn new(memory_kib: u32, iterations: u32, lanes: u32) -> Result<Self, PasswordError> {
        let per_lane = memory_kib.checked_div(lanes).ok_or(PasswordError::Policy)?;
        if !OWASP.iter().any(|&(memory, times)| per_lane >= memory && iterations >= times) {
            return Err(PasswordError::Policy);
        }
        Self::unchecked(memory_kib, iterations, lanes)
    }

    /// Tests hash with less than any service may.
    pub(super) fn unchecked(memory_kib: u32, iterations: u32, lanes: u32) -> Result<Self, PasswordError> {
        let params = Params::new(memory_kib, iterations, lanes, Some(OUTPUT_LEN)).map_err(|_| PasswordError::Policy)?;
        Ok(Self { params, concurrency: None, queue: QUEUE })
    }

    /// At most this many hashes at once, instead of as many as there are cores; 0 counts as 1.
    ///
    /// ```
    /// # use axum_scopes::password::PasswordPolicy;
    /// let policy = PasswordPolicy::default().concurrency(2);
    /// ```
    pub fn concurrency(mut self, hashes: usize) -> Self {
        self.concurrency = Some(hashes);
        self
    }

    /// At most this many requests wait for their hash, instead of 256; with 0, none does.
    ///
    /// ```
    /// # use axum_scopes::password::PasswordPolicy;
    /// let policy = PasswordPolicy::default().queue(64);
    /// ```
    pub fn queue(mut self, waiters: usize) -> Self {
        self.queue = waiters;
        self
    }

    /// How many hashes may be made at once on this machine.
    pub(super) fn hashes_at_once(&self) -> usize {
        self.concurrency.unwrap_or_else(|| available_parallelism().map_or(1, NonZero::get)).max(1)
    }
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self { params: RECOMMENDED, concurrency: None, queue: QUEUE }
    }
}
