//! Devices that an account knows.

use std::time::{Duration, SystemTime};

use super::{Attempt, account, admitted, at, key, throttle};
use crate::{
    jose::hmac_key::HmacKey,
    login::{store::MemoryThrottle, throttle::Throttle},
};

async fn cookie(throttle: &Throttle, name: &str, now: SystemTime) -> String {
    throttle.admit_at(&account(name), now).await.unwrap().succeeded_at(now).await
}

fn with<'a>(name: &'a str, device: &'a str) -> Attempt<'a> {
    Attempt { device: Some(device), ..account(name) }
}

#[tokio::test]
async fn a_known_device_is_not_concerned_by_attempts_of_others() {
    let throttle = throttle();
    let (one, other) = (cookie(&throttle, "johndoe", at(0)).await, cookie(&throttle, "johndoe", at(0)).await);
    assert_eq!(admitted(&throttle, account("johndoe"), at(0)).await, 5);
    assert_eq!(admitted(&throttle, with("johndoe", &one), at(0)).await, 10);
    assert_eq!(admitted(&throttle, with("JohnDoe ", &other), at(0)).await, 10);
}

#[tokio::test]
async fn a_device_that_has_used_up_its_attempts_does_not_get_those_of_the_account() {
    let throttle = throttle();
    let cookie = cookie(&throttle, "johndoe", at(0)).await;
    assert_eq!(admitted(&throttle, with("johndoe", &cookie), at(0)).await, 10);
    assert_eq!(admitted(&throttle, account("johndoe"), at(0)).await, 5);
    assert_eq!(admitted(&throttle, with("johndoe", &cookie), at(10)).await, 1);
}

#[tokio::test]
async fn a_cookie_counts_only_for_its_account_and_only_with_the_key() {
    let throttle = throttle();
    let own = cookie(&throttle, "mallory", at(0)).await;
    let other_key = Throttle::new(MemoryThrottle::default(), &HmacKey::new([8; 32]).unwrap());
    let forged = cookie(&other_key, "johndoe", at(0)).await;
    assert_eq!(admitted(&throttle, account("johndoe"), at(0)).await, 5);
    for device in [&own, &forged] {
        assert_eq!(admitted(&throttle, with("johndoe", device), at(0)).await, 0);
    }
}

#[tokio::test]
async fn a_cookie_of_any_other_text_makes_no_device_known() {
    let throttle = throttle();
    let cookie = cookie(&throttle, "johndoe", at(0)).await;
    assert_eq!(admitted(&throttle, account("johndoe"), at(0)).await, 5);
    let mut others =
        vec![String::new(), "\0".to_owned(), "x".repeat(1_000_000), format!("{cookie}="), format!("{cookie}A")];
    others.extend((0..cookie.len()).map(|end| cookie[..end].to_owned()));
    for at in 0..cookie.len() {
        let other = if &cookie[at..=at] == "A" { "B" } else { "A" };
        others.push(format!("{}{other}{}", &cookie[..at], &cookie[at + 1..]));
        others.push(format!("{}\u{e9}{}", &cookie[..at], &cookie[at + 1..]));
    }
    for other in others {
        assert_eq!(admitted(&throttle, with("johndoe", &other), at(0)).await, 0, "{other}");
    }
}

#[tokio::test]
async fn a_device_is_known_for_its_lifetime_and_not_before_it_was_issued() {
    let (day, issued) = (24 * 3_600, 1_000_000);
    let cookie = cookie(&throttle(), "johndoe", at(issued)).await;
    for (now, attempts) in
        [(issued - 61, 5), (issued - 60, 10), (issued, 10), (issued + 180 * day - 1, 10), (issued + 180 * day, 5)]
    {
        assert_eq!(admitted(&throttle(), with("johndoe", &cookie), at(now)).await, attempts, "{now}");
    }
    let short = Throttle::new(MemoryThrottle::default(), &key()).device_lifetime(Duration::from_secs(60));
    assert_eq!(admitted(&short, with("johndoe", &cookie), at(issued + 60)).await, 5);
}
