//! New private keys: takes an algorithm, yields the text of a private JSON Web Key.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use super::{
    algorithm::Algorithm,
    error::KeyError,
    private,
    provider::{public_of_ed25519, public_of_p256},
};

/// A scalar is drawn again if it is not below the order of the curve, which happens once in 2^32 times.
const ATTEMPTS: usize = 4;

pub(super) fn private_jwk(algorithm: Algorithm) -> Result<String, KeyError> {
    let encoded = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    match algorithm {
        Algorithm::ES256 => {
            let (scalar, point) = drawn(|scalar| public_of_p256(&private::of_scalar(scalar)))?;
            let (x, y) = point.get(1..).ok_or(KeyError::Invalid)?.split_at(32);
            let d = Zeroizing::new(encoded(&*scalar));
            Ok(format!(r#"{{"kty":"EC","crv":"P-256","x":"{}","y":"{}","d":"{}"}}"#, encoded(x), encoded(y), *d))
        }
        Algorithm::EdDSA => {
            let (seed, point) = drawn(|seed| public_of_ed25519(&private::of_seed(seed)))?;
            let d = Zeroizing::new(encoded(&*seed));
            Ok(format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{}","d":"{}"}}"#, encoded(&point), *d))
        }
        _ => Err(KeyError::Unsupported),
    }
}

/// Random bytes that are a private key, and its public half.
fn drawn(public: impl Fn(&[u8; 32]) -> Option<Vec<u8>>) -> Result<(Zeroizing<[u8; 32]>, Vec<u8>), KeyError> {
    for _ in 0..ATTEMPTS {
        let mut private = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *private).map_err(|_| KeyError::Random)?;
        if let Some(public) = public(&private) {
            return Ok((private, public));
        }
    }
    Err(KeyError::Random)
}
