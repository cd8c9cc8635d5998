//! Hashes of PBKDF2, as other libraries write them.

use super::{Hashes, Tested, are_accepted_and_replaced, are_refused, cut, with};
use crate::password::{pbkdf2::StoredPbkdf2, tests::cheap, tests::stored::Stored};

const PHC: &str =
    "$pbkdf2-sha256$i=1000,l=32$c2FsdHNhbHRzYWx0c2FsdHNhbHQyMg$sAF0rQXEGlXF/oRgtuVXG4hR+pfO3pqlBmwwzZN4TcY";
const PASSLIB: &str = "$pbkdf2-sha512$1000$jFFK6V2rdY6Rcm5NqVXqXQ$BopAhrRoxPBRnagBHCupx53xOTKemnAVWMUw7ydlpvK9JnoNBx/Knqvx4nUXoC3GajnjyZdj4kd6DXA1r70v.g";
const DJANGO: &str = "pbkdf2_sha256$1000$saltsaltsaltsaltsalt22$sAF0rQXEGlXF/oRgtuVXG4hR+pfO3pqlBmwwzZN4TcY=";
const WERKZEUG: &str =
    "pbkdf2:sha256:1000$6Qbt1ubMetsQT7MC$4aa8b6da39dad5ad3757e6f249cdd64a3792b02789f034efc7ffd251cdef4b4d";

const HASHES: &Hashes = &[
    (
        "secret",
        &[
            PHC,
            "$pbkdf2-sha256$i=1000$c2FsdHNhbHRzYWx0c2FsdHNhbHQyMg$sAF0rQXEGlXF/oRgtuVXG4hR+pfO3pqlBmwwzZN4TcY",
            PASSLIB,
            "$pbkdf2-sha256$1000$sfYeAwDgvNf6//8/hzBmbA$931uho1I9uwTj7fheghbH2/C1wX2fwlXNdNHbZ2VLVY",
            "$pbkdf2-sha256$29000$sPYeA8BYqzUmpDQGgPAeIw$nOHbukAy.j3WNPzw7R5Wxq9BGLpTNtZks/1C0OlhHSg",
            DJANGO,
            "pbkdf2_sha256$1000$Hdjk2R4OPBbf$9885LzFXHjk0NYmTJk0KKRWNFQkoYrI2I+elg/kHWEU=",
            "pbkdf2_sha256$1000000$rc1DHfKSDvdhEx0La1PEn9$nlmvSQO2eviGGP4ILEu+HODd5OPYZ7z+yu04Gx/lrNo=",
            WERKZEUG,
        ],
    ),
    (
        "pässwörd\0 with NUL",
        &[
            "pbkdf2_sha256$1000$saltsaltsaltsaltsalt22$QoVD964YkzzMiKHL3pHfxZRAnC8iumhnubk/a44wvag=",
            "$pbkdf2-sha256$1000$7l0LQejdO.fcOweg9P5/Tw$7WeHl6B8oazPeFZGh2lNeH6GdTYYwSdd7sngPp5Qe2k",
            "$pbkdf2-sha512$1000$GWOMkTLmnJMSAiAEQEhJaQ$px9q/UkukBvv5u34XH3srY4wayCDiVhj1KuPZB2heMCww1ejWb/wt0k3gFCxNOhHVZ3GKytHEdsfogsUl.LHgg",
            "pbkdf2:sha256:1000$82n1di3VKYE5Jwbo$14f9062100fe33673d1bd80abe2c5e6f39b6a8d65fa687afcac1745de95cf6e9",
        ],
    ),
    (
        "",
        &[
            "pbkdf2_sha256$1000$saltsaltsaltsaltsalt22$zb65SpkYGRVfPeulmRagZuch6XMbD2Q611cuifThPmM=",
            "$pbkdf2-sha256$1000$Oefc.9.7d67VmvPem9N6Tw$K9Lj5gHAManCvGMPWxTZcO8JqZo07krieyU6a8ACafM",
            "pbkdf2:sha256:1000$gM7YcDhlVuvYNVaT$1ddf9efea575c64e2d3b887f40c7a3dd5a19f046003d7e059bbe96385ece3e17",
        ],
    ),
];

