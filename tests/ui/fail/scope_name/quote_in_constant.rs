use axum_scopes_tests::prelude::*;

mod names {
    pub const READ: &str = "read\"items";
}

// A name from a constant reaches the challenge as it is.
#[security(scopes = [names::READ])]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {}
