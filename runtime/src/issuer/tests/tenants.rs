//! Issuers by template, as Microsoft Entra has them: the tenant in `iss`, in `tid` and in the keys.

use super::{
    provider::{Page, Provider},
    *,
};

const TEMPLATE: &str = "https://login.example.com/{tenantid}/v2.0";
const OURS: &str = "4e3f1e2c-0000-4000-8000-000000000001";
const THEIRS: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

fn url(tenant: &str) -> String {
    TEMPLATE.replace("{tenantid}", tenant)
}

/// A token of one tenant that claims another.
fn token(signer: &Signer, tenant: &str, claimed: &str) -> String {
    let iss = url(tenant);
    let claims = format!(r#"{{"iss":"{iss}","tid":"{claimed}","sub":"amy","exp":4102444800}}"#);
    signer.sign(&format!(r#"{{"alg":"EdDSA","kid":"{}"}}"#, signer.0), &claims)
}

/// The key with a member `issuer`.
fn jwk(signer: &Signer, issuer: &str) -> String {
    signer.jwk().replace('}', &format!(r#","issuer":{issuer}}}"#))
}

/// A set of keys for all tenants, and its document.
async fn provider(jwks: &[String]) -> Tested<Provider> {
    let provider = Provider::start().await?;
    let document = format!(r#"{{"issuer":"{TEMPLATE}","jwks_uri":"{}/keys"}}"#, provider.url);
    provider.serve("/metadata", Page::Json(document));
    provider.serve("/keys", Page::Json(format!(r#"{{"keys":[{}]}}"#, jwks.join(","))));
    Ok(provider)
}

fn issuer(provider: &Provider) -> Issuer {
    Issuer::template(TEMPLATE).metadata_url(format!("{}/metadata", provider.url))
}

const OTHER: Result<(), VerifyError> = Err(VerifyError::Token(TokenError::Issuer));

#[tokio::test]
async fn tokens_of_accepted_tenants_are_verified_with_one_set_of_keys() -> Tested {
    let known = Signer::new("1")?;
    let provider = provider(&[jwk(&known, &format!("{TEMPLATE:?}"))]).await?;
    let some = IssuerVerifier::start([issuer(&provider).tenants([OURS])])?;
    assert_eq!(verify(&some, &token(&known, OURS, OURS)).await, Ok(()));
    assert_eq!(verify(&some, &token(&known, THEIRS, THEIRS)).await, OTHER);
    let any = IssuerVerifier::start([issuer(&provider).any_tenant(), Issuer::new(URL)])?;
    for tenant in [OURS, THEIRS] {
        assert_eq!(verify(&any, &token(&known, tenant, tenant)).await, Ok(()), "{tenant}");
    }
    // `iss` and `tid` agree.
    assert_eq!(verify(&any, &token(&known, OURS, THEIRS)).await, OTHER);
    let missing = Err(VerifyError::Token(TokenError::MissingClaim("tid")));
    assert_eq!(verify(&any, &known.token(&url(OURS))).await, missing);
    for other in [TEMPLATE, "https://login.example.com//v2.0", "https://login.example.com/v2.0", "https://a.b"] {
        assert_eq!(verify(&any, &known.token(other)).await, OTHER, "{other}");
    }
    assert_eq!(provider.asked(), ["/metadata", "/keys"].repeat(2));
    Ok(())
}

#[tokio::test]
async fn a_flood_of_tenants_causes_no_request() -> Tested {
    let (known, stranger) = (Signer::new("1")?, Signer::new("2")?);
    let provider = provider(&[known.jwk()]).await?;
    let verifier = IssuerVerifier::start([issuer(&provider).tenants([OURS])])?;
    assert_eq!(verify(&verifier, &token(&known, OURS, OURS)).await, Ok(()));
    for tenant in 0..500 {
        let tenant = format!("t{tenant}");
        assert_eq!(verify(&verifier, &token(&stranger, &tenant, &tenant)).await, OTHER);
    }
    assert_eq!(provider.asked(), ["/metadata", "/keys"]);
    Ok(())
}

#[tokio::test]
async fn a_key_with_an_issuer_signs_only_its_tokens() -> Tested {
    let [shared, unnamed, personal, foreign, odd] =
        [Signer::new("1")?, Signer::new("2")?, Signer::new("3")?, Signer::new("4")?, Signer::new("5")?];
    let provider = provider(&[
        jwk(&shared, &format!("{TEMPLATE:?}")),
        unnamed.jwk(),
        jwk(&personal, &format!("{:?}", url(THEIRS))),
        jwk(&foreign, r#""https://login.example.org/{tenantid}/v2.0""#),
        jwk(&odd, "null"),
    ])
    .await?;
    let verifier = IssuerVerifier::start([issuer(&provider).any_tenant().token_cache(16)])?;
    // Twice, because the second time the signature is in the cache.
    for _ in 0..2 {
        for (signer, tenant, expected) in [
            (&shared, OURS, Ok(())),
            (&shared, THEIRS, Ok(())),
            (&unnamed, OURS, Ok(())),
            (&personal, THEIRS, Ok(())),
            (&personal, OURS, OTHER),
            (&foreign, OURS, UNKNOWN),
            (&odd, OURS, UNKNOWN),
        ] {
            let verdict = verify(&verifier, &token(signer, tenant, tenant)).await;
            assert_eq!(verdict, expected, "{} {tenant}", signer.0);
        }
    }
    Ok(())
}

/// The set of one tenant has keys with the template.
#[tokio::test]
async fn keys_of_a_template_sign_tokens_of_one_issuer_in_it() -> Tested {
    let [shared, own, other] = [Signer::new("1")?, Signer::new("2")?, Signer::new("3")?];
    let keys = [
        jwk(&shared, &format!("{TEMPLATE:?}")),
        jwk(&own, &format!("{:?}", url(OURS))),
        jwk(&other, &format!("{:?}", url(THEIRS))),
    ];
    let provider = provider(&keys).await?;
    let issuer = Issuer::new(url(OURS)).jwks_url(format!("{}/keys", provider.url));
    let verifier = IssuerVerifier::start([issuer])?;
    for (signer, expected) in [(&shared, Ok(())), (&own, Ok(())), (&other, UNKNOWN)] {
        assert_eq!(verify(&verifier, &token(signer, OURS, OURS)).await, expected, "{}", signer.0);
    }
    Ok(())
}

#[tokio::test]
async fn a_template_says_where_keys_are_and_whose_tokens_are_accepted() -> Tested {
    let refused = |issuer: Issuer| IssuerVerifier::start([issuer]).err();
    let at = |template: &str| Issuer::template(template).jwks_url(format!("{URL}/keys"));
    for issuer in [
        Issuer::template(TEMPLATE).any_tenant(),
        at(TEMPLATE),
        at(TEMPLATE).tenants([""; 0]),
        at(URL).any_tenant(),
        at("https://{tenantid}.example.com/{tenantid}").any_tenant(),
    ] {
        assert_eq!(refused(issuer), Some(IssuerError::Template));
    }
    assert_eq!(refused(at("http://a.b/{tenantid}").any_tenant()), Some(IssuerError::Url));
    assert_eq!(refused(at(TEMPLATE).any_tenant()), None);
    // These are for templates.
    assert!(!Issuer::new(URL).any_tenant().is_named(&url(OURS)));
    Ok(())
}

/// The stricter rules of the second one would never be asked.
#[tokio::test]
async fn no_issuer_stands_behind_a_template_that_accepts_it() -> Tested {
    let template = || Issuer::template(TEMPLATE).tenants([OURS]).jwks_url(format!("{URL}/keys"));
    let strict = |tenant: &str| Issuer::new(url(tenant)).audience("api");
    assert_eq!(IssuerVerifier::start([template(), strict(OURS)]).err(), Some(IssuerError::Set));
    let verifier = IssuerVerifier::start([template(), strict(THEIRS)])?;
    assert_eq!(verifier.add(strict(OURS)), Err(IssuerError::Set));
    // The first one that is named counts.
    assert!(IssuerVerifier::start([strict(OURS), template()]).is_ok());
    Ok(())
}
