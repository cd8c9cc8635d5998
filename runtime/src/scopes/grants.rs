//! Granted scopes: types that can be compared with the scopes that a path requires.

use std::{
    borrow::Borrow,
    collections::{BTreeSet, HashSet},
    hash::{BuildHasher, Hash},
    sync::Arc,
};

/// A set of granted scopes.
///
/// [`Scopes`](crate::Scopes) implements it, and so do lists and sets of names. Implement it for a principal type of your own to
/// pass that type to [`SecurityScopes::check`](crate::SecurityScopes::check).
///
/// Strings do not implement it, because a user name or a raw token would then pass for a set of scopes. If a string is a
/// `scope` that you trust, make it [`Scopes::from`](crate::Scopes).
///
/// Grant a scope only if the principal has exactly this one. A scope that includes others (`IMPLIES`) is looked up by the library.
/// It asks for the required scope first, and if that is not granted, for those that include it. So a type that grants all scopes
/// but a few would grant these, too.
///
/// ```
/// use axum_scopes::{Grants, Scopes};
///
/// assert!(Scopes::from("me items").grants("items"));
/// assert!(!Scopes::from("me items").grants("item"));
/// assert!(["me", "items"].grants("me"));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which scopes are granted",
    label = "expected granted scopes",
    note = "pass `Scopes` or a list of names, or implement `Grants` for `{Self}` if it is a type of yours",
    note = "to grant what a verified `scope` claim says, pass `&Scopes::from(text)`; a name or a raw token is no such claim"
)]
pub trait Grants {
    /// Whether `scope` is granted. Names are compared byte for byte.
    fn grants(&self, scope: &str) -> bool;
}

#[diagnostic::do_not_recommend]
impl<T: AsRef<str>> Grants for [T] {
    fn grants(&self, scope: &str) -> bool {
        self.iter().any(|granted| granted.as_ref() == scope)
    }
}

#[diagnostic::do_not_recommend]
impl<T: AsRef<str>, const N: usize> Grants for [T; N] {
    fn grants(&self, scope: &str) -> bool {
        self.as_slice().grants(scope)
    }
}

#[diagnostic::do_not_recommend]
impl<T: AsRef<str>> Grants for Vec<T> {
    fn grants(&self, scope: &str) -> bool {
        self.as_slice().grants(scope)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Borrow<str> + Eq + Hash, H: BuildHasher> Grants for HashSet<T, H> {
    fn grants(&self, scope: &str) -> bool {
        self.contains(scope)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Borrow<str> + Ord> Grants for BTreeSet<T> {
    fn grants(&self, scope: &str) -> bool {
        self.contains(scope)
    }
}

macro_rules! through {
    ($($Pointer:ty),*) => {
        $(#[diagnostic::do_not_recommend]
        impl<T: Grants + ?Sized> Grants for $Pointer {
            fn grants(&self, scope: &str) -> bool {
                (**self).grants(scope)
            }
        })*
    };
}

through!(&T, Box<T>, Arc<T>);

/// `None` grants nothing.
#[diagnostic::do_not_recommend]
impl<T: Grants> Grants for Option<T> {
    fn grants(&self, scope: &str) -> bool {
        self.as_ref().is_some_and(|granted| granted.grants(scope))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_sets_grant_what_they_hold() {
        fn check(granted: &(impl Grants + ?Sized)) {
            assert!(granted.grants("a") && granted.grants("b"));
            assert!(!granted.grants("c") && !granted.grants("") && !granted.grants("a b"));
        }
        const NAMES: [&str; 2] = ["a", "b"];
        check(&NAMES);
        check(NAMES.as_slice());
        check(&NAMES.to_vec());
        check(&NAMES.map(str::to_owned).to_vec());
        check(&HashSet::from(NAMES));
        check(&BTreeSet::from(NAMES));
        check(&Box::new(NAMES));
        check(&Arc::new(NAMES));
        check(&&NAMES);
        check(&Some(NAMES));
        assert!(!None::<[&str; 2]>.grants("a"));
    }
}
