//! The guards, one a file. Each file says what its guard checks more or less than the extractor that is written by hand:
//! signature, `exp` without leeway, `nbf` if there is one, and the scopes `items` and `me`.

mod aliri;
mod axum_gate;
mod axum_jwt_auth;
mod bare;
mod by_hand;
mod huskarl;
mod jwt_authorizer;
mod least;
mod ours;
mod protect;
mod tower_oauth2;

use crate::{
    keys::{Algorithm, Issuer},
    requests::Form,
    server::Server,
};

/// What guards a route.
pub struct Guard {
    /// The name of its row, which is its crate's name if it is a peer.
    pub name: &'static str,
    /// The tokens that it reads.
    pub form: Form,
    /// The router with its route. `None` if it does not verify the issuer's algorithm.
    pub server: fn(&Issuer) -> Option<Server>,
    /// Whether it checks anything.
    pub checks: bool,
    /// The bare route of the same version of axum.
    pub bare: &'static str,
    /// Why it has no figure for an algorithm, or what a reader has to know to compare it.
    pub note: &'static str,
}

impl Guard {
    pub fn named(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|guard| guard.name == name)
    }
}

pub const OURS: &str = "axum-scopes";
pub const BY_HAND: &str = "by hand";
pub const LEAST: &str = "the least";
pub const BARE: &str = "no guard";
pub const BARE_0_7: &str = "no guard, axum 0.7";

/// In the order of the rows.
pub static ALL: [Guard; 12] = [
    ours::GUARD,
    by_hand::GUARD,
    aliri::GUARD,
    axum_jwt_auth::GUARD,
    protect::GUARD,
    tower_oauth2::GUARD,
    axum_gate::GUARD,
    jwt_authorizer::GUARD,
    huskarl::GUARD,
    least::GUARD,
    bare::GUARD,
    bare::GUARD_0_7,
];

/// What `jsonwebtoken` 11 needs to verify as the extractor that is written by hand does.
fn verification(issuer: &Issuer) -> (jsonwebtoken::DecodingKey, jsonwebtoken::Validation) {
    let algorithm = match issuer.algorithm {
        Algorithm::HS256 => jsonwebtoken::Algorithm::HS256,
        Algorithm::RS256 => jsonwebtoken::Algorithm::RS256,
        Algorithm::ES256 => jsonwebtoken::Algorithm::ES256,
        Algorithm::EdDSA => jsonwebtoken::Algorithm::EdDSA,
    };
    let mut validation = jsonwebtoken::Validation::new(algorithm);
    validation.leeway = 0;
    validation.set_required_spec_claims(&["exp", "sub"]);
    validation.validate_nbf = true;
    let jwk = serde_json::from_value(issuer.jwk()).unwrap();
    (jsonwebtoken::DecodingKey::from_jwk(&jwk).unwrap(), validation)
}

/// The same for the version 10, which two peers take.
fn verification_10(issuer: &Issuer) -> (jsonwebtoken_10::DecodingKey, jsonwebtoken_10::Validation) {
    // One of them turns on a second backend, so that nothing would choose. This one is the faster.
    let _ = jsonwebtoken_10::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
    let algorithm = match issuer.algorithm {
        Algorithm::HS256 => jsonwebtoken_10::Algorithm::HS256,
        Algorithm::RS256 => jsonwebtoken_10::Algorithm::RS256,
        Algorithm::ES256 => jsonwebtoken_10::Algorithm::ES256,
        Algorithm::EdDSA => jsonwebtoken_10::Algorithm::EdDSA,
    };
    let mut validation = jsonwebtoken_10::Validation::new(algorithm);
    validation.leeway = 0;
    validation.set_required_spec_claims(&["exp"]);
    validation.validate_nbf = true;
    let jwk = serde_json::from_value(issuer.jwk()).unwrap();
    (jsonwebtoken_10::DecodingKey::from_jwk(&jwk).unwrap(), validation)
}

/// Whether a claim `scope` has both scopes, as users of crates without scopes write it.
fn has_both(granted: &str) -> bool {
    ["items", "me"].iter().all(|scope| granted.split(' ').any(|granted| granted == *scope))
}
