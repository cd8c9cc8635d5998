//! The requirement of each path: a constant that is passed down by reference.

use std::marker::PhantomData;

use crate::{
    dependency::path::Path,
    scheme::{SchemeInfo, challenge::MOST_CHALLENGE, error_style::ErrorStyle},
    scopes::{closed::Closed, merge::Merge, required::Required, text::Told},
    text::constant::Text,
    tree::requirement::{Requirement, challenges, style},
};

/// The place at path `P`.
pub(crate) struct Place<P: ?Sized>(PhantomData<P>);

impl<P: Path + ?Sized> Place<P> {
    /// The requirement at this place, without those of dependencies.
    pub(crate) const REQUIREMENT: &'static Requirement = &Requirement {
        required: Self::required(),
        challenge: Self::challenge(),
        scheme: P::SCHEME,
        optional: P::OPTIONAL,
        children: &[],
    };

    const MIDDLE: &'static Option<Text<256>> = &insufficient(P::SCHEME, Self::required());
    const LONG: &'static Option<Text<MOST_CHALLENGE>> = &insufficient(P::SCHEME, Self::required());

    // Functions name the constants, so that the compiler evaluates only those that it needs, as in `Merge`.
    const fn required() -> Required {
        if P::IMPLIES.is_empty() { Told::<Merge<P>>::REQUIRED } else { Told::<Closed<P>>::REQUIRED }
    }

    const fn quoted() -> &'static str {
        if P::IMPLIES.is_empty() { Told::<Merge<P>>::QUOTED } else { Told::<Closed<P>>::QUOTED }
    }

    const fn challenge() -> &'static str {
        let plain = challenges(P::SCHEME);
        match plain.parameters {
            Some(_) if Self::required().is_empty() => plain.plain,
            Some(parameters) if parameters.is_empty() && matches!(style(P::SCHEME), ErrorStyle::FastApi) => {
                Self::quoted()
            }
            Some(_) => Self::middle(),
            None => plain.plain,
        }
    }

    const fn middle() -> &'static str {
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

/// The challenge for a credential that does not cover the `required` scopes.
pub(crate) const fn insufficient<const N: usize>(
    scheme: Option<&'static SchemeInfo>,
    required: Required,
) -> Option<Text<N>> {
    let Some(parameters) = challenges(scheme).parameters else { return None };
    Some(match style(scheme) {
        ErrorStyle::FastApi => parameters.challenge(None, required.text()),
        ErrorStyle::Rfc6750 => parameters.challenge(Some("insufficient_scope"), required.text()),
    })
}
