//! Chapters, one for each task.

#![cfg_attr(
    not(all(
        feature = "issuer",
        feature = "password",
        feature = "utoipa",
        feature = "aide",
        feature = "swagger-ui",
        feature = "testing"
    )),
    allow(
        rustdoc::broken_intra_doc_links,
        reason = "without a feature, the chapters and items that need it are not there"
    )
)]

#[cfg(feature = "jwt")]
#[doc = include_str!("guards.md")]
pub mod guards {}

#[cfg(all(feature = "jwt", feature = "utoipa", feature = "aide", feature = "swagger-ui"))]
#[doc = include_str!("documents.md")]
pub mod documents {}

#[cfg(all(feature = "jwt", feature = "testing"))]
#[doc = include_str!("testing.md")]
pub mod testing {}

#[cfg(feature = "issuer")]
#[doc = include_str!("behind_a_provider.md")]
pub mod behind_a_provider {}

#[cfg(all(feature = "aws_lc_rs", feature = "password"))]
#[doc = include_str!("from_axum_login.md")]
pub mod from_axum_login {}

#[cfg(feature = "jwt")]
#[doc = include_str!("from_an_extractor.md")]
pub mod from_an_extractor {}

#[cfg(all(feature = "aws_lc_rs", feature = "password"))]
#[doc = include_str!("operations.md")]
pub mod operations {}

#[cfg(feature = "jwt")]
#[doc = include_str!("guarantees.md")]
pub mod guarantees {}
