//! The queue before the hashes: a share asks for a permit, and gets it at once, in turn, or not at all.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::oneshot;

use super::error::PasswordError;

/// Of all places, one share may take one in this number, so that it takes 16 of them to fill the queue.
const SHARES: usize = 16;

/// Who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Share {
    /// All who do not say whose share is theirs. It may fill the queue.
    Common,
    /// Those with this hash.
    Of(u64),
}

pub(super) struct Lanes {
    /// How many may wait.
    places: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The permits that nobody has. There is none while somebody waits.
    free: usize,
    waiting: usize,
    /// Those who wait, in the order in which they came. No share is empty.
    shares: HashMap<Share, VecDeque<Waiter>>,
    /// The same shares. The first one is served next.
    turns: VecDeque<Share>,
    next: u64,
}

struct Waiter {
    number: u64,
    wake: oneshot::Sender<Permit>,
}

/// One hash may run. When it is dropped, the next one may.
pub(super) struct Permit(Option<Arc<Lanes>>);

/// A place in the queue. Whoever is cancelled leaves it.
struct Place<'a> {
    lanes: &'a Lanes,
    share: Share,
    number: u64,
}

impl Lanes {
    pub(super) fn new(permits: usize, places: usize) -> Arc<Self> {
        Arc::new(Self { places, state: Mutex::new(State { free: permits, ..State::default() }) })
    }

    /// A free permit, or the next one after a wait in the queue.
    pub(super) async fn permit(self: &Arc<Self>, share: Share) -> Result<Permit, PasswordError> {
        let (wake, woken) = oneshot::channel();
        let Some(number) = self.enter(share, wake)? else { return Ok(Permit(Some(Arc::clone(self)))) };
        let _place = Place { lanes: self, share, number };
        // Nobody sends if the place was given to another share.
        woken.await.map_err(|_| PasswordError::Busy)
    }

    /// Takes a free permit, and returns `None`, or else a place.
    fn enter(&self, share: Share, wake: oneshot::Sender<Permit>) -> Result<Option<u64>, PasswordError> {
        let mut state = self.state();
        if state.free > 0 {
            state.free -= 1;
            return Ok(None);
        }
        let most = if share == Share::Common { self.places } else { (self.places / SHARES).max(1) };
        let own = state.shares.get(&share).map_or(0, VecDeque::len);
        if own >= most || (state.waiting >= self.places && !state.make_room(own)) {
            return Err(PasswordError::Busy);
        }
        Ok(Some(state.push(share, wake)))
    }

    /// Gives a permit to the next who waits, or back if nobody does.
    fn pass_on(self: Arc<Self>) {
        while let Some(waiter) = self.next() {
            // Without the lock, because a permit that is dropped takes it.
            match waiter.wake.send(Permit(Some(Arc::clone(&self)))) {
                Ok(()) => return,
                Err(mut unwanted) => drop(unwanted.0.take()),
            }
        }
    }

    fn next(&self) -> Option<Waiter> {
        let mut state = self.state();
        let next = state.pop();
        state.free += usize::from(next.is_none());
        next
    }

    /// The free permits, if nobody waits.
    #[cfg(test)]
    pub(super) fn idle(&self) -> Option<usize> {
        let state = self.state();
        let is_empty = state.waiting == 0 && state.shares.is_empty() && state.turns.is_empty();
        is_empty.then_some(state.free)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn push(&mut self, share: Share, wake: oneshot::Sender<Permit>) -> u64 {
        let number = self.next;
        self.next += 1;
        self.waiting += 1;
        let lane = self.shares.entry(share).or_default();
        if lane.is_empty() {
            self.turns.push_back(share);
        }
        lane.push_back(Waiter { number, wake });
        number
    }

    /// The longest waiter of the share whose turn it is.
    fn pop(&mut self) -> Option<Waiter> {
        let share = self.turns.pop_front()?;
        let lane = self.shares.get_mut(&share)?;
        let waiter = lane.pop_front()?;
        self.waiting -= 1;
        if lane.is_empty() {
            self.shares.remove(&share);
        } else {
            self.turns.push_back(share);
        }
        Some(waiter)
    }

    /// Takes a place from the share that has most of them, if that still has no fewer afterwards than a share that has `own` and
    /// gets one more. Its latest waiter leaves.
    fn make_room(&mut self, own: usize) -> bool {
        let Some((_, lane)) = self.shares.iter_mut().max_by_key(|(_, lane)| lane.len()) else { return false };
        let has_more = lane.len() > own + 1;
        if has_more {
            lane.pop_back();
            self.waiting -= 1;
        }
        has_more
    }

    fn remove(&mut self, share: Share, number: u64) {
        let Some(lane) = self.shares.get_mut(&share) else { return };
        let Some(at) = lane.iter().position(|waiter| waiter.number == number) else { return };
        lane.remove(at);
        self.waiting -= 1;
        if lane.is_empty() {
            self.shares.remove(&share);
            self.turns.retain(|turn| *turn != share);
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if let Some(lanes) = self.0.take() {
            lanes.pass_on();
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.lanes.state().remove(self.share, self.number);
    }
}
