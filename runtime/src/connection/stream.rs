//! A stream that ends with its lease.

use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::{FusedStream, Stream};
use pin_project_lite::pin_project;

use super::lease::Lease;

pin_project! {
    /// A stream that ends when its [`Lease`] ends; [`Lease::stream`] makes one.
    ///
    /// The lease is asked before each item, so nothing of the stream goes out after the end. The stream is dropped at the end.
    #[must_use = "a stream does nothing until it is polled"]
    pub struct Leased<S> {
        lease: Lease,
        #[pin]
        stream: Option<S>,
    }
}

impl Lease {
    /// The same stream, which ends when the lease ends.
    ///
    /// Use it for streams of events. The body of a file that ends so would look complete to the client.
    ///
    /// ```
    /// # use std::time::Duration;
    /// use axum_scopes::{Claims, connection::Lease};
    /// use futures_util::{StreamExt, stream};
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() {
    /// let ticks = stream::unfold(1, async |tick| {
    ///     tokio::time::sleep(Duration::from_secs(2)).await;
    ///     Some((tick, tick + 1))
    /// });
    /// let lease = Lease::of(&Claims::new("amy", "events", Duration::from_secs(5)));
    /// assert_eq!(lease.stream(ticks).collect::<Vec<_>>().await, [1, 2]);
    /// # }
    /// ```
    pub fn stream<S>(self, stream: S) -> Leased<S> {
        Leased { lease: self, stream: Some(stream) }
    }
}

impl<S: Stream> Stream for Leased<S> {
    type Item = S::Item;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        let mut this = self.project();
        let Some(stream) = this.stream.as_mut().as_pin_mut() else { return Poll::Ready(None) };
        let polled = match this.lease.poll_ended(cx) {
            Poll::Ready(_) => Poll::Ready(None),
            Poll::Pending => stream.poll_next(cx),
        };
        if let Poll::Ready(None) = polled {
            this.stream.set(None);
        }
        polled
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.stream.as_ref().map_or((0, Some(0)), |stream| (0, stream.size_hint().1))
    }
}

impl<S: Stream> FusedStream for Leased<S> {
    fn is_terminated(&self) -> bool {
        self.stream.is_none()
    }
}

impl<S> fmt::Debug for Leased<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Leased").field(&self.lease).finish()
    }
}
