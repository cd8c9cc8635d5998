//! Password hashes, computed by other code than axum-scopes: a password and a salt come in, an output goes out.

use std::num::NonZeroU32;

use argon2::{Config, ThreadMode, Variant, Version};
use aws_lc_rs::pbkdf2::{self as library, Algorithm, PBKDF2_HMAC_SHA256, PBKDF2_HMAC_SHA512};
use blowfish::Blowfish;

/// The parameters of argon2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Argon2 {
    /// 0 for argon2d, 1 for argon2i, 2 for argon2id.
    pub variant: usize,
    pub version: u32,
    /// In KiB.
    pub memory: u32,
    pub iterations: u32,
    pub lanes: u32,
}

impl Argon2 {
    pub fn hash(self, password: &[u8], salt: &[u8], length: usize) -> Vec<u8> {
        let config = Config {
            ad: &[],
            hash_length: length as u32,
            lanes: self.lanes,
            mem_cost: self.memory,
            secret: &[],
            thread_mode: ThreadMode::Sequential,
            time_cost: self.iterations,
            variant: [Variant::Argon2d, Variant::Argon2i, Variant::Argon2id][self.variant],
            version: if self.version == 0x13 { Version::Version13 } else { Version::Version10 },
        };
        argon2::hash_raw(password, salt, &config).expect("possible parameters")
    }
}

/// Niels Provos, David Mazières: A Future-Adaptable Password Scheme. §4. The output lacks the last byte.
pub fn bcrypt(cost: u32, salt: &[u8], password: &[u8]) -> Vec<u8> {
    let mut key = password.to_vec();
    key.push(0);
    key.truncate(72);
    let mut state: Blowfish = Blowfish::bc_init_state();
    state.salted_expand_key(salt, &key);
    for _ in 0..1_u32 << cost {
        state.bc_expand_key(&key);
        state.bc_expand_key(salt);
    }
    let word = |bytes: &[u8]| u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    let mut output = Vec::new();
    for block in b"OrpheanBeholderScryDoubt".chunks(8) {
        let mut halves = [word(&block[..4]), word(&block[4..])];
        for _ in 0..64 {
            halves = state.bc_encrypt(halves);
        }
        output.extend(halves.into_iter().flat_map(u32::to_be_bytes));
    }
    output.truncate(23);
    output
}

/// RFC 8018 §5.2, in C. `digest` is 256 or 512.
pub fn pbkdf2(digest: u32, iterations: u64, password: &[u8], salt: &[u8], length: usize) -> Vec<u8> {
    let algorithm = if digest == 256 { PBKDF2_HMAC_SHA256 } else { PBKDF2_HMAC_SHA512 };
    derived(algorithm, u32::try_from(iterations).expect("few iterations"), password, salt, length)
}

fn derived(algorithm: Algorithm, iterations: u32, password: &[u8], salt: &[u8], length: usize) -> Vec<u8> {
    let mut output = vec![0; length];
    library::derive(algorithm, NonZeroU32::new(iterations).expect("an iteration"), salt, password, &mut output);
    output
}

/// RFC 7914 §6.
pub fn scrypt([n, r, p]: [u64; 3], password: &[u8], salt: &[u8], length: usize) -> Vec<u8> {
    let size = 128 * r as usize;
    let mut blocks = derived(PBKDF2_HMAC_SHA256, 1, password, salt, p as usize * size);
    for block in blocks.chunks_mut(size) {
        let mut words: Vec<u32> =
            block.chunks(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect();
        mix_in_memory(&mut words, n as usize);
        let bytes: Vec<u8> = words.into_iter().flat_map(u32::to_le_bytes).collect();
        block.copy_from_slice(&bytes);
    }
    derived(PBKDF2_HMAC_SHA256, 1, password, &blocks, length)
}

/// RFC 7914 §5.
fn mix_in_memory(words: &mut Vec<u32>, n: usize) {
    let mut memory = Vec::with_capacity(n);
    for _ in 0..n {
        memory.push(words.clone());
        *words = mix_blocks(words);
    }
    for _ in 0..n {
        // `Integerify` is a number of 64 bits, of which no more than the lower half counts here.
        let at = words[words.len() - 16] as usize % n;
        let mixed: Vec<u32> = words.iter().zip(&memory[at]).map(|(one, other)| one ^ other).collect();
        *words = mix_blocks(&mixed);
    }
}

/// RFC 7914 §4.
fn mix_blocks(words: &[u32]) -> Vec<u32> {
    let blocks: Vec<&[u32]> = words.chunks(16).collect();
    let mut last: [u32; 16] = blocks[blocks.len() - 1].try_into().expect("64 bytes");
    let (mut even, mut odd) = (Vec::new(), Vec::new());
    for (i, block) in blocks.iter().enumerate() {
        last.iter_mut().zip(*block).for_each(|(word, other)| *word ^= other);
        salsa(&mut last);
        if i % 2 == 0 { &mut even } else { &mut odd }.extend(last);
    }
    even.extend(odd);
    even
}

/// RFC 7914 §3.
fn salsa(words: &mut [u32; 16]) {
    const QUARTERS: [[usize; 4]; 8] = [
        [0, 4, 8, 12],
        [5, 9, 13, 1],
        [10, 14, 2, 6],
        [15, 3, 7, 11],
        [0, 1, 2, 3],
        [5, 6, 7, 4],
        [10, 11, 8, 9],
        [15, 12, 13, 14],
    ];
    let mut x = *words;
    for [a, b, c, d] in QUARTERS.into_iter().cycle().take(4 * 8) {
        x[b] ^= x[a].wrapping_add(x[d]).rotate_left(7);
        x[c] ^= x[b].wrapping_add(x[a]).rotate_left(9);
        x[d] ^= x[c].wrapping_add(x[b]).rotate_left(13);
        x[a] ^= x[d].wrapping_add(x[c]).rotate_left(18);
    }
    words.iter_mut().zip(x).for_each(|(word, mixed)| *word = word.wrapping_add(mixed));
}
