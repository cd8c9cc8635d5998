//! Random numbers: takes a buffer, yields it filled from the operating system's generator.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

/// Fills `bytes` with random numbers that nobody can predict.
///
/// # Errors
///
/// If the operating system has none, which no caller can do anything about.
pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), getrandom::Error> {
    getrandom::fill(bytes)
}

/// `N` random bytes, which are overwritten when dropped.
pub(crate) fn bytes<const N: usize>() -> Result<Zeroizing<[u8; N]>, getrandom::Error> {
    let mut bytes = Zeroizing::new([0; N]);
    fill(&mut *bytes)?;
    Ok(bytes)
}

/// `N` random bytes as base64url without padding.
pub(crate) fn text<const N: usize>() -> Result<String, getrandom::Error> {
    bytes::<N>().map(|bytes| URL_SAFE_NO_PAD.encode(*bytes))
}

#[cfg(test)]
mod tests {
    use super::{bytes, text};

    #[test]
    fn random_numbers_differ() {
        assert!(bytes::<16>().is_ok_and(|one| bytes::<16>().is_ok_and(|other| one != other)));
        assert!(text::<32>().is_ok_and(|text| text.len() == 43));
    }
}
