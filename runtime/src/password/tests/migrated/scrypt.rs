//! Hashes of scrypt, as other libraries write them.

use super::{Hashes, Tested, are_accepted_and_replaced, are_refused, cut, with};
use crate::password::tests::{cheap, stored::Stored};

const PASSLIB: &str = "$scrypt$ln=5,r=2,p=3$de7dW0sJYWyt9Z7zvreWsg$hrfEVJrsD0dftU4wPPQa0H77RgZ6vILeBGSZjKxuaE4";
const DJANGO: &str =
    "scrypt$16$saltsalt$2$3$vzNStGP2G3pd1QmSgRiCninrXyKHn7JuafcpDwJselrzKFpugAqijeMOfJ6m4JlQbv7xShtY0ZEShRYjk3f/KA==";
const WERKZEUG: &str = "scrypt:32768:8:1$4jQrmxWKuuyOxrAJ$838da1b75354e7da1ad04c9e8cf47673f3c1c070baa5f5e68c8549bdc748871cfd5e554e80dcfccad32eaa0ee30139918c3532dc14a4e12729e75e16d1e03ea0";

const HASHES: &Hashes = &[
    (
        "secret",
        &[
            PASSLIB,
            "$scrypt$ln=4,r=8,p=1$h/D+H8MYI2QMAQBAKIUQ4g$yQ6PnrzGVDR0jSb7f6nXewImWPFyfFwRprEqAkcR8G4",
            "$scrypt$ln=16,r=8,p=1$nPO+916rFUIIQSglJOT8nw$av79Kv5V69BT9Y5DKf0HsKIXhcPTCFvfnk/ITgt1xno",
            DJANGO,
            "scrypt$16384$93Xl8P3rFDCh9iLxIntu2y$8$5$OsHTxdBxnzfmD2XF5LpvFJAalpRQQgah/Q2HPNdT9sFcLXjv6oKCGDoo8fUqbnGt3oIOWAxqxV4wLiJbn12rRQ==",
            WERKZEUG,
        ],
    ),
    (
        "pässwörd\0 with NUL",
        &[
            "scrypt$16$saltsalt$2$3$bCCnvu+nzFuV4HHMHxWKxCdbyaXMW5ohqlcxNsdndEYzcUKtvsg5ghFy3N72dzkVBJWUDBTa2qJsm4ws6cTckw==",
            "$scrypt$ln=5,r=2,p=3$Y0wJgXAuJQSAEMKYE2JsjQ$IysU2+NLuBs1s1UZVRMlbnvnrM6Wjh+C8hql1Qtq4RM",
        ],
    ),
    (
        "",
        &[
            "scrypt$16$saltsalt$2$3$vDQXgJKGIoG1M/lE/9mloUnxM2JXNoULP/vwSoOAt5R7eqojGokrjYEvyxsiz+7SiHSZKwxL7g/EO8PT24nvnw==",
            "$scrypt$ln=5,r=2,p=3$fg9hTMnZG4NQqrWW0tqbMw$Zsc3HoNucpx3wUXHl2v23UvGq7I1a9540Za0dc/gazo",
        ],
    ),
];

#[tokio::test]
async fn scrypt_hashes_of_other_libraries_are_accepted_and_always_replaced() -> Tested {
    are_accepted_and_replaced(HASHES).await
}

#[tokio::test]
async fn malformed_scrypt_hashes_are_refused() -> Tested {
    for hash in [PASSLIB, DJANGO, WERKZEUG] {
        are_refused(cut(hash)).await?;
    }
    for number in ["0", "05", "+5", "-5", "", " 5", "4294967296", "64", "99999999999999999999"] {
        for (part, name) in [("ln=5", "ln="), ("r=2", "r="), ("p=3", "p=")] {
            // 64 blocks are allowed.
            if name == "r=" && number == "64" {
                continue;
            }
            are_refused(with(PASSLIB, part, &[&format!("{name}{number}")])).await?;
        }
    }
    are_refused(with(PASSLIB, "ln=5,r=2,p=3", &["r=2,ln=5,p=3", "ln=5,r=2", "ln=5,r=2,p=3,p=3", "ln=5, r=2,p=3"]))
        .await?;
    are_refused(with(PASSLIB, "de7dW0sJYWyt9Z7zvreWsg", &["", "de7dW0sJYWyt9Z7zvreWsh", "de7d.", "de7d="])).await?;
    are_refused(with(DJANGO, "$16$", &["$0$", "$1$", "$15$", "$17$", "$016$", "$$", "$-16$", "$4294967296$"])).await?;
    are_refused(with(DJANGO, "$2$3$", &["$2$", "$2$0$", "$0$3$", "$2$3$3$", "$02$3$", "$2$17$", "$65$3$"])).await?;
    are_refused(with(DJANGO, "saltsalt", &["", &"x".repeat(257)])).await?;
    are_refused(with(DJANGO, "KA==", &["KA", "KA=", "KB==", ""])).await?;
    are_refused(with(WERKZEUG, "32768", &["0", "1", "32767", "032768", "", "2097152"])).await?;
    are_refused(with(WERKZEUG, "838d", &["838D", "838", "838g", ""])).await
}

#[test]
fn a_scrypt_hash_has_a_price_limit() -> Tested {
    let policy = cheap()?;
    let is_read = |cost: &str| Stored::read(&PASSLIB.replace("ln=5,r=2,p=3", cost), &policy.params).is_some();
    for cost in ["ln=18,r=8,p=2", "ln=17,r=16,p=2", "ln=15,r=64,p=2", "ln=1,r=64,p=16", "ln=21,r=1,p=2"] {
        assert!(is_read(cost), "{cost}");
    }
    for cost in [
        "ln=19,r=8,p=1",
        "ln=18,r=8,p=3",
        "ln=17,r=16,p=3",
        "ln=15,r=65,p=1",
        "ln=1,r=1,p=17",
        "ln=22,r=1,p=1",
        "ln=63,r=1,p=1",
        "ln=63,r=4294967295,p=4294967295",
        // Their product has more than 32 bits.
        "ln=1,r=65536,p=65536",
        "ln=1,r=64,p=150000016",
    ] {
        assert!(!is_read(cost), "{cost}");
    }
    Ok(())
}
