//! Personal tokens in memory, under one lock.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use super::{
    super::{digest::Digest, personal::PersonalToken},
    forget::Ends,
};

#[derive(Default)]
pub(super) struct PersonalTokens(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    tokens: HashMap<Digest, PersonalToken>,
    /// The digests by subject and `id`.
    of_subject: HashMap<String, BTreeMap<String, Digest>>,
    ends: Ends<Digest>,
}

impl PersonalTokens {
    /// The lock. Nothing panics under it.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn create(&self, token: &PersonalToken, digest: Digest, at_most: u32) -> bool {
        let mut kept = self.kept();
        kept.forget(token.created);
        let (subject, id) = (token.subject.as_str(), token.id.clone());
        if kept.of(subject).filter(|known| is_good(known, token.created)).count() >= at_most as usize {
            return false;
        }
        kept.of_subject.entry(subject.to_owned()).or_default().insert(id, digest);
        if let Some(expires) = token.expires {
            kept.ends.add(expires, digest);
        }
        kept.tokens.insert(digest, token.clone());
        true
    }

    pub(super) fn find(&self, digest: &Digest, now: SystemTime, coarse: Duration) -> Option<PersonalToken> {
        let mut kept = self.kept();
        let token = kept.tokens.get_mut(digest).filter(|token| is_good(token, now))?;
        // A clock that is behind notes nothing.
        let is_old = |used: SystemTime| now.duration_since(used).is_ok_and(|since| since >= coarse);
        if token.last_used.is_none_or(is_old) {
            token.last_used = Some(now);
        }
        Some(token.clone())
    }

    pub(super) fn list(&self, subject: &str, now: SystemTime) -> Vec<PersonalToken> {
        let mut tokens: Vec<_> = self.kept().of(subject).filter(|token| is_good(token, now)).cloned().collect();
        tokens.sort_by_key(|token| std::cmp::Reverse(token.created));
        tokens
    }

    pub(super) fn delete(&self, subject: &str, id: &str) -> bool {
        let mut kept = self.kept();
        let digest = kept.of_subject.get(subject).and_then(|tokens| tokens.get(id)).copied();
        digest.is_some_and(|digest| kept.remove(&digest))
    }

    pub(super) fn delete_all(&self, subject: &str) -> u64 {
        let mut kept = self.kept();
        let digests: Vec<_> = kept.of_subject.get(subject).into_iter().flat_map(BTreeMap::values).copied().collect();
        digests.iter().filter(|digest| kept.remove(digest)).count() as u64
    }
}

fn is_good(token: &PersonalToken, now: SystemTime) -> bool {
    token.expires.is_none_or(|expires| now < expires)
}

impl Kept {
    fn of(&self, subject: &str) -> impl Iterator<Item = &PersonalToken> {
        let digests = self.of_subject.get(subject).into_iter().flat_map(BTreeMap::values);
        digests.filter_map(|digest| self.tokens.get(digest))
    }

    /// Whether it was there.
    fn remove(&mut self, digest: &Digest) -> bool {
        let Some(token) = self.tokens.remove(digest) else { return false };
        if let Some(expires) = token.expires {
            self.ends.remove(expires, digest);
        }
        if let Some(tokens) = self.of_subject.get_mut(token.subject.as_str()) {
            tokens.remove(&token.id);
            if tokens.is_empty() {
                self.of_subject.remove(token.subject.as_str());
            }
        }
        true
    }

    fn forget(&mut self, now: SystemTime) {
        for digest in self.ends.over(now) {
            self.remove(&digest);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::{PersonalToken, PersonalTokens};
    use crate::{scopes::set::Scopes, token::subject::Subject};

    const HOUR: Duration = Duration::from_secs(3600);

    #[test]
    fn tokens_that_have_expired_leave_nothing_behind() {
        let (tokens, now) = (PersonalTokens::default(), SystemTime::now());
        let token = |id: u8, created| PersonalToken {
            id: id.to_string(),
            subject: Subject::from("amy"),
            name: String::new(),
            scope: Scopes::new(),
            created,
            expires: Some(created + HOUR),
            last_used: None,
        };
        for id in 0..50 {
            assert!(tokens.create(&token(id, now), [id; 32], 100));
        }
        assert!(tokens.delete("amy", "7"));
        for id in 100..104 {
            assert!(tokens.create(&token(id, now + 2 * HOUR), [id; 32], 100));
        }
        let kept = tokens.kept();
        assert_eq!((kept.tokens.len(), kept.of_subject.len(), kept.of_subject["amy"].len()), (4, 1, 4));
    }
}
