use axum_scopes_tests::prelude::*;

#[security]
async fn search(
    _: Depends<get_current_user>,
    _: Depends<get_current_user>,
    _: Depends<get_current_user>,
    _: Depends<get_current_user>,
    _: Depends<get_current_user>,
    _: Depends<get_current_user>,
    _: Depends<get_current_user>,
    _: Depends<get_current_user>,
    _: Depends<get_current_user>,
    _: Depends<get_current_user>,
    _: Depends<get_current_user>,
    _: Depends<get_current_user>,
    _: Depends<get_current_user>,
    _: Depends<get_current_user>,
    _: Depends<get_current_user>,
    _: Depends<get_current_user>,
    _: Depends<get_current_user>,
) {
}

fn main() {}
