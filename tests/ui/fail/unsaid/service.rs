use std::convert::Infallible;

use axum::{body::Body, http::{Request, Response}};
use axum_scopes::secure::Router;
use tower::service_fn;

fn main() {
    let files = service_fn(async |_: Request<Body>| Ok::<_, Infallible>(Response::new(Body::empty())));
    let _: Router = Router::new().route_service("/logo", files);
    let _: Router = Router::new().nest_service("/files", files);
}