#[tokio::test]
async fn pbkdf2_hashes_of_other_libraries_are_accepted_and_always_replaced() -> Tested {
    are_accepted_and_replaced(HASHES).await
}

#[tokio::test]
async fn malformed_pbkdf2_hashes_are_refused() -> Tested {
    let numbers = [
        "0",
        "01000",
        "+1000",
        "-1000",
        "1e3",
        " 1000",
        "1000 ",
        "",
        "999",
        "4294967296",
        "99999999999999999999",
        "\u{661}000",
    ];
    for (hash, salt) in [
        (PHC, "c2FsdHNhbHRzYWx0c2FsdHNhbHQyMg"),
        (PASSLIB, "jFFK6V2rdY6Rcm5NqVXqXQ"),
        (DJANGO, "saltsaltsaltsaltsalt22"),
        (WERKZEUG, "6Qbt1ubMetsQT7MC"),
    ] {
        are_refused(cut(hash)).await?;
        are_refused(with(hash, "1000", &numbers)).await?;
        are_refused(with(hash, salt, &["", &"x".repeat(400)])).await?;
        are_refused(with(hash, "sha", &["sha-", "SHA", "sha1", "md"])).await?;
    }
    are_refused(with(PHC, ",l=32", &[",l=31", ",l=33", ",l=", ",l=032", ",x=32", ",l=32,l=32", ",l=4294967328"]))
        .await?;
    are_refused(with(PHC, "i=1000,l=32", &["l=32,i=1000", "i=1000,", "I=1000", "i=i=1000", "v=1,i=1000"])).await?;
    are_refused(with(PHC, "c2FsdHNhbHRzYWx0c2FsdHNhbHQyMg", &["c2FsdHNhbHRzYWx0c2FsdHNhbHQyMh", "c2Fsd.==", "c2Fsd$"]))
        .await?;
    are_refused(with(PHC, "/oRgt", &["_oRgt", "?oRgt", "=oRgt"])).await?;
    are_refused(with(PASSLIB, "v.g", &["v+g", "v.h", "v.g=", "v-g"])).await?;
    are_refused(with(DJANGO, "TcY=", &["TcY", "TcY==", "TcZ=", "TcY.", ""])).await?;
    are_refused(with(WERKZEUG, "4aa8", &["4AA8", "4aa", "", "4aag", "4a a8"])).await?;
    are_refused(with(WERKZEUG, "39dad5ad3757e6f249cdd64a3792b02789f034efc7ffd251cdef4b4d", &[""])).await
}

#[test]
fn a_pbkdf2_hash_has_a_price_limit() -> Tested {
    let policy = cheap()?;
    let is_read = |hash: String| Stored::read(&hash, &policy.params).is_some();
    for (hash, blocks) in [(DJANGO, 1), (PASSLIB, 1), (PHC, 1), (WERKZEUG, 1)] {
        assert!(is_read(hash.replacen("1000", &(5_000_000 / blocks).to_string(), 1)), "{hash}");
        assert!(!is_read(hash.replacen("1000", &(5_000_000 / blocks + 1).to_string(), 1)), "{hash}");
        assert!(!is_read(hash.replacen("1000", &u32::MAX.to_string(), 1)), "{hash}");
    }
    // Two blocks of SHA-256.
    let two = |iterations| {
        format!(
            "$pbkdf2-sha256$i={iterations},l=64$c2FsdHNhbHQ$BopAhrRoxPBRnagBHCupx53xOTKemnAVWMUw7ydlpvK9JnoNBx/Knqvx4nUXoC3GajnjyZdj4kd6DXA1r70v+g"
        )
    };
    assert!(is_read(two(2_500_000)) && !is_read(two(2_500_001)));
    assert!(StoredPbkdf2::read(DJANGO).and_then(|stored| stored.compare(b"secret")).is_some_and(|accepted| accepted));
    Ok(())
}
