//! The value of a device's cookie: made after a login, and recognised at the next one.
//!
//! It is a random name of the device, the time of its issue, and their HMAC together with the account. It proves that somebody has
//! logged in to this account with this device, and nothing else.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use subtle::ConstantTimeEq;

use crate::{
    jose::{hmac_key::HmacKey, provider::hmac_sha256},
    login::{random, store::Digest},
};

/// The name of a device.
pub(super) type DeviceId = [u8; 16];

/// Name, time of issue in seconds, HMAC.
const BYTES: usize = 16 + 8 + 32;
/// The characters of base64url for them.
const LENGTH: usize = 75;

/// How far the clocks of replicas may be apart.
const SKEW: Duration = Duration::from_secs(60);

/// A new value for `account`.
pub(super) fn issue(key: &HmacKey, account: &Digest, now: SystemTime) -> Result<String, getrandom::Error> {
    let mut id = DeviceId::default();
    random::fill(&mut id)?;
    let issued = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs().to_be_bytes();
    let code = code(key, account, &id, &issued);
    Ok(URL_SAFE_NO_PAD.encode([id.as_slice(), &issued, &code].concat()))
}

/// The device, if the value was issued for `account` within the last `lifetime`.
pub(super) fn recognise(
    key: &HmacKey,
    account: &Digest,
    value: &str,
    lifetime: Duration,
    now: SystemTime,
) -> Option<DeviceId> {
    let mut bytes = [0; BYTES];
    if value.len() != LENGTH || URL_SAFE_NO_PAD.decode_slice(value, &mut bytes) != Ok(BYTES) {
        return None;
    }
    let (id, rest) = bytes.split_first_chunk()?;
    let (issued, sent) = rest.split_first_chunk()?;
    if !bool::from(code(key, account, id, issued).ct_eq(sent)) {
        return None;
    }
    let issued = UNIX_EPOCH.checked_add(Duration::from_secs(u64::from_be_bytes(*issued)))?;
    let is_current = match now.duration_since(issued) {
        Ok(age) => age < lifetime,
        Err(ahead) => ahead.duration() <= SKEW,
    };
    is_current.then_some(*id)
}

fn code(key: &HmacKey, account: &Digest, id: &DeviceId, issued: &[u8; 8]) -> Digest {
    hmac_sha256(key, &[b"axum-scopes device cookie\0", id, issued, account])
}
