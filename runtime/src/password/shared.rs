//! What clones of `Passwords` share: the engine, and the queue before it. Work comes in, its result goes out.

use std::{
    hash::{BuildHasher, Hash, RandomState},
    sync::Arc,
};

use super::{
    engine::Engine,
    error::PasswordError,
    lanes::{Lanes, Share},
    policy::PasswordPolicy,
};

pub(super) struct Shared {
    pub(super) engine: Engine,
    lanes: Arc<Lanes>,
    /// Random, so that nobody chooses a name that shares the place of another.
    hasher: RandomState,
}

impl Shared {
    pub(super) fn new(policy: PasswordPolicy) -> Arc<Self> {
        let lanes = Lanes::new(policy.hashes_at_once(), policy.queue);
        Arc::new(Self { engine: Engine::new(policy.params), lanes, hasher: RandomState::new() })
    }

    pub(super) fn share_of(&self, key: impl Hash) -> Share {
        Share::Of(self.hasher.hash_one(key))
    }

    /// Waits for a permit, and does `work` on a thread that may block.
    pub(super) async fn run<T: Send + 'static>(
        self: &Arc<Self>,
        share: Share,
        work: impl FnOnce(&Engine) -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let shared = Arc::clone(self);
        let permit = shared.lanes.permit(share).await?;
        let done = tokio::task::spawn_blocking(move || {
            // The work cannot be cancelled, so it keeps the permit even if the caller is.
            let _permit = permit;
            work(&shared.engine)
        });
        done.await.map_err(|_| PasswordError::Failed)?
    }
}
