use axum_scopes::private::Lent;

// Scopes lent by somebody else than the runtime.
fn lend() -> Lent {
    Lent(unreachable!())
}

fn main() {}
