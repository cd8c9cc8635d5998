//! The tokens are those of RFC 9068, so any resource server accepts them: here this library's own, which finds the keys by
//! discovery. Clients in other languages are in files of their own.

use std::{io, time::Duration};

use axum_scopes::{
    Claims,
    credential::{Presented, PresentedAs},
    issuer::{Issuer, IssuerVerifier},
    token::{VerifyError, VerifyToken},
};
use tokio::time::sleep;

use crate::{
    check,
    http::Request,
    login::{granted, log_in, refresh, revoke},
    service::{CLIENT_SECRET, Service},
};

/// A resource server elsewhere, which knows the URL of the service and nothing more.
pub async fn resource_server(service: &Service) -> io::Result<IssuerVerifier> {
    let issuer = Issuer::new(service.url()).rfc9068(service.url());
    let verifier = IssuerVerifier::start([issuer]).map_err(io::Error::other)?;
    for _ in 0..100 {
        if verifier.is_ready() {
            return Ok(verifier);
        }
        sleep(Duration::from_millis(50)).await;
    }
    Err(io::Error::other("the resource server does not find the keys"))
}

pub async fn judge(verifier: &IssuerVerifier, token: &str) -> Result<Claims, VerifyError> {
    verifier.judge_as::<Claims>(&Presented::new(token, PresentedAs::Header)).await
}

pub async fn by_our_own_resource_server(service: &Service) -> io::Result<()> {
    let verifier = resource_server(service).await?;
    let to = service.replicas[0].address;
    let tokens = log_in(to, "johndoe", "secret").await?;
    let refreshed = granted(&refresh(&tokens.refresh).send(to).await?)?;
    let fields = [("grant_type", "client_credentials"), ("client_id", "reports"), ("client_secret", CLIENT_SECRET)];
    let own = granted(&Request::post("/token").form(&[&fields[..], &[("scope", "reports")]].concat()).send(to).await?)?;
    for (token, scope) in
        [(&tokens.access, "me items account"), (&refreshed.access, "me items account"), (&own.access, "reports")]
    {
        let claims = judge(&verifier, token).await.map_err(io::Error::other)?;
        check!(claims.scope.as_str() == scope, "{claims:?}");
    }
    let report = Request::get("/reports/users").bearer(&own.access).send(to).await?;
    check!(report.status == 200, "the client's token: {report:?}");
    let user = Request::get("/reports/users").bearer(&tokens.access).send(to).await?;
    check!(user.status == 403, "a user's token: {user:?}");
    let revoked = revoke(&refreshed.refresh).send(to).await?;
    check!(revoked.status == 200, "a revocation: {revoked:?}");
    for wrong in ["", "no.token", &tokens.access[..tokens.access.len() - 5]] {
        check!(judge(&verifier, wrong).await.is_err(), "`{wrong}` is accepted");
    }
    println!("accepted: tokens of all three grants, by the keys that discovery finds");
    Ok(())
}
