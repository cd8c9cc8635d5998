use axum_scopes::testing::Overrides;

fn main() {
    let _ = Overrides::<()>::new();
}
