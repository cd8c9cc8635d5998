//! Limits attempts to log in, before a password is hashed: an attempt comes in, it may go on or has to wait.

mod admitted;
mod attempt;
mod cookie;
mod counter;
mod device;
mod engine;
mod keys;
mod refusals;
#[cfg(test)]
mod tests;

pub use self::{
    admitted::Admitted,
    attempt::{Attempt, Throttled},
    cookie::DeviceCookie,
    engine::Throttle,
};
