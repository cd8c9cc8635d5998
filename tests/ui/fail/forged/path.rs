use axum_scopes::private::Path;

struct Nowhere;

// A user cannot write a path that requires no scopes.
impl Path for Nowhere {
    const OUTER: &'static [&'static str] = &[];
    const INNER: &'static [&'static str] = &[];
}

fn main() {}
