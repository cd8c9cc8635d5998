//! JSON Web Tokens, as opposed to opaque ones.

use super::only::judges_only_its_own;

/// Asks a verifier only about JSON Web Tokens; see [`jwts`].
#[derive(Clone, Debug)]
pub struct Jwts<V> {
    verifier: V,
}

/// Asks `verifier` only about tokens in the form of signed JSON Web Tokens: three segments of base64url (RFC 7515 §7.1), of which the
/// first begins with a brace. The form alone decides. A token of this form with a wrong signature is refused, and nobody else is asked.
///
/// An encrypted token has five segments, so it counts as opaque here.
///
/// ```
/// use axum_scopes::{HmacKey, TokenVerifier, credential::{Presented, PresentedAs}, token::{TokenError, VerifyToken, judges}};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), axum_scopes::jose::KeyError> {
/// let verifier = judges::jwts(TokenVerifier::hs256(&HmacKey::new([7; 32])?));
/// let judged = async |token| verifier.judge(&Presented::new(token, PresentedAs::Bearer)).await.map(drop);
/// assert_eq!(judged("mF_9.B5f-4.1JqM").await, Err(TokenError::NotMine.into()));
/// assert_eq!(judged("eyJhbGciOiJIUzI1NiJ9.e30.AA").await, Err(TokenError::Signature.into()));
/// # Ok(())
/// # }
/// ```
#[must_use]
pub const fn jwts<V>(verifier: V) -> Jwts<V> {
    Jwts { verifier }
}

impl<V> Jwts<V> {
    fn is_mine(&self, token: &str) -> bool {
        has_form(token.as_bytes())
    }
}

fn has_form(token: &[u8]) -> bool {
    // The first byte of the header, and the two bits of it that the second character has.
    let begins_with_brace = matches!(token, [b'e', b'w'..=b'z' | b'0'..=b'9' | b'-' | b'_', ..]);
    let is_of_segments = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    begins_with_brace && memchr::memchr_iter(b'.', token).count() == 2 && token.iter().all(is_of_segments)
}

judges_only_its_own!(Jwts);

#[cfg(test)]
mod tests {
    use super::has_form;
    use crate::jose::compact::encode_onto;

    #[test]
    fn the_first_byte_of_the_header_decides() {
        for first in 0..=u8::MAX {
            for second in 0..=u8::MAX {
                let mut token = String::new();
                encode_onto(&mut token, &[first, second]);
                token.push_str("..");
                assert_eq!(has_form(token.as_bytes()), first == b'{', "{token}");
            }
        }
    }

    #[test]
    fn only_three_segments_of_base64url_are_a_jwt() {
        for (token, expected) in [
            ("eyJhbGciOiJIUzI1NiJ9.e30.AA", true),
            ("e30..", true),
            ("eyJhbGciOiJIUzI1NiJ9.e30", false),
            ("eyJhbGciOiJIUzI1NiJ9.e30.AA.AA", false),
            ("eyJhbGciOiJIUzI1NiJ9.e30.AA.AA.AA", false),
            ("eyJhbGciOiJIUzI1NiJ9.e30.A+", false),
            ("eyJhbGciOiJIUzI1NiJ9.e30.AA=", false),
            ("mF_9.B5f-4.1JqM", false),
            ("v2.local.AAAA", false),
            ("", false),
            ("e", false),
            ("..", false),
        ] {
            assert_eq!(has_form(token.as_bytes()), expected, "{token}");
        }
    }
}
