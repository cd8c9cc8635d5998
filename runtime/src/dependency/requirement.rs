//! What one place of a tree requires: a constant per path, which travels down by reference.

use std::marker::PhantomData;

use crate::{
    dependency::path::Path,
    scheme::{SchemeInfo, challenge::MOST_CHALLENGE, error_style::ErrorStyle},
    scopes::{
        ScopeList,
        merge::{MOST_SCOPES, MOST_TEXT, Merged, quoted, scope_str},
    },
    text::constant::Text,
    tree::requirement::{Requirement, challenges, style},
};

/// The scopes along a path, merged.
pub(crate) struct Merge<P: ?Sized>(PhantomData<P>);

impl<P: Path + ?Sized> Merge<P> {
    const FEW: &'static Merged<4> = &Merged::new(P::OUTER, P::INNER);
    const SOME: &'static Merged<16> = &Merged::new(P::OUTER, P::INNER);
    const MANY: &'static Merged<MOST_SCOPES> = &Merged::new(P::OUTER, P::INNER);

    /// The required scopes, outermost first, repeats dropped.
    pub(crate) const SCOPES: ScopeList = match Self::FEW.list() {
        Some(list) => list,
        None => Self::some(),
    };

    // Constants that a constant names are always evaluated, those that a function names only if it is called.
    const fn some() -> ScopeList {
        match Self::SOME.list() {
            Some(list) => list,
            None => Self::many(),
        }
    }

    const fn many() -> ScopeList {
        match Self::MANY.list() {
            Some(list) => list,
            None => panic!("more than 64 scopes are required along one path; require fewer"),
        }
    }

    const SHORT: &'static Text<64> = &quoted(Self::SCOPES);
    const MIDDLE: &'static Text<256> = &quoted(Self::SCOPES);
    const LONG: &'static Text<MOST_TEXT> = &quoted(Self::SCOPES);

    const QUOTED: &'static str = match Self::SHORT.str() {
        Some(text) => text,
        None => Self::middle(),
    };

    const fn middle() -> &'static str {
        match Self::MIDDLE.str() {
            Some(text) => text,
            None => Self::long(),
        }
    }

    const fn long() -> &'static str {
        match Self::LONG.str() {
            Some(text) => text,
            None => panic!("the scopes required along one path are longer than 4096 bytes; require fewer"),
        }
    }

    /// What is required at this place, of a function that depends on nothing.
    pub(crate) const REQUIREMENT: &'static Requirement = &Requirement {
        scopes: Self::SCOPES,
        scope_str: scope_str(Self::QUOTED),
        challenge: Self::challenge(),
        scheme: P::SCHEME,
        children: &[],
    };

    const MIDDLE_CHALLENGE: &'static Option<Text<256>> = &insufficient(P::SCHEME, Self::SCOPES);
    const LONG_CHALLENGE: &'static Option<Text<MOST_CHALLENGE>> = &insufficient(P::SCHEME, Self::SCOPES);

    const fn challenge() -> &'static str {
        let plain = challenges(P::SCHEME);
        match plain.parameters {
            Some(_) if Self::SCOPES.is_empty() => plain.plain,
            Some(parameters) if parameters.is_empty() && matches!(style(P::SCHEME), ErrorStyle::FastApi) => {
                Self::QUOTED
            }
            Some(_) => Self::middle_challenge(),
            None => plain.plain,
        }
    }

    const fn middle_challenge() -> &'static str {
        match Self::MIDDLE_CHALLENGE {
            Some(text) if text.str().is_some() => text.str_or(""),
            _ => Self::long_challenge(),
        }
    }

    const fn long_challenge() -> &'static str {
        match Self::LONG_CHALLENGE {
            Some(text) => text.str_or(challenges(P::SCHEME).plain),
            None => challenges(P::SCHEME).plain,
        }
    }
}

/// The challenge for a credential that does not cover `scopes`.
pub(crate) const fn insufficient<const N: usize>(
    scheme: Option<&'static SchemeInfo>,
    scopes: &[&str],
) -> Option<Text<N>> {
    let Some(parameters) = challenges(scheme).parameters else { return None };
    Some(match style(scheme) {
        ErrorStyle::FastApi => parameters.challenge(None, scopes),
        ErrorStyle::Rfc6750 => parameters.challenge(Some("insufficient_scope"), scopes),
    })
}
