use axum_scopes_tests::prelude::*;

#[security]
async fn read_note(note: String) -> Result<String, AuthError> {
    Ok(note)
}

#[security]
async fn create_note(Depends(note): Depends<read_note>) -> String {
    note
}

fn main() {}
