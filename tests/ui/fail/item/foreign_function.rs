use axum_scopes_tests::prelude::*;

unsafe extern "C" {
    #[security]
    fn read_items();
}

fn main() {}
