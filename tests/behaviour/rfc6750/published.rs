//! What the metadata of a resource say beside its URLs: the scopes for a first login, what is asked of senders, and who can read them.

use axum::http::Method;
use axum_scopes::{
    credential::{AccessToken, HttpBearer},
    resource::{ResourceMetadata, protected_resource_metadata},
    scheme::{ErrorStyle, HttpBearerScheme, ProtectedResource, Sender},
};
use serde_json::{Value, json};

use super::*;

const PATH: &str = "/.well-known/oauth-protected-resource";

macro_rules! scheme {
    ($name:ident, $($constants:tt)*) => {
        struct $name;
        impl OAuth2Scheme for $name {
            const FLOWS: Flows = Flows::authorization_code("https://id.example/authorize", "https://id.example/token");
            const SCOPES: &[(&str, &str)] = &[("read", "Read."), ("write", "Write."), ("admin", "Everything.")];
            const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
            $($constants)*
        }
    };
}

scheme!(Basic, const BASIC_SCOPES: Option<&[&str]> = Some(&["read"]););
scheme!(NoBasic, const BASIC_SCOPES: Option<&[&str]> = Some(&[]););
scheme!(Dpop, const SENDER: Sender = Sender::bearer().or_dpop(&["ES256", "EdDSA"]););
scheme!(OnlyDpop, const SENDER: Sender = Sender::bearer().or_dpop(&["ES256"]).required(););
scheme!(Certificate, const SENDER: Sender = Sender::bearer().or_certificate(););
scheme!(Either, const SENDER: Sender = Sender::bearer().or_dpop(&["ES256"]).or_certificate().required(););

/// What a service with the scheme of `E` publishes.
async fn published<E: Describe>() -> Value {
    let resource = ResourceMetadata::new("https://api.example").unwrap();
    let answer = App::new(resource.publish::<E, ()>(Router::new())).get(PATH).await;
    assert_eq!(answer.status(), 200);
    answer.json()
}

#[tokio::test]
async fn scopes_supported_are_the_basic_ones() {
    assert_eq!(published::<Bearer<Basic>>().await["scopes_supported"], json!(["read"]));
    assert_eq!(published::<Bearer<NoBasic>>().await.get("scopes_supported"), None);
    assert_eq!(published::<Bearer<Dpop>>().await["scopes_supported"], json!(["read", "write", "admin"]));
}

#[tokio::test]
async fn the_metadata_say_what_is_asked_of_senders() {
    let members = async |metadata: Value| {
        let names = [
            "dpop_signing_alg_values_supported",
            "dpop_bound_access_tokens_required",
            "tls_client_certificate_bound_access_tokens",
        ];
        names.map(|name| metadata.get(name).cloned().unwrap_or_default())
    };
    let none = Value::Null;
    for (metadata, expected) in [
        (published::<AccessToken<Basic>>().await, [none.clone(), none.clone(), none.clone()]),
        (published::<AccessToken<Dpop>>().await, [json!(["ES256", "EdDSA"]), none.clone(), none.clone()]),
        (published::<AccessToken<OnlyDpop>>().await, [json!(["ES256"]), json!(true), none.clone()]),
        (published::<AccessToken<Certificate>>().await, [none.clone(), none.clone(), json!(true)]),
        // A token that is bound to a certificate is enough.
        (published::<AccessToken<Either>>().await, [json!(["ES256"]), none, json!(true)]),
    ] {
        assert_eq!(members(metadata).await, expected);
    }
}

/// An empty list is a mistake of whoever set it, and a client could log in nowhere.
#[test]
fn a_list_of_authorization_servers_is_not_empty() {
    let resource = ResourceMetadata::new("https://api.example").unwrap();
    assert!(resource.clone().authorization_servers([]).is_err());
    assert!(resource.authorization_servers(["https://id.example"]).is_ok());
}

struct ForPages;
impl HttpBearerScheme for ForPages {
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
    const PROTECTED_RESOURCE: Option<ProtectedResource> =
        Some(ProtectedResource::new("https://api.example").with_cors());
}

#[tokio::test]
async fn pages_can_read_the_metadata_only_if_the_service_says_so() {
    let resource = ResourceMetadata::new("https://api.example").unwrap();
    let router = Router::new().route("/", get(async |_: Bearer<Basic>| "hello"));
    for app in [
        App::new(resource.clone().cors().publish::<Bearer<Basic>, _>(router.clone())),
        App::new(protected_resource_metadata::<HttpBearer<ForPages>, ()>()),
    ] {
        let answer = app.get(PATH).header("origin", "https://client.example").await;
        assert_eq!((answer.status(), answer.header("access-control-allow-origin")), (200, Some("*")));
        assert_eq!(answer.header("access-control-allow-credentials"), None);
        // A client sends `MCP-Protocol-Version`, so a browser asks first.
        let preflight = app.call(Method::OPTIONS, PATH).header("origin", "https://client.example");
        let preflight = preflight.header("access-control-request-method", "GET");
        let answer = preflight.header("access-control-request-headers", "mcp-protocol-version").await;
        assert_eq!((answer.status(), answer.header("access-control-allow-origin")), (204, Some("*")));
        assert_eq!(answer.header("access-control-allow-headers"), Some("*"));
        assert_eq!(answer.header("access-control-allow-methods"), Some("GET, HEAD"));
        assert_eq!(app.post(PATH).await.status(), 405);
    }
    let app = App::new(resource.publish::<Bearer<Basic>, _>(router));
    let answer = app.get(PATH).header("origin", "https://client.example").await;
    assert_eq!((answer.status(), answer.header("access-control-allow-origin")), (200, None));
    assert_eq!(app.call(Method::OPTIONS, PATH).await.status(), 405);
    assert_eq!(app.get("/").await.header("access-control-expose-headers"), None);
}

#[tokio::test]
async fn challenges_and_nonces_are_exposed_to_pages_that_may_read_answers() {
    let nonce = async || [("dpop-nonce", "abc")];
    let own = async |_: Bearer<Basic>| [("access-control-expose-headers", "x-own"), ("www-authenticate", "Own")];
    let router = Router::new()
        .route("/", get(async |_: Bearer<Basic>| "hello"))
        .route("/nonce", get(nonce))
        .route("/own", get(own));
    let resource = ResourceMetadata::new("https://api.example").unwrap().cors();
    let app = App::new(resource.publish::<Bearer<Basic>, _>(router));
    let exposed = "WWW-Authenticate, DPoP-Nonce";
    let answer = app.get("/").await;
    assert_eq!((answer.status(), answer.header("access-control-expose-headers")), (401, Some(exposed)));
    // Which pages may read it, the service says.
    assert_eq!(answer.header("access-control-allow-origin"), None);
    assert_eq!(app.get("/nonce").await.header("access-control-expose-headers"), Some(exposed));
    assert_eq!(app.get("/").bearer("x").await.header("access-control-expose-headers"), None);
    let all = app.get("/own").bearer("x").await;
    let all: Vec<_> = all.headers().get_all("access-control-expose-headers").iter().collect();
    assert_eq!(all, ["x-own", exposed]);
}
