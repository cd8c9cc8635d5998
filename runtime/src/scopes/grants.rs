//! Who holds which scopes: anything that can say so can be compared with what a path requires.

use std::{
    borrow::{Borrow, Cow},
    collections::{BTreeSet, HashSet},
    hash::{BuildHasher, Hash},
    sync::Arc,
};

use super::set::Scopes;

/// A set of granted scopes.
///
/// Implemented for [`Scopes`], for a `scope` string (RFC 6749 §3.3: names with one space between them), and for lists
/// and sets of names. Implement it for your own principal type to pass that to
/// [`SecurityScopes::check`](crate::SecurityScopes::check).
///
/// ```
/// use axum_scopes::Grants;
///
/// assert!("me items".grants("items"));
/// assert!(!"me items".grants("item"));
/// assert!(["me", "items"].grants("me"));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which scopes are granted",
    label = "expected granted scopes",
    note = "pass `Scopes`, a space-separated string or a list of names, or implement `Grants` for `{Self}`"
)]
pub trait Grants {
    /// Whether `scope` is granted; names are compared byte for byte.
    fn grants(&self, scope: &str) -> bool;
}

impl Grants for str {
    fn grants(&self, scope: &str) -> bool {
        let mut names = self.as_bytes().split(|byte| *byte == b' ');
        names.any(|granted| granted == scope.as_bytes() && !granted.is_empty())
    }
}

impl Grants for String {
    fn grants(&self, scope: &str) -> bool {
        self.as_str().grants(scope)
    }
}

impl Grants for Scopes {
    fn grants(&self, scope: &str) -> bool {
        self.as_str().grants(scope)
    }
}

impl<T: AsRef<str>> Grants for [T] {
    fn grants(&self, scope: &str) -> bool {
        self.iter().any(|granted| granted.as_ref() == scope)
    }
}

impl<T: AsRef<str>, const N: usize> Grants for [T; N] {
    fn grants(&self, scope: &str) -> bool {
        self.as_slice().grants(scope)
    }
}

impl<T: AsRef<str>> Grants for Vec<T> {
    fn grants(&self, scope: &str) -> bool {
        self.as_slice().grants(scope)
    }
}

impl<T: Borrow<str> + Eq + Hash, H: BuildHasher> Grants for HashSet<T, H> {
    fn grants(&self, scope: &str) -> bool {
        self.contains(scope)
    }
}

impl<T: Borrow<str> + Ord> Grants for BTreeSet<T> {
    fn grants(&self, scope: &str) -> bool {
        self.contains(scope)
    }
}

macro_rules! through {
    ($($Pointer:ty),*) => {
        $(impl<T: Grants + ?Sized> Grants for $Pointer {
            fn grants(&self, scope: &str) -> bool {
                (**self).grants(scope)
            }
        })*
    };
}

through!(&T, Box<T>, Arc<T>);

impl Grants for Cow<'_, str> {
    fn grants(&self, scope: &str) -> bool {
        self.as_ref().grants(scope)
    }
}

/// No principal, no scopes.
impl<T: Grants> Grants for Option<T> {
    fn grants(&self, scope: &str) -> bool {
        self.as_ref().is_some_and(|granted| granted.grants(scope))
    }
}
