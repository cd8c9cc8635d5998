//! Sessions and their refresh tokens: what a store keeps of them, and what it has to guarantee.

use std::{
    fmt,
    future::Future,
    time::{Duration, SystemTime},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::digest::Digest;
use crate::{error::StoreError, scopes::set::Scopes, token::subject::Subject};

/// The characters of base64url for 16 bytes.
const LENGTH: usize = 22;

/// More than the six bits of a value.
const NO_VALUE: u8 = 0xc0;

/// The value of each character of base64url (RFC 4648 §5).
static VALUES: [u8; 256] = {
    let mut values = [NO_VALUE; 256];
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut value = 0;
    while value < alphabet.len() {
        values[alphabet[value] as usize] = value as u8;
        value += 1;
    }
    values
};

/// The name of a session: 128 random bits. Access tokens have it as their claim `sid`. It is not secret.
///
/// ```
/// use axum_scopes::login::store::SessionId;
///
/// let id = SessionId::from_bytes([7; 16]);
/// assert_eq!(id.to_string(), "BwcHBwcHBwcHBwcHBwcHBw");
/// assert_eq!(SessionId::parse("BwcHBwcHBwcHBwcHBwcHBw"), Some(id));
/// assert_eq!(SessionId::parse("BwcHBwc"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionId([u8; 16]);

impl SessionId {
    /// The session with these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Reads what `Display` writes, and nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // By hand, because each request does it, and a decoder for any length takes longer.
        let text: &[u8; LENGTH] = text.as_bytes().try_into().ok()?;
        let (first, rest) = text.split_first_chunk::<10>()?;
        let (second, end) = rest.split_first_chunk::<10>()?;
        let end: &[u8; 2] = end.try_into().ok()?;
        let ((first, valid), (second, valid_too)) = (sixty_bits(first), sixty_bits(second));
        // The last character has two bits of the number, and zeros.
        let [high, low] = [VALUES[usize::from(end[0])], VALUES[usize::from(end[1])]];
        let is_canonical = (valid | valid_too | high | low) & NO_VALUE == 0 && low & 0xf == 0;
        let number = u128::from(first) << 68 | u128::from(second) << 8 | u128::from(high << 2 | low >> 4);
        is_canonical.then(|| Self(number.to_be_bytes()))
    }
}

/// The number of ten characters, and the bits of all their values.
#[inline]
fn sixty_bits(text: &[u8; 10]) -> (u64, u8) {
    text.iter().fold((0, 0), |(number, bits), character| {
        let value = VALUES[usize::from(*character)];
        (number << 6 | u64::from(value), bits | value)
    })
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SessionId({self})")
    }
}

/// One login, and all refresh tokens that come from it. Nothing of it changes, except that it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The name of the session.
    pub id: SessionId,
    /// Who has logged in (RFC 7519 §4.1.2).
    pub subject: Subject,
    /// The client to which the refresh tokens were issued; `None` if the service knows no clients.
    pub client_id: Option<String>,
    /// The most that a refresh can grant.
    pub scope: Scopes,
    /// The thumbprint of the key that refresh tokens are bound to (RFC 9449 §5).
    pub key: Option<[u8; 32]>,
    /// When the user has logged in.
    pub started: SystemTime,
    /// When the session ends at the latest, however often it is refreshed.
    pub expires: SystemTime,
}

/// One use of a refresh token.
#[derive(Clone, Debug)]
pub struct Rotation {
    /// The refresh token that was presented.
    pub presented: Digest,
    /// Its successor. It is derived from the presented token, so the same token always has the same successor.
    pub successor: Digest,
    /// When.
    pub now: SystemTime,
    /// How long the presented token may be used again after its first use, as long as its successor is unused.
    pub grace: Duration,
    /// When the successor expires, if it is not used before.
    pub idle_until: SystemTime,
}

/// What came of a [`Rotation`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rotated {
    /// The successor is now the refresh token of the session.
    Rotated {
        /// The session.
        session: Session,
        /// Whether the presented token was used before, within the grace.
        repeated: bool,
    },
    /// The presented token was used before, and may not be used again. Somebody has a copy of it, so its session has ended.
    Reused {
        /// The session.
        session: Session,
        /// Whether this call has ended the session. It may have ended before.
        ended: bool,
    },
    /// The token is unknown or has expired, or its session has ended.
    Refused,
}

