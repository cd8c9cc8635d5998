use axum::Form;
use axum_scopes_tests::prelude::*;

#[security]
async fn read_login(Form(login): Form<Vec<(String, String)>>) -> Result<usize, AuthError> {
    Ok(login.len())
}

#[security]
async fn log_in(Depends(fields): Depends<read_login>) -> String {
    fields.to_string()
}

fn main() {}
