//! A scheme takes bound tokens, and the verifier does not look at the sender.

use axum_scopes::{
    Depends, Flows, OAuth2Scheme, TokenVerifier,
    scheme::Sender,
    secure::{Router, get},
    security, verified,
};

struct Bank;

impl OAuth2Scheme for Bank {
    const FLOWS: Flows = Flows::client_credentials("token");
    const SCOPES: &[(&str, &str)] = &[];
    const SENDER: Sender = Sender::bearer().or_dpop(&["ES256"]);
}

#[security]
async fn read_accounts(_: Depends<verified<Bank>>) {}

fn main() {
    let _: Router<TokenVerifier> = Router::new().route("/accounts", get(read_accounts));
}
