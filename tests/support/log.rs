//! From the events that axum-scopes logs to lines of text.

use std::{
    fmt::{self, Write},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use tracing::{
    Dispatch, Event, Metadata, Subscriber,
    field::{Field, Visit},
    instrument::WithSubscriber,
    span,
    subscriber::{DefaultGuard, set_default},
};

/// The output of `future`, and a line `LEVEL message field=value…` for each event that was logged meanwhile.
///
/// ```
/// use axum_scopes_test_support::logged;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let refuse = async { tracing::warn!(target: "axum_scopes", scheme = "Api", "a token is refused") };
/// let ((), lines) = logged(refuse).await;
/// assert_eq!(lines, [r#"WARN a token is refused scheme="Api""#]);
/// # }
/// ```
pub async fn logged<F: IntoFuture>(future: F) -> (F::Output, Vec<String>) {
    let log = Log::new();
    let output = future.into_future().with_subscriber(Dispatch::new(log.clone())).await;
    (output, log.lines())
}

/// Collects only the events of axum-scopes.
#[derive(Clone, Debug)]
pub struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    /// Collects what this thread logs until the guard is dropped.
    ///
    /// ```
    /// use axum_scopes_test_support::Log;
    ///
    /// let (log, guard) = Log::listen();
    /// tracing::error!(target: "axum_scopes", "our event");
    /// tracing::error!(target: "axum", "another event");
    /// drop(guard);
    /// tracing::error!(target: "axum_scopes", "a later event");
    /// assert_eq!(log.text(), "ERROR our event");
    /// ```
    #[must_use]
    pub fn listen() -> (Self, DefaultGuard) {
        let log = Self::new();
        let guard = set_default(log.clone());
        (log, guard)
    }

    /// An empty one, beside another subscriber. While there is only one, `tracing` asks that of the thread which comes to an event first.
    /// If this thread has none, the event is off for all threads.
    fn new() -> Self {
        static OTHER: OnceLock<Dispatch> = OnceLock::new();
        OTHER.get_or_init(|| Dispatch::new(Self(Arc::default())));
        Self(Arc::default())
    }

    /// A line for each event so far.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// All lines in one text.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines().join("\n")
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("axum_scopes")
    }

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(event.metadata().level().to_string());
        event.record(&mut line);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line.0);
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = match field.name() {
            "message" => write!(self.0, " {value:?}"),
            name => write!(self.0, " {name}={value:?}"),
        };
    }
}
