//! A secret in JSON: what was copied out of it is overwritten.

use std::borrow::Cow;

use serde::Deserialize;
use zeroize::Zeroize;

use super::json::Text;

/// Overwrites what was copied out of the JSON because of escapes. The caller owns the JSON itself.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct Secret<'a>(#[serde(borrow)] pub(super) Text<'a>);

impl Drop for Secret<'_> {
    fn drop(&mut self) {
        if let Text(Cow::Owned(secret)) = &mut self.0 {
            secret.zeroize();
        }
    }
}
