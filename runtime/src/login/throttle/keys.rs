//! What is counted: an account, a device or an address comes in, a digest goes out, so that a store sees no names and no addresses.

use std::net::IpAddr;

use crate::{
    jose::{hmac_key::HmacKey, provider::hmac_sha256},
    login::store::Digest,
};

/// The account of a name. Services differ in whether case matters, so it never does here: that is only stricter.
pub(super) fn account(key: &HmacKey, name: &str) -> Digest {
    // Some letters meet only after each of these steps, such as `ẞ`, `ß` and `SS`.
    let folded = name.trim().to_lowercase().to_uppercase().to_lowercase();
    hmac_sha256(key, &[b"axum-scopes throttle account\0", folded.as_bytes()])
}

pub(super) fn device(key: &HmacKey, id: &[u8; 16]) -> Digest {
    hmac_sha256(key, &[b"axum-scopes throttle device\0", id])
}

/// The address of IPv4, or the network of 64 bits of IPv6, which is what one customer has at least. Known devices there are counted
/// apart from all others.
pub(super) fn address(key: &HmacKey, address: IpAddr, is_known: bool) -> Digest {
    let mut bytes = [0; 9];
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            bytes[0] = 4;
            bytes[1..5].copy_from_slice(&v4.octets());
        }
        IpAddr::V6(v6) => {
            bytes[0] = 6;
            bytes[1..].copy_from_slice(&v6.octets()[..8]);
        }
    }
    let label: &[u8] =
        if is_known { b"axum-scopes throttle known address\0" } else { b"axum-scopes throttle address\0" };
    hmac_sha256(key, &[label, &bytes])
}
