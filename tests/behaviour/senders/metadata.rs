//! The metadata of a resource says which bound tokens it takes (RFC 9728 §2), and challenges of both kinds lead to it.

use axum_scopes::{
    credential::AccessToken,
    resource::{ResourceMetadata, protected_resource_metadata},
    scheme::ProtectedResource,
};
use serde_json::{Value, json};

use super::*;

/// Schemes with and without a constant resource.
macro_rules! both {
    ($($Constant:ident $AtRunTime:ident $sender:expr;)*) => {
        schemes!($($AtRunTime Rfc6750 $sender;)*);
        $(struct $Constant;
        impl OAuth2Scheme for $Constant {
            const FLOWS: Flows = Flows::client_credentials("https://id.example/token");
            const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
            const PROTECTED_RESOURCE: Option<ProtectedResource> = Some(ProtectedResource::new("https://api.example"));
            const SENDER: Sender = $sender;
        })*
    };
}

both!(
    Bearer0 Bearer1 Sender::bearer();
    Unchecked0 Unchecked1 Sender::unchecked();
    Certificate0 Certificate1 Sender::bearer().or_certificate();
    OnlyCertificate0 OnlyCertificate1 Sender::bearer().or_certificate().required();
    Dpop0 Dpop1 Sender::bearer().or_dpop(&["ES256", "EdDSA"]);
    OnlyDpop0 OnlyDpop1 Sender::bearer().or_dpop(&["ES256"]).required();
    Both0 Both1 Sender::bearer().or_dpop(&["ES256"]).or_certificate();
    OnlyBoth0 OnlyBoth1 Sender::bearer().or_dpop(&["ES256"]).or_certificate().required();
);

const METADATA: &str = "/.well-known/oauth-protected-resource";

/// The members of the metadata that are about senders, from a constant resource and from one that is known at run time.
async fn members<Constant: OAuth2Scheme, AtRunTime: OAuth2Scheme>() -> Value {
    let constant = protected_resource_metadata::<AccessToken<Constant>, ()>();
    let resource = ResourceMetadata::new("https://api.example").unwrap();
    let published = resource.publish::<AccessToken<AtRunTime>, ()>(Router::new());
    let constant = App::new(constant).get(METADATA).await.json();
    assert_eq!(App::new(published).get(METADATA).await.json(), constant);
    let Value::Object(mut members) = constant else { panic!("{constant}") };
    for known in ["resource", "scopes_supported", "bearer_methods_supported"] {
        assert!(members.remove(known).is_some(), "{known}");
    }
    Value::Object(members)
}

#[tokio::test]
async fn the_metadata_says_which_bound_tokens_a_scheme_takes() {
    let algorithm = json!(["ES256"]);
    assert_eq!(members::<Bearer0, Bearer1>().await, json!({}));
    assert_eq!(members::<Unchecked0, Unchecked1>().await, json!({}));
    let certificate = json!({"tls_client_certificate_bound_access_tokens": true});
    assert_eq!(members::<Certificate0, Certificate1>().await, certificate);
    assert_eq!(members::<OnlyCertificate0, OnlyCertificate1>().await, certificate);
    let dpop = json!({"dpop_signing_alg_values_supported": ["ES256", "EdDSA"]});
    assert_eq!(members::<Dpop0, Dpop1>().await, dpop);
    let only_dpop = json!({"dpop_signing_alg_values_supported": algorithm, "dpop_bound_access_tokens_required": true});
    assert_eq!(members::<OnlyDpop0, OnlyDpop1>().await, only_dpop);
    // A token that is bound to a certificate alone needs no proof.
    let both =
        json!({"dpop_signing_alg_values_supported": algorithm, "tls_client_certificate_bound_access_tokens": true});
    assert_eq!(members::<Both0, Both1>().await, both);
    assert_eq!(members::<OnlyBoth0, OnlyBoth1>().await, both);
}

#[security(scopes = ["items"])]
async fn items<S: OAuth2Scheme>(_: Depends<user<S>>) {}

#[security]
async fn user<S: OAuth2Scheme>(required: SecurityScopes, _: AccessToken<S>) -> Result<(), AuthError> {
    required.check(&Scopes::new())
}

async fn published<S: OAuth2Scheme>() -> String {
    let resource = ResourceMetadata::new("https://api.example").unwrap();
    let router = resource.publish::<AccessToken<S>, ()>(Router::new().route("/", get(items::<S>)));
    App::new(router).get("/").await.challenge().unwrap().to_owned()
}

#[tokio::test]
async fn challenges_for_proofs_lead_to_a_resource_known_at_run_time() {
    let url = r#"resource_metadata="https://api.example/.well-known/oauth-protected-resource""#;
    assert_eq!(published::<OnlyDpop1>().await, format!(r#"DPoP {url}, scope="items", algs="ES256""#));
    assert_eq!(published::<Both1>().await, format!(r#"Bearer {url}, scope="items", DPoP algs="ES256""#));
    assert_eq!(published::<OnlyCertificate1>().await, format!(r#"Bearer {url}, scope="items""#));
}

#[tokio::test]
async fn challenges_for_proofs_that_a_handler_writes_lead_there_too() {
    let url = r#"resource_metadata="https://api.example/.well-known/oauth-protected-resource""#;
    for (challenge, expected) in [
        ("DPoP", format!("DPoP {url}")),
        ("dpop algs=\"ES256\"", format!("dpop {url}, algs=\"ES256\"")),
        ("DPoPe", "DPoPe".to_owned()),
    ] {
        let handler = async move || [("www-authenticate", challenge)];
        let resource = ResourceMetadata::new("https://api.example").unwrap();
        let router = resource.publish::<AccessToken<OnlyDpop1>, ()>(Router::new().route("/", get(handler)));
        assert_eq!(App::new(router).get("/").await.challenge(), Some(&*expected));
    }
}

/// The constant resource stands in the challenges themselves.
#[tokio::test]
async fn challenges_for_proofs_lead_to_a_constant_resource() {
    let app = App::new(Router::new().route("/", get(items::<OnlyDpop0>)));
    let url = r#"resource_metadata="https://api.example/.well-known/oauth-protected-resource""#;
    let answer = app.get("/").await;
    assert_eq!(answer.challenge(), Some(&*format!(r#"DPoP {url}, algs="ES256""#)));
}
