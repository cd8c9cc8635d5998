use axum_scopes::private::Lent;

// Only the library can lend scopes to a function.
fn lend() -> Lent {
    Lent(unreachable!())
}

fn main() {}
