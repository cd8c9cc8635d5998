//! A future is marked by hand as that of a function with a mistake, of which nothing is known.

use axum_scopes::{
    private::{Mistake, Of},
    secure::{Router, get},
};

fn open() -> Of<Mistake, impl Future<Output = ()>> {
    Of::new(async {})
}

fn main() {
    let _: Router = Router::new().route("/", get(open));
}
