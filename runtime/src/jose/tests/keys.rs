//! JSON Web Keys and sets, each wrong in one way.

use serde_json::{Value, json};

use super::{ED25519, compact};
use crate::jose::{
    algorithm::Algorithm::{self, ES256, ES384, ES512, EdDSA, HS256, HS384, HS512, PS256, RS256, RS512},
    error::KeyError::{
        self, DuplicateId, Empty, Factorable, Invalid, Malformed, Member, Mixed, Private, Public, Size, TooShort,
        WrongAlgorithm, WrongUse,
    },
    hmac_key::HmacKey,
    verification_key::VerificationKey,
};

pub(crate) fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    compact::encode_onto(&mut text, bytes);
    text
}

fn ed25519() -> Value {
    serde_json::from_str(ED25519).unwrap()
}

/// RFC 7515 appendix A.3.
pub(crate) fn p256() -> Value {
    let x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    json!({"kty": "EC", "crv": "P-256", "x": x, "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})
}

fn oct(secret: impl AsRef<[u8]>) -> Value {
    json!({"kty": "oct", "k": base64(secret.as_ref())})
}

/// `2^(bits - 1) + 1`, which only factoring tells from a modulus.
fn modulus(bits: usize) -> Vec<u8> {
    let mut modulus = vec![0; bits.div_ceil(8)];
    modulus[0] = 1 << ((bits - 1) % 8);
    *modulus.last_mut().unwrap() |= 1;
    modulus
}

fn rsa(n: impl AsRef<[u8]>, e: impl AsRef<[u8]>) -> Value {
    json!({"kty": "RSA", "n": base64(n.as_ref()), "e": base64(e.as_ref())})
}

fn with(mut jwk: Value, name: &str, value: Value) -> Value {
    jwk[name] = value;
    jwk
}

fn without(mut jwk: Value, name: &str) -> Value {
    jwk.as_object_mut().unwrap().remove(name);
    jwk
}

#[track_caller]
fn assert_reads(algorithm: Algorithm, jwk: &Value, expected: Result<(), KeyError>) {
    assert_eq!(VerificationKey::from_jwk(algorithm, &jwk.to_string()).map(drop), expected, "{algorithm} {jwk}");
}

#[test]
fn a_key_has_the_type_of_its_algorithm() {
    let keys = [(oct([7; 64]), "oct"), (rsa(modulus(2048), [1, 0, 1]), "RSA"), (p256(), "EC"), (ed25519(), "OKP")];
    for algorithm in Algorithm::ALL {
        let kty = match &algorithm.name()[..2] {
            "HS" => "oct",
            "RS" | "PS" => "RSA",
            "ES" => "EC",
            _ => "OKP",
        };
        for (key, its) in &keys {
            let suits = kty == *its && !matches!(algorithm, ES384 | ES512);
            assert_reads(algorithm, key, if suits { Ok(()) } else { Err(WrongAlgorithm) });
            assert_reads(algorithm, &without(key.clone(), "kty"), Err(WrongAlgorithm));
        }
    }
    assert_reads(ES256, &with(p256(), "crv", json!("P-384")), Err(WrongAlgorithm));
    assert_reads(ES384, &with(p256(), "crv", json!("P-384")), Err(WrongAlgorithm));
    assert_reads(ES256, &without(p256(), "crv"), Err(WrongAlgorithm));
    assert_reads(EdDSA, &with(ed25519(), "crv", json!("X25519")), Err(WrongAlgorithm));
    assert_reads(EdDSA, &with(ed25519(), "crv", json!("Ed448")), Err(WrongAlgorithm));
}

#[test]
fn a_key_is_for_verifying_signatures() {
    for (name, value, expected) in [
        ("alg", json!("EdDSA"), Ok(())),
        ("alg", json!("ES256"), Err(WrongAlgorithm)),
        ("alg", json!("eddsa"), Err(WrongAlgorithm)),
        ("alg", json!(""), Err(WrongAlgorithm)),
        ("alg", json!(null), Err(Malformed)),
        ("use", json!("sig"), Ok(())),
        ("use", json!("enc"), Err(WrongUse)),
        ("use", json!(""), Err(WrongUse)),
        ("use", json!(["sig"]), Err(Malformed)),
        ("key_ops", json!(["verify"]), Ok(())),
        ("key_ops", json!([]), Err(WrongUse)),
        ("key_ops", json!(["sign"]), Err(WrongUse)),
        ("key_ops", json!(["sign", "verify"]), Err(WrongUse)),
        ("key_ops", json!(["verify", "verify"]), Err(WrongUse)),
        ("key_ops", json!(["verify", "encrypt"]), Err(WrongUse)),
        ("key_ops", json!("verify"), Err(Malformed)),
        ("key_ops", json!(null), Err(Malformed)),
        ("key_ops", json!(["verify", "sign", "verify", 1]), Err(Malformed)),
        ("key_ops", json!(["verify", "sign", "encrypt", "decrypt"]), Err(WrongUse)),
        ("kid", json!(1), Err(Malformed)),
        ("x5c", json!(["anything"]), Ok(())),
    ] {
        assert_reads(EdDSA, &with(ed25519(), name, value), expected);
    }
    let both_ways = with(oct([7; 32]), "key_ops", json!(["sign", "verify"]));
    assert_reads(HS256, &both_ways, Ok(()));
    for wrong in [&["sign"][..], &["sign", "verify", "verify"], &["verify", "sign", "encrypt"]] {
        assert_reads(HS256, &with(oct([7; 32]), "key_ops", json!(wrong)), Err(WrongUse));
    }
    let contradictory = with(with(ed25519(), "use", json!("enc")), "key_ops", json!(["verify"]));
    assert_reads(EdDSA, &contradictory, Err(WrongUse));
}

#[test]
fn private_keys_are_refused() {
    for member in ["d", "p", "q", "dp", "dq", "qi", "oth"] {
        for value in [json!("AQAB"), json!(null), json!([])] {
            for (algorithm, key) in [(EdDSA, ed25519()), (ES256, p256()), (RS256, rsa(modulus(2048), [3]))] {
                assert_reads(algorithm, &with(key, member, value.clone()), Err(Private));
            }
        }
    }
}

#[test]
fn keys_are_read_strictly() {
    let no_set = format!("{{\"keys\":[{ED25519}]}}").replace("\"kty\":\"OKP\",", "");
    for (jwk, because) in [
        ("".to_owned(), Malformed),
        (format!("{ED25519}x"), Malformed),
        (format!("[{ED25519}]"), Malformed),
        (no_set, WrongAlgorithm),
        (ED25519.replace("\"x\"", "\"kty\":\"OKP\",\"x\""), Malformed),
        (ED25519.replace("\"x\"", "\"y\":1,\"x\""), Malformed),
        (ED25519.replace("\"x\"", "\"unknown\":{\"a\":1,\"a\":1},\"x\""), Malformed),
        (ED25519.replace("URo\"", "URo=\""), Member("x")),
        // Unused bits.
        (ED25519.replace("URo\"", "URp\""), Member("x")),
        (ED25519.replace("URo\"", "U+o\""), Member("x")),
        (ED25519.replace("URo\"", "U\""), Member("x")),
        (ED25519.replace("\"x\"", "\"X\""), Member("x")),
        (ED25519.replace("\"x\":\"11", "\"x\":\"AA11"), Member("x")),
    ] {
        assert_eq!(VerificationKey::from_jwk(EdDSA, &jwk).unwrap_err(), because, "{jwk}");
    }
    let key = VerificationKey::from_jwk(EdDSA, &ED25519.replace("\"x\"", "\"kid\":\"\\u0031\",\"x\"")).unwrap();
    assert_eq!((key.algorithm(), key.kid()), (EdDSA, Some("1")));
}

#[test]
fn secrets_are_long_enough_and_not_public() {
    for (algorithm, least) in [(HS256, 32), (HS384, 48), (HS512, 64)] {
        assert_reads(algorithm, &oct(vec![7; least - 1]), Err(TooShort));
        assert_reads(algorithm, &oct(vec![7; least]), Ok(()));
        let key = |len| VerificationKey::hmac(algorithm, &HmacKey::new(vec![7; len])?).map(drop);
        assert_eq!((key(least - 1), key(least)), (Err(TooShort), Ok(())));
    }
    assert_reads(HS256, &oct("09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7"), Err(Public));
    assert_reads(HS256, &without(oct([7; 32]), "k"), Err(Member("k")));
    let key = HmacKey::new([7; 64]).unwrap();
    assert_eq!(VerificationKey::hmac(RS256, &key).unwrap_err(), WrongAlgorithm);
}

#[test]
fn rsa_keys_have_a_size_within_limits() {
    let most = if cfg!(feature = "aws_lc_rs") { 8192 } else { 4096 };
    for (bits, expected) in [
        (1024, Err(Size)),
        (2047, Err(Size)),
        (2048, Ok(())),
        (2049, Ok(())),
        (4096, Ok(())),
        (most, Ok(())),
        (most + 1, Err(Size)),
    ] {
        assert_reads(RS256, &rsa(modulus(bits), [1, 0, 1]), expected);
    }
    let n = modulus(2048);
    let (leading_zero, mut even) = ([&[0], &*n].concat(), n);
    assert_reads(RS512, &rsa(leading_zero, [3]), Err(Invalid));
    *even.last_mut().unwrap() = 0;
    assert_reads(RS512, &rsa(even, [3]), Err(Invalid));
    assert_reads(RS512, &rsa([], [3]), Err(Invalid));
    // The product of the primes of CVE-2017-15361, times a power of two, plus one.
    let product = 793_695_364_502_960_795_789_605_255_421_u128.to_be_bytes();
    let factorable = |last: u8| [&product[3..], &[0; 244], &[last]].concat();
    assert_reads(RS256, &rsa(factorable(1), [1, 0, 1]), Err(Factorable));
    assert_reads(RS256, &rsa(factorable(3), [1, 0, 1]), Ok(()));
}

#[test]
fn points_are_on_their_curve() {
    for (x, y) in [
        (json!(base64(&[0; 32])), json!(base64(&[0; 32]))),
        (p256()["y"].clone(), p256()["x"].clone()),
        (p256()["x"].clone(), json!(base64(&[0xff; 32]))),
        (p256()["x"].clone(), json!("")),
        (p256()["x"].clone(), json!(base64(&[7; 31]))),
        (p256()["x"].clone(), json!(base64(&[7; 33]))),
    ] {
        assert_reads(ES256, &with(with(p256(), "x", x), "y", y), Err(Invalid));
    }
    assert_reads(ES256, &without(p256(), "y"), Err(Member("y")));
    for len in [31, 33, 48] {
        let coordinate = json!(base64(&vec![7; len]));
        assert_reads(ES256, &with(with(p256(), "x", coordinate.clone()), "y", coordinate), Err(WrongAlgorithm));
    }
    // No point has the coordinate 2. aws-lc notices and refuses it when it verifies.
    let expected = if cfg!(feature = "aws_lc_rs") { Ok(()) } else { Err(Invalid) };
    assert_reads(EdDSA, &with(ed25519(), "x", json!(base64(&[&[2][..], &[0; 31]].concat()))), expected);
    // A point of order 1: a signature of zero is good for every message.
    assert_reads(EdDSA, &with(ed25519(), "x", json!(base64(&[&[1][..], &[0; 31]].concat()))), Err(Invalid));
    for len in [0, 31, 33] {
        assert_reads(EdDSA, &with(ed25519(), "x", json!(base64(&vec![7; len]))), Err(Invalid));
    }
}

/// The number of keys, or the error.
#[track_caller]
fn assert_set(algorithms: &[Algorithm], keys: &[Value], expected: Result<usize, KeyError>) {
    let set = json!({"keys": keys, "another": 1});
    let read = VerificationKey::from_jwks(algorithms, &set.to_string());
    assert_eq!(read.map(|keys| keys.len()), expected, "{algorithms:?} {set}");
}

fn named(jwk: Value, kid: &str) -> Value {
    with(jwk, "kid", json!(kid))
}

#[test]
fn sets_are_read_strictly() {
    for set in [r#"{"keys":{}}"#, r#"{"keys":null}"#, "{}", "[]", "", r#"{"keys":[],"keys":[]}"#, r#"{"keys":[1]}"#] {
        assert_eq!(VerificationKey::from_jwks(&[EdDSA], set).unwrap_err(), Malformed, "{set}");
    }
    assert_set(&[EdDSA], &[], Err(Empty));
    assert_set(&[], &[ed25519()], Err(Empty));
    assert_set(&[EdDSA], &[p256(), with(ed25519(), "use", json!("enc")), json!({"kty": "new"})], Err(Empty));
    // An invalid key for this algorithm is not skipped.
    assert_set(&[EdDSA, RS256], &[ed25519(), rsa(modulus(1024), [3])], Err(Size));
    assert_set(&[EdDSA], &[ed25519(), with(ed25519(), "d", json!(""))], Err(Private));
    assert_set(&[EdDSA], &[ed25519(), rsa(modulus(1024), [3]), with(p256(), "d", json!(""))], Ok(1));
}

#[test]
fn names_in_a_set_are_unique() {
    assert_set(&[EdDSA], &[named(ed25519(), "1"), named(ed25519(), "1")], Err(DuplicateId));
    assert_set(&[EdDSA], &[named(ed25519(), "1"), named(ed25519(), "2")], Ok(2));
    assert_set(&[EdDSA], &[ed25519(), ed25519()], Ok(2));
    // The algorithm of a token chooses between these.
    assert_set(&[EdDSA, ES256], &[named(ed25519(), "1"), named(p256(), "1")], Ok(2));
    assert_set(&[EdDSA], &[named(ed25519(), "1"), with(named(ed25519(), "1"), "use", json!("enc"))], Ok(1));
}

#[test]
fn a_key_without_an_algorithm_is_bound_to_each() {
    let key = named(rsa(modulus(2048), [3]), "1");
    assert_set(&[RS256, PS256, ES256], std::slice::from_ref(&key), Ok(2));
    assert_set(&[RS256, PS256], &[with(key.clone(), "alg", json!("PS256"))], Ok(1));
    assert_set(&[RS256, PS256, RS256], std::slice::from_ref(&key), Ok(2));
    let set = json!({"keys": [key]}).to_string();
    let keys = VerificationKey::from_jwks(&[PS256, RS256], &set).unwrap();
    assert_eq!(keys.iter().map(VerificationKey::algorithm).collect::<Vec<_>>(), [PS256, RS256]);
    assert!(keys.iter().all(|key| key.kid() == Some("1")));
}

#[test]
fn a_set_holds_no_secret_beside_public_keys() {
    let mixed = [oct([7; 64]), ed25519()];
    assert_set(&[HS256, EdDSA], &mixed, Err(Mixed));
    assert_set(&[HS512], &mixed, Err(Mixed));
    assert_set(&[HS256], &[with(ed25519(), "use", json!("enc")), oct([7; 32])], Err(Mixed));
    // The secret is not for these algorithms.
    assert_set(&[EdDSA], &mixed, Ok(1));
    assert_set(&[HS256, HS512], &[oct([7; 32]), oct([8; 64])], Err(TooShort));
    assert_set(&[HS256, HS512, EdDSA], &[oct([7; 64]), oct([8; 64])], Ok(4));
}

#[test]
fn debug_output_of_keys_hides_their_material() {
    let key = VerificationKey::from_jwk(HS256, &named(oct("a secret that is long enough, too"), "1").to_string());
    let shown = format!("{key:?}");
    assert!(shown.contains("HS256") && shown.contains("\"1\""), "{shown}");
    assert!(!shown.contains("secret") && !shown.contains("97, 32"), "{shown}");
}
