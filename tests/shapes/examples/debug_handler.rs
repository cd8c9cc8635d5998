use axum_scopes_tests::prelude::*;

#[derive(Clone)]
struct App;

#[security(scopes = ["items"])]
#[axum::debug_handler]
async fn read_items(Depends(user): Depends<get_current_user>) -> String {
    user.0
}

#[security(scopes = ["items"], depends(get_current_user))]
#[axum::debug_handler(state = App)]
async fn create_item(State(_): State<App>, required: RequiredScopes, Json(item): Json<u8>) -> String {
    format!("{} {item}", required.scope_str())
}

#[security]
#[axum::debug_middleware]
async fn guard(_: Depends<get_current_user>, request: Request, next: Next) -> Response {
    next.run(request).await
}

#[security(scopes = ["items"])]
#[axum::debug_handler]
async fn greet(user: Option<Depends<get_current_user>>) -> String {
    user.map_or_else(String::new, |Depends(user)| user.0)
}

fn main() {
    let _: Router = Router::new()
        .route("/items", get(read_items))
        .route("/item", get(create_item))
        .layer(from_fn(guard))
        .with_state(App);
}
