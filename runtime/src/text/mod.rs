//! Text: short strings that a request keeps in place, and text that the compiler puts together.

pub(crate) mod constant;
pub(crate) mod short;
