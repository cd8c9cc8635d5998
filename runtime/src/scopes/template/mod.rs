//! Scopes with parts that a request fills in: `repository:{name}:pull` is a template, and `repository:alpine:pull` is one of its
//! scopes.
//!
//! A part in braces ends at the byte that follows it in the template, so its value never has that byte. This way, two different
//! lists of values never make the same scope, and a scope has one list of values.

mod fill;
mod grammar;
mod overlap;
#[cfg(test)]
mod tests;
mod value;

pub(crate) use self::{
    fill::{Bound, Filled, Unfilled, fill, values_of},
    grammar::{have_same_parameters, is_template, mistake, parameters},
    overlap::overlap,
    value::fits,
};
