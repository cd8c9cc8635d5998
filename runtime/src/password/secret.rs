//! Takes a password, yields a copy that is overwritten when dropped.

use zeroize::Zeroizing;

/// The longest password, in bytes.
pub(super) const MAX_LEN: usize = 1024;

/// A copy of a password on its way to another thread.
pub(super) struct Secret(pub(super) Zeroizing<Vec<u8>>);

impl Secret {
    /// `None` if the password is too long to be hashed.
    pub(super) fn new(password: &str) -> Option<Self> {
        (password.len() <= MAX_LEN).then(|| Self(Zeroizing::new(password.as_bytes().to_vec())))
    }

    /// A copy that ends with NUL, as a string in C does.
    #[cfg(feature = "bcrypt")]
    pub(super) fn terminated(password: &[u8]) -> Self {
        // Allocated once, so that growing leaves no copy behind.
        Self(Zeroizing::new([password, &[0]].concat()))
    }
}
