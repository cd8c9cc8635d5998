use axum_scopes::private::Path;

struct Nowhere;

// A path of the user's own that requires nothing.
impl Path for Nowhere {
    const OUTER: &'static [&'static str] = &[];
    const INNER: &'static [&'static str] = &[];
}

fn main() {}
