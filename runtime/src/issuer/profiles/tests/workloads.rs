//! GitHub Actions, GitLab CI/CD and Kubernetes.

use serde_json::json;

use super::{Case, TokenError, value};
use crate::issuer::issuer::Issuer;

const AUDIENCE: &str = "https://deploy.example.com";

#[test]
fn jobs_of_github_actions_are_accepted() {
    let github = "https://token.actions.githubusercontent.com";
    let case = Case {
        issuer: Issuer::github_actions(AUDIENCE, ["octo-org/octo-repo"]),
        document: (
            "https://token.actions.githubusercontent.com/.well-known/openid-configuration",
            json!({"issuer": github, "jwks_uri": format!("{github}/.well-known/jwks"), "scopes_supported": ["openid"]}),
        ),
        key: json!({"alg": "RS256", "x5c": ["MIID"], "x5t": "1"}),
        header: json!({"typ": "JWT", "alg": "RS256", "x5t": "1", "kid": "1"}),
        claims: json!({
            "jti": "1", "sub": "repo:octo-org/octo-repo:environment:prod", "environment": "prod", "aud": AUDIENCE,
            "ref": "refs/heads/main", "sha": "1", "repository": "octo-org/octo-repo", "repository_owner": "octo-org",
            "actor_id": "12", "repository_id": "74", "repository_owner_id": "65", "run_id": "1", "ref_type": "branch",
            "job_workflow_ref": "octo-org/octo-automation/.github/workflows/oidc.yml@refs/heads/main", "iss": github,
            "nbf": 1_632_492_967, "exp": 4_102_444_800_u64, "iat": 1_632_493_567,
        }),
        granted: "",
    };
    case.check([
        (json!({"repository": "octo-org/other"}), value("repository")),
        (json!({"repository": "evil/octo-repo"}), value("repository")),
        (json!({"repository": null}), value("repository")),
        (json!({"aud": "https://github.com/octo-org"}), TokenError::Audience),
    ]);
    let mut of_owner = case;
    of_owner.issuer = of_owner.issuer.require_claim("repository_owner_id", ["65"]);
    assert!(of_owner.granted(&json!({}), &json!({})).is_ok());
    let renamed = of_owner.granted(&json!({}), &json!({"repository_owner_id": "66"}));
    assert_eq!(renamed, Err(value("repository_owner_id")));
}

#[test]
fn jobs_of_gitlab_are_accepted() {
    let case = Case {
        issuer: Issuer::gitlab_ci("https://gitlab.com", AUDIENCE, ["my-group/my-project"]),
        document: (
            "https://gitlab.com/.well-known/openid-configuration",
            json!({
                "issuer": "https://gitlab.com", "jwks_uri": "https://gitlab.com/oauth/discovery/keys",
                "authorization_endpoint": "https://gitlab.com/oauth/authorize",
                "token_endpoint": "https://gitlab.com/oauth/token",
            }),
        ),
        key: json!({"alg": "RS256"}),
        header: json!({"kid": "1", "typ": "JWT", "alg": "RS256"}),
        claims: json!({
            "namespace_id": "72", "namespace_path": "my-group", "project_id": "20",
            "project_path": "my-group/my-project", "user_id": "1", "user_login": "sample-user",
            "pipeline_id": "574", "job_id": "302", "ref": "main", "ref_type": "branch", "ref_protected": "true",
            "runner_id": 1, "jti": "1", "iss": "https://gitlab.com", "iat": 1_681_395_193, "nbf": 1_681_395_188,
            "exp": 4_102_444_800_u64, "sub": "project_path:my-group/my-project:ref_type:branch:ref:main",
            "aud": AUDIENCE,
        }),
        granted: "",
    };
    case.check([
        (json!({"project_path": "my-group/other"}), value("project_path")),
        // An ID token of a user.
        (json!({"project_path": null, "sub": "1"}), value("project_path")),
        (json!({"aud": ["https://other.example.com"]}), TokenError::Audience),
    ]);
    assert!(case.granted(&json!({}), &json!({"aud": ["https://other.example.com", AUDIENCE]})).is_ok());
}

#[test]
fn service_accounts_of_kubernetes_are_accepted() {
    let cluster = "https://kubernetes.default.svc.cluster.local";
    let case = Case {
        issuer: Issuer::kubernetes(cluster, AUDIENCE),
        document: (
            "https://kubernetes.default.svc.cluster.local/.well-known/openid-configuration",
            json!({
                "issuer": cluster, "jwks_uri": "https://172.18.0.2:6443/openid/v1/jwks",
                "response_types_supported": ["id_token"], "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
            }),
        ),
        key: json!({"alg": "RS256"}),
        header: json!({"alg": "RS256", "kid": "1"}),
        claims: json!({
            "aud": [AUDIENCE], "exp": 4_102_444_800_u64, "iat": 1_700_000_000, "iss": cluster, "jti": "1",
            "kubernetes.io": {
                "namespace": "my-namespace", "node": {"name": "my-node", "uid": "1"},
                "pod": {"name": "my-pod", "uid": "1"}, "serviceaccount": {"name": "my-account", "uid": "1"},
                "warnafter": 1_700_003_607,
            },
            "nbf": 1_700_000_000, "sub": "system:serviceaccount:my-namespace:my-account",
        }),
        granted: "",
    };
    case.check([
        (json!({"aud": [cluster]}), TokenError::Audience),
        (json!({"aud": null}), TokenError::Audience),
        // The older tokens in secrets.
        (json!({"iss": "kubernetes/serviceaccount", "aud": null, "exp": null}), TokenError::MissingClaim("exp")),
    ]);
}
