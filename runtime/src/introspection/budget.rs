//! A budget of inactive answers: it fills up again at a steady rate, and nobody asks about unknown tokens while it is empty.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// At most `most` within `per`, and never more than `most` at once.
pub(super) struct Budget {
    most: f64,
    per_second: f64,
    state: Mutex<State>,
}

struct State {
    left: f64,
    at: Instant,
}

/// One answer that may be inactive. It is given back unless it is [spent](Self::spend).
pub(super) struct Reserved<'a>(Option<&'a Budget>);

impl Budget {
    pub(super) fn new(most: u32, per: Duration) -> Self {
        let most = f64::from(most.max(1));
        let per = per.max(Duration::from_millis(1)).as_secs_f64();
        Self { most, per_second: most / per, state: Mutex::new(State { left: most, at: Instant::now() }) }
    }

    /// Takes one out, or says after how many seconds there will be one.
    pub(super) fn reserve(&self) -> Result<Reserved<'_>, u32> {
        let mut state = self.filled();
        if state.left < 1.0 {
            return Err(((1.0 - state.left) / self.per_second).ceil().clamp(1.0, 60.0) as u32);
        }
        state.left -= 1.0;
        Ok(Reserved(Some(self)))
    }

    fn filled(&self) -> MutexGuard<'_, State> {
        // A panic leaves no partial state.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let passed = now.saturating_duration_since(state.at).as_secs_f64();
        state.left = (state.left + passed * self.per_second).min(self.most);
        state.at = now;
        state
    }
}

impl Reserved<'_> {
    /// The answer was inactive.
    pub(super) fn spend(mut self) {
        self.0 = None;
    }
}

impl Drop for Reserved<'_> {
    fn drop(&mut self) {
        if let Some(budget) = self.0 {
            let mut state = budget.filled();
            state.left = (state.left + 1.0).min(budget.most);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, Duration};

    #[tokio::test(start_paused = true)]
    async fn what_is_spent_comes_back_at_a_steady_rate() {
        let budget = Budget::new(10, Duration::from_secs(20));
        let spend = || budget.reserve().map(super::Reserved::spend);
        assert!((0..10).all(|_| spend().is_ok()));
        assert_eq!(spend(), Err(2));
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(spend(), Err(1));
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!((spend(), spend()), (Ok(()), Err(2)));
        tokio::time::advance(Duration::from_secs(1000)).await;
        assert_eq!((0..100).filter(|_| spend().is_ok()).count(), 10);
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_not_spent_is_given_back() {
        let budget = Budget::new(2, Duration::from_secs(1000));
        for _ in 0..10 {
            let (one, two) = (budget.reserve(), budget.reserve());
            assert!(one.is_ok() && two.is_ok() && budget.reserve().is_err());
        }
    }
}
