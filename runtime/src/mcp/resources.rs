//! Which scopes the URI of a resource needs: the declared URIs and beginnings of URIs come in, and the one that fits goes out.

use super::spelling::{decoded, plain, scheme_without_authority, stays_below};

/// The declared resources of an endpoint, each with what decides.
#[derive(Clone, Debug)]
pub(super) struct Resources<T>(Vec<Resource<T>>);

#[derive(Clone, Debug)]
struct Resource<T> {
    pattern: Pattern,
    /// Its text in two spellings, each made once: [`decoded`], and [`plain`] or else decoded.
    decoded: Vec<u8>,
    plain: Vec<u8>,
    value: T,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    /// This URI alone.
    Uri(String),
    /// All URIs that begin with this.
    Below(String),
}

impl<T> Default for Resources<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Resources<T> {
    /// Adds a declaration. Whether it is new.
    pub(super) fn add(&mut self, pattern: Pattern, value: T) -> bool {
        let is_new = self.0.iter().all(|known| known.pattern != pattern);
        let decoded = decoded(pattern.text());
        let plain = plain(pattern.text()).unwrap_or_else(|| decoded.clone());
        self.0.push(Resource { pattern, decoded, plain, value });
        is_new
    }

    /// What decides about `uri`: its own declaration, or else the longest beginning.
    pub(super) fn find(&self, uri: &str) -> Option<&T> {
        let own = self.0.iter().find(|one| matches!(&one.pattern, Pattern::Uri(own) if own == uri));
        if let Some(own) = own {
            return Some(&own.value);
        }
        // Whoever reads schemes and hosts without regard to case takes `notes://Admin/` for `notes://admin/`, others decode `%40` to `@`, or
        // take a URI with a slash at its end for the one without. So the longest declaration is found in their way, and then has to fit
        // as it is written.
        let read = decoded(uri);
        let longest = self.0.iter().filter(|one| one.pattern.is_spelled(&one.decoded, &read));
        let longest = longest.max_by_key(|one| one.pattern.length())?;
        match &longest.pattern {
            Pattern::Below(prefix) if uri.strip_prefix(prefix.as_str()).is_some_and(stays_below) => {
                Some(&longest.value)
            }
            _ => None,
        }
    }

    /// Whether nobody may take `uri` for one that is declared.
    pub(super) fn are_others(&self, uri: &str) -> bool {
        if self.0.is_empty() {
            return true;
        }
        let Some(uri) = plain(uri) else { return false };
        !self.0.iter().any(|one| one.may_be_in_other_words(&uri))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (String, &T)> {
        self.0.iter().map(|one| match &one.pattern {
            Pattern::Uri(uri) => (uri.clone(), &one.value),
            Pattern::Below(prefix) => (format!("{prefix}*"), &one.value),
        })
    }
}

impl<T> Resource<T> {
    /// Whether somebody may take a URI for this one who reads URIs in any way. The URI is in its [`plain`] spelling.
    fn may_be_in_other_words(&self, uri: &[u8]) -> bool {
        let is_of_one_scheme = scheme_without_authority(uri)
            .is_some_and(|scheme| self.plain.strip_prefix(scheme).is_some_and(|rest| rest.starts_with(b"://")));
        is_of_one_scheme || self.pattern.is_spelled(&self.plain, uri)
    }
}

impl Pattern {
    /// Whether somebody may take `uri` for one of these, whose own text is `own` in the same spelling.
    fn is_spelled(&self, own: &[u8], uri: &[u8]) -> bool {
        match self {
            Self::Uri(_) => without_slash(own) == without_slash(uri),
            Self::Below(_) => uri.starts_with(own) || without_slash(own) == uri,
        }
    }

    fn text(&self) -> &str {
        let (Self::Uri(text) | Self::Below(text)) = self;
        text
    }

    fn length(&self) -> usize {
        match self {
            Self::Uri(_) => usize::MAX,
            Self::Below(prefix) => prefix.len(),
        }
    }
}

fn without_slash(mut uri: &[u8]) -> &[u8] {
    while let [rest @ .., b'/'] = uri {
        uri = rest;
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resources() -> Resources<&'static str> {
        let mut resources = Resources::default();
        for (pattern, value) in [
            (Pattern::Below("notes://shared/".to_owned()), "reader"),
            (Pattern::Below("notes://shared/admin/".to_owned()), "admin"),
            (Pattern::Uri("notes://shared/key".to_owned()), "owner"),
            (Pattern::Uri("notes://today".to_owned()), "reader"),
            (Pattern::Below("notes://search?".to_owned()), "reader"),
            (Pattern::Below("notes://shared/@root/".to_owned()), "admin"),
        ] {
            assert!(resources.add(pattern, value));
        }
        resources
    }

    #[test]
    fn a_uri_has_the_scopes_of_the_longest_declaration() {
        for (uri, expected) in [
            ("notes://today", Some("reader")),
            ("notes://shared/", Some("reader")),
            ("notes://shared/a", Some("reader")),
            ("notes://shared/a/b.txt", Some("reader")),
            ("notes://search?q=a", Some("reader")),
            ("notes://shared/a%20b%c3%a9/", Some("reader")),
            ("notes://shared/{id}", Some("reader")),
            ("notes://shared/%40joe", Some("reader")),
            ("notes://shared/@root/a", Some("admin")),
            ("notes://shared/key", Some("owner")),
            ("notes://shared/key2", Some("reader")),
            ("notes://shared/admin/a", Some("admin")),
            ("notes://shared/admins", Some("reader")),
            ("notes://shared/admin", None),
            ("notes://today/", None),
            ("notes://search", None),
            ("notes://tomorrow", None),
            ("notes://shared", None),
            ("", None),
        ] {
            assert_eq!(resources().find(uri).copied(), expected, "{uri}");
        }
    }

    #[test]
    fn a_uri_that_may_lead_elsewhere_has_no_scopes() {
        for uri in [
            "notes://shared/../secret",
            "notes://shared/a/..",
            "notes://shared/./admin/a",
            "notes://shared/%2e%2e/secret",
            "notes://shared/.%2E/secret",
            "notes://shared/%61dmin%2fa",
            "notes://shared/a%5c..%5cb",
            "notes://shared/%252e%252e/secret",
            "notes://shared/a\\..\\b",
            "notes://shared//admin/a",
            "notes://shared/a//b",
            "notes://shared/Admin/a",
            "notes://SHARED/admin/a",
            "Notes://shared/a",
            "NOTES://TODAY",
            "notes://shared/KEY",
            "notes://shared/key/",
            "notes://shared/key?x",
            "notes://shared/key#x",
            "notes://shared/%6bey",
            "notes://shared/%61dmin/a",
            "notes://shared/%40root/a",
            "notes://shared/%40ROOT",
            "notes://shared/a b",
            "notes://shared/a\tb",
            "notes://shared/a\0b",
            "notes://shared/é",
            "notes://shared/a%",
            "notes://shared/a%2",
            "notes://shared/a%zz",
            "notes://shared/a%00",
            " notes://shared/a",
        ] {
            assert_eq!(resources().find(uri), None, "{uri}");
        }
    }

    #[test]
    fn a_second_declaration_of_the_same_is_told() {
        let mut resources = resources();
        assert!(!resources.add(Pattern::Uri("notes://today".to_owned()), "admin"));
        assert!(resources.add(Pattern::Below("notes://today".to_owned()), "admin"));
    }
}
