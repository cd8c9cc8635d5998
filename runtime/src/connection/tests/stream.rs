//! Streams that end with their lease.

use std::{pin::pin, sync::Arc};

use futures_util::{Stream, StreamExt, stream};
use tokio::time::{Instant, sleep};

use super::{HOUR, claims, is_about, seconds};
use crate::connection::lease::Lease;

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_silent_ends() {
    let begin = Instant::now();
    let mut stream = Lease::of(&claims(seconds(100))).stream(stream::pending::<u8>());
    assert_eq!(stream.next().await, None);
    assert!(is_about(begin.elapsed(), 100), "{:?}", begin.elapsed());
    assert_eq!(stream.next().await, None);
}

/// A stream that always has an item never waits, so no timer wakes it.
#[tokio::test]
async fn a_stream_that_is_never_silent_ends() {
    let lease = Lease::of(&claims(seconds(2)));
    let count = lease.stream(stream::repeat(0)).fold(0_u64, async |count, _| count + 1).await;
    assert!(count > 0);
}

#[tokio::test(start_paused = true)]
async fn nothing_of_a_stream_comes_after_the_end() {
    let mut stream = pin!(Lease::of(&claims(seconds(60))).stream(stream::iter(0..)));
    assert_eq!(stream.next().await, Some(0));
    sleep(seconds(60)).await;
    assert_eq!(stream.next().await, None);
    assert_eq!(stream.size_hint(), (0, Some(0)));
}

#[tokio::test(start_paused = true)]
async fn a_stream_is_dropped_at_the_end() {
    for (lifetime, items) in [(seconds(60), 0..u64::MAX), (HOUR, 0..0)] {
        let held = Arc::new(());
        let holder = Arc::clone(&held);
        let slow = stream::iter(items).then(move |item| {
            let _holder = Arc::clone(&holder);
            async move {
                sleep(seconds(7)).await;
                item
            }
        });
        let mut stream = pin!(Lease::of(&claims(lifetime)).stream(slow));
        while stream.next().await.is_some() {
            assert!(Arc::strong_count(&held) > 1);
        }
        assert_eq!(Arc::strong_count(&held), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_ends_by_itself_ends() {
    let items = Lease::of(&claims(HOUR)).stream(stream::iter([1, 2, 3]));
    assert_eq!(items.size_hint(), (0, Some(3)));
    assert_eq!(items.collect::<Vec<_>>().await, [1, 2, 3]);
}
