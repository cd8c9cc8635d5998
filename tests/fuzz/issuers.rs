//! A target that answers as the servers of an issuer do. Its keys, its endpoints and what is asked for are those that the oracle
//! reads, and no other URL is asked for.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use axum::http::Uri;
use axum_scopes::{
    Claims,
    issuer::{Issuer, IssuerStatus, IssuerVerifier, RefreshError},
    jose::Algorithm,
    token::VerifyError,
};
use axum_scopes_test_support::{Jws, base64url};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use tokio::runtime::{Builder, Runtime};
use url::Url;

use crate::oracle::{
    keys::IssuerKey,
    metadata::{Configured, Endpoints, Failure, Place},
};

const ALL: &[&str] = &["ES256", "EdDSA", "RS256"];
const CONFIGURED: [Configured; 6] = [
    Configured {
        issuer: "https://id.example",
        place: Place::WellKnown([
            "https://id.example/.well-known/openid-configuration",
            "https://id.example/.well-known/oauth-authorization-server",
        ]),
        trusted: None,
        algorithms: ALL,
    },
    Configured {
        issuer: "https://id.example/a/b/",
        place: Place::WellKnown([
            "https://id.example/a/b/.well-known/openid-configuration",
            "https://id.example/.well-known/oauth-authorization-server/a/b",
        ]),
        trusted: None,
        algorithms: ALL,
    },
    Configured {
        issuer: "http://127.0.0.1:9400",
        place: Place::WellKnown([
            "http://127.0.0.1:9400/.well-known/openid-configuration",
            "http://127.0.0.1:9400/.well-known/oauth-authorization-server",
        ]),
        trusted: None,
        algorithms: ALL,
    },
    Configured {
        issuer: "http://keycloak:8080/realms/x",
        place: Place::WellKnown([
            "http://keycloak:8080/realms/x/.well-known/openid-configuration",
            "http://keycloak:8080/.well-known/oauth-authorization-server/realms/x",
        ]),
        trusted: Some(("keycloak", 8080)),
        algorithms: &["ES256"],
    },
    Configured {
        issuer: "http://localhost:8080/realms/main",
        place: Place::Metadata("https://meta.example/document?x=1"),
        trusted: None,
        algorithms: ALL,
    },
    Configured {
        issuer: "https://id.example",
        place: Place::Keys("https://keys.example/k"),
        trusted: None,
        algorithms: &["ES256", "EdDSA"],
    },
];

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_current_thread().enable_time().build().expect("a runtime"));

/// Two keys that sign tokens, and the coordinates of each.
static SIGNERS: LazyLock<[(SigningKey, [String; 2]); 2]> = LazyLock::new(|| {
    [7, 9].map(|byte| {
        let key = SigningKey::from_slice(&[byte; 32]).expect("a number below the order");
        let point = key.verifying_key().to_encoded_point(false);
        let coordinates = [point.x(), point.y()].map(|bytes| base64url(bytes.expect("a coordinate")));
        (key, coordinates)
    })
});

