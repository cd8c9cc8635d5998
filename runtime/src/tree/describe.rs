//! From the type of a parameter to its node in the dependency tree.

use std::marker::PhantomData;

use axum::{
    Form, Json,
    body::Bytes,
    extract::{RawForm, Request},
};

use crate::tree::node::{Child, Kind, Node, group};

/// An extractor with a node of its own in the dependency tree.
///
/// The credential extractors of this crate implement it, and so do `Option`, `Result` and tuples of them. The checks ignore any
/// other extractor, and a type parameter without this bound.
///
/// Implement it for a credential extractor of your own, so that it counts as a scheme. Its refusals take the style and challenge
/// of this scheme by [`in_style_of::<Self>()`](crate::AuthError::in_style_of), or else those of the function that takes it.
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
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no credential extractor",
    label = "expected an extractor such as `Bearer<…>`",
    note = "a scheme is named with its extractor, for instance `Bearer<{Self}>` or `ApiKeyHeader<{Self}>`",
    note = "implement `Describe` for an extractor of your own"
)]
pub trait Describe {
    /// The node of the extractor.
    const NODE: &'static Node;

    /// Whether the request has the credential, for `#[security(credential_required)]`. By default a scheme has it, and any other
    /// extractor has none. Implement it if your extractor holds an optional credential.
    fn is_present(&self) -> bool {
        matches!(Self::NODE.kind, Kind::Scheme(_))
    }

    /// Whether this is an optional credential that is present.
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

/// Extractors that consume the request. Only a handler can take one.
macro_rules! bodies {
    ($([$($T:ident)?] $Body:ty),*) => {
        $(impl$(<$T>)? Describe for $Body {
            const NODE: &'static Node = &Node::leaf(Kind::Body);
        })*
    };
}

bodies!([T] Json<T>, [T] Form<T>, [] RawForm, [] Bytes, [] String, [] Request);

/// Finds the node of `T`. The compiler prefers the inherent impl to [`Undescribed`], and both see through type aliases.
#[derive(Debug)]
pub struct Probe<T>(PhantomData<T>);

impl<T: Describe> Probe<T> {
    /// The node of `T`.
    pub const AXUM_SCOPES_NODE: &'static Node = T::NODE;

    /// Whether `value` is an optional credential that is present.
    #[must_use]
    pub fn axum_scopes_is_offered(value: &T) -> bool {
        value.is_offered()
    }
}

/// The answers for all other types. No trait of a user's has these names.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheme::SchemeInfo;

    struct Cookie;

    impl Describe for Cookie {
        const NODE: &'static Node = &Node::scheme(&SchemeInfo::new("Cookie"));
    }

    macro_rules! offered {
        ($Type:ty, $value:expr) => {
            Probe::<$Type>::axum_scopes_is_offered(&$value)
        };
    }

    #[test]
    fn a_credential_is_offered_if_it_is_optional_and_present() {
        assert!(offered!(Option<Cookie>, Some(Cookie)) && !offered!(Option<Cookie>, None));
        assert!(offered!(Result<Cookie, ()>, Ok(Cookie)) && !offered!(Result<Cookie, ()>, Err(())));
        assert!(!offered!(Cookie, Cookie));
        // What is no credential is none, present or not.
        assert!(!offered!(Option<Json<u8>>, Some(Json(1))) && !offered!(Json<u8>, Json(1)) && !offered!(u8, 1));
    }

    #[test]
    fn a_tuple_offers_what_one_of_its_elements_does() {
        type Two = (Json<u8>, Option<Cookie>);
        assert!(offered!(Two, (Json(1), Some(Cookie))) && !offered!(Two, (Json(1), None)));
        assert!(offered!(Option<(Json<u8>, Cookie)>, Some((Json(1), Cookie))));
        assert!(!offered!(Option<Two>, Some((Json(1), None))) && !offered!(Option<Two>, None));
        assert!(!offered!((Cookie, Json<u8>), (Cookie, Json(1))));
    }

    #[test]
    fn only_a_scheme_is_present_by_itself() {
        assert!(Cookie.is_present() && !Json(1).is_present());
    }
}
