//! Routers whose routes say who may call them: what they answer, and what their tables say.

mod attacks;
mod merged;
mod open;
mod table;

use axum_scopes::{ApiKeyHeader, ApiKeyScheme, secure::Router};
use axum_scopes_tests::prelude::{App, Depends, get_current_user, security};

pub(crate) struct Partner;

impl ApiKeyScheme for Partner {
    const NAME: &str = "Partner";
    const PARAMETER: &str = "x-api-key";
}

#[security(scopes = ["items"])]
pub(crate) async fn read_items(Depends(user): Depends<get_current_user>) -> String {
    user.0
}

#[security]
pub(crate) async fn whoami(Depends(user): Depends<get_current_user>) -> String {
    user.0
}

#[security(public = "load balancers have no token")]
pub(crate) async fn status() -> &'static str {
    "up"
}

/// It takes a credential that nothing verifies.
#[security]
pub(crate) async fn echo_key(ApiKeyHeader(key): ApiKeyHeader<Partner>) -> String {
    key.as_str().to_owned()
}

pub(crate) fn app(router: Router) -> App {
    App::new(router.into_router())
}
