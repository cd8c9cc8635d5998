use axum_scopes_tests::prelude::*;

mod names {
    pub const READ: &str = "read\"items";
}

// A name from a constant is written into the challenge unchanged.
#[security(scopes = [names::READ])]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {}
