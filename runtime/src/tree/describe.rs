//! What a parameter's type is to the dependency tree.

use std::marker::PhantomData;

use axum::{
    Form, Json,
    body::Bytes,
    extract::{RawForm, Request},
};

use crate::tree::node::{Child, Kind, Node, group};

/// An extractor that has a place in the dependency tree.
///
/// Every scheme of this crate implements it; so do `Option`, `Result` and tuples of them. An extractor that does not is
/// a leaf: it can be taken anywhere, and means nothing to the checks. So is a type parameter without this bound. Implement
/// it for a credential extractor of your own, so that it counts as a scheme. Its refusals have its own style and challenge by
/// [`in_style_of::<Self>()`](crate::AuthError::in_style_of), and otherwise those of the function around it.
///
/// ```
/// use axum_scopes::{scheme::SchemeInfo, tree::{Describe, Node}};
///
/// struct ApiToken(String);
///
/// impl Describe for ApiToken {
///     const NODE: &'static Node =
///         &Node::scheme(&SchemeInfo::new("ApiToken").with_scopes(&[("items", "Read items.")]));
/// }
/// ```
pub trait Describe {
    /// What it is.
    const NODE: &'static Node;

    /// Whether the request has the credential: `false` for an `Option` that is `None`. `#[security(credential_required)]`
    /// asks. By default a scheme's is there; an extractor of your own that holds such an `Option` asks that, or its
    /// credential counts as missing.
    fn is_present(&self) -> bool {
        matches!(Self::NODE.kind, Kind::Scheme(_))
    }

    /// Whether this may be without a credential, and has one.
    #[doc(hidden)]
    fn is_offered(&self) -> bool {
        matches!(Self::NODE.kind, Kind::Optional) && Self::NODE.first_scheme().is_some() && self.is_present()
    }
}

impl<T: Describe> Describe for Option<T> {
    const NODE: &'static Node = &Node::optional(&[Child::part(T::NODE)]);

    fn is_present(&self) -> bool {
        self.as_ref().is_some_and(T::is_present)
    }
}

impl<T: Describe, E> Describe for Result<T, E> {
    const NODE: &'static Node = &Node::optional(&[Child::part(T::NODE)]);

    fn is_present(&self) -> bool {
        self.as_ref().is_ok_and(T::is_present)
    }
}

/// Extractors that consume the request: for handlers alone.
macro_rules! bodies {
    ($([$($T:ident)?] $Body:ty),*) => {
        $(impl$(<$T>)? Describe for $Body {
            const NODE: &'static Node = &Node::leaf(Kind::Body);
        })*
    };
}

bodies!([T] Json<T>, [T] Form<T>, [] RawForm, [] Bytes, [] String, [] Request);

/// Asks what `T` is: what the inherent impl says is preferred to what [`Undescribed`] does, and both see through type
/// aliases.
#[derive(Debug)]
pub struct Probe<T>(PhantomData<T>);

impl<T: Describe> Probe<T> {
    /// What `T` says of itself.
    pub const AXUM_SCOPES_NODE: &'static Node = T::NODE;

    /// Whether this is a credential that may be missing, and there.
    #[must_use]
    pub fn axum_scopes_is_offered(value: &T) -> bool {
        value.is_offered()
    }
}

/// The answer for all types, by names that no trait of a user's has.
pub trait Undescribed {
    /// A leaf.
    const AXUM_SCOPES_NODE: &'static Node = &Node::OTHER;

    /// No credential.
    #[must_use]
    fn axum_scopes_is_offered<T>(_: &T) -> bool {
        false
    }
}

impl<T> Undescribed for Probe<T> {}

macro_rules! tuples {
    ($($T:ident),*) => {
        impl<$($T),*> Describe for ($($T,)*)
        where
            $($T: Describe),*
        {
            const NODE: &'static Node = &group(&[$(Child::part(<$T as Describe>::NODE)),*]);

            #[allow(non_snake_case, reason = "elements are named for their types")]
            fn is_present(&self) -> bool {
                let ($($T,)*) = self;
                false $(|| ($T::NODE.first_scheme().is_some() && $T.is_present()))*
            }

            #[allow(non_snake_case, reason = "elements are named for their types")]
            fn is_offered(&self) -> bool {
                let ($($T,)*) = self;
                false $(|| $T.is_offered())*
            }
        }
    };
}

tuples!(A);
tuples!(A, B);
tuples!(A, B, C);
tuples!(A, B, C, D);
