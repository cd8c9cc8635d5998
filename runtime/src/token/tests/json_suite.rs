//! JSONTestSuite's files: `y_` are JSON, `n_` are not, and `i_` depend on the parser.

use std::fs;

use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::{CLAIMS, HEADER, mint, verifier};
use crate::{jose::vectors::directory, token::error::TokenError};

/// Valid JSON that is refused here, because names must be unique (RFC 7515 §4, RFC 7519 §4).
const DUPLICATES: [&str; 2] = ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"];

/// The accepted ones of `i_`: numbers that a double can approximate. All others are refused: larger numbers, halves of
/// surrogate pairs, text that is not UTF-8, a byte order mark, and 500 brackets.
const TOLERATED: [&str; 5] = [
    "i_number_double_huge_neg_exp.json",
    "i_number_real_underflow.json",
    "i_number_too_big_neg_int.json",
    "i_number_too_big_pos_int.json",
    "i_number_very_big_negative_int.json",
];

/// A longer file would make a token too long.
const MOST: usize = 8000;

/// Name and content of each file.
fn files() -> Vec<(String, Vec<u8>)> {
    let Some(vectors) = directory() else { return Vec::new() };
    let mut files = Vec::new();
    for file in fs::read_dir(vectors.join("jsontestsuite/test_parsing")).unwrap() {
        let path = file.unwrap().path();
        let mut content = fs::read(&path).unwrap();
        content.truncate(MOST);
        files.push((path.file_name().unwrap().to_str().unwrap().to_owned(), content));
    }
    assert_eq!(files.len(), 318);
    files
}

/// The result does not depend on the type that the service reads.
#[track_caller]
fn assert_verifies(token: &str, expected: Result<(), TokenError>, name: &str) {
    assert_eq!(verifier().verify(token).map(drop), expected, "{name}");
    assert_eq!(verifier().verify_as::<IgnoredAny>(token).map(drop), expected, "{name}");
}

/// `object` with one more member.
fn with_member(object: &str, name: &str, value: &[u8]) -> Vec<u8> {
    let object = object.strip_suffix('}').unwrap();
    [object.as_bytes(), b",\"", name.as_bytes(), b"\":", value, b"}"].concat()
}

/// None of these is a header or claims, because those are objects.
#[test]
fn texts_of_the_suite_are_refused_as_header_and_as_claims() {
    for (name, content) in files() {
        let because = |of_json| if str::from_utf8(&content).is_ok() { of_json } else { TokenError::Malformed };
        assert_verifies(&mint(&content, CLAIMS), Err(because(TokenError::Header)), &name);
        let is_object = serde_json::from_slice::<Map<String, Value>>(&content).is_ok() && !DUPLICATES.contains(&&*name);
        let of_claims = if is_object { TokenError::MissingClaim("sub") } else { TokenError::Claims };
        assert_verifies(&mint(HEADER, &content), Err(because(of_claims)), &name);
    }
}

/// A member of any type accepts exactly the files that are JSON.
#[test]
fn texts_of_the_suite_are_accepted_or_refused_as_members() {
    for (name, content) in files() {
        let is_accepted = match &name[..2] {
            "y_" => !DUPLICATES.contains(&&*name),
            "n_" => false,
            _ => TOLERATED.contains(&&*name),
        };
        let expected = |of_json| match is_accepted {
            true => Ok(()),
            false if str::from_utf8(&content).is_ok() => Err(of_json),
            false => Err(TokenError::Malformed),
        };
        let header = mint(with_member(HEADER, "x", &content), CLAIMS);
        assert_verifies(&header, expected(TokenError::Header), &name);
        for member in ["x", "scp", "scopes", "client_id"] {
            let token = mint(HEADER, with_member(CLAIMS, member, &content));
            assert_verifies(&token, expected(TokenError::Claims), &format!("{name} as {member}"));
        }
    }
}
