//! Computes hashes on the calling thread: takes a password, yields a PHC string or the result of a comparison.

use std::{
    hint::black_box,
    sync::{Mutex, PoisonError},
};

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::phc::{Output, ParamsString, PasswordHash, Salt},
};
use zeroize::Zeroizing;

use super::{
    error::PasswordError,
    stored::{Stored, StoredArgon2},
    verdict::{Login, Verification},
};

/// Argon2 with the parameters of one policy, and its working memory.
pub(super) struct Engine {
    /// The parameters of a new hash.
    pub(super) params: Params,
    pool: Mutex<Vec<Memory>>,
}

/// Working memory of argon2. It is overwritten after each hash, because its content lets an attacker test passwords cheaply.
struct Memory(Vec<Block>);

impl Memory {
    fn wipe(&mut self) {
        self.0.fill(Block::new());
        zeroize::optimization_barrier(self.0.as_slice());
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        self.wipe();
    }
}

impl Engine {
    pub(super) fn new(params: Params) -> Self {
        Self { params, pool: Mutex::default() }
    }

    /// A new hash of `password`, in PHC format.
    pub(super) fn hash(&self, password: &[u8]) -> Result<String, PasswordError> {
        // Panics without random numbers. The caller of this blocking task then gets `Failed`.
        let salt = Salt::generate();
        let output = self.compute(&self.argon2(), password, &salt)?;
        let hash = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&self.params).map_err(|_| PasswordError::Failed)?,
            salt: Some(salt),
            hash: Some(output),
        };
        Ok(hash.to_string())
    }

    /// Whether `stored` is a hash of `password`.
    pub(super) fn verify(&self, password: &[u8], stored: &Stored) -> Result<Verification, PasswordError> {
        let (accepted, needs_rehash) = match stored {
            Stored::Argon2(stored) => (self.compare(password, stored)?, stored.outdated),
            #[cfg(feature = "bcrypt")]
            Stored::Bcrypt(stored) => (self.or_refuse(stored.compare(password))?, true),
            #[cfg(feature = "pbkdf2")]
            Stored::Pbkdf2(stored) => (self.or_refuse(stored.compare(password))?, true),
            #[cfg(feature = "scrypt")]
            Stored::Scrypt(stored) => (self.or_refuse(stored.compare(password)?)?, true),
        };
        Ok(if accepted { Verification::Accepted { needs_rehash } } else { Verification::Refused })
    }

    /// Does the work of [`verify`](Self::verify) for a login that is refused anyway, so that its time shows nothing.
    pub(super) fn refuse(&self) -> Result<(), PasswordError> {
        black_box(self.compute(&self.argon2(), b"", &[0; Salt::RECOMMENDED_LENGTH])?);
        Ok(())
    }

    /// `None` is a comparison that was not made.
    #[cfg(any(feature = "bcrypt", feature = "pbkdf2", feature = "scrypt"))]
    fn or_refuse(&self, compared: Option<bool>) -> Result<bool, PasswordError> {
        match compared {
            Some(accepted) => Ok(accepted),
            None => self.refuse().map(|()| false),
        }
    }

    /// [`verify`](Self::verify), and a new hash where the stored one is outdated.
    pub(super) fn verify_and_update(&self, password: &[u8], stored: &Stored) -> Result<Login, PasswordError> {
        Ok(match self.verify(password, stored)? {
            Verification::Refused => Login::Refused,
            Verification::Accepted { needs_rehash: false } => Login::Accepted { new_hash: None },
            Verification::Accepted { needs_rehash: true } => Login::Accepted { new_hash: Some(self.hash(password)?) },
        })
    }

    fn compare(&self, password: &[u8], stored: &StoredArgon2) -> Result<bool, PasswordError> {
        // `Output` compares in constant time.
        Ok(self.compute(&stored.argon2, password, &stored.salt)? == stored.output)
    }

    fn argon2(&self) -> Argon2<'static> {
        Argon2::new(Algorithm::Argon2id, Version::V0x13, self.params.clone())
    }

    fn compute(&self, argon2: &Argon2<'_>, password: &[u8], salt: &[u8]) -> Result<Output, PasswordError> {
        let mut memory = self.take(argon2.params().block_count())?;
        let mut bytes = Zeroizing::new([0; Output::MAX_LENGTH]);
        let length = argon2.params().output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
        let output = bytes.get_mut(..length).ok_or(PasswordError::Failed)?;
        argon2
            .hash_password_into_with_memory(password, salt, output, memory.0.as_mut_slice())
            .map_err(|_| PasswordError::Failed)?;
        self.keep(memory);
        Output::new(output).map_err(|_| PasswordError::Failed)
    }

    /// At least `count` blocks. Allocators would keep the freed memory. The pool keeps it instead, and bounds it by the
    /// number of concurrent hashes.
    fn take(&self, count: usize) -> Result<Memory, PasswordError> {
        let usual = self.params.block_count();
        let kept = if count <= usual { self.pool().pop() } else { None };
        if let Some(memory) = kept {
            return Ok(memory);
        }
        let count = count.max(usual);
        let mut blocks = Vec::new();
        if blocks.try_reserve_exact(count).is_err() {
            tracing::error!(memory_kib = count, "no memory to hash a password in");
            return Err(PasswordError::Failed);
        }
        blocks.resize(count, Block::new());
        Ok(Memory(blocks))
    }

    fn keep(&self, mut memory: Memory) {
        if memory.0.len() == self.params.block_count() {
            memory.wipe();
            self.pool().push(memory);
        }
    }

    fn pool(&self) -> std::sync::MutexGuard<'_, Vec<Memory>> {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn the_memory_of_a_hash_is_overwritten() {
        let engine = Engine::new(Params::new(64, 1, 1, None).unwrap());
        engine.hash(b"correct horse").unwrap();
        let pool = engine.pool();
        assert_eq!((pool.len(), pool[0].0.len()), (1, 64));
        assert!(pool[0].0.iter().flat_map(AsRef::<[u64]>::as_ref).all(|word| *word == 0));
    }
}
