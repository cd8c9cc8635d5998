//! Providers of clouds: Amazon Cognito, and the service accounts of Google.

use crate::{issuer::issuer::Issuer, jose::algorithm::Algorithm};

impl Issuer {
    /// A user pool of Amazon Cognito, with its access tokens
    /// ([documentation](https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html)).
    ///
    /// Access tokens have no `aud`; `clients` are the app clients that are accepted, whom `client_id` names. `token_use` must be `access`,
    /// because ID tokens have `id` there. Scopes of a resource server are in `scope`, with its identifier before them, such as
    /// `https://api.example.com/items`. If a client asks for a resource (RFC 8707), the token has `aud`: add [`audience`](Self::audience).
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::cognito("us-east-2", "us-east-2_example", ["1example23456789"]);
    /// ```
    #[must_use]
    pub fn cognito(region: &str, user_pool: &str, clients: impl IntoIterator<Item: Into<String>>) -> Self {
        let issuer = Self::new(format!("https://cognito-idp.{region}.amazonaws.com/{user_pool}"));
        let issuer = issuer.algorithms([Algorithm::RS256]).clients("client_id", clients);
        issuer.require_claim("token_use", ["access"])
    }

    /// ID tokens of Google's service accounts
    /// ([documentation](https://cloud.google.com/docs/authentication/token-types#id)), with which machines in Google's cloud call services.
    /// Google's access tokens are opaque and for Google's own services, so there is no profile for them.
    ///
    /// `audience` is what the caller asks for, usually the URL of this service. `accounts` are the email addresses that are accepted, because
    /// every service account of the world gets a token for every audience. These tokens have no scopes: let a claims type of your own
    /// grant what each `email` may do.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::google_service_accounts(
    ///     "https://api.example.com",
    ///     ["reports@my-project.iam.gserviceaccount.com"],
    /// );
    /// ```
    #[must_use]
    pub fn google_service_accounts(
        audience: impl Into<String>,
        accounts: impl IntoIterator<Item: Into<String>>,
    ) -> Self {
        let issuer = Self::new("https://accounts.google.com").audience(audience).algorithms([Algorithm::RS256]);
        issuer.token_types(["JWT"]).require_claim("email", accounts)
    }
}
