use axum_scopes::guard;
use axum_scopes_tests::prelude::*;

#[derive(Clone)]
struct App;

#[security]
async fn opening_hours(State(_): State<App>) -> Result<(), AuthError> {
    Ok(())
}

// A guard does not see the state of the router. `with_state` of the guard is missing.
fn main() {
    let _: Router = guard!(depends(opening_hours)).protect(Router::new()).with_state(App);
}
