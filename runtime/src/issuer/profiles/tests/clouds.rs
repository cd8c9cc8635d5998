//! Amazon Cognito, and the service accounts of Google.

use serde_json::json;

use super::{Case, TokenError, value};
use crate::issuer::issuer::Issuer;

#[test]
fn tokens_of_cognito_are_accepted() {
    let pool = "https://cognito-idp.us-east-2.amazonaws.com/us-east-2_example";
    let case = Case {
        issuer: Issuer::cognito("us-east-2", "us-east-2_example", ["1example23456789", "2example"]),
        document: (
            "https://cognito-idp.us-east-2.amazonaws.com/us-east-2_example/.well-known/openid-configuration",
            json!({
                "issuer": pool, "jwks_uri": format!("{pool}/.well-known/jwks.json"),
                "authorization_endpoint": "https://example.auth.us-east-2.amazoncognito.com/oauth2/authorize",
                "token_endpoint": "https://example.auth.us-east-2.amazoncognito.com/oauth2/token",
            }),
        ),
        key: json!({"alg": "RS256"}),
        header: json!({"kid": "1", "alg": "RS256"}),
        claims: json!({
            "sub": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", "device_key": "aaaa", "cognito:groups": ["testgroup"],
            "iss": pool, "version": 2, "client_id": "1example23456789", "origin_jti": "1", "event_id": "1",
            "token_use": "access", "scope": "openid https://api.example.com/items", "auth_time": 1_676_313_851,
            "exp": 4_102_444_800_u64, "iat": 1_676_313_851, "jti": "1", "username": "my-test-user",
        }),
        granted: "openid https://api.example.com/items",
    };
    case.check([
        (json!({"client_id": "3example"}), TokenError::Client),
        (json!({"client_id": null}), TokenError::Client),
        (json!({"token_use": null}), value("token_use")),
        (json!({"token_use": "id"}), value("token_use")),
        // An ID token.
        (json!({"token_use": "id", "aud": "1example23456789", "client_id": null}), TokenError::Audience),
    ]);
    assert_eq!(case.granted(&json!({}), &json!({"client_id": "2example"})).as_deref(), Ok(case.granted));
}

#[test]
fn id_tokens_of_googles_service_accounts_are_accepted() {
    let account = "reports@my-project.iam.gserviceaccount.com";
    let case = Case {
        issuer: Issuer::google_service_accounts("https://api.example.com", [account]),
        document: (
            "https://accounts.google.com/.well-known/openid-configuration",
            json!({
                "issuer": "https://accounts.google.com", "jwks_uri": "https://www.googleapis.com/oauth2/v3/certs",
                "authorization_endpoint": "https://accounts.google.com/o/oauth2/v2/auth",
                "token_endpoint": "https://oauth2.googleapis.com/token",
            }),
        ),
        key: json!({"alg": "RS256"}),
        header: json!({"alg": "RS256", "kid": "1", "typ": "JWT"}),
        claims: json!({
            "aud": "https://api.example.com", "azp": "112010400000000710080", "email": account,
            "email_verified": true, "exp": 4_102_444_800_u64, "iat": 1_745_361_005,
            "iss": "https://accounts.google.com", "sub": "112010400000000710080",
        }),
        granted: "",
    };
    case.check([
        (json!({"iss": "accounts.google.com"}), TokenError::Issuer),
        (json!({"email": "reports@other-project.iam.gserviceaccount.com"}), value("email")),
        (json!({"email": null}), value("email")),
        (json!({"aud": null}), TokenError::Audience),
    ]);
}
