//! Proofs that were used, and stores that cannot tell.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use axum_scopes_test_support::{Proof, ProofKey, now};

use super::{NOW, TOKEN, URL, check, dpop, good};
use crate::{
    error::StoreError,
    jose::HmacKey,
    sender::dpop::{Dpop, MemoryReplayStore, Nonces, ReplayStore, fault::ProofFault},
    token::VerifyError,
};

/// A store that remembers everything, and counts.
#[derive(Clone, Default)]
struct Always(Arc<Mutex<Vec<Asked>>>);

/// The digest, the client and the end that a store was asked with.
type Asked = ([u8; 32], [u8; 32], u64);

impl ReplayStore for Always {
    async fn first_use(&self, digest: &[u8; 32], client: &[u8; 32], until: u64) -> Result<bool, StoreError> {
        let mut all = self.0.lock().unwrap();
        let is_new = all.iter().all(|(known, ..)| known != digest);
        all.push((*digest, *client, until));
        Ok(is_new)
    }
}

/// A store whose database is down.
struct Down;

impl ReplayStore for Down {
    async fn first_use(&self, _: &[u8; 32], _: &[u8; 32], _: u64) -> Result<bool, StoreError> {
        Err(StoreError::new(7, std::io::Error::other("no connection")))
    }
}

fn used(dpop: &Dpop, proof: &Proof) -> Result<(), ProofFault> {
    now(dpop.first_use(&check(dpop, proof).unwrap(), || NOW as f64))
}

#[test]
fn a_proof_is_good_once() {
    let dpop = dpop().replay_store(Always::default());
    assert!(used(&dpop, &good()).is_ok());
    assert!(matches!(used(&dpop, &good()), Err(ProofFault::Replayed)));
    assert!(used(&dpop, &good().with("jti", "another")).is_ok());
    // Copies share the store.
    assert!(matches!(used(&dpop.clone(), &good()), Err(ProofFault::Replayed)));
}

#[test]
fn a_proof_is_known_by_its_id_and_its_key() {
    let dpop = dpop().replay_store(Always::default());
    assert!(used(&dpop, &good()).is_ok());
    // The same ID with another key, as another client may choose it.
    let other = ProofKey::new(2).proof("GET", URL, NOW).with_token(TOKEN);
    assert_eq!(other.claims["jti"], good().claims["jti"]);
    assert!(used(&dpop, &other).is_ok());
    // The same ID in another proof.
    assert!(used(&dpop, &good().with("iat", NOW - 1)).is_err());
}

#[test]
fn a_proof_that_is_only_checked_is_not_used_up() {
    let store = Always::default();
    let dpop = dpop().replay_store(store.clone());
    assert!(check(&dpop, &good()).is_ok() && check(&dpop, &good()).is_ok());
    assert!(check(&dpop, &good().with("htm", "POST")).is_err());
    assert!(store.0.lock().unwrap().is_empty());
}

#[test]
fn a_store_gets_digests_and_the_time_until_which_they_matter() {
    let store = Always::default();
    let dpop = dpop().replay_store(store.clone());
    let checked = check(&dpop, &good().with("iat", NOW as f64 - 0.5)).unwrap();
    now(dpop.first_use(&checked, || NOW as f64)).unwrap();
    let (digest, client, until) = store.0.lock().unwrap()[0];
    assert_eq!((client, until), (checked.thumbprint, NOW + 60));
    assert_ne!(digest, client);
}

/// As long as its nonce is valid, a proof of any age is.
#[test]
fn with_nonces_a_proof_matters_until_its_nonce_has_ended() {
    let (store, nonces) = (Always::default(), Nonces::new(&HmacKey::new([1; 32]).unwrap()).unwrap());
    let nonce = nonces.current(NOW as f64).to_str().unwrap().to_owned();
    let dpop = dpop().nonces(nonces.clone()).replay_store(store.clone());
    used(&dpop, &good().with("nonce", nonce.clone()).with("iat", 1)).unwrap();
    let (_, _, until) = store.0.lock().unwrap()[0];
    assert!(!nonces.is_valid(&nonce, until as f64) && nonces.is_valid(&nonce, until as f64 - 1.0));
}

