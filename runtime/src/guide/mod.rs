//! Chapters, one for each task. Each shows the whole code, which is compiled and run as a test.
//!
//! A chapter can be read by itself. This is the order for those who read them all:
//!
//! - [`from_fastapi`]: the name here for each name that you know from FastAPI
//! - [`users`]: users in a database, their login, and what happens to disabled ones
//! - [`optional_users`]: routes that know their user, and are open to strangers as well
//! - [`roles`]: scopes by role, and roles that include others
//! - [`several_schemes`]: a token or an API key, and a verifier for each scheme
//! - [`cookies_and_websockets`]: tokens where a browser cannot send `Authorization`
//! - [`your_own_errors`]: refusals in the form of your service, or as the RFCs have it
//! - [`tenants`]: rows that belong to one customer, and callers who may touch no others

// A chapter names items of other features than its code needs. On docs.rs all features are on.
#![cfg_attr(
    not(all(
        feature = "jwt",
        feature = "issuer",
        feature = "password",
        feature = "utoipa",
        feature = "swagger-ui",
        feature = "testing",
    )),
    allow(rustdoc::broken_intra_doc_links, rustdoc::private_intra_doc_links)
)]

#[doc = include_str!("from_fastapi.md")]
#[cfg(feature = "jwt")]
pub mod from_fastapi {}

#[doc = include_str!("users.md")]
#[cfg(all(feature = "jwt", feature = "password"))]
pub mod users {}

#[doc = include_str!("optional_users.md")]
#[cfg(feature = "jwt")]
pub mod optional_users {}

#[doc = include_str!("roles.md")]
#[cfg(feature = "jwt")]
pub mod roles {}

#[doc = include_str!("several_schemes.md")]
#[cfg(feature = "jwt")]
pub mod several_schemes {}

#[doc = include_str!("cookies_and_websockets.md")]
#[cfg(feature = "jwt")]
pub mod cookies_and_websockets {}

#[doc = include_str!("your_own_errors.md")]
pub mod your_own_errors {}

#[doc = include_str!("tenants.md")]
#[cfg(feature = "jwt")]
pub mod tenants {}
