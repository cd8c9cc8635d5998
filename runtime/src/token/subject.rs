//! Whom a token is for.

use std::{fmt, ops::Deref};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::text::short::Short;

/// The subject of a token (RFC 7519 §4.1.2): a `str` that is kept in place where it is short.
///
/// ```
/// use axum_scopes::token::Subject;
///
/// let subject = Subject::from("johndoe");
/// assert_eq!(subject, "johndoe");
/// let name: String = subject.into();
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Subject(Short);

impl Subject {
    /// The text.
    ///
    /// ```
    /// assert_eq!(axum_scopes::token::Subject::from("johndoe").as_str(), "johndoe");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl From<&str> for Subject {
    fn from(text: &str) -> Self {
        Self(Short::from(text))
    }
}

impl From<String> for Subject {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<&String> for Subject {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<Subject> for String {
    fn from(subject: Subject) -> Self {
        subject.as_str().to_owned()
    }
}

impl Deref for Subject {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Subject {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq<str> for Subject {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Subject {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Subject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Subject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl de::Visitor<'_> for Text {
            type Value = Subject;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Subject, E> {
                Ok(Subject::from(text))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::Subject;

    #[test]
    fn a_subject_is_its_text() {
        for text in ["johndoe", "", "j\u{f6}hn \"doe\"\n", &"x".repeat(200)] {
            let subject = Subject::from(text);
            assert_eq!(subject, text);
            assert_eq!(&subject, text);
            assert!(subject != "another" && &subject != "another");
            assert_eq!((&*subject, subject.as_ref(), subject.as_str()), (text, text, text));
            assert_eq!(subject, Subject::from(text.to_owned()));
            assert_eq!(subject, Subject::from(&text.to_owned()));
            assert_ne!(subject, Subject::from(format!("{text} ")));
            assert_eq!(format!("{subject:?} {subject}"), format!("Subject({text:?}) {text}"));
            assert_eq!(String::from(subject), text);
        }
        assert_eq!(format!("{:>9}", Subject::from("johndoe")), "  johndoe");
    }

    #[test]
    fn a_subject_is_a_string_in_json() {
        for json in [r#""johndoe""#, r#""\u00e9\n""#, r#""""#] {
            let (subject, text) = (serde_json::from_str::<Subject>(json), serde_json::from_str::<String>(json));
            let (Ok(subject), Ok(text)) = (subject, text) else { unreachable!("{json}") };
            assert_eq!(subject, text.as_str());
            assert_eq!(serde_json::to_string(&subject).ok(), serde_json::to_string(&text).ok());
        }
        for json in ["1", "null", r#"["johndoe"]"#, "{}"] {
            let error = serde_json::from_str::<Subject>(json).map_or_else(|error| error.to_string(), String::from);
            assert!(error.contains("expected a string"), "{error}");
        }
    }
}
