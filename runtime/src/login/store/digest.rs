//! What a store knows of a token.

/// The SHA-256 of a token, or of the name of what is counted.
pub type Digest = [u8; 32];
