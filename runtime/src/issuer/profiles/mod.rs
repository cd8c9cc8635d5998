//! Ready-made issuers: takes what differs from one customer of a provider to the next, yields an issuer with the rules that the
//! provider's documentation gives.
//!
//! Each profile is a start. The methods of [`Issuer`](super::Issuer) change what differs, such as the claims that hold scopes.

mod clouds;
mod entra;
mod hosted;
mod workloads;

#[cfg(test)]
mod tests;
