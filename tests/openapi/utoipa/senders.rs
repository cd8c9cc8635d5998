//! What a scheme asks of the senders of tokens stands in its Security Scheme Object and in the table.

use axum_scopes::{
    AccessTable,
    credential::AccessToken,
    openapi::SetEndpoints,
    scheme::{Endpoints, Sender},
    secure::utoipa::{OpenApiRouter as Secured, routes as secured},
};
use axum_scopes_openapi_tests::prelude::*;

macro_rules! senders {
    ($($Scheme:ident $handler:ident $path:literal $sender:expr;)*) => {
        $(struct $Scheme;

        impl OAuth2Scheme for $Scheme {
            const NAME: &str = stringify!($Scheme);
            const FLOWS: Flows = Flows::client_credentials("/token");
            const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
            const SENDER: Sender = $sender;
        }

        #[security(scopes = ["items"])]
        #[utoipa::path(get, path = $path)]
        async fn $handler(_: Depends<get_sender<$Scheme>>) {})*

        fn router() -> Secured {
            Secured::new()$(.routes(secured!($handler)))*
        }
    };
}

#[security]
async fn get_sender<S: OAuth2Scheme>(required: SecurityScopes, _: AccessToken<S>) -> Result<(), AuthError> {
    required.check(&Scopes::new())
}

senders!(
    Plain plain "/plain" Sender::bearer();
    Mesh mesh "/mesh" Sender::unchecked();
    Proof proof "/proof" Sender::bearer().or_dpop(&["ES256", "EdDSA"]);
    OnlyProof only_proof "/only-proof" Sender::bearer().or_dpop(&["ES256"]).required();
    Certificate certificate "/certificate" Sender::bearer().or_certificate();
    OnlyCertificate only_certificate "/only-certificate" Sender::bearer().or_certificate().required();
    Both both "/both" Sender::bearer().or_dpop(&["ES256"]).or_certificate();
    OnlyBoth only_both "/only-both" Sender::bearer().or_dpop(&["ES256"]).or_certificate().required();
);

const TABLE: &str = "\
GET  /both              Both [items]
GET  /certificate       Certificate [items]
GET  /mesh              Mesh [items]
GET  /only-both         OnlyBoth (DPoP or certificate) [items]
GET  /only-certificate  OnlyCertificate (certificate) [items]
GET  /only-proof        OnlyProof (DPoP) [items]
GET  /plain             Plain [items]
GET  /proof             Proof [items]
";

#[test]
fn a_scheme_that_requires_bound_tokens_is_marked_in_both_tables() {
    assert_eq!(router().table().to_string(), TABLE);
    let (_, document) = router().split();
    assert_eq!(AccessTable::of_document(&document).unwrap().to_string(), TABLE);
    let document: Value = serde_json::from_str(&document.to_json().unwrap()).unwrap();
    assert_eq!(AccessTable::of_document(&document).unwrap().to_string(), TABLE);
    let table = AccessTable::new().route("GET", "/", only_proof).route("POST", "/", proof);
    assert_eq!(table.to_string(), "GET   /  OnlyProof (DPoP) [items]\nPOST  /  Proof [items]\n");
}

#[test]
fn a_security_scheme_object_says_what_it_asks_of_senders() {
    let (_, document) = router().split();
    let document = serde_json::to_value(&document).unwrap();
    let bound = "Tokens that are bound to their sender are accepted";
    let only = "Only tokens that are bound to their sender are accepted,";
    let certificate = "with the client certificate that they are bound to.";
    for (name, sender, description) in [
        ("Plain", json!(null), None),
        (
            "Mesh",
            json!({"unchecked": true}),
            Some(
                "Whether the client is the one that a token is bound to is checked in front of this service."
                    .to_owned(),
            ),
        ),
        ("Proof", json!({"dpop": ["ES256", "EdDSA"]}), Some(format!("{bound} with a DPoP proof (`ES256`, `EdDSA`)."))),
        (
            "OnlyProof",
            json!({"dpop": ["ES256"], "required": true}),
            Some(format!("{only} with a DPoP proof (`ES256`).")),
        ),
        ("Certificate", json!({"certificate": true}), Some(format!("{bound} {certificate}"))),
        ("OnlyCertificate", json!({"certificate": true, "required": true}), Some(format!("{only} {certificate}"))),
        (
            "Both",
            json!({"dpop": ["ES256"], "certificate": true}),
            Some(format!("{bound} with a DPoP proof (`ES256`) or {certificate}")),
        ),
        (
            "OnlyBoth",
            json!({"dpop": ["ES256"], "certificate": true, "required": true}),
            Some(format!("{only} with a DPoP proof (`ES256`) or {certificate}")),
        ),
    ] {
        let scheme = &document["components"]["securitySchemes"][name];
        assert_eq!(scheme["x-sender"], sender, "{name}");
        assert_eq!(scheme["description"].as_str(), description.as_deref(), "{name}");
        assert_eq!(scheme["type"], "oauth2", "{name}");
    }
}

/// The object is found again by all that it says.
#[test]
fn endpoints_of_a_scheme_with_bound_tokens_can_be_set() {
    let (_, mut document) = router().split();
    let endpoints = Endpoints::new("https://id.example/authorize", "https://id.example/token").unwrap();
    document.set_endpoints::<AccessToken<OnlyBoth>>(&endpoints).unwrap();
    let document = serde_json::to_value(&document).unwrap();
    let scheme = &document["components"]["securitySchemes"]["OnlyBoth"];
    assert_eq!(scheme["flows"]["clientCredentials"]["tokenUrl"], "https://id.example/token");
    assert_eq!(scheme["x-sender"]["required"], true);
    assert_eq!(AccessTable::of_document(&document).unwrap().to_string(), TABLE);
}

/// Only what this library has written there is an object, so nothing else is hostile.
#[test]
fn an_extension_of_another_shape_marks_nothing() {
    for extension in [json!(null), json!(true), json!([]), json!("x"), json!({}), json!({"required": true})] {
        let document = json!({
            "paths": {"/": {"get": {"security": [{"A": []}], "x-enforced-security": [{"A": []}]}}},
            "components": {"securitySchemes": {"A": {"x-sender": extension}}},
        });
        assert_eq!(AccessTable::of_document(&document).unwrap().to_string(), "GET  /  A\n", "{extension}");
    }
}
