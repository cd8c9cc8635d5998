//! Signatures by the key in their own header, as in a proof of possession: a caller may ask for that key, and the ring
//! ignores it.

use super::{MAX_SIZE, ring, verify};
use crate::jose::{
    compact::Compact,
    error::JwsError,
    header::is_type,
    jwk::{self, Jwk},
    jws::Jws,
    scratch::Scratch,
    verification_key::VerificationKey,
};

/// RFC 9449 §4.1, figure 2.
const PROOF: &str = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg";

#[test]
fn a_proof_is_verified_with_the_key_that_it_brings() {
    let parts = Compact::split(PROOF, MAX_SIZE).unwrap();
    let proof = Jws::new(&parts);
    let header = proof.header().unwrap();
    assert!(header.typ().is_some_and(|typ| is_type(typ, "dpop+jwt")));
    let jwk: Jwk<'_> = jwk::parse(header.jwk().unwrap()).unwrap();
    let key = VerificationKey::from_parsed(&jwk, header.algorithm().unwrap()).unwrap();
    let is_signed = |text: &str| verify(&ring([key.clone()]), text);
    assert_eq!(is_signed(PROOF), Ok(()));
    assert_eq!(is_signed(&PROOF.replace(".2-G", ".3-G")), Err(JwsError::Signature));
    Scratch::with(|scratch| {
        let payload = proof.payload(&mut scratch.payload).unwrap();
        assert!(payload.contains(r#""htm":"POST""#), "{payload}");
    });
}

/// Otherwise anybody who writes a header could sign anything.
#[test]
fn a_key_in_the_header_is_not_used_unasked() {
    assert_eq!(verify(&ring([]), PROOF), Err(JwsError::Algorithm));
    let other = VerificationKey::from_jwk(crate::jose::algorithm::Algorithm::ES256, &super::keys::p256().to_string());
    assert_eq!(verify(&ring([other.unwrap()]), PROOF), Err(JwsError::Signature));
}
