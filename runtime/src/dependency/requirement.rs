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
        merge::{MOST_BYTES, MOST_SCOPES, Merged, Text, quoted, scope_str},
    },
};

/// What is required of a function where it stands, and of its dependencies below.
#[derive(Debug)]
pub struct Requirement {
    pub(crate) scopes: ScopeList,
    pub(crate) scope_str: &'static str,
    pub(crate) challenge: &'static str,
    pub(crate) style: ErrorStyle,
    /// In the order of the parameters that are dependencies.
    pub(crate) children: &'static [&'static Requirement],
}

/// The scopes along a path, merged.
pub(crate) struct Merge<P: ?Sized>(PhantomData<P>);

impl<P: Path + ?Sized> Merge<P> {
    const FEW: Merged<4> = Merged::new(P::OUTER, P::INNER);
    const SOME: Merged<16> = Merged::new(P::OUTER, P::INNER);
    const MANY: Merged<MOST_SCOPES> = Merged::new(P::OUTER, P::INNER);

    /// The required scopes, outermost first, repeats dropped.
    pub(crate) const SCOPES: ScopeList = match (Self::FEW.list(), Self::SOME.list(), Self::MANY.list()) {
        (Some(list), _, _) | (_, Some(list), _) | (_, _, Some(list)) => list,
        _ => panic!("more than 64 scopes are required along one path; require fewer"),
    };

    const SHORT: Text<64> = quoted(Self::SCOPES);
    const MIDDLE: Text<256> = quoted(Self::SCOPES);
    const LONG: Text<MOST_BYTES> = quoted(Self::SCOPES);

    const QUOTED: &'static str = match (Self::SHORT.str(), Self::MIDDLE.str(), Self::LONG.str()) {
        (Some(text), _, _) | (_, Some(text), _) | (_, _, Some(text)) => text,
        _ => panic!("the scopes required along one path are longer than 4096 bytes; require fewer"),
    };

    /// What is required of a function whose first scheme is `scheme`: that one's challenge and style are used.
    pub(crate) const fn requirement(
        scheme: Option<&SchemeInfo>,
        children: &'static [&'static Requirement],
    ) -> Requirement {
        let (style, challenge) = match scheme {
            Some(scheme) if !scheme.names_scopes() => (scheme.style(), scheme.challenge()),
            Some(scheme) => (scheme.style(), Self::BEARER),
            None => (ErrorStyle::FastApi, Self::BEARER),
        };
        Requirement { scopes: Self::SCOPES, scope_str: scope_str(Self::QUOTED), challenge, style, children }
    }

    const BEARER: &'static str = if Self::SCOPES.is_empty() { challenge::BEARER } else { Self::QUOTED };
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
