//! Jobs and pods: GitHub Actions, GitLab CI/CD and Kubernetes. Their tokens have no scopes, and say in `sub` and other claims which
//! workload calls.

use crate::{issuer::issuer::Issuer, jose::algorithm::Algorithm};

impl Issuer {
    /// Jobs of GitHub Actions ([documentation](https://docs.github.com/en/actions/reference/security/oidc)).
    ///
    /// `audience` is what the job asks for; without a wish it is the URL of the repository's owner. `repositories` are those that are accepted,
    /// such as `octo-org/octo-repo`, because every repository of the world gets a token for every audience. A name can be given to somebody
    /// else when its owner lets it go: [`require_claim`](Self::require_claim) with `repository_owner_id` is firm. These tokens have no scopes: let a
    /// claims type of your own grant what `ref`, `environment` or `job_workflow_ref` may do.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::github_actions("https://deploy.example.com", ["octo-org/octo-repo"])
    ///     .require_claim("repository_owner_id", ["65"]);
    /// ```
    #[must_use]
    pub fn github_actions(audience: impl Into<String>, repositories: impl IntoIterator<Item: Into<String>>) -> Self {
        let issuer = Self::new("https://token.actions.githubusercontent.com").audience(audience);
        let issuer = issuer.algorithms([Algorithm::RS256]).token_types(["JWT"]);
        issuer.require_claim("repository", repositories)
    }

    /// Jobs of GitLab CI/CD ([documentation](https://docs.gitlab.com/ci/secrets/id_token_authentication/)).
    ///
    /// `instance` is the URL of the instance, such as `https://gitlab.com`, and `audience` is what the job asks for. `projects` are the paths of those
    /// that are accepted, such as `my-group/my-project`, because every project of the instance gets a token for every audience. ID tokens of
    /// users, which the same issuer signs, have no `project_path` and are refused. These tokens have no scopes: let a claims type of your own grant
    /// what `ref`, `ref_protected` or `environment` may do.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::gitlab_ci("https://gitlab.com", "https://deploy.example.com", ["my-group/my-project"]);
    /// ```
    #[must_use]
    pub fn gitlab_ci(
        instance: &str,
        audience: impl Into<String>,
        projects: impl IntoIterator<Item: Into<String>>,
    ) -> Self {
        let issuer = Self::new(instance).audience(audience).algorithms([Algorithm::RS256]);
        issuer.token_types(["JWT"]).require_claim("project_path", projects)
    }

    /// Service accounts of a Kubernetes cluster
    /// ([documentation](https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#service-account-issuer-discovery)).
    ///
    /// `issuer` is the cluster's `--service-account-issuer`, such as `https://kubernetes.default.svc.cluster.local`, and `audience` that of a
    /// projected volume or a `TokenRequest`. Without one, tokens are for the API server, which this service must not take for itself. The
    /// discovery document and the keys can be fetched without credentials if the role `system:service-account-issuer-discovery` is bound to
    /// `system:unauthenticated`. In the cluster, [`Connections::roots_pem`](crate::issuer::Connections::roots_pem) takes the authority of
    /// the API server. Tokens have no `typ` and no scopes; `sub` is `system:serviceaccount:`, the namespace, a colon and the name. An end of a
    /// pod is not noticed before `exp`.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::kubernetes("https://kubernetes.default.svc.cluster.local", "https://api.example.com");
    /// ```
    #[must_use]
    pub fn kubernetes(issuer: impl Into<String>, audience: impl Into<String>) -> Self {
        Self::new(issuer).audience(audience).algorithms([Algorithm::RS256])
    }
}
