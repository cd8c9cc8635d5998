//! Public keys as certificates and tools write them: SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) in DER or PEM.

use pkcs1::RsaPublicKey;
use spki::{Document, ObjectIdentifier, SubjectPublicKeyInfoRef, der::pem::decode_label};

use super::{algorithm::Algorithm, error::KeyError, material::Material, verification_key::VerificationKey};

// RFC 3279 §2.3.1, RFC 5480 §2.1.1 and RFC 8410 §3.
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const P521: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.35");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

impl VerificationKey {
    /// Reads a public key in PEM with the label `PUBLIC KEY` (RFC 7468 §13).
    ///
    /// ```
    /// # use axum_scopes::jose::{Algorithm, VerificationKey};
    /// // RFC 8410 §10.1
    /// let pem = "-----BEGIN PUBLIC KEY-----\n\
    ///            MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n\
    ///            -----END PUBLIC KEY-----\n";
    /// let key = VerificationKey::from_pem(Algorithm::EdDSA, pem)?;
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`KeyError`], which names the first rule that the key breaks; [`KeyError::Private`] for a private key.
    pub fn from_pem(algorithm: Algorithm, pem: &str) -> Result<Self, KeyError> {
        // Only the label of a private key is read, so that no copy of the key is left in memory.
        match decode_label(pem.as_bytes()).map_err(|_| KeyError::Invalid)? {
            "PUBLIC KEY" => {
                let (_, document) = Document::from_pem(pem).map_err(|_| KeyError::Invalid)?;
                Self::from_der(algorithm, document.as_bytes())
            }
            label if label.ends_with("PRIVATE KEY") => Err(KeyError::Private),
            _ => Err(KeyError::Invalid),
        }
    }

    /// Reads the same key in DER.
    ///
    /// # Errors
    ///
    /// Those of [`from_pem`](Self::from_pem).
    pub fn from_der(algorithm: Algorithm, der: &[u8]) -> Result<Self, KeyError> {
        let info = SubjectPublicKeyInfoRef::try_from(der).map_err(|_| KeyError::Invalid)?;
        let bits = info.subject_public_key.as_bytes().ok_or(KeyError::Invalid)?;
        let curve = || info.algorithm.parameters_oid().map_err(|_| KeyError::Invalid);
        match info.algorithm.oid {
            RSA => {
                let key = RsaPublicKey::try_from(bits).map_err(|_| KeyError::Invalid)?;
                let (n, e) = (key.modulus.as_bytes(), key.public_exponent.as_bytes());
                Self::new(algorithm, None, &Material::Rsa { n, e })
            }
            // `new` checks the point's length against the curve of `algorithm`.
            EC if matches!(curve()?, P256 | P384 | P521) => Self::new(algorithm, None, &Material::Ec(bits)),
            ED25519 => Self::new(algorithm, None, &Material::Ed(bits)),
            _ => Err(KeyError::WrongAlgorithm),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::jose::{
        signing_key::SigningKey,
        tests::private_keys::{P256 as P256_JWK, RSA as RSA_JWK},
    };

    /// RFC 8410 §10.1 and §10.3.
    const PUBLIC: &str = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";
    const PRIVATE: &str = "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC";

    /// The public halves of the private keys for tests, and a key of a curve that no algorithm here has.
    const OF_P256: &str = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV7\n\
        6e8Tus9uPHvRVEXH8UTNG72bfocs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==";
    const OF_RSA: &str = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuUCyDep49BoFORU+iOBA\n\
        4CdVimmmHzJduI6EfjVR4McuYdboOgYAbU5PYHakA0UTRqNuc1MejPooqoDmDZvo\n\
        sB6Xbo+1a1ZsMNMUbg+gF23s8wcnhOyWksKa6Ps5eWcg/i7nAgwEEvW+NA1r7XnA\n\
        RtfYK6NARtqoNX3aLbaSchorpJYBl+I1NfDF5wEPvP7llnkn01SZ4t6v9jCOhIvX\n\
        Am6S1Z45URTwxhwSMM7w+zPgx6/GLAWOlq26KWQ6g/Jt+WCU9r68yITxHghgS1g7\n\
        WcnX1i8uQr7rXuVZI9I1bByu8afydhFfbGHEjMrRbd0I9oQ2m8gCXRw5rQ8PrwbR\n\
        cQIDAQAB";
    const OF_SECP256K1: &str = "MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAE/U8ephaxkALrwzIW0OhKlZes5o+4WUe9\n\
        qZFs9gSlXq1zN98qrcV9wFMiw+550CfvDdg1YJnln5TU9l82vC4JTA==";

    fn pem(label: &str, text: &str) -> String {
        format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n")
    }

    #[test]
    fn a_key_is_what_its_label_says() {
        let key =
            |label, text| VerificationKey::from_pem(Algorithm::EdDSA, &pem(label, text)).map(|key| key.algorithm());
        assert_eq!(key("PUBLIC KEY", PUBLIC), Ok(Algorithm::EdDSA));
        assert_eq!(key("PRIVATE KEY", PRIVATE), Err(KeyError::Private));
        assert_eq!(key("PUBLIC KEY", PRIVATE), Err(KeyError::Invalid));
        assert_eq!(key("CERTIFICATE", PUBLIC), Err(KeyError::Invalid));
        assert_eq!(key("PUBLIC KEY", "MCow"), Err(KeyError::Invalid));
        assert_eq!(VerificationKey::from_pem(Algorithm::EdDSA, PUBLIC).unwrap_err(), KeyError::Invalid);
    }

    #[test]
    fn a_key_is_the_one_that_a_jwk_says() {
        for (algorithm, text, jwk) in [(Algorithm::ES256, OF_P256, P256_JWK), (Algorithm::RS256, OF_RSA, RSA_JWK)] {
            let key = VerificationKey::from_pem(algorithm, &pem("PUBLIC KEY", text)).unwrap();
            assert_eq!(key.thumbprint(), Some(SigningKey::from_jwk(jwk).unwrap().thumbprint()));
        }
        for algorithm in [Algorithm::ES256, Algorithm::ES384, Algorithm::ES512, Algorithm::EdDSA, Algorithm::RS256] {
            let refused = VerificationKey::from_pem(algorithm, &pem("PUBLIC KEY", OF_SECP256K1)).unwrap_err();
            assert_eq!(refused, KeyError::WrongAlgorithm, "{algorithm}");
        }
    }

    #[test]
    fn a_key_is_for_its_own_algorithm() {
        for algorithm in [Algorithm::HS256, Algorithm::RS256, Algorithm::ES256, Algorithm::ES384] {
            let refused = VerificationKey::from_pem(algorithm, &pem("PUBLIC KEY", PUBLIC)).unwrap_err();
            assert_eq!(refused, KeyError::WrongAlgorithm, "{algorithm}");
        }
    }
}
