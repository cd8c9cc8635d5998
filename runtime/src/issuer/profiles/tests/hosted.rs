//! Auth0, Okta and Keycloak.

use serde_json::json;

use super::{Case, TokenError, value};
use crate::{issuer::issuer::Issuer, token::scope_source::ScopeSource};

fn auth0() -> Case {
    let api = "https://example.com/health-api";
    Case {
        issuer: Issuer::auth0("my-domain.auth0.com", api),
        document: (
            "https://my-domain.auth0.com/.well-known/openid-configuration",
            json!({
                "issuer": "https://my-domain.auth0.com/",
                "jwks_uri": "https://my-domain.auth0.com/.well-known/jwks.json",
                "authorization_endpoint": "https://my-domain.auth0.com/authorize",
                "token_endpoint": "https://my-domain.auth0.com/oauth/token",
            }),
        ),
        key: json!({"alg": "RS256", "x5t": "1", "x5c": ["MIID"]}),
        header: json!({"alg": "RS256", "typ": "JWT", "kid": "1"}),
        claims: json!({
            "iss": "https://my-domain.auth0.com/", "sub": "auth0|123456",
            "aud": [api, "https://my-domain.auth0.com/userinfo"], "azp": "my_client_id", "exp": 4_102_444_800_u64,
            "iat": 1_311_280_970, "scope": "openid profile read:patients", "permissions": ["admin"],
        }),
        granted: "openid profile read:patients",
    }
}

#[test]
fn tokens_of_auth0_are_accepted() {
    auth0().check([
        (json!({"iss": "https://my-domain.auth0.com"}), TokenError::Issuer),
        (json!({"aud": ["https://my-domain.auth0.com/userinfo"]}), TokenError::Audience),
        // An ID token.
        (json!({"aud": "my_client_id"}), TokenError::Audience),
    ]);
    let rfc9068 = json!({"azp": null, "client_id": "my_client_id", "jti": "73WakrfVbNJBaAmhQtEeDv"});
    assert_eq!(auth0().granted(&json!({"typ": "at+jwt"}), &rfc9068).as_deref(), Ok(auth0().granted));
    assert_eq!(auth0().granted(&json!({"typ": null}), &json!({})), Err(TokenError::Header));
    let mut case = auth0();
    case.issuer = case.issuer.scope_sources([ScopeSource::claim("permissions")]);
    assert_eq!(case.granted(&json!({}), &json!({})), Ok("admin".into()));
}

fn okta() -> Case {
    Case {
        issuer: Issuer::okta("example.okta.com", "default", "api://default"),
        document: (
            "https://example.okta.com/oauth2/default/.well-known/openid-configuration",
            json!({
                "issuer": "https://example.okta.com/oauth2/default",
                "jwks_uri": "https://example.okta.com/oauth2/default/v1/keys",
                "authorization_endpoint": "https://example.okta.com/oauth2/default/v1/authorize",
                "token_endpoint": "https://example.okta.com/oauth2/default/v1/token",
            }),
        ),
        key: json!({"alg": "RS256"}),
        header: json!({"alg": "RS256", "kid": "1"}),
        claims: json!({
            "ver": 1, "jti": "AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE",
            "iss": "https://example.okta.com/oauth2/default", "aud": "api://default", "sub": "user@example.com",
            "iat": 1_467_145_094, "exp": 4_102_444_800_u64, "cid": "nmdP1fcyvdVO11AL7ECm",
            "uid": "00ujmkLgagxeRrAg20g3", "scp": ["openid", "items"],
        }),
        granted: "openid items",
    }
}

#[test]
fn tokens_of_okta_are_accepted() {
    okta().check([
        (json!({"iss": "https://example.okta.com"}), TokenError::Issuer),
        (json!({"iss": "https://example.okta.com/oauth2/default/"}), TokenError::Issuer),
        // An ID token.
        (json!({"aud": "nmdP1fcyvdVO11AL7ECm", "scp": null}), TokenError::Audience),
        (json!({"scp": [1]}), TokenError::WrongClaim { claim: "scp", found: "a list with more than names in it" }),
    ]);
    let mut case = okta();
    case.issuer = case.issuer.clients("cid", ["other"]);
    assert_eq!(case.granted(&json!({}), &json!({})), Err(TokenError::Client));
}

fn keycloak() -> Case {
    Case {
        issuer: Issuer::keycloak("https://id.example.com", "main", "api"),
        document: (
            "https://id.example.com/realms/main/.well-known/openid-configuration",
            json!({
                "issuer": "https://id.example.com/realms/main",
                "jwks_uri": "https://id.example.com/realms/main/protocol/openid-connect/certs",
                "authorization_endpoint": "https://id.example.com/realms/main/protocol/openid-connect/auth",
                "token_endpoint": "https://id.example.com/realms/main/protocol/openid-connect/token",
            }),
        ),
        key: json!({"alg": "RS256", "x5c": ["MIID"], "x5t": "1", "x5t#S256": "1"}),
        header: json!({"alg": "RS256", "typ": "JWT", "kid": "1"}),
        claims: json!({
            "exp": 4_102_444_800_u64, "iat": 1_311_280_970, "jti": "1", "iss": "https://id.example.com/realms/main",
            "aud": ["api", "account"], "sub": "f1888f4d-5172-4359-be0c-af338505d86c", "typ": "Bearer", "azp": "web",
            "sid": "1", "acr": "1", "allowed-origins": ["https://app.example.com"],
            "realm_access": {"roles": ["offline_access", "Store Manager", "uma_authorization"]},
            "resource_access": {"api": {"roles": ["items"]}, "account": {"roles": ["manage-account"]}},
            "scope": "profile email",
        }),
        granted: "profile email",
    }
}

#[test]
fn tokens_of_keycloak_are_accepted() {
    keycloak().check([
        (json!({"iss": "https://id.example.com/realms/master"}), TokenError::Issuer),
        (json!({"aud": "account"}), TokenError::Audience),
        (json!({"typ": "ID"}), value("typ")),
        (json!({"typ": "Refresh"}), value("typ")),
        (json!({"typ": null}), value("typ")),
    ]);
    assert_eq!(keycloak().granted(&json!({"typ": "at+jwt"}), &json!({})).as_deref(), Ok("profile email"));
    let mut roles = keycloak();
    roles.issuer = roles.issuer.scope_sources([
        ScopeSource::claim("realm_access").member("roles").skip_others(),
        ScopeSource::claim("resource_access").member("api").member("roles"),
    ]);
    let granted = roles.granted(&json!({}), &json!({}));
    assert_eq!(granted, Ok("offline_access uma_authorization items".into()));
    // A lightweight access token.
    let few = json!({"sub": null, "realm_access": null, "resource_access": null, "acr": null});
    assert_eq!(keycloak().granted(&json!({}), &few), Err(TokenError::MissingClaim("sub")));
    let mut lightweight = keycloak();
    lightweight.issuer = lightweight.issuer.subject_or("azp");
    assert_eq!(lightweight.granted(&json!({}), &few).as_deref(), Ok("profile email"));
}
