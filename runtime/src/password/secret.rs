//! A password in, a copy of it out that is erased when it is dropped.

use zeroize::Zeroizing;

/// The longest password, in bytes.
pub(super) const MAX_LEN: usize = 1024;

/// A copy of a password on its way to another thread.
pub(super) struct Secret(pub(super) Zeroizing<Vec<u8>>);

impl Secret {
    /// `None` for what is too long to be hashed.
    pub(super) fn new(password: &str) -> Option<Self> {
        (password.len() <= MAX_LEN).then(|| Self(Zeroizing::new(password.as_bytes().to_vec())))
    }

    /// With the NUL that ends a string in C.
    #[cfg(feature = "bcrypt")]
    pub(super) fn terminated(password: &[u8]) -> Self {
        // Made at once, so that no copy is left behind by growing.
        Self(Zeroizing::new([password, &[0]].concat()))
    }
}
