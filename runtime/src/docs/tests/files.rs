//! The files of Swagger UI are those that its authors published.

use super::*;

/// The digests of these files in npm's package `swagger-ui-dist` 5.34.1. Who raises the version of the crate reads the new files, and
/// compares them with npm's package of that version: `npm pack swagger-ui-dist@5.34.1`, then `sha256sum` of what it holds.
const DIGESTS: [(&str, &str); 4] = [
    ("swagger-ui.css", "c3cfe8248c4b0b89673600fb829924eafbac6de4bc4b2b06f5f5243483074d0a"),
    ("swagger-ui-bundle.js", "36eeb4d5640b9c036b1d0f854499af1cceebbdb260b790a03a18be5e8488fbf5"),
    ("oauth2-redirect.html", "f3546c5b74b44eac7de5b4193a641b4f23365470c109b490c566bac0de446745"),
    ("oauth2-redirect.js", "a5c8a34e09e49737382cc5019446eec7c3db3461963fc5bfe448361d3c5549e9"),
];

#[tokio::test]
async fn files_of_swagger_ui_are_those_that_were_published() -> Tested {
    let router = Docs::new(&api())?.into_router();
    for (name, digest) in DIGESTS {
        assert_eq!(fetch(&router, &format!("/docs/{name}")).await.sha256(), digest, "{name}");
    }
    // One file is of this crate.
    let theirs: Vec<_> = ASSETS.into_iter().filter(|name| *name != "init.js").collect();
    assert!(theirs.iter().all(|name| DIGESTS.iter().any(|(listed, _)| listed == name)), "{theirs:?}");
    Ok(())
}
