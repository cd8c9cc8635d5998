//! All stores of a login in the memory of one process.

pub(crate) mod throttle;

/// The stores of a login in memory, for tests and for services that may forget all logins when they stop.
///
/// It implements all traits of [`store`](crate::login::store) and the [`ReplayStore`](crate::sender::dpop::ReplayStore). Copies share
/// what they keep.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore;
