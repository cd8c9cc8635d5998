//! Parses a stored hash: takes its text, yields what a comparison needs.

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::phc::{Output, PasswordHash, Salt},
};

/// The highest accepted cost of a stored hash. A policy that costs more raises it. Common defaults are lower: 100 MiB in
/// 8 lanes (argon2-cffi), 256 MiB with 3 iterations (libsodium, moderate).
const MAX_MEMORY_KIB: u32 = 256 * 1024;
const MAX_ITERATIONS: u32 = 16;
const MAX_LANES: u32 = 16;

/// A parsed hash.
pub(super) enum Stored {
    Argon2(StoredArgon2),
    #[cfg(feature = "bcrypt")]
    Bcrypt(super::bcrypt::StoredBcrypt),
    #[cfg(feature = "pbkdf2")]
    Pbkdf2(super::pbkdf2::StoredPbkdf2),
    #[cfg(feature = "scrypt")]
    Scrypt(super::scrypt::StoredScrypt),
}

/// What a hash was made with, by its first characters.
enum Kind {
    Argon2,
    Bcrypt,
    Pbkdf2,
    Scrypt,
}

impl Stored {
    /// Parses `text`. If it is malformed or costs too much, logs that and returns `None`.
    pub(super) fn read(text: &str, policy: &Params) -> Option<Self> {
        let text = without_django_prefix(text);
        match Kind::of(text) {
            Kind::Argon2 => StoredArgon2::read(text, policy).map(Self::Argon2),
            #[cfg(feature = "bcrypt")]
            Kind::Bcrypt => super::bcrypt::StoredBcrypt::read(text).map(Self::Bcrypt),
            #[cfg(not(feature = "bcrypt"))]
            Kind::Bcrypt => without_feature("bcrypt"),
            #[cfg(feature = "pbkdf2")]
            Kind::Pbkdf2 => super::pbkdf2::StoredPbkdf2::read(text).map(Self::Pbkdf2),
            #[cfg(not(feature = "pbkdf2"))]
            Kind::Pbkdf2 => without_feature("pbkdf2"),
            #[cfg(feature = "scrypt")]
            Kind::Scrypt => super::scrypt::StoredScrypt::read(text).map(Self::Scrypt),
            #[cfg(not(feature = "scrypt"))]
            Kind::Scrypt => without_feature("scrypt"),
        }
    }
}

/// Django writes a name of its own before some hashes: `argon2$argon2id$…`, `bcrypt$$2b$…`.
fn without_django_prefix(text: &str) -> &str {
    let argon2 = text.strip_prefix("argon2").filter(|rest| rest.starts_with("$argon2"));
    let bcrypt = text.strip_prefix("bcrypt$").filter(|rest| rest.starts_with("$2"));
    argon2.or(bcrypt).unwrap_or(text)
}

impl Kind {
    fn of(text: &str) -> Self {
        let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| text.starts_with(prefix));
        if begins(&["$2a$", "$2b$", "$2y$"]) {
            Self::Bcrypt
        } else if begins(&["$pbkdf2-sha", "pbkdf2_sha", "pbkdf2:sha"]) {
            Self::Pbkdf2
        } else if begins(&["$scrypt$", "scrypt$", "scrypt:"]) {
            Self::Scrypt
        } else {
            Self::Argon2
        }
    }
}

#[cfg(not(all(feature = "bcrypt", feature = "pbkdf2", feature = "scrypt")))]
fn without_feature(name: &'static str) -> Option<Stored> {
    tracing::warn!(
        "a stored password hash was made with {name}, which the feature `{name}` of axum-scopes reads; the login is refused"
    );
    None
}

/// An argon2 hash of any kind.
pub(super) struct StoredArgon2 {
    pub(super) argon2: Argon2<'static>,
    pub(super) salt: Salt,
    pub(super) output: Output,
    /// Whether a new hash would have other parameters.
    pub(super) outdated: bool,
}

impl StoredArgon2 {
    fn read(text: &str, policy: &Params) -> Option<Self> {
        let Some((algorithm, version, params, salt, output)) = parse_argon2(text) else {
            tracing::warn!("a stored password hash is not an argon2 hash in PHC format; the login is refused");
            return None;
        };

        if !is_affordable(&params, policy) {
            tracing::warn!(
                memory_kib = params.m_cost(),
                iterations = params.t_cost(),
                lanes = params.p_cost(),
                "a stored password hash costs more than is allowed; the login is refused"
            );
            return None;
        }
        let outdated = algorithm != Algorithm::Argon2id
            || version != Version::V0x13
            || params != *policy
            || salt.len() < Salt::RECOMMENDED_LENGTH;
        Some(Self { argon2: Argon2::new(algorithm, version, params), salt, output, outdated })
    }
}

fn parse_argon2(text: &str) -> Option<(Algorithm, Version, Params, Salt, Output)> {
    let hash = PasswordHash::new(text).ok()?;
    // `Params` would use defaults for these, but a hash must state them.
    if ["m", "t", "p"].iter().any(|name| hash.params.get(*name).is_none()) {
        return None;
    }
    let algorithm = Algorithm::try_from(hash.algorithm.as_str()).ok()?;
    // Hashes from before version 0x13 state no version.
    let version = hash.version.map_or(Ok(Version::V0x10), Version::try_from).ok()?;
    Some((algorithm, version, Params::try_from(&hash).ok()?, hash.salt?, hash.hash?))
}

fn is_affordable(params: &Params, policy: &Params) -> bool {
    params.m_cost() <= policy.m_cost().max(MAX_MEMORY_KIB)
        && params.t_cost() <= policy.t_cost().max(MAX_ITERATIONS)
        && params.p_cost() <= policy.p_cost().max(MAX_LANES)
}
