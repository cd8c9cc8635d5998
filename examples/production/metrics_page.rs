//! `/metrics`, at an address of its own, so that it never stands on the address that everybody reaches.

use std::time::Duration;

use axum::{Router, routing::get};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;

/// Begins to measure, and serves the measurements in Prometheus' format at `address`.
pub async fn serve(address: &str) -> Result<(), String> {
    let recorder = PrometheusBuilder::new().build_recorder();
    let page = recorder.handle();
    metrics::set_global_recorder(recorder).map_err(|error| format!("cannot measure: {error}"))?;
    let listener = TcpListener::bind(address).await;
    let listener =
        listener.map_err(|error| format!("cannot listen on {address} ({error}), which is METRICS_LISTEN"))?;
    tokio::spawn(keep(page.clone()));
    let router = Router::new().route("/metrics", get(async move || page.render()));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(())
}

/// Measurements that nobody fetches are summed up, so that they stay small.
async fn keep(page: PrometheusHandle) {
    let mut interval = tokio::time::interval(Duration::from_secs(5));
    loop {
        interval.tick().await;
        page.run_upkeep();
    }
}
