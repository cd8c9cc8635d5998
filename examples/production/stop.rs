//! When to stop: on ctrl-c, and on the signal by which systemd and Kubernetes ask for it.

use std::{future::Future, io, time::Duration};

use tokio::sync::watch;

/// How long requests that are under way may take to finish.
const FINISH: Duration = Duration::from_secs(15);

/// Waits until the service is asked to stop.
pub async fn asked() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminated) = signal(SignalKind::terminate()) else {
            let _ = interrupted.await;
            return;
        };
        tokio::select! {
            _ = interrupted => {}
            _ = terminated.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = interrupted.await;
}

/// Runs `serve` with a future that is ready when `asked` is. From then on it has a bounded time to end by itself, because a client
/// can keep a connection open for ever.
pub async fn gracefully<S: Future<Output = io::Result<()>>>(
    asked: impl Future<Output = ()> + Send + 'static,
    serve: impl FnOnce(Stop) -> S,
) -> io::Result<()> {
    let (tell, mut told) = watch::channel(false);
    let stop = Stop(told.clone());
    tokio::spawn(async move {
        asked.await;
        tracing::info!("stopping: no new connections, and what is under way is finished");
        let _ = tell.send(true);
    });
    let overdue = async {
        let _ = told.wait_for(|stopping| *stopping).await;
        tokio::time::sleep(FINISH).await;
    };
    tokio::select! {
        served = serve(stop) => served,
        () = overdue => {
            tracing::warn!("stopped, although some requests had not finished");
            Ok(())
        }
    }
}

/// Is waited for by whoever has to stop.
pub struct Stop(watch::Receiver<bool>);

impl Stop {
    pub async fn wait(mut self) {
        let _ = self.0.wait_for(|stopping| *stopping).await;
    }
}