/// The sessions that end.
#[derive(Clone, Copy, Debug)]
pub enum Ending<'a> {
    /// This one: a logout, or the revocation of a token (RFC 7009). A session that the store does not know is remembered as ended,
    /// because access tokens without a refresh token have a session that only they know.
    Session(SessionId),
    /// This one of a subject: the user has chosen it. One of another subject, or one that the store does not know, goes on.
    SessionOf(&'a str, SessionId),
    /// All of a subject: its password was changed, or it was disabled.
    Subject(&'a str),
    /// All of a subject but one: the password was changed in that one.
    SubjectExcept(&'a str, SessionId),
}

/// A session that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The session.
    pub session: SessionId,
    /// When it ended.
    pub at: SystemTime,
}

/// Keeps sessions and the digests of their refresh tokens.
///
/// Each method is atomic. What a method has answered is kept, even if the service or the database stops right after.
pub trait SessionStore: Send + Sync + 'static {
    /// Keeps a new session and the digest of its first refresh token, which expires at `idle_until`.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it cannot. The session may then be kept or not.
    fn begin(
        &self,
        session: &Session,
        token: &Digest,
        idle_until: SystemTime,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// The session of a refresh token, whether the token was used or not, and whether the session has ended or not. `None` if the token is
    /// unknown. It changes nothing.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it cannot tell.
    fn find(&self, token: &Digest) -> impl Future<Output = Result<Option<Session>, StoreError>> + Send;

    /// Uses a refresh token.
    ///
    /// The token is [`Rotated`](Rotated::Rotated) if it has not expired, its session has neither expired nor ended, and either it was not
    /// used before, or all of this holds: its first use was less than [`grace`](Rotation::grace) ago, with the same
    /// [`successor`](Rotation::successor), and the successor has not been used. The successor is then kept; if it is
    /// kept already, it stays as it is.
    ///
    /// A token whose successor was used after [`now`](Rotation::now) is [`Refused`](Rotated::Refused): this call was there before that, and has
    /// waited, for example for the lock of a database. Its client has given it up, asked again, and gone on, so nobody has stolen anything.
    ///
    /// Otherwise, a token that was used before is [`Reused`](Rotated::Reused), and its session ends at [`now`](Rotation::now), if it has not
    /// ended before. It is remembered for an hour, or until it expires if that is later. All else is [`Refused`](Rotated::Refused) and changes
    /// nothing.
    ///
    /// A used token is remembered until it would have expired, or its session. After that, it may be refused.
    ///
    /// Of calls with the same token at the same time, each sees what the ones before it have done. So with one successor all of them
    /// are rotated, exactly one of them not `repeated`.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it cannot tell. The token may then be used or not; the same call again is safe within the grace.
    fn rotate(&self, rotation: &Rotation) -> impl Future<Output = Result<Rotated, StoreError>> + Send;

    /// Ends sessions at `now`, and returns those that had not ended before, also one that it does not know. A session that has ended keeps
    /// the time of its end. It is remembered until `remember_until`, or later if another call has said so. Sessions that have
    /// expired may be among those of a subject or not.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it cannot. The sessions may then have ended or not.
    fn end(
        &self,
        which: Ending<'_>,
        now: SystemTime,
        remember_until: SystemTime,
    ) -> impl Future<Output = Result<Vec<SessionId>, StoreError>> + Send;

    /// The sessions that ended at `since` or later, in any order. One that ends while this runs may be missing, and is there for the
    /// next call.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it cannot tell.
    fn ended_since(&self, since: SystemTime) -> impl Future<Output = Result<Vec<Ended>, StoreError>> + Send;

    /// The sessions of a subject that have neither ended nor expired at `now`, those that started last first, at most `limit`: for a
    /// list of logins that a user can look at. One whose refresh token has expired may be missing.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it cannot tell.
    fn sessions_of(
        &self,
        subject: &str,
        now: SystemTime,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Session>, StoreError>> + Send;
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    use super::SessionId;

    #[test]
    fn a_name_is_read_as_base64url_and_strictly() {
        let good = SessionId::from_bytes([0xfb; 16]).to_string();
        for place in 0..good.len() {
            for byte in 0..=0x7f_u8 {
                let mut text = good.clone().into_bytes();
                text[place] = byte;
                let text = String::from_utf8(text).unwrap_or_default();
                let decoded = URL_SAFE_NO_PAD.decode(&text).ok().and_then(|bytes| bytes.try_into().ok());
                assert_eq!(SessionId::parse(&text).map(|id| *id.as_bytes()), decoded, "{text}");
            }
        }
        // Two mistakes do not make up for each other.
        for one in 0..good.len() {
            for other in (0..good.len()).filter(|other| *other != one) {
                let mut text = good.clone().into_bytes();
                (text[one], text[other]) = (b'.', b'.');
                assert_eq!(SessionId::parse(&String::from_utf8_lossy(&text)), None, "{one} {other}");
            }
        }
        for text in [
            "",
            "BwcHBwcHBwcHBwcHBwcHBw=",
            "BwcHBwcHBwcHBwcHBwcHB",
            "BwcHBwcHBwcHBwcHBwcHBwA",
            "BwcHBwcHBwcHBwcHBwcH\u{e9}",
        ] {
            assert_eq!(SessionId::parse(text), None, "{text}");
        }
    }
}
