//! Private JSON Web Keys: takes JSON, yields the bytes of both halves of a key. They are overwritten when they are done with.

use std::borrow::Cow;

use serde::{Deserialize, de::IgnoredAny};
use zeroize::Zeroizing;

use super::{
    algorithm::Algorithm, error::KeyError, json::Text, jwk::bytes, material::Material, private::Private,
    secret_text::Secret,
};

/// The members of a private key that are parsed. The rest is ignored.
#[derive(Deserialize)]
pub(super) struct PrivateJwk<'a> {
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
    d: Option<Secret<'a>>,
    #[serde(borrow)]
    p: Option<Secret<'a>>,
    #[serde(borrow)]
    q: Option<Secret<'a>>,
    #[serde(borrow)]
    dp: Option<Secret<'a>>,
    #[serde(borrow)]
    dq: Option<Secret<'a>>,
    #[serde(borrow)]
    qi: Option<Secret<'a>>,
    /// More than two primes are not supported.
    oth: Option<IgnoredAny>,
}

impl PrivateJwk<'_> {
    pub(super) fn kid(&self) -> Option<String> {
        self.kid.as_ref().map(|Text(kid)| Cow::clone(kid).into_owned())
    }

    /// Passes both halves of the key to `make`.
    pub(super) fn read<R>(
        &self,
        make: impl FnOnce(Algorithm, &Material<'_>, &Private<'_>) -> Result<R, KeyError>,
    ) -> Result<R, KeyError> {
        let algorithm = self.algorithm()?;
        self.check_use()?;
        let d = secret(self.d.as_ref(), "d")?;
        match algorithm {
            Algorithm::RS256 => {
                let (n, e) = (bytes(self.n.as_ref(), "n")?, bytes(self.e.as_ref(), "e")?);
                let (p, q) = (secret(self.p.as_ref(), "p")?, secret(self.q.as_ref(), "q")?);
                let (dp, dq) = (secret(self.dp.as_ref(), "dp")?, secret(self.dq.as_ref(), "dq")?);
                let qi = secret(self.qi.as_ref(), "qi")?;
                if self.oth.is_some() {
                    return Err(KeyError::Member("oth"));
                }
                make(algorithm, &Material::Rsa { n: &n, e: &e }, &Private::Rsa([&d, &p, &q, &dp, &dq, &qi]))
            }
            Algorithm::EdDSA => {
                let x = bytes(self.x.as_ref(), "x")?;
                make(algorithm, &Material::Ed(&x), &Private::Seed(of_32_bytes(&d)?))
            }
            _ => {
                let (x, y) = (bytes(self.x.as_ref(), "x")?, bytes(self.y.as_ref(), "y")?);
                let point = [[0x04].as_slice(), of_32_bytes(&x)?, of_32_bytes(&y)?].concat();
                make(algorithm, &Material::Ec(&point), &Private::Scalar(of_32_bytes(&d)?))
            }
        }
    }

    /// The algorithm that type and curve stand for.
    fn algorithm(&self) -> Result<Algorithm, KeyError> {
        let Text(kty) = self.kty.as_ref().ok_or(KeyError::Member("kty"))?;
        let crv = self.crv.as_ref().map(|Text(crv)| &**crv);
        let algorithm = match (&**kty, crv) {
            ("EC", Some("P-256")) => Algorithm::ES256,
            ("OKP", Some("Ed25519")) => Algorithm::EdDSA,
            ("RSA", _) => Algorithm::RS256,
            ("EC" | "OKP", None) => return Err(KeyError::Member("crv")),
            _ => return Err(KeyError::WrongAlgorithm),
        };
        let is_named = self.alg.as_ref().is_none_or(|Text(alg)| algorithm.is_named(alg));
        if is_named { Ok(algorithm) } else { Err(KeyError::WrongAlgorithm) }
    }

    /// Checks that `use` and `key_ops` are absent or allow signing (RFC 7517 §4.2, §4.3).
    fn check_use(&self) -> Result<(), KeyError> {
        let for_signatures = self.purpose.as_ref().is_none_or(|Text(purpose)| purpose == "sig");
        let signs = self.key_ops.as_deref().is_none_or(|ops| match ops {
            [Text(op)] => op == "sign",
            [Text(one), Text(other)] => matches!((&**one, &**other), ("sign", "verify") | ("verify", "sign")),
            _ => false,
        });
        if for_signatures && signs { Ok(()) } else { Err(KeyError::WrongUse) }
    }
}

fn of_32_bytes(bytes: &[u8]) -> Result<&[u8; 32], KeyError> {
    bytes.try_into().map_err(|_| KeyError::Invalid)
}

fn secret(member: Option<&Secret<'_>>, name: &'static str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    bytes(member.map(|Secret(text)| text), name)
}
