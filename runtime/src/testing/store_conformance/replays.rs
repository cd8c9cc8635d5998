//! What a store of used proofs has to do.

use std::time::UNIX_EPOCH;

use super::{
    at_once::{at_once, ok},
    names::{digest, now},
};
use crate::sender::dpop::ReplayStore;

pub(super) async fn all<S: ReplayStore + Clone>(replicas: &[S]) {
    let (a, b) = (&replicas[0], &replicas[replicas.len() - 1]);
    let until = now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs() + 120;
    used_once(a, b, until).await;
    told_apart(a, until).await;
    for _ in 0..20 {
        at_the_same_time(replicas, until).await;
    }
}

async fn used_once<S: ReplayStore>(a: &S, b: &S, until: u64) {
    let (proof, client) = (digest(), digest());
    let is_first = ok(a.first_use(&proof, &client, until).await);
    assert!(is_first, "the first use of a proof is one, but `first_use` returns false");
    for (store, client, until) in
        [(a, client, until), (b, client, until), (b, digest(), until), (a, client, until + 60)]
    {
        let is_first = ok(store.first_use(&proof, &client, until).await);
        assert!(!is_first, "a proof is used once, whatever client and time are given, but `first_use` returns true");
    }
}

async fn told_apart<S: ReplayStore>(store: &S, until: u64) {
    let (proof, client) = (digest(), digest());
    let mut near = proof;
    near[31] ^= 1;
    for proof in [proof, near, digest(), client] {
        let is_first = ok(store.first_use(&proof, &client, until).await);
        assert!(is_first, "another proof of the same client is another one, but `first_use` returns false");
    }
    for _ in 0..50 {
        let is_first = ok(store.first_use(&digest(), &client, until).await);
        assert!(is_first, "a client may use 50 proofs, but `first_use` returns false");
    }
}

async fn at_the_same_time<S: ReplayStore + Clone>(replicas: &[S], until: u64) {
    let (proof, client) = (digest(), digest());
    let answers = at_once(replicas, 16, |store, _| async move { ok(store.first_use(&proof, &client, until).await) });
    let count = answers.await.into_iter().filter(|is_first| *is_first).count();
    assert!(count == 1, "of 16 uses of one proof at once, exactly one is the first; {count} are");
}
