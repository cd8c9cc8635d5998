use axum_scopes_tests::prelude::*;

async fn guard(_: Depends<get_current_user>, request: Request, next: Next) -> Response {
    next.run(request).await
}

fn main() {
    let _: Router = Router::new().layer(from_fn(guard));
}
