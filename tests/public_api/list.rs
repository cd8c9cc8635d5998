//! Prints the public items of a crate, one a line, from the JSON that rustdoc wrote of it.

use std::{env, error::Error, path::Path};

use public_api::{Builder, PublicApi};

fn main() -> Result<(), Box<dyn Error>> {
    let json = env::args().nth(1).ok_or("the path of rustdoc's JSON is missing")?;
    print!("{}", list(Path::new(&json))?);
    Ok(())
}

/// Without auto traits and blanket impls, which follow from the rest and would hide what changed.
fn list(json: &Path) -> Result<PublicApi, public_api::Error> {
    Builder::from_rustdoc_json(json).omit_auto_trait_impls(true).omit_blanket_impls(true).build()
}
