use axum_scopes_tests::prelude::*;

struct Config;

#[security]
async fn handler(Depends(config): Depends<Config>) {
    let _ = config;
}

fn main() {}
