use axum_scopes::private::Checked;

// The note that the scopes were compared cannot be made without comparing them.
fn note() -> Checked {
    Checked(true.into())
}

fn main() {}
