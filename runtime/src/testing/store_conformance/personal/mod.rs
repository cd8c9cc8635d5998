//! What a store of personal tokens has to do.

mod deleting;
mod finding;
mod keeping;
mod token;

use crate::login::store::PersonalTokenStore;

pub(super) async fn all<S: PersonalTokenStore + Clone>(replicas: &[S]) {
    keeping::all(replicas).await;
    finding::all(replicas).await;
    deleting::all(replicas).await;
}
