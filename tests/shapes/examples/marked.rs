//! What a function with `#[security]` looks like to its callers: the future that it returns names the function.

#![deny(warnings)]

use axum::response::IntoResponse;
use axum_scopes_tests::prelude::*;

fn main() {
    shapes::all();
}

mod shapes {
    use super::*;

    /// Reads items.
    #[must_use]
    #[security(scopes = ["items"])]
    pub(crate) async fn read_items(Depends(user): Depends<get_current_user>, mut headers: HeaderMap) -> String {
        headers.clear();
        user.0
    }

    /// A parameter has the name of the function.
    #[security]
    async fn path(_: Depends<get_current_user>, path: HeaderMap) -> impl IntoResponse {
        path
    }

    #[security]
    async fn generic<T: Send + Default + 'static>(
        _: Depends<get_current_user>,
    ) -> Result<impl IntoResponse, AuthError> {
        drop(T::default());
        Ok("items")
    }

    /// Another attribute sees the function as it is written.
    #[security(depends(get_current_user))]
    #[axum::debug_handler]
    #[tracing::instrument(skip_all, fields(page))]
    async fn traced(State(page): State<u8>) -> Result<(), AuthError> {
        tracing::Span::current().record("page", page);
        Ok(())
    }

    #[security]
    #[deprecated]
    async fn old(_: Depends<get_current_user>) {}

    /// The future is sent exactly if the function's own is.
    #[security]
    async fn local(_: Depends<get_current_user>) -> String {
        let held = std::rc::Rc::new(7);
        std::future::ready(()).await;
        held.to_string()
    }

    fn is_sent<T: Send>(_: &T) {}

    pub(crate) fn all() {
        let items = read_items(Depends(User("amy".to_owned())), HeaderMap::new());
        is_sent(&items);
        assert_eq!(block_on(items), "amy");
        let _ = block_on(path(Depends(User(String::new())), HeaderMap::new()));
        let _ = block_on(generic::<u8>(Depends(User(String::new()))));
        assert!(block_on(traced(Depends(User(String::new())), State(1))).is_ok());
        #[allow(deprecated)]
        block_on(old(Depends(User(String::new()))));
        assert_eq!(block_on(local(Depends(User(String::new())))), "7");
        let _: Router<u8> = Router::new()
            .route("/items", get(read_items))
            .route("/path", get(path))
            .route("/generic", get(generic::<u8>))
            .route("/traced", get(traced));
    }

    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = std::pin::pin!(future);
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        loop {
            if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
        }
    }
}
