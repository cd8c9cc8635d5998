//! The requirement of each path: a constant that is passed down by reference.

use std::marker::PhantomData;

use crate::{
    dependency::path::Path,
    scheme::{SchemeInfo, challenge::MOST_CHALLENGE, error_style::ErrorStyle},
    scopes::{closed::Closed, merge::Merge, required::Required, text::Told},
    text::constant::Text,
    tree::requirement::{Asked, Requirement, challenges, style},
};

/// The place at path `P`.
pub(crate) struct Place<P: ?Sized>(PhantomData<P>);

impl<P: Path + ?Sized> Place<P> {
    /// The requirement at this place, without those of dependencies.
    pub(crate) const REQUIREMENT: &'static Requirement = &Requirement {
        required: Self::required(),
        asked: Self::asked(),
        scheme: P::SCHEME,
        optional: P::OPTIONAL,
        children: &[],
    };

    // Functions name the constants, so that the compiler evaluates only those that it needs, as in `Merge`.
    const fn required() -> Required {
        if P::IMPLIES.is_empty() { Told::<Merge<P>>::REQUIRED } else { Told::<Closed<P>>::REQUIRED }
    }

    const fn quoted() -> &'static str {
        if P::IMPLIES.is_empty() { Told::<Merge<P>>::QUOTED } else { Told::<Closed<P>>::QUOTED }
    }

    const fn asked() -> Asked {
        let Some(parameters) = challenges(P::SCHEME).parameters else { return Asked::of_scheme(P::SCHEME) };
        if Self::required().is_empty() || Self::required().has_templates() {
            return Asked::of_scheme(P::SCHEME);
        }
        match style(P::SCHEME) {
            ErrorStyle::FastApi => {
                let scopes = if parameters.is_empty() { Self::quoted() } else { Named::<P, PLAIN>::text() };
                Asked { invalid_token: scopes, insufficient_scope: scopes, ..Asked::of_scheme(P::SCHEME) }
            }
            ErrorStyle::Rfc6750 => Asked {
                plain: if parameters.is_empty() { Self::quoted() } else { Named::<P, PLAIN>::text() },
                invalid_token: Named::<P, INVALID_TOKEN>::text(),
                insufficient_scope: Named::<P, INSUFFICIENT_SCOPE>::text(),
            },
        }
    }
}

const PLAIN: usize = 0;
const INVALID_TOKEN: usize = 1;
const INSUFFICIENT_SCOPE: usize = 2;
/// The error codes of the challenges, in this order.
const CODES: [Option<&str>; 3] = [None, Some("invalid_token"), Some("insufficient_scope")];

/// The challenge with error code `CODE` at path `P`.
struct Named<P: ?Sized, const CODE: usize>(PhantomData<P>);

impl<P: Path + ?Sized, const CODE: usize> Named<P, CODE> {
    const MIDDLE: &'static Option<Text<256>> = &named(P::SCHEME, CODES[CODE], Place::<P>::required());
    const LONG: &'static Option<Text<MOST_CHALLENGE>> = &named(P::SCHEME, CODES[CODE], Place::<P>::required());

    const fn text() -> &'static str {
        match Self::MIDDLE {
            Some(text) if text.str().is_some() => text.str_or(""),
            _ => Self::long(),
        }
    }

    const fn long() -> &'static str {
        match Self::LONG {
            Some(text) => text.str_or(challenges(P::SCHEME).plain),
            None => challenges(P::SCHEME).plain,
        }
    }
}

/// The challenge that names the `required` scopes, if the scheme's challenges can.
const fn named<const N: usize>(
    scheme: Option<&'static SchemeInfo>,
    code: Option<&str>,
    required: Required,
) -> Option<Text<N>> {
    match challenges(scheme).parameters {
        Some(parameters) => Some(parameters.challenge(code, required.text())),
        None => None,
    }
}

/// The same for a place that has no type. The memory is never freed.
#[cfg(feature = "testing")]
pub(crate) fn asked_leaked(scheme: Option<&'static SchemeInfo>, required: Required) -> Asked {
    let of_scheme = Asked::of_scheme(scheme);
    let Some(parameters) = challenges(scheme).parameters else { return of_scheme };
    if required.is_empty() || required.has_templates() {
        return of_scheme;
    }
    let [plain, invalid_token, insufficient_scope] = CODES.map(|code| &*parameters.text(code, required.text()).leak());
    match style(scheme) {
        ErrorStyle::FastApi => Asked { invalid_token: plain, insufficient_scope: plain, ..of_scheme },
        ErrorStyle::Rfc6750 => Asked { plain, invalid_token, insufficient_scope },
    }
}

#[cfg(all(test, feature = "testing"))]
mod tests {
    use super::{Asked, ErrorStyle, SchemeInfo, asked_leaked};
    use crate::scopes::{gathered::Gathered, own::OwnScopes};

    const FASTAPI: &SchemeInfo = &SchemeInfo::new("Api");
    const RFC_6750: &SchemeInfo = &SchemeInfo::new("Api").with_error_style(ErrorStyle::Rfc6750);

    /// The challenges of a place that requires these scopes: without a credential, with a bad one, with too few scopes.
    fn asked(scheme: &'static SchemeInfo, own: &'static [&'static str]) -> [&'static str; 3] {
        let required = Gathered::default().and(OwnScopes::new(own)).leaked(&[]);
        let Asked { plain, invalid_token, insufficient_scope } = asked_leaked(Some(scheme), required);
        [plain, invalid_token, insufficient_scope]
    }

    #[test]
    fn a_place_without_a_type_asks_as_one_with_a_type() {
        let scopes = r#"Bearer scope="items me""#;
        assert_eq!(asked(FASTAPI, &["items", "me"]), ["Bearer", scopes, scopes]);
        let rfc = [
            scopes,
            r#"Bearer error="invalid_token", scope="items me""#,
            r#"Bearer error="insufficient_scope", scope="items me""#,
        ];
        assert_eq!(asked(RFC_6750, &["items", "me"]), rfc);
        // Names that the request fills in are not known here.
        for own in [&["{tenant}:read"][..], &[]] {
            assert_eq!(asked(FASTAPI, own), ["Bearer"; 3]);
            assert_eq!(asked(RFC_6750, own), ["Bearer", r#"Bearer error="invalid_token""#, "Bearer"]);
        }
    }
}
