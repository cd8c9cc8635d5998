//! The rules of refresh tokens, by the numbers of the requirements.

use std::{collections::HashSet, time::Duration};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use tokio::time::sleep;

use super::{Refreshed, TestStore, Tested, begin, next, replica};
use crate::{jose::hmac_key::HmacKey, login::sessions::Sessions, scopes::set::Scopes};

const NO_TIME: Duration = Duration::ZERO;
const HOUR: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn refresh_tokens_are_256_random_bits_and_the_store_sees_digests_alone() -> Tested {
    let store = TestStore::default();
    let sessions = replica(&store)?;
    let mut tokens = HashSet::new();
    for _ in 0..50 {
        let (_, token) = begin(&sessions, "amy").await?;
        let Some(successor) = next(&sessions, token.as_str()).await? else { return Err("refused".into()) };
        for token in [token, successor] {
            let bytes = URL_SAFE_NO_PAD.decode(token.as_str())?;
            assert_eq!(bytes.len(), 32);
            assert_eq!(format!("{token:?}"), "RefreshToken([redacted])");
            assert!(store.seen().iter().all(|seen| *seen != bytes));
            assert!(tokens.insert(bytes));
        }
    }
    // Each bit is set in some tokens and not in others.
    for bit in 0..256 {
        let count = tokens.iter().filter(|token| token[bit / 8] >> (bit % 8) & 1 == 1).count();
        assert!((15..=85).contains(&count), "bit {bit} is set in {count} of 100");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_uses_at_once_one_wins_and_all_get_the_same_successor() -> Tested {
    let store = TestStore::default();
    let replicas = [replica(&store)?, replica(&store)?];
    for _ in 0..50 {
        let (session, token) = begin(&replicas[0], "amy").await?;
        let uses = (0..8).map(|at| {
            let (sessions, token) = (replicas[at % 2].clone(), token.as_str().to_owned());
            tokio::spawn(async move { sessions.refresh(&token).await })
        });
        let (mut successors, mut firsts) = (HashSet::new(), 0);
        for answer in uses.collect::<Vec<_>>() {
            let Refreshed::Granted { token, repeated, .. } = answer.await?? else { return Err("refused".into()) };
            successors.insert(token.as_str().to_owned());
            firsts += usize::from(!repeated);
        }
        assert_eq!((successors.len(), firsts), (1, 1));
        assert!(!replicas[0].revocations().has_ended(session.id));
    }
    Ok(())
}

#[tokio::test]
async fn reuse_ends_the_family_and_its_access_tokens_are_refused_at_once() -> Tested {
    let sessions = replica(&TestStore::default())?.grace(NO_TIME);
    let (session, first) = begin(&sessions, "amy").await?;
    let (other, _) = begin(&sessions, "amy").await?;
    let second = next(&sessions, first.as_str()).await?.ok_or("refused")?;
    let Refreshed::Reused { session: reused, ended } = sessions.refresh(first.as_str()).await? else {
        return Err("not reused".into());
    };
    assert_eq!((&reused, ended), (&session, true));
    assert!(sessions.revocations().has_ended(session.id) && !sessions.revocations().has_ended(other.id));
    assert!(matches!(sessions.refresh(second.as_str()).await?, Refreshed::Refused));
    assert!(matches!(sessions.refresh(first.as_str()).await?, Refreshed::Reused { ended: false, .. }));
    assert_eq!(sessions.of("amy").await?, [other]);
    Ok(())
}

#[tokio::test]
async fn grace_is_for_the_direct_predecessor_while_its_successor_is_unused() -> Tested {
    let sessions = replica(&TestStore::default())?;
    let (session, first) = begin(&sessions, "amy").await?;
    let second = next(&sessions, first.as_str()).await?.ok_or("refused")?;
    let Refreshed::Granted { repeated: true, .. } = sessions.refresh(first.as_str()).await? else {
        return Err("no grace".into());
    };
    let third = next(&sessions, second.as_str()).await?.ok_or("refused")?;
    assert!(matches!(sessions.refresh(second.as_str()).await?, Refreshed::Granted { repeated: true, .. }));
    assert!(matches!(sessions.refresh(first.as_str()).await?, Refreshed::Reused { ended: true, .. }));
    assert!(matches!(sessions.refresh(third.as_str()).await?, Refreshed::Refused));
    assert!(sessions.revocations().has_ended(session.id));
    Ok(())
}

#[tokio::test]
async fn grace_ends() -> Tested {
    let sessions = replica(&TestStore::default())?.grace(Duration::from_millis(40));
    let (_, first) = begin(&sessions, "amy").await?;
    next(&sessions, first.as_str()).await?.ok_or("refused")?;
    sleep(Duration::from_millis(60)).await;
    assert!(matches!(sessions.refresh(first.as_str()).await?, Refreshed::Reused { .. }));
    Ok(())
}

#[tokio::test]
async fn a_retry_gets_the_same_successor_which_only_the_key_tells() -> Tested {
    let store = TestStore::default();
    let (one, other) = (replica(&store)?, replica(&store)?);
    let (_, first) = begin(&one, "amy").await?;
    let answers = [next(&one, first.as_str()).await?, next(&other, first.as_str()).await?];
    let [Some(lost), Some(retried)] = &answers else { return Err("refused".into()) };
    assert_eq!(lost.as_str(), retried.as_str());
    // A replica with another key gets another successor, which counts as reuse.
    let foreign = Sessions::new(store.clone(), &HmacKey::new([8; 32])?, one.revocations().clone());
    assert!(matches!(foreign.refresh(first.as_str()).await?, Refreshed::Reused { .. }));
    Ok(())
}

#[tokio::test]
async fn scopes_of_a_session_never_grow() -> Tested {
    let sessions = replica(&TestStore::default())?;
    let (begun, mut token) = begin(&sessions, "amy").await?;
    for _ in 0..5 {
        let found = sessions.find(token.as_str()).await?;
        assert_eq!(found.as_ref(), Some(&begun));
        let Refreshed::Granted { session, token: next, .. } = sessions.refresh(token.as_str()).await? else {
            return Err("refused".into());
        };
        assert_eq!((session.scope.as_str(), &session), ("me items", &begun));
        token = next;
    }
    Ok(())
}

#[tokio::test]
async fn a_token_that_is_not_used_ends_and_each_use_yields_a_fresh_one() -> Tested {
    let short = Duration::from_millis(300);
    let store = TestStore::default();
    let sessions = replica(&store)?.lifetimes(short, HOUR);
    let (_, first) = begin(&sessions, "amy").await?;
    let second = next(&sessions, first.as_str()).await?.ok_or("refused")?;
    assert_eq!(store.idle(), [short, short]);
    sleep(Duration::from_millis(310)).await;
    assert!(matches!(sessions.refresh(second.as_str()).await?, Refreshed::Refused));
    Ok(())
}

#[tokio::test]
async fn a_session_ends_however_often_it_is_refreshed() -> Tested {
    let sessions = replica(&TestStore::default())?.lifetimes(HOUR, Duration::from_millis(300));
    let (_, first) = begin(&sessions, "amy").await?;
    let second = next(&sessions, first.as_str()).await?.ok_or("refused")?;
    sleep(Duration::from_millis(310)).await;
    assert!(matches!(sessions.refresh(second.as_str()).await?, Refreshed::Refused));
    assert!(sessions.of("amy").await?.is_empty());

    let sessions = replica(&TestStore::default())?.lifetimes(Duration::MAX, Duration::MAX);
    let (session, token) = begin(&sessions, "amy").await?;
    assert!(session.expires > session.started + HOUR);
    assert!(next(&sessions, token.as_str()).await?.is_some());
    Ok(())
}

#[tokio::test]
async fn by_default_a_session_lives_for_90_days_and_its_token_for_14_unused() -> Tested {
    let store = TestStore::default();
    let (session, _) = begin(&replica(&store)?, "amy").await?;
    assert_eq!(session.expires.duration_since(session.started)?, 90 * 24 * HOUR);
    assert_eq!(store.idle(), [14 * 24 * HOUR]);
    Ok(())
}

/// An access token lives for an hour at most. A store is asked about somewhat more than that.
#[tokio::test]
async fn the_end_of_a_session_is_remembered_for_65_minutes() -> Tested {
    let store = TestStore::default();
    let sessions = replica(&store)?;
    let (session, _) = begin(&sessions, "amy").await?;
    sessions.end(session.id).await?;
    sessions.end_own("amy", session.id).await?;
    sessions.end_all("amy", None).await?;
    assert_eq!(store.remembered(), [Duration::from_secs(65 * 60); 3]);
    Ok(())
}

#[tokio::test]
async fn a_change_of_password_and_a_logout_end_families() -> Tested {
    let sessions = replica(&TestStore::default())?;
    let mut begun = Vec::new();
    for subject in ["amy", "amy", "amy", "bob"] {
        begun.push(begin(&sessions, subject).await?);
    }
    let has_ended = |at: usize| sessions.revocations().has_ended(begun[at].0.id);
    sessions.end(begun[0].0.id).await?;
    assert_eq!([0, 1, 2, 3].map(has_ended), [true, false, false, false]);
    assert_eq!(sessions.end_all("amy", Some(begun[1].0.id)).await?, 1);
    assert_eq!([0, 1, 2, 3].map(has_ended), [true, false, true, false]);
    assert_eq!(sessions.end_all("amy", None).await?, 1);
    assert_eq!([0, 1, 2, 3].map(has_ended), [true, true, true, false]);
    for (at, (_, token)) in begun.iter().enumerate() {
        assert_eq!(next(&sessions, token.as_str()).await?.is_some(), at == 3);
    }
    Ok(())
}

#[tokio::test]
async fn texts_that_cannot_be_tokens_are_refused_without_asking_the_store() -> Tested {
    let store = TestStore::default();
    let sessions = replica(&store)?;
    let long = "A".repeat(1 << 20);
    let good = URL_SAFE_NO_PAD.encode([7; 32]);
    for text in [
        "",
        "A",
        &good[1..],
        &format!("{good}A"),
        &format!("{good}="),
        &format!(" {}", &good[1..]),
        &format!("{}\n", &good[1..]),
        &good.replace('w', "+"),
        &good.replace('w', "/"),
        // The last character has two bits that mean nothing, and only one way to write them is good.
        &format!("{}9", &good[..42]),
        "\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}A",
        &long,
    ] {
        assert!(matches!(sessions.refresh(text).await?, Refreshed::Refused), "{text:?}");
        assert_eq!(sessions.find(text).await?, None, "{text:?}");
    }
    assert_eq!(store.count(), 0);
    assert!(matches!(sessions.refresh(&good).await?, Refreshed::Refused));
    assert_eq!(store.count(), 1);
    Ok(())
}

#[tokio::test]
async fn a_session_says_what_it_was_begun_with() -> Tested {
    let sessions = replica(&TestStore::default())?;
    let (session, token) = sessions.begin("amy", None, &Scopes::new(), Some([9; 32])).await?;
    assert_eq!((session.subject.as_str(), &session.client_id, session.key), ("amy", &None, Some([9; 32])));
    assert_eq!(session.expires.duration_since(session.started)?, 90 * 24 * HOUR);
    assert_eq!(sessions.find(token.as_str()).await?, Some(session));
    Ok(())
}
