//! The cost of a hash, and the number of concurrent hashes.

use std::{num::NonZero, thread::available_parallelism};

use argon2::Params;

use super::error::PasswordError;

/// Memory in KiB per lane, and iterations: OWASP's equally strong minima for argon2id.
const OWASP: [(u32, u32); 5] = [(47_104, 1), (19_456, 2), (12_288, 3), (9_216, 4), (7_168, 5)];

/// The bytes of a new hash's output.
const OUTPUT_LEN: usize = 32;

const RECOMMENDED: Params = match Params::new(19_456, 2, 1, Some(OUTPUT_LEN)) {
    Ok(params) => params,
    Err(_) => panic!("argon2 refuses OWASP's recommendation"),
};

#[cfg(feature = "testing")]
const CHEAPEST: Params = match Params::new(Params::MIN_M_COST, Params::MIN_T_COST, Params::MIN_P_COST, Some(OUTPUT_LEN))
{
    Ok(params) => params,
    Err(_) => panic!("argon2 refuses its minimum"),
};

/// The default size of the queue.
const QUEUE: usize = 256;

/// The cost of a new hash (argon2id, RFC 9106), and the number of concurrent hashes.
///
/// The default is OWASP's recommendation, 19,456 KiB and 2 iterations in 1 lane, with one concurrent hash for each core
/// and a queue of 256. Each concurrent hash allocates its memory on first use and keeps it. A stored hash that needs more
/// memory than the policy takes it only while it is compared.
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
    /// Argon2id with this memory, in KiB, and these numbers of iterations and lanes.
    ///
    /// The minimum for each lane is 47,104 KiB with 1 iteration, 19,456 with 2, 12,288 with 3, 9,216 with 4, or 7,168 with 5.
    /// Lanes are computed one after the other, so more of them are not faster.
    ///
    /// # Errors
    ///
    /// [`PasswordError::Policy`] for weaker parameters, and for those that argon2 refuses.
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

    /// Skips the minimum, so that tests can hash faster than a service may.
    pub(super) fn unchecked(memory_kib: u32, iterations: u32, lanes: u32) -> Result<Self, PasswordError> {
        let params = Params::new(memory_kib, iterations, lanes, Some(OUTPUT_LEN)).map_err(|_| PasswordError::Policy)?;
        Ok(Self { params, concurrency: None, queue: QUEUE })
    }

    /// Hashes that take microseconds and protect no password, for the tests of services: 8 KiB, 1 iteration, 1 lane.
    ///
    /// ```
    /// # use axum_scopes::password::{PasswordError, PasswordPolicy, Passwords};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), PasswordError> {
    /// let passwords = Passwords::new(PasswordPolicy::for_tests());
    /// assert!(passwords.hash("correct horse").await?.starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "testing")]
    pub const fn for_tests() -> Self {
        Self { params: CHEAPEST, concurrency: None, queue: QUEUE }
    }

    /// Sets the number of concurrent hashes; 0 counts as 1. The default is the number of cores.
    ///
    /// ```
    /// # use axum_scopes::password::PasswordPolicy;
    /// let policy = PasswordPolicy::default().concurrency(2);
    /// ```
    pub fn concurrency(mut self, hashes: usize) -> Self {
        self.concurrency = Some(hashes);
        self
    }

    /// Sets how many requests may wait for a hash; with 0, none may. The default is 256. When the queue is full, a login gets
    /// 503.
    ///
    /// ```
    /// # use axum_scopes::password::PasswordPolicy;
    /// let policy = PasswordPolicy::default().queue(64);
    /// ```
    pub fn queue(mut self, waiters: usize) -> Self {
        self.queue = waiters;
        self
    }

    /// The number of concurrent hashes on this machine.
    pub(super) fn hashes_at_once(&self) -> usize {
        self.concurrency.unwrap_or_else(|| available_parallelism().map_or(1, NonZero::get)).max(1)
    }
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self { params: RECOMMENDED, concurrency: None, queue: QUEUE }
    }
}
