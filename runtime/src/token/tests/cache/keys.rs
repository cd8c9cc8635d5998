//! The cache keeps signatures apart by key.

use super::*;

/// One cache, used by several key sets in turn.
#[test]
fn an_entry_belongs_to_one_key() {
    let (old, new) = (Signer::new(), Signer::new());
    let before = old.verifier();
    let token = old.sign(r#"{"alg":"ES256","kid":"a"}"#, CLAIMS);
    accepts(&before, &token);
    let with = |keys: Vec<VerificationKey>| TokenVerifier::new(keys).with_cache(cache(&before).clone());
    let (old_key, new_key) = (old.key(), new.key());
    // The same key read again hits, whatever its `kid` and the keys beside it.
    assert_eq!(accepts(&with(vec![old.key()]), &token), 0);
    assert_eq!(accepts(&with(vec![old_key.clone().with_kid("a")]), &token), 0);
    assert_eq!(accepts(&with(vec![new_key.clone(), old_key.clone()]), &token), 0);
    assert_eq!(accepts(&with(vec![new_key.clone().with_kid("b"), old_key.clone().with_kid("a")]), &token), 0);
    // The key is gone, replaced, or not the one that is named.
    assert_eq!(refuses(&with(vec![]), &token, TokenError::Algorithm), 0);
    assert_eq!(refuses(&with(vec![new_key.clone().with_kid("a")]), &token, TokenError::Signature), 1);
    assert_eq!(refuses(&with(vec![new_key.clone()]), &token, TokenError::Signature), 1);
    assert_eq!(refuses(&with(vec![old_key.clone().with_kid("b")]), &token, TokenError::Key), 0);
    let both = with(vec![new_key.with_kid("a"), old_key.with_kid("b")]);
    assert_eq!(refuses(&both, &token, TokenError::Signature), 1);
}

/// The token does not choose among these keys.
#[test]
fn an_entry_belongs_to_the_key_that_signed() {
    let signers = [Signer::new(), Signer::new()];
    let keys: Vec<_> = signers.iter().map(Signer::key).collect();
    for (place, signer) in signers.iter().enumerate() {
        let all = TokenVerifier::new(keys.clone()).token_cache(100);
        let token = signer.token();
        assert_eq!([(); 3].map(|()| accepts(&all, &token)), [place + 1, 0, 0]);
        for (other, key) in keys.iter().enumerate() {
            let one = TokenVerifier::new([key.clone()]).with_cache(cache(&all).clone());
            if other == place {
                assert_eq!(accepts(&one, &token), 0);
            } else {
                assert_eq!(refuses(&one, &token, TokenError::Signature), 1);
            }
        }
        assert_eq!(cache(&all).len(), 1);
    }
}
