//! What one place of a tree requires: a constant per path, which travels down by reference.

use std::marker::PhantomData;

use crate::{
    dependency::{
        function::Function,
        path::{Path, Via},
    },
    scheme::{SchemeInfo, challenge::MOST_CHALLENGE, error_style::ErrorStyle},
    scopes::{merge::Merge, required::Required},
    text::constant::Text,
    tree::requirement::{Requirement, challenges, style},
};

/// What path `P` leads to.
pub(crate) struct Here<P: ?Sized>(PhantomData<P>);

impl<P: Path + ?Sized> Here<P> {
    /// What is required at this place, of a function that depends on nothing.
    pub(crate) const REQUIREMENT: &'static Requirement =
        &Requirement { required: Merge::<P>::REQUIRED, challenge: Self::challenge(), scheme: P::SCHEME, children: &[] };

    const MIDDLE: &'static Option<Text<256>> = &insufficient(P::SCHEME, Merge::<P>::REQUIRED);
    const LONG: &'static Option<Text<MOST_CHALLENGE>> = &insufficient(P::SCHEME, Merge::<P>::REQUIRED);

    const fn challenge() -> &'static str {
        let plain = challenges(P::SCHEME);
        match plain.parameters {
            Some(_) if Merge::<P>::REQUIRED.is_empty() => plain.plain,
            Some(parameters) if parameters.is_empty() && matches!(style(P::SCHEME), ErrorStyle::FastApi) => {
                Merge::<P>::QUOTED
            }
            Some(_) => Self::middle(),
            None => plain.plain,
        }
    }

    // Constants that a constant names are always evaluated, those that a function names only if it is called.
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

/// The challenge for a credential that does not cover what is `required`.
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

/// Dependency `D` at path `P`.
#[derive(Debug)]
pub struct At<D, P>(PhantomData<fn() -> (D, P)>);

impl<D: Function, P: Path> At<D, P> {
    pub(crate) const REQUIREMENT: &'static Requirement =
        &Requirement { children: <D::Params<P> as Requirements>::LIST, ..*Here::<Via<D, P>>::REQUIREMENT };
}

/// The dependencies that a function takes, each [`At`] its path: a tuple.
pub trait Requirements {
    /// What is required of each.
    const LIST: &'static [&'static Requirement];
}

macro_rules! tuples {
    ($($D:ident $P:ident),*) => {
        impl<$($D: Function, $P: Path),*> Requirements for ($(At<$D, $P>,)*) {
            const LIST: &'static [&'static Requirement] = &[$(At::<$D, $P>::REQUIREMENT),*];
        }
    };
}

super::extract::for_each_length!(tuples);
