//! Short strings that a request keeps in place, text that the compiler puts together, and URLs.

pub(crate) mod constant;
pub(crate) mod https_url;
pub(crate) mod safe_url;
pub(crate) mod short;
