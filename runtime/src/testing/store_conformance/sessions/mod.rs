//! What a store of sessions has to do.

mod ending;
mod expiry;
mod listing;
mod login;
mod races;
mod rotation;
mod texts;

use crate::login::store::SessionStore;

pub(super) async fn all<S: SessionStore + Clone>(replicas: &[S]) {
    rotation::all(replicas).await;
    expiry::all(replicas).await;
    ending::all(replicas).await;
    listing::all(replicas).await;
    texts::all(replicas).await;
    races::all(replicas).await;
}
