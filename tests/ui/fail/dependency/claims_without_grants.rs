// This function looks like the ready-made dependency with a claims type of the service.

use axum_scopes_tests::prelude::*;

#[security]
async fn claims_as<C: From<String> + Grants + Send + 'static>(
    required: SecurityScopes,
    Bearer(token): Bearer<Api>,
) -> Result<C, AuthError> {
    let claims = C::from(token.as_str().to_owned());
    required.check(&claims)?;
    Ok(claims)
}

struct Tenant(String);

impl From<String> for Tenant {
    fn from(name: String) -> Self {
        Self(name)
    }
}

#[security(scopes = ["items"])]
async fn read_items(Depends(claims): Depends<claims_as<Tenant>>) -> String {
    claims.0
}

fn main() {}
