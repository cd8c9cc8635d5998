//! Checks a proof: takes the header `DPoP` of a request and what it must be for, yields the thumbprint of its key (RFC 9449 §4.3).

use axum::http::{HeaderValue, Method, Uri};

use super::{
    claims::ProofClaims,
    config::{Config, Dpop},
    fault::ProofFault,
    nonces::Nonces,
};
use crate::{
    credential::evidence::Evidence,
    jose::{
        Algorithm, KeyError, VerificationKey,
        algorithm::Family,
        compact::Compact,
        header::{Header, is_type},
        jwk::{self, Jwk},
        jws::Jws,
        provider::sha256,
        scratch::Scratch,
    },
};

/// The most bytes of a proof.
const MAX_SIZE: usize = 4096;

/// A proof, and what it must be for.
pub(crate) struct ProofRequest<'a> {
    /// All headers `DPoP` of the request.
    pub(crate) proofs: &'a [HeaderValue],
    pub(crate) method: &'a Method,
    /// As the request came in, before nested routers took their part of the path.
    pub(crate) uri: &'a Uri,
    /// The token that the proof must name in `ath`. Without one, it is the proof of a request for a token.
    pub(crate) token: Option<&'a str>,
    /// The accepted algorithms, by their names (RFC 7518 §3.1).
    pub(crate) algorithms: &'a [&'a str],
}

impl<'a> ProofRequest<'a> {
    /// The proof of a request.
    pub(in crate::sender) fn of(evidence: &'a Evidence, token: Option<&'a str>) -> Self {
        Self {
            proofs: evidence.proofs(),
            method: evidence.method(),
            uri: evidence.uri(),
            token,
            algorithms: evidence.sender().dpop_algorithms(),
        }
    }
}

/// A good proof. Whether it was used before is not known yet.
#[derive(Clone, Copy, Debug)]
#[must_use = "the proof may have been used before"]
pub(crate) struct CheckedProof {
    /// That of the key (RFC 7638), as a bound token names it in `cnf`.
    pub(crate) thumbprint: [u8; 32],
    /// Stands for `jti` and the key.
    digest: [u8; 32],
    /// From when on the proof is refused for its age, in seconds since 1970.
    until: u64,
}

impl CheckedProof {
    /// What the store of used proofs keeps.
    pub(in crate::sender) const fn digest(&self) -> &[u8; 32] {
        &self.digest
    }
}

impl Dpop {
    /// Checks everything but whether the proof was used before. `now` is in seconds since 1970.
    pub(crate) fn check(&self, request: ProofRequest<'_>, now: f64) -> Result<CheckedProof, ProofFault> {
        let ProofRequest { proofs, method, uri, token, algorithms } = request;
        let parts = Compact::split(only(proofs)?, MAX_SIZE)?;
        let jws = Jws::new(&parts);
        let key = key(jws.header()?, algorithms)?;
        Scratch::with(|Scratch { payload, signature }| {
            jws.check_signature(&key, signature)?;
            let claims = ProofClaims::read(jws.payload(payload)?)?;
            claims.check_method(method)?;
            self.0.check_url(&claims, uri)?;
            claims.check_token(token)?;
            claims.check_dates(self.0.leeway, now)?;
            let id = claims.id()?;
            let until = self.0.check_age(&claims, now)?;
            // Only a secret has no thumbprint.
            let thumbprint = *key.thumbprint().ok_or(ProofFault::Algorithm)?.as_bytes();
            // The thumbprint has one length, so no other key and `jti` have the same input.
            Ok(CheckedProof { thumbprint, digest: sha256(&[&thumbprint, id.as_bytes()]), until })
        })
    }

    /// Remembers a proof, and refuses it if it was used before. To be called when everything else is good, so that only who holds a
    /// token and its key takes room in the store, and so that no refused request uses up a proof.
    pub(crate) async fn first_use(&self, proof: &CheckedProof, clock: fn() -> f64) -> Result<(), ProofFault> {
        match self.0.store.first_use(&proof.digest, &proof.thumbprint, proof.until).await {
            // A store may take its time, and from this age on it may have forgotten an earlier use.
            Ok(true) if clock() < proof.until as f64 => Ok(()),
            Ok(true) => Err(ProofFault::Time),
            Ok(false) => Err(ProofFault::Replayed),
            Err(error) => Err(ProofFault::Store(error)),
        }
    }
}

impl Config {
    fn check_url(&self, claims: &ProofClaims<'_>, uri: &Uri) -> Result<(), ProofFault> {
        let (htu, path) = (claims.url()?, uri.path());
        let is_target = if self.prefix.is_empty() {
            self.origin.is_target(htu, path)
        } else {
            self.origin.is_target(htu, &format!("{}{path}", self.prefix))
        };
        if is_target { Ok(()) } else { Err(ProofFault::Url) }
    }

    /// Checks when the proof was made, by its nonce if this service hands out nonces, else by its clock. Yields when it becomes too
    /// old.
    fn check_age(&self, claims: &ProofClaims<'_>, now: f64) -> Result<u64, ProofFault> {
        let made = claims.made()?;
        if let Some(nonces) = &self.nonces {
            let is_valid = claims.nonce().is_some_and(|nonce| nonces.is_valid(nonce, now));
            return if is_valid { Ok(Nonces::end(now)) } else { Err(ProofFault::Nonce(nonces.current(now))) };
        }
        if made > now + self.leeway || made + self.max_age < now {
            return Err(ProofFault::Time);
        }
        // The next whole second, because the proof is still good at the very end.
        Ok(((made + self.max_age) as u64).saturating_add(1))
    }
}

/// The text of the only header.
fn only(proofs: &[HeaderValue]) -> Result<&str, ProofFault> {
    match proofs {
        [] => Err(ProofFault::Missing),
        [proof] => proof.to_str().map_err(|_| ProofFault::Malformed),
        _ => Err(ProofFault::Repeated),
    }
}

/// Some algorithms have two names.
fn names(names: &[&str], algorithm: Algorithm) -> bool {
    names.iter().any(|name| Algorithm::from_name(name) == Some(algorithm))
}

/// The key that the proof brings. Nothing else in the header is a key or leads to one.
fn key(header: &Header<'_>, algorithms: &[&str]) -> Result<VerificationKey, ProofFault> {
    if !header.typ().is_some_and(|typ| is_type(typ, "dpop+jwt")) {
        return Err(ProofFault::Type);
    }
    let is_accepted = |algorithm: &Algorithm| algorithm.family() != Family::Hmac && names(algorithms, *algorithm);
    let algorithm = header.algorithm().filter(is_accepted).ok_or(ProofFault::Algorithm)?;
    let jwk: Jwk<'_> = jwk::parse(header.jwk().ok_or(ProofFault::NoKey)?)?;
    if jwk.has_secret() {
        return Err(ProofFault::Key(KeyError::Private));
    }
    Ok(VerificationKey::from_parsed(&jwk, algorithm)?)
}
