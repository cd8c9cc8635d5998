//! Sends a fresh nonce with answers (RFC 9449 §8.2 and §9): a layer comes in front of routes, and clients with proofs always have a
//! nonce that is valid.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use axum::http::{HeaderValue, Request, Response, header::CACHE_CONTROL};
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use super::config::Dpop;
use crate::{credential::evidence::DPOP, scheme::challenge::DPOP_NONCE, token::verify::now};

impl Dpop {
    /// A layer that adds a fresh nonce (`DPoP-Nonce`) to the answers to requests with proofs. Without it a client gets a nonce only
    /// when it is refused for want of one, and sends every request of the next minute twice.
    ///
    /// Such an answer is not cached (`Cache-Control: no-store`), because a cached nonce would be an old one. Without
    /// [`nonces`](Self::nonces), the layer does nothing.
    ///
    /// ```
    /// use axum::{Router, body::Body, http::Request, routing::get};
    /// use axum_scopes::{HmacKey, sender::dpop::{Dpop, Nonces}};
    /// use tower::ServiceExt;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let dpop = Dpop::new("https://api.example.com")?.nonces(Nonces::new(&HmacKey::new([7; 32])?)?);
    /// let router: Router = Router::new().route("/", get(async || "items")).layer(dpop.nonce_layer());
    ///
    /// let answer = router.oneshot(Request::get("/").header("dpop", "…a proof…").body(Body::empty())?).await?;
    /// assert_eq!(answer.headers()["dpop-nonce"].len(), 43);
    /// assert_eq!(answer.headers()["cache-control"], "no-store");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn nonce_layer(&self) -> NonceLayer {
        NonceLayer(self.clone())
    }
}

/// The layer that [`Dpop::nonce_layer`] makes.
#[derive(Clone, Debug)]
pub struct NonceLayer(Dpop);

impl<S> Layer<S> for NonceLayer {
    type Service = WithNonce<S>;

    fn layer(&self, inner: S) -> WithNonce<S> {
        WithNonce { inner, dpop: self.0.clone() }
    }
}

/// A service behind a [`NonceLayer`].
#[derive(Clone, Debug)]
pub struct WithNonce<S> {
    inner: S,
    dpop: Dpop,
}

impl<S, B, R> Service<Request<B>> for WithNonce<S>
where
    S: Service<Request<B>, Response = Response<R>>,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = AddingNonce<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> AddingNonce<S::Future> {
        let is_asked_for = self.dpop.0.nonces.is_some() && request.headers().contains_key(DPOP);
        AddingNonce { dpop: is_asked_for.then(|| self.dpop.clone()), answer: self.inner.call(request) }
    }
}

pin_project! {
    /// The answer of a [`WithNonce`] to come.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct AddingNonce<F> {
        dpop: Option<Dpop>,
        #[pin]
        answer: F,
    }
}

impl<F: Future<Output = Result<Response<R>, E>>, R, E> Future for AddingNonce<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let mut answer = ready!(this.answer.poll(cx));
        let nonces = this.dpop.as_ref().and_then(|dpop| dpop.0.nonces.as_ref());
        if let (Some(nonces), Ok(answer)) = (nonces, &mut answer) {
            // A refusal for want of a nonce has one, which is as fresh.
            let headers = answer.headers_mut();
            headers.insert(DPOP_NONCE, nonces.current(now()));
            headers.insert(CACHE_CONTROL, const { HeaderValue::from_static("no-store") });
        }
        Poll::Ready(answer)
    }
}
