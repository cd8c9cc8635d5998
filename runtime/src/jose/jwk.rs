//! JSON Web Keys (RFC 7517), parsed as strictly as tokens: takes JSON, yields the bytes of a public key or a secret.

use std::borrow::Cow;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, de::IgnoredAny};
use zeroize::Zeroizing;

use super::{
    algorithm::{Algorithm, Family},
    error::KeyError,
    json::Text,
    material::Material,
    secret_text::Secret,
    strict, weak,
};

/// The members of a key that are parsed.
#[derive(Deserialize)]
pub(crate) struct Jwk<'a> {
    #[serde(borrow)]
    kty: Option<Text<'a>>,
    #[serde(borrow)]
    alg: Option<Text<'a>>,
    #[serde(borrow, rename = "use")]
    purpose: Option<Text<'a>>,
    #[serde(borrow)]
    key_ops: Option<Vec<Text<'a>>>,
    #[serde(borrow)]
    kid: Option<Text<'a>>,
    #[serde(borrow)]
    crv: Option<Text<'a>>,
    #[serde(borrow)]
    n: Option<Text<'a>>,
    #[serde(borrow)]
    e: Option<Text<'a>>,
    #[serde(borrow)]
    x: Option<Text<'a>>,
    #[serde(borrow)]
    y: Option<Text<'a>>,
    #[serde(borrow)]
    k: Option<Secret<'a>>,
    // Members of private keys, of any type: their presence is enough to refuse the key.
    d: Option<IgnoredAny>,
    p: Option<IgnoredAny>,
    q: Option<IgnoredAny>,
    dp: Option<IgnoredAny>,
    dq: Option<IgnoredAny>,
    qi: Option<IgnoredAny>,
    oth: Option<IgnoredAny>,
}

impl Jwk<'_> {
    /// Whether the key may verify signatures of `algorithm`. Other keys of a set are skipped (RFC 7517 §5).
    pub(crate) fn is_offered_for(&self, algorithm: Algorithm) -> bool {
        self.check_use(algorithm).is_ok() && self.check_type(algorithm).is_ok()
    }

    /// Checks that the members for the key's type are present (RFC 7517 §4.1, RFC 7518 §6.2.1.1, RFC 8037 §2).
    #[cfg(feature = "issuer")]
    pub(crate) fn check_is_typed(&self) -> Result<(), KeyError> {
        let Text(kty) = self.kty.as_ref().ok_or(KeyError::Member("kty"))?;
        let has_curve = !matches!(&**kty, "EC" | "OKP") || self.crv.is_some();
        if has_curve { Ok(()) } else { Err(KeyError::Member("crv")) }
    }

    pub(super) fn kid(&self) -> Option<String> {
        self.kid.as_ref().map(|Text(kid)| Cow::clone(kid).into_owned())
    }

    /// Whether it is a symmetric key (RFC 7518 §6.4).
    pub(super) fn is_secret(&self) -> bool {
        self.kty.as_ref().is_some_and(|Text(kty)| kty == "oct")
    }

    /// Whether it has `k`, which a public key has no use for.
    #[cfg(feature = "dpop")]
    pub(crate) fn has_secret(&self) -> bool {
        self.k.is_some()
    }

    /// Passes the key's bytes to `make`, if the key may verify signatures of `algorithm`.
    pub(super) fn read<R>(
        &self,
        algorithm: Algorithm,
        make: impl FnOnce(&Material<'_>) -> Result<R, KeyError>,
    ) -> Result<R, KeyError> {
        self.check_use(algorithm)?;
        self.check_type(algorithm)?;
        if self.is_private() {
            return Err(KeyError::Private);
        }
        match algorithm.family() {
            Family::Hmac => {
                let secret = bytes(self.k.as_ref().map(|Secret(k)| k), "k")?;
                if weak::is_public(&secret) { Err(KeyError::Public) } else { make(&Material::Secret(&secret)) }
            }
            Family::Rsa => make(&Material::Rsa { n: &bytes(self.n.as_ref(), "n")?, e: &bytes(self.e.as_ref(), "e")? }),
            Family::Ed => make(&Material::Ed(&bytes(self.x.as_ref(), "x")?)),
            Family::Ec => {
                let (x, y) = (bytes(self.x.as_ref(), "x")?, bytes(self.y.as_ref(), "y")?);
                // The curve determines the length of both (RFC 7518 §6.2.1.2).
                if x.len() != y.len() {
                    return Err(KeyError::Invalid);
                }
                make(&Material::Ec(&[&[0x04], x.as_slice(), &y].concat()))
            }
        }
    }

    fn is_private(&self) -> bool {
        let Self { d, p, q, dp, dq, qi, oth, .. } = self;
        [d, p, q, dp, dq, qi, oth].into_iter().any(Option::is_some)
    }

    /// Checks that `use`, `key_ops` and `alg` are absent or allow verifying with `algorithm` (RFC 7517 §4.2 to §4.4).
    fn check_use(&self, algorithm: Algorithm) -> Result<(), KeyError> {
        if self.alg.as_ref().is_some_and(|Text(alg)| !algorithm.is_named(alg)) {
            return Err(KeyError::WrongAlgorithm);
        }
        let for_signatures = self.purpose.as_ref().is_none_or(|Text(purpose)| purpose == "sig");
        let verifies = self.key_ops.as_deref().is_none_or(|ops| match ops {
            [Text(op)] => op == "verify",
            [Text(one), Text(other)] if algorithm.family() == Family::Hmac => {
                matches!((&**one, &**other), ("sign", "verify") | ("verify", "sign"))
            }
            _ => false,
        });
        if for_signatures && verifies { Ok(()) } else { Err(KeyError::WrongUse) }
    }

    fn check_type(&self, algorithm: Algorithm) -> Result<(), KeyError> {
        let (kty, crv) = match algorithm.family() {
            Family::Ec => ("EC", algorithm.curve()),
            Family::Ed => ("OKP", algorithm.curve()),
            Family::Hmac => ("oct", None),
            Family::Rsa => ("RSA", None),
        };
        let is = |member: &Option<Text<'_>>, value| member.as_ref().is_some_and(|Text(text)| text == value);
        if is(&self.kty, kty) && crv.is_none_or(|crv| is(&self.crv, crv)) {
            Ok(())
        } else {
            Err(KeyError::WrongAlgorithm)
        }
    }
}

