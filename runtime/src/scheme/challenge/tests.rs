//! What challenges hold, and what they leave out.

use super::*;

#[test]
fn a_quoted_string_holds_a_realm_as_it_is() {
    for byte in 0..=127_u8 {
        let realm: &'static str = format!("a{}b", char::from(byte)).leak();
        let quoted = (b' '..=b'~').contains(&byte) && byte != b'"' && byte != b'\\';
        assert_eq!(quotable(Some(realm)), Some(realm).filter(|_| quoted), "{byte:#x}");
        assert_eq!(mistake(Some(realm)).is_none(), quoted, "{byte:#x}");
    }
    for (realm, quoted) in [("", true), ("jöe", false), ("\u{a0}", false)] {
        assert_eq!(quotable(Some(realm)).is_some(), quoted, "{realm}");
    }
    for (length, quoted) in [(200, true), (201, false)] {
        assert_eq!(quotable(Some("x".repeat(length).leak())).is_some(), quoted, "{length}");
    }
    assert_eq!((quotable(None), mistake(None)), (None, None));
}

#[test]
fn parameters_stand_in_one_order() {
    let all = Parameters { realm: Some("r"), resource_metadata: Some("https://a") };
    let none = Parameters { realm: None, resource_metadata: None };
    for (parameters, error, scope, expected) in [
        (none, None, "", "Bearer"),
        (none, Some("e"), "", r#"Bearer error="e""#),
        (none, None, "a b", r#"Bearer scope="a b""#),
        (all, None, "", r#"Bearer realm="r", resource_metadata="https://a""#),
        (all, Some("e"), "a", r#"Bearer realm="r", error="e", scope="a", resource_metadata="https://a""#),
    ] {
        assert_eq!(parameters.challenge::<256>(error, scope).str(), Some(expected));
    }
}

/// The compiler refuses such a scheme wherever it is used; were it not to, the challenge would still be one.
#[test]
fn parameters_that_cannot_be_quoted_are_left_out() {
    struct Broken;
    impl OAuth2Scheme for Broken {
        const FLOWS: crate::scheme::oauth2::Flows = crate::scheme::oauth2::Flows::password("token");
        const SCOPES: &'static [(&'static str, &'static str)] = &[];
        const REALM: Option<&'static str> = Some("a\", error=\"none");
        const PROTECTED_RESOURCE: Option<ProtectedResource> = Some(ProtectedResource::new("https://a/\"x"));
    }
    impl HttpBasicScheme for Broken {
        const REALM: Option<&'static str> = Some("a\r\nb");
    }
    let (bearer, basic) = (Of::<OAuth2<Broken>>::CHALLENGES, Basic::<Broken>::CHALLENGES);
    assert_eq!((bearer.plain, basic.plain), ("Bearer", "Basic"));
    assert!(bearer.mistake.is_some() && basic.mistake.is_some());
}

/// The longest realm and URL that are allowed leave no challenge without its parameters.
#[test]
fn the_longest_parameters_fit_into_a_challenge() {
    let parameters = Parameters {
        realm: quotable(Some("x".repeat(200).leak())),
        resource_metadata: Some("x".repeat(MOST_URL).leak()),
    };
    let error = Some("insufficient_user_authentication");
    assert!(parameters.challenge::<MOST_PARAMETERS>(error, "").str().is_some());
    let scope = "x".repeat(crate::scopes::merge::MOST_BYTES);
    assert!(parameters.challenge::<MOST_CHALLENGE>(error, &scope).str().is_some());
}
