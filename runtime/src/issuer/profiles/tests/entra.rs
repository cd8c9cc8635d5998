//! Microsoft Entra ID.

use serde_json::json;

use super::{Case, TokenError};
use crate::{
    issuer::{issuer::Issuer, key_set},
    token::scope_source::ScopeSource,
};

const TENANT: &str = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490";
const OTHER: &str = "82229342-1101-4ab6-817b-70c0747630f3";
const API: &str = "535fb089-9ff3-47b6-9bfb-4f1264799865";
const TEMPLATE: &str = "https://login.microsoftonline.com/{tenantid}/v2.0";

fn v2(issuer: Issuer, place: &str, document: (&'static str, &str)) -> Case {
    Case {
        issuer,
        document: (
            document.0,
            json!({
                "issuer": document.1,
                "jwks_uri": format!("https://login.microsoftonline.com/{place}/discovery/v2.0/keys"),
                "authorization_endpoint": "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
                "token_endpoint": "https://login.microsoftonline.com/common/oauth2/v2.0/token",
                "id_token_signing_alg_values_supported": ["RS256"], "tenant_region_scope": null,
            }),
        ),
        key: json!({"x5t": "1", "x5c": ["MIID"], "issuer": TEMPLATE, "cloud_instance_name": "microsoftonline.com"}),
        header: json!({"typ": "JWT", "alg": "RS256", "kid": "1"}),
        claims: json!({
            "aud": API, "iss": format!("https://login.microsoftonline.com/{TENANT}/v2.0"), "tid": TENANT,
            "iat": 1_537_231_048, "nbf": 1_537_231_048, "exp": 4_102_444_800_u64, "azp": "client", "azpacr": "0",
            "oid": "00000000-0000-0000-66f3-3332eca7ea81", "scp": "items me", "roles": ["Store Manager"],
            "sub": "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ", "ver": "2.0",
        }),
        granted: "items me",
    }
}

fn one() -> Case {
    let url =
        "https://login.microsoftonline.com/8eaef023-2b34-4da1-9baa-8bc8c9d6a490/v2.0/.well-known/openid-configuration";
    let issuer = format!("https://login.microsoftonline.com/{TENANT}/v2.0");
    v2(Issuer::entra(TENANT, API), TENANT, (url, &issuer))
}

fn several() -> Case {
    let url = "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration";
    v2(Issuer::entra_tenants(API).tenants([TENANT]), "common", (url, TEMPLATE))
}

#[test]
fn tokens_of_one_tenant_are_accepted() {
    one().check([
        (json!({"iss": format!("https://login.microsoftonline.com/{OTHER}/v2.0")}), TokenError::Issuer),
        (json!({"iss": format!("https://sts.windows.net/{TENANT}/")}), TokenError::Issuer),
        (json!({"aud": format!("api://{API}")}), TokenError::Audience),
        (json!({"aud": null}), TokenError::Audience),
        (json!({"scp": ["items"], "nbf": 4_102_444_000_u64}), TokenError::NotYetValid),
    ]);
    assert_eq!(one().granted(&json!({}), &json!({"scp": null, "scope": "me"})), Ok(String::new()));
    assert_eq!(one().granted(&json!({"typ": null}), &json!({})), Err(TokenError::Header));
    assert_eq!(one().granted(&json!({"typ": "at+jwt"}), &json!({})), Err(TokenError::Header));
}

/// It is for the same application, so that it has the same audience. Roles of the user may be in it.
#[test]
fn an_id_token_of_the_same_application_is_no_access_token() {
    let id_token = json!({"azp": null, "azpacr": null, "scp": null, "appid": null, "appidacr": null, "nonce": "n"});
    for mut case in [one(), several()] {
        assert_eq!(case.granted(&json!({}), &id_token), Err(TokenError::MissingClaim("azp")));
        case.issuer = case.issuer.scope_sources([ScopeSource::claim("roles").skip_others()]);
        assert_eq!(case.granted(&json!({}), &id_token), Err(TokenError::MissingClaim("azp")));
        assert_eq!(case.granted(&json!({}), &json!({"azp": ""})), Err(TokenError::MissingClaim("azp")));
    }
    let v1 = [v1_one(), v1_several(Issuer::entra_v1_tenants(format!("api://{API}")).tenants([TENANT]))];
    for case in v1 {
        assert_eq!(case.granted(&json!({}), &id_token), Err(TokenError::MissingClaim("appid")));
    }
}

#[test]
fn permissions_of_applications_are_granted_where_configured() {
    let mut case = one();
    let sources = [ScopeSource::claim("scp").or_text(), ScopeSource::claim("roles").skip_others()];
    case.issuer = case.issuer.scope_sources(sources);
    assert_eq!(case.granted(&json!({}), &json!({"scp": null, "roles": ["Items.Read"]})), Ok("Items.Read".into()));
    assert_eq!(case.granted(&json!({}), &json!({})), Ok("items me".into()));
}

#[test]
fn tokens_of_several_tenants_are_accepted() {
    several().check([
        (json!({"tid": OTHER}), TokenError::Issuer),
        (json!({"tid": null}), TokenError::MissingClaim("tid")),
        (json!({"tid": OTHER, "iss": TEMPLATE.replace("{tenantid}", OTHER)}), TokenError::Issuer),
        (json!({"iss": TEMPLATE}), TokenError::Issuer),
        (json!({"iss": format!("https://sts.windows.net/{TENANT}/")}), TokenError::Issuer),
    ]);
    let mut any = several();
    any.issuer = any.issuer.any_tenant();
    let of_other = json!({"tid": OTHER, "iss": TEMPLATE.replace("{tenantid}", OTHER)});
    assert_eq!(any.granted(&json!({}), &of_other), Ok("items me".into()));
}

#[test]
fn a_key_of_one_tenant_signs_only_its_tokens() {
    let mut personal = several();
    personal.issuer = personal.issuer.any_tenant();
    personal.key["issuer"] = json!(TEMPLATE.replace("{tenantid}", OTHER));
    assert_eq!(personal.granted(&json!({}), &json!({})), Err(TokenError::Issuer));
    let of_other = json!({"tid": OTHER, "iss": TEMPLATE.replace("{tenantid}", OTHER)});
    assert_eq!(personal.granted(&json!({}), &of_other), Ok("items me".into()));
    // It is none of the tenant's own keys.
    let jwk = super::Provider::known().jwk(&personal.key);
    let set = json!({"keys": [jwk]}).to_string();
    let issuer = Issuer::entra(TENANT, API);
    let read = key_set::read(&issuer.url, &issuer.algorithms, &set).unwrap();
    assert_eq!((read.keys.len(), read.skipped.len()), (0, 1));
}

fn v1(issuer: Issuer, place: &str, document: (&'static str, &str)) -> Case {
    Case {
        issuer,
        document: (
            document.0,
            json!({
                "issuer": document.1,
                "jwks_uri": "https://login.microsoftonline.com/common/discovery/keys",
                "authorization_endpoint": format!("https://login.microsoftonline.com/{place}/oauth2/authorize"),
                "token_endpoint": format!("https://login.microsoftonline.com/{place}/oauth2/token"),
            }),
        ),
        key: json!({"x5t": "1", "x5c": ["MIID"]}),
        header: json!({"typ": "JWT", "alg": "RS256", "x5t": "1", "kid": "1"}),
        claims: json!({
            "aud": format!("api://{API}"), "iss": format!("https://sts.windows.net/{TENANT}/"), "tid": TENANT,
            "iat": 1_537_233_106, "nbf": 1_537_233_106, "exp": 4_102_444_800_u64, "appid": "client", "appidacr": "0",
            "amr": ["pwd"], "ipaddr": "192.168.1.1", "oid": "00000000-0000-0000-66f3-3332eca7ea81", "scp": "user_impersonation",
            "sub": "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ", "ver": "1.0",
        }),
        granted: "user_impersonation",
    }
}

fn v1_one() -> Case {
    let url = "https://login.microsoftonline.com/8eaef023-2b34-4da1-9baa-8bc8c9d6a490/.well-known/openid-configuration";
    let issuer = format!("https://sts.windows.net/{TENANT}/");
    v1(Issuer::entra_v1(TENANT, format!("api://{API}")), TENANT, (url, &issuer))
}

fn v1_several(issuer: Issuer) -> Case {
    let url = "https://login.microsoftonline.com/common/.well-known/openid-configuration";
    v1(issuer, "common", (url, "https://sts.windows.net/{tenantid}/"))
}

#[test]
fn tokens_of_version_1_are_accepted() {
    v1_one().check([
        (json!({"iss": format!("https://sts.windows.net/{TENANT}")}), TokenError::Issuer),
        (json!({"iss": format!("https://login.microsoftonline.com/{TENANT}/v2.0")}), TokenError::Issuer),
        (json!({"aud": API}), TokenError::Audience),
    ]);
    let issuer = || Issuer::entra_v1_tenants(format!("api://{API}")).tenants([TENANT]);
    v1_several(issuer()).check([
        (json!({"tid": OTHER}), TokenError::Issuer),
        (json!({"tid": OTHER, "iss": format!("https://sts.windows.net/{OTHER}/")}), TokenError::Issuer),
        (json!({"iss": format!("https://sts.windows.net/{TENANT}")}), TokenError::Issuer),
    ]);
    // The client that calls is in `appid`.
    let of_client = v1_several(issuer().clients("appid", ["client"]));
    assert_eq!(of_client.granted(&json!({}), &json!({})), Ok("user_impersonation".into()));
    assert_eq!(of_client.granted(&json!({}), &json!({"appid": "other"})), Err(TokenError::Client));
}