/// Decodes canonical base64url without padding (RFC 7515 §2).
pub(super) fn bytes(member: Option<&Text<'_>>, name: &'static str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let Text(text) = member.ok_or(KeyError::Member(name))?;
    URL_SAFE_NO_PAD.decode(text.as_bytes()).map(Zeroizing::new).map_err(|_| KeyError::Member(name))
}

/// A JSON Web Key Set (RFC 7517 §5).
#[derive(Deserialize)]
pub(super) struct JwkSet<'a> {
    #[serde(borrow)]
    pub(super) keys: Vec<Jwk<'a>>,
}

/// Parses a key or a set.
pub(crate) fn parse<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, KeyError> {
    strict::read(json).map_err(|_| KeyError::Malformed)
}

#[cfg(all(test, feature = "dpop", feature = "issuer"))]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_a_type_and_the_curve_that_some_types_need() {
        let check = |jwk: &str| parse::<Jwk<'_>>(jwk)?.check_is_typed();
        for jwk in
            [r#"{"kty":"RSA"}"#, r#"{"kty":"oct"}"#, r#"{"kty":"EC","crv":"P-256"}"#, r#"{"kty":"OKP","crv":"X"}"#]
        {
            assert_eq!(check(jwk), Ok(()), "{jwk}");
        }
        for jwk in [r#"{"kty":"EC"}"#, r#"{"kty":"OKP"}"#] {
            assert_eq!(check(jwk), Err(KeyError::Member("crv")), "{jwk}");
        }
        assert_eq!(check(r#"{"crv":"P-256"}"#), Err(KeyError::Member("kty")));
    }

    #[test]
    #[expect(clippy::panic_in_result_fn, reason = "a test asserts, and fails by `?` where it could not begin")]
    fn a_secret_is_noticed_whatever_the_type_is() -> Result<(), KeyError> {
        assert!(parse::<Jwk<'_>>(r#"{"kty":"EC","k":"AA"}"#)?.has_secret());
        assert!(!parse::<Jwk<'_>>(r#"{"kty":"EC","x":"AA"}"#)?.has_secret());
        Ok(())
    }
}
