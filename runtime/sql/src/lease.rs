//! A connection of a pool for one call. A call that was cut off leaves no broken connection behind.

use std::time::Duration;

use sqlx::{Any, AnyConnection, Connection, pool::PoolConnection};
use tokio::{runtime::Handle, time::timeout};

/// How long a connection has to answer after a call was cut off.
const ANSWERS_WITHIN: Duration = Duration::from_secs(1);

/// A connection that goes back to its pool.
#[derive(Debug)]
pub(crate) struct Lease {
    connection: Option<PoolConnection<Any>>,
    /// Whether a connection that does not answer is closed. The one of a database in memory has the data, and always answers.
    may_hang: bool,
    /// Whether a transaction has begun, or may have: the call may be cut off before its `BEGIN` is answered.
    begun: bool,
}

impl Lease {
    pub(crate) fn new(connection: PoolConnection<Any>, may_hang: bool) -> Self {
        Self { connection: Some(connection), may_hang, begun: false }
    }

    /// The connection, which is there until the lease is dropped.
    pub(crate) fn connection(&mut self) -> Result<&mut AnyConnection, sqlx::Error> {
        self.connection.as_deref_mut().ok_or(sqlx::Error::PoolClosed)
    }

    /// The connection, for a transaction.
    pub(crate) fn connection_to_begin(&mut self) -> Result<&mut AnyConnection, sqlx::Error> {
        self.begun = true;
        self.connection()
    }

    /// The call is done, and the connection as good as before.
    pub(crate) fn settle(mut self) {
        self.connection = None;
    }
}

impl Drop for Lease {
    /// The pool pings each connection that comes back, without a limit on time. A connection into nowhere would keep its place in the
    /// pool until TCP gives up, so one that may be such is pinged here first.
    ///
    /// One that may have a transaction is closed. For Postgres, sqlx rolls back only transactions whose `BEGIN` was answered. In the others, what
    /// the next calls write would never be committed.
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take().filter(|_| self.may_hang) else { return };
        if self.begun {
            return connection.close_on_drop();
        }
        let Ok(runtime) = Handle::try_current() else { return };
        runtime.spawn(async move {
            if !matches!(timeout(ANSWERS_WITHIN, connection.ping()).await, Ok(Ok(()))) {
                connection.close_on_drop();
            }
        });
    }
}