#[test]
fn a_store_that_is_down_lets_nobody_in() {
    let fault = used(&dpop().replay_store(Down), &good()).unwrap_err();
    let VerifyError::Unavailable { retry_after: 7, source: Some(store) } = fault.into() else {
        panic!("not about the store")
    };
    assert_eq!(std::error::Error::source(&*store).unwrap().to_string(), "no connection");
}

fn id(n: u64) -> [u8; 32] {
    let mut id = [0; 32];
    id[..8].copy_from_slice(&n.to_be_bytes());
    id
}

#[test]
fn a_store_in_memory_forgets_a_proof_only_when_it_is_too_old() {
    let store = MemoryReplayStore::new(100);
    let used = |at: u64| store.first_use_at(&id(1), &id(0), 160, at).unwrap();
    assert!(used(100));
    assert!(!used(100) && !used(159));
    // Another proof makes it forget the first.
    assert!(store.first_use_at(&id(2), &id(0), 221, 161).unwrap());
    assert!(format!("{store:?}").contains("used: 1,"), "{store:?}");
    // The first is too old to be accepted, so this is no first use, also after the clock was set back.
    assert!(!used(161) && !used(160) && !used(100));
}

#[test]
fn a_store_in_memory_has_room_again_when_proofs_are_too_old() {
    let store = MemoryReplayStore::new(64).share(64);
    let first = |n: u64, until: u64, at: u64| store.first_use_at(&id(n), &id(0), until, at);
    for n in 0..64 {
        assert!(first(n, 160 + n % 2, 100).unwrap());
    }
    assert!(first(64, 160, 100).is_err());
    // What it knows it still knows.
    assert!(!first(0, 160, 100).unwrap());
    assert!(first(64, 220, 160).unwrap());
    // Those that end a second later are still there, with the new one.
    assert!(!first(1, 161, 160).unwrap());
    for n in 65..96 {
        assert!(first(n, 220, 160).unwrap(), "{n}");
    }
    assert!(first(96, 220, 160).is_err());
}

#[test]
fn all_clients_together_have_the_memory_of_the_store() {
    let store = MemoryReplayStore::new(16);
    let first = |n: u64, at: u64| store.first_use_at(&id(n), &id(n), at + 60, at);
    for n in 0..16 {
        assert!(first(n, 100).unwrap());
    }
    assert!(first(16, 100).is_err() && first(17, 159).is_err());
    assert!(first(18, 160).unwrap());
}

/// Old proofs of others, which are forgotten a few at a time, must not keep a client out.
#[test]
fn a_client_gets_its_share_back_at_once() {
    let store = MemoryReplayStore::new(1600).share(10);
    for n in 0..200 {
        assert!(store.first_use_at(&id(n), &id(n), 150, 100).unwrap());
    }
    for n in 1000..1010 {
        assert!(store.first_use_at(&id(n), &id(1000), 160, 100).unwrap());
    }
    assert!(store.first_use_at(&id(1010), &id(1000), 220, 160).unwrap());
}

#[test]
fn one_client_has_a_share_of_the_memory() {
    let store = MemoryReplayStore::new(160);
    let first = |n: u64, client: u64, at: u64| store.first_use_at(&id(n), &id(client), at + 60, at);
    for n in 0..10 {
        assert!(first(n, 1, 100).unwrap());
    }
    for n in 10..1000 {
        assert!(first(n, 1, 100).is_err());
    }
    assert!(first(1000, 2, 100).unwrap());
    // A minute later the client has room again.
    assert!(first(2000, 1, 160).unwrap());
    // Nothing is left of what is too old.
    assert!(format!("{store:?}").contains("used: 1,"), "{store:?}");
}

#[test]
fn of_many_uses_at_once_one_is_the_first() {
    let (store, firsts) = (MemoryReplayStore::new(100), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for n in 0..5 {
                    let is_first = store.first_use_at(&id(n), &id(0), 160, 100).unwrap();
                    firsts.fetch_add(usize::from(is_first), Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(firsts.into_inner(), 5);
}
