use axum_scopes::{HttpBasic, HttpBasicScheme};
use axum_scopes_tests::prelude::*;

struct Staff;

impl HttpBasicScheme for Staff {
    const REALM: Option<&str> = Some("staff\r\nset-cookie: a=b");
}

#[security]
async fn find_user(_: HttpBasic<Staff>) -> Result<(), AuthError> {
    Ok(())
}

fn main() {}
