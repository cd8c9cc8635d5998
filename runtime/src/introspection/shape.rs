//! What a token must look like before anybody is asked about it.

use crate::token::error::TokenError;

/// Refuses what no server can have issued: a token that is too long, that has characters which RFC 6750 §2.1 (`b64token`) does not
/// allow, or that does not begin with `prefix`.
pub(super) fn check(token: &str, max_size: usize, prefix: &str) -> Result<(), TokenError> {
    if token.len() > max_size {
        return Err(TokenError::TooLarge);
    }
    let text = token.trim_end_matches('=');
    let is_of_alphabet = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte);
    if text.is_empty() || !text.bytes().all(is_of_alphabet) {
        return Err(TokenError::Malformed);
    }
    if !token.starts_with(prefix) {
        return Err(TokenError::NotMine);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{
        TokenError::{self, Malformed, NotMine, TooLarge},
        check,
    };

    #[test]
    fn only_what_may_be_a_token_is_asked_about() {
        let long = "a".repeat(65);
        for (token, expected) in [
            ("a", Ok(())),
            ("mF_9.B5f-4.1JqM", Ok(())),
            ("az-AZ-09-._~+/==", Ok(())),
            (&long[1..], Ok(())),
            (&long, Err(TooLarge)),
            ("", Err(Malformed)),
            ("==", Err(Malformed)),
            ("a=b", Err(Malformed)),
            ("a b", Err(Malformed)),
            ("a\"", Err(Malformed)),
            ("a,b", Err(Malformed)),
            ("a%20", Err(Malformed)),
            ("a\u{e4}", Err(Malformed)),
            ("a\0", Err(Malformed)),
            ("a\n", Err(Malformed)),
        ] as [(&str, Result<(), TokenError>); 15]
        {
            assert_eq!(check(token, 64, ""), expected, "{token}");
        }
        assert_eq!(check("at_1", 64, "at_"), Ok(()));
        assert_eq!(check("AT_1", 64, "at_"), Err(NotMine));
        assert_eq!(check("a", 64, "at_"), Err(NotMine));
    }
}