/// A token of each signer for each issuer, without and with a `kid`.
static TOKENS: LazyLock<Vec<[[String; 2]; 2]>> = LazyLock::new(|| {
    let token = |key: &SigningKey, header: &str, issuer: &str| {
        let claims = format!(r#"{{"sub":"joe","exp":4102444800,"iss":"{issuer}","aud":"api"}}"#);
        Jws::new(header, claims).signed(|message| {
            let signature: Signature = key.sign(message);
            signature.to_bytes().to_vec()
        })
    };
    let headers = [r#"{"alg":"ES256"}"#, r#"{"alg":"ES256","kid":"k"}"#];
    let of = |issuer: &str| [0, 1].map(|signer: usize| headers.map(|header| token(&SIGNERS[signer].0, header, issuer)));
    CONFIGURED.iter().map(|configured| of(configured.issuer)).collect()
});

fn issuer(configured: &Configured) -> Issuer {
    let algorithms = [Algorithm::ES256, Algorithm::EdDSA, Algorithm::RS256];
    let algorithms = algorithms.into_iter().filter(|algorithm| configured.algorithms.contains(&algorithm.name()));
    let mut issuer = Issuer::new(configured.issuer).audience("api").algorithms(algorithms);
    if let Some((host, port)) = configured.trusted {
        issuer = issuer.trusted_host(format!("{host}:{port}"));
    }
    match configured.place {
        Place::WellKnown(_) => issuer,
        Place::Metadata(url) => issuer.metadata_url(url),
        Place::Keys(url) => issuer.jwks_url(url),
    }
}

/// The first byte chooses the issuer and a token. The rest are the two documents and the key set, each behind a byte 0xff. What is empty
/// is not there. Some bytes stand for the issuer and for keys.
pub fn issuers(data: &[u8]) {
    let [choice, rest @ ..] = data else { return };
    let at = usize::from(choice % 6);
    let configured = &CONFIGURED[at];
    let mut texts = rest.split(|byte| *byte == 0xff).map(|part| expanded(configured, part));
    let mut next = || texts.next().unwrap_or_default().filter(|text| !text.is_empty());
    let texts = [next(), next(), next()];
    // The two readers count the depth of some members differently.
    let is_deep = |text: &Option<String>| text.as_ref().is_some_and(|text| text.matches(['[', '{']).count() > 100);
    if texts.iter().any(is_deep) {
        return;
    }
    let document = move |url: &str| {
        let text = match configured.place {
            Place::WellKnown([openid, _]) if url == openid => &texts[0],
            Place::WellKnown([_, oauth]) if url == oauth => &texts[1],
            Place::Metadata(metadata) if url == metadata => &texts[0],
            _ => &texts[2],
        };
        text.clone()
    };
    let (signer, has_kid) = (usize::from(choice / 6 % 2), choice / 12 % 2 == 1);
    let token = &TOKENS[at][signer][usize::from(has_kid)];
    let Refreshed { verified, status, asked } = refreshed(configured, token, document.clone());
    let expected = configured.expected(document, |url| asked.iter().any(|asked| is_same(asked, url)));
    // A token with an unknown key has the documents fetched once more.
    let expected_again = [&expected.fetched[..], &expected.fetched].concat();
    let are_same = |expected: &[String]| {
        expected.len() == asked.len() && expected.iter().zip(&asked).all(|(one, other)| is_same(one, other))
    };
    assert!(are_same(&expected.fetched) || are_same(&expected_again), "{asked:?}, but {expected:?}");
    let endpoints = status.endpoints.map(|both| [both.authorization_url(), both.token_url()].map(str::to_owned));
    match expected.result {
        Ok(keys) => {
            assert_eq!(status.keys, keys.len(), "{keys:?} {:?}", status.last_failure);
            match (expected.endpoints, endpoints) {
                (Endpoints::Perhaps(_) | Endpoints::None, None) => (),
                (Endpoints::Perhaps(urls) | Endpoints::Both(urls), Some(found)) => assert_eq!(urls, found),
                (expected, found) => panic!("{expected:?}, but {found:?}"),
            }
            let is_good = is_verified(&keys, signer, has_kid);
            match verified {
                Ok(claims) => assert!(is_good && claims.sub == "joe", "{keys:?}"),
                Err(error) => assert!(!is_good && matches!(error, VerifyError::Token(_)), "{error}: {keys:?}"),
            }
        }
        Err(failure) => {
            let (_, error) = status.last_failure.expect("a failure");
            assert_eq!(Some(failure), kind(&error), "{error:?}");
            assert!(status.keys == 0 && matches!(verified, Err(VerifyError::Unavailable { .. })), "{verified:?}");
        }
    }
}

/// What has become of an issuer's documents.
struct Refreshed {
    verified: Result<Claims, VerifyError>,
    status: IssuerStatus,
    /// The URLs that were asked for.
    asked: Vec<String>,
}

fn refreshed(
    configured: &Configured,
    token: &str,
    document: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
) -> Refreshed {
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let log = Arc::clone(&asked);
    let (verified, status) = RUNTIME.block_on(async {
        let started = IssuerVerifier::builder().issuer(issuer(configured)).start_with_documents(move |url| {
            log.lock().unwrap_or_else(PoisonError::into_inner).push(url.to_owned());
            document(url)
        });
        let verifier = started.expect("a valid configuration");
        (verifier.verify(token).await, verifier.status().swap_remove(0))
    });
    let asked = asked.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Refreshed { verified, status, asked }
}

fn is_same(one: &str, other: &str) -> bool {
    match (Url::parse(one), Url::parse(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => one.parse::<Uri>().is_ok_and(|one| other.parse::<Uri>().is_ok_and(|other| one == other)),
    }
}

/// The text of a part in which the byte 1 stands for the issuer, 2 and 3 for the members of the signers' keys, and 4 for those of
/// another key. `None` if it is no text.
fn expanded(configured: &Configured, part: &[u8]) -> Option<String> {
    let text = str::from_utf8(part).ok()?;
    let key = |at: usize| {
        let [x, y] = &SIGNERS[at].1;
        format!(r#""kty":"EC","crv":"P-256","x":"{x}","y":"{y}""#)
    };
    let ed = r#""kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo""#;
    let mut expanded = text.replace('\u{1}', configured.issuer);
    for (place, members) in [('\u{2}', key(0)), ('\u{3}', key(1)), ('\u{4}', ed.to_owned())] {
        expanded = expanded.replace(place, &members);
    }
    Some(expanded)
}

/// Whether the signer's key is one of those that the token is tried with. With too many, it is tried with none.
fn is_verified(keys: &[IssuerKey], signer: usize, has_kid: bool) -> bool {
    let keys = || keys.iter().filter(|key| key.algorithm == "ES256");
    let named: Vec<_> = keys().filter(|key| key.kid.as_deref() == Some("k")).collect();
    let unnamed: Vec<_> = keys().filter(|key| key.kid.is_none()).collect();
    let candidates = match has_kid {
        false => keys().collect(),
        true if named.is_empty() => unnamed,
        true => named,
    };
    let [x, y] = &SIGNERS[signer].1;
    let is_own = |key: &&IssuerKey| key.members[2].as_ref() == Some(x) && key.members[3].as_ref() == Some(y);
    candidates.len() <= 2 && candidates.iter().any(is_own)
}

fn kind(error: &RefreshError) -> Option<Failure> {
    Some(match error {
        RefreshError::Status(404) => Failure::Status,
        RefreshError::Metadata(_) => Failure::Metadata,
        RefreshError::IssuerMismatch { .. } => Failure::Mismatch,
        RefreshError::KeysUrl => Failure::KeysUrl,
        RefreshError::KeySet(_) => Failure::KeySet,
        RefreshError::TooManyKeys => Failure::TooManyKeys,
        RefreshError::NoUsableKey => Failure::NoUsableKey,
        _ => return None,
    })
}
