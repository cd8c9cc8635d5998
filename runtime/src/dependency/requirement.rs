//! What one place of a tree requires: a constant per path, which travels down by reference.

use std::marker::PhantomData;

use super::{
    function::Function,
    path::{Path, Via},
};
use crate::{
    ErrorStyle, challenge,
    scheme::SchemeInfo,
    scopes::{
        ScopeList,
        grammar::same,
        merge::{MOST_SCOPES, MOST_TEXT, Merged, Text, quoted, scope_str},
    },
};

/// What is required of a function where it stands, and of its dependencies below.
#[derive(Debug)]
pub struct Requirement {
    pub(crate) scopes: ScopeList,
    pub(crate) scope_str: &'static str,
    /// Names the scopes, where the scheme's challenges do.
    pub(crate) challenge: &'static str,
    /// For a client without a credential.
    pub(crate) plain_challenge: &'static str,
    pub(crate) style: ErrorStyle,
    /// In the order of the parameters that are dependencies.
    pub(crate) children: &'static [&'static Requirement],
}

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

    /// What is required of a function whose first scheme is `scheme`: that one's challenge and style are used.
    pub(crate) const fn requirement(
        scheme: Option<&SchemeInfo>,
        children: &'static [&'static Requirement],
    ) -> Requirement {
        let (style, plain_challenge) = match scheme {
            Some(scheme) => (scheme.error_style(), scheme.challenge()),
            None => (ErrorStyle::FastApi, challenge::BEARER),
        };
        let names_scopes = same(plain_challenge, challenge::BEARER) && !Self::SCOPES.is_empty();
        let challenge = if names_scopes { Self::QUOTED } else { plain_challenge };
        let (scopes, scope_str) = (Self::SCOPES, scope_str(Self::QUOTED));
        Requirement { scopes, scope_str, challenge, plain_challenge, style, children }
    }
}

/// Dependency `D` at path `P`.
#[derive(Debug)]
pub struct At<D, P>(PhantomData<fn() -> (D, P)>);

impl<D: Function, P: Path> At<D, P> {
    pub(crate) const REQUIREMENT: &'static Requirement =
        &Merge::<Via<D, P>>::requirement(D::DEPENDENCY_TREE.first_scheme(), <D::Params<P> as Requirements>::LIST);
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
