//! The looser rules that a service can configure, by tokens that keep them and tokens that break them.

use serde_json::{Value, json};

use super::{mint, verifier};
use crate::credential::presented::BoundTokens;
use crate::token::{
    error::TokenError::{self, Audience, Client, EmptySubject, Header, Issuer, MissingClaim, WrongClaim},
    policy::Policy,
    scope_claim::ScopeClaim,
    scope_source::ScopeSource,
    tenants::Tenants,
    verifier::TokenVerifier,
};

const TYPE: &str = r#"{"alg":"HS256"}"#;

/// Good claims with `members` added or replaced; `null` removes one.
fn claims(members: Value) -> String {
    let mut claims = json!({"sub": "johndoe", "exp": 4_102_444_800_u64});
    for (name, value) in members.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    claims.to_string()
}

/// What the token grants.
fn granted(verifier: &TokenVerifier, members: Value) -> Result<String, TokenError> {
    verifier.verify(&mint(TYPE, claims(members))).map(|claims| claims.scope.as_str().to_owned())
}

fn verified(verifier: &TokenVerifier, members: Value) -> Result<String, TokenError> {
    verifier.verify(&mint(TYPE, claims(members))).map(|claims| claims.sub.as_str().to_owned())
}

#[test]
fn audiences_are_met_by_one_of_them() {
    let two = verifier().audiences(["api", "https://api"]);
    for (aud, expected) in [
        (json!("api"), Ok(())),
        (json!("https://api"), Ok(())),
        (json!(["other", "https://api"]), Ok(())),
        (json!("other"), Err(Audience)),
        (json!("API"), Err(Audience)),
        (json!(""), Err(Audience)),
        (json!([]), Err(Audience)),
        (json!(["other"]), Err(Audience)),
        (Value::Null, Err(Audience)),
    ] {
        assert_eq!(verified(&two, json!({"aud": aud})).map(drop), expected, "{aud}");
    }
    assert_eq!(two.0.policy.expected(&Audience), ["api", "https://api"]);
    let none = verifier().audiences([""; 0]);
    for aud in [Value::Null, json!(""), json!([]), json!("api")] {
        assert_eq!(verified(&none, json!({"aud": aud})).map(drop), Err(Audience), "{aud}");
    }
    // The last call decides.
    assert!(verified(&two.audience("new"), json!({"aud": "api"})).is_err());
}

#[test]
fn clients_are_compared_with_those_configured() {
    let of_clients = verifier().clients("client_id", ["web", "app"]);
    for (members, expected) in [
        (json!({"client_id": "web"}), Ok(())),
        (json!({"client_id": "app", "azp": "other"}), Ok(())),
        (json!({"client_id": "WEB"}), Err(Client)),
        (json!({"client_id": "web "}), Err(Client)),
        (json!({"client_id": ""}), Err(Client)),
        (json!({"client_id": ["web"]}), Err(Client)),
        (json!({"client_id": {"web": "web"}}), Err(Client)),
        (json!({"client_id": true}), Err(Client)),
        (json!({"azp": "web"}), Err(Client)),
        (json!({"x": {"client_id": "web"}}), Err(Client)),
        // It does not stand in for the rule of `aud`.
        (json!({"client_id": "web", "aud": "web"}), Err(Audience)),
    ] {
        assert_eq!(verified(&of_clients, members.clone()).map(drop), expected, "{members}");
    }
    assert_eq!(of_clients.0.policy.expected(&Client), ["web", "app"]);
    let both = of_clients.clients("azp", ["web"]).audience("api");
    assert!(verified(&both, json!({"client_id": "app", "azp": "web", "aud": "api"})).is_ok());
    assert_eq!(verified(&both, json!({"client_id": "app", "azp": "app", "aud": "api"})).map(drop), Err(Client));
    assert_eq!(verified(&both, json!({"azp": "web", "aud": "api"})).map(drop), Err(Client));
    assert_eq!(verified(&verifier().clients("azp", [""]), json!({"azp": ""})).map(drop), Err(Client));
}

#[test]
fn claims_have_the_values_that_are_required() {
    let required = verifier().require_claim("token_use", ["access"]).require_claim("repository", ["a/b", "a/c"]);
    let wrong = |claim: &str| Err(TokenError::Value { claim: claim.to_owned() });
    for (members, expected) in [
        (json!({"token_use": "access", "repository": "a/b"}), Ok(())),
        (json!({"token_use": "access", "repository": "a/c"}), Ok(())),
        (json!({"token_use": "id", "repository": "a/b"}), wrong("token_use")),
        (json!({"repository": "a/b"}), wrong("token_use")),
        (json!({"token_use": ["access"], "repository": "a/b"}), wrong("token_use")),
        (json!({"token_use": true, "repository": "a/b"}), wrong("token_use")),
        (json!({"token_use": "access", "repository": "a/d"}), wrong("repository")),
        (json!({"token_use": "access", "repository": "A/b"}), wrong("repository")),
        (json!({"token_use": "access"}), wrong("repository")),
    ] {
        assert_eq!(verified(&required, members.clone()).map(drop), expected, "{members}");
    }
    assert_eq!(required.0.policy.expected(&TokenError::Value { claim: "repository".into() }), ["a/b", "a/c"]);
    assert!(verified(&verifier().require_claim("x", [""; 0]), json!({"x": "x"})).is_err());
}

#[test]
fn a_client_stands_in_for_a_missing_subject_and_keeps_its_claims_name() {
    let machines = verifier().subject_or("azp");
    for (members, expected) in [
        (json!({"azp": "reports"}), Ok("johndoe")),
        (json!({"sub": null, "azp": "reports"}), Ok("azp:reports")),
        (json!({"sub": null, "azp": "johndoe"}), Ok("azp:johndoe")),
        (json!({"sub": null, "azp": ""}), Err(MissingClaim("sub"))),
        (json!({"sub": null, "azp": 1}), Err(MissingClaim("sub"))),
        (json!({"sub": null, "client_id": "reports"}), Err(MissingClaim("sub"))),
        (json!({"sub": "", "azp": "reports"}), Err(EmptySubject)),
        (json!({"sub": "azp", "azp": "reports"}), Ok("azp")),
        (json!({"sub": 1, "azp": "reports"}), Err(WrongClaim { claim: "sub", found: "a number" })),
    ] {
        assert_eq!(verified(&machines, members.clone()), expected.map(str::to_owned), "{members}");
    }
    let null = mint(TYPE, r#"{"sub":null,"azp":"reports","exp":4102444800}"#);
    assert_eq!(machines.verify(&null).map(drop), Err(WrongClaim { claim: "sub", found: "null" }));
    assert_eq!(verified(&verifier(), json!({"sub": null, "azp": "reports"})).map(drop), Err(MissingClaim("sub")));
}

#[test]
fn a_subject_that_reads_like_that_of_a_client_is_refused() {
    let machines = verifier().subject_or("azp");
    let of_client = Err(WrongClaim { claim: "sub", found: "the subject of a client" });
    for members in [json!({"sub": "azp:reports"}), json!({"sub": "azp:", "azp": "reports"})] {
        assert_eq!(verified(&machines, members.clone()), of_client, "{members}");
        assert!(verified(&verifier(), members).is_ok());
    }
}

#[test]
fn a_type_may_be_missing_where_that_is_configured() {
    let of = |typ: &str| mint(format!(r#"{{"alg":"HS256"{typ}}}"#), claims(json!({})));
    let verifier = verifier().token_types(["at+jwt"]);
    let lenient = verifier.clone().or_no_token_type();
    assert_eq!(verifier.verify(&of("")).map(drop), Err(Header));
    assert!(lenient.verify(&of("")).is_ok());
    assert!(lenient.verify(&of(r#","typ":"at+jwt""#)).is_ok());
    for typ in ["JWT", "", "id+jwt"] {
        assert_eq!(lenient.verify(&of(&format!(r#","typ":"{typ}""#))).map(drop), Err(Header), "{typ}");
    }
    assert!(lenient.token_types(["x"]).verify(&of("")).is_ok());
}

fn source(name: &str) -> ScopeSource {
    ScopeSource::claim(name)
}

fn wrong(claim: &str) -> Result<&'static str, TokenError> {
    Err(TokenError::ScopeSource { claim: claim.to_owned() })
}

#[test]
fn scopes_are_read_from_a_claim_by_its_whole_name() {
    let nested = || source("resource_access").member("my-api").member("roles");
    let object = |roles: Value| json!({"resource_access": {"other": {"roles": ["x"]}, "my-api": {"roles": roles}}});
    for (source, members, expected) in [
        (source("permissions"), json!({"permissions": ["items", "me"]}), Ok("items me")),
        (source("permissions"), json!({"permissions": [], "scope": "me"}), Ok("")),
        (source("permissions"), json!({"scope": "me", "x": {"permissions": ["me"]}}), Ok("")),
        (source("permissions"), json!({"permissions": "items"}), wrong("permissions")),
        (source("permissions"), json!({"permissions": {"items": true}}), wrong("permissions")),
        (source("permissions"), json!({"permissions": 1}), wrong("permissions")),
        (source("permissions"), json!({"permissions": false}), wrong("permissions")),
        (source("https://a.b/roles"), json!({"https://a.b/roles": ["me"], "https://a": {"b/roles": ["x"]}}), Ok("me")),
        (source("realm_access.roles"), json!({"realm_access": {"roles": ["x"]}}), Ok("")),
        (source("realm_access.roles"), json!({"realm_access.roles": ["me"]}), Ok("me")),
        (nested(), object(json!(["me"])), Ok("me")),
        (nested(), object(json!("me")), wrong("resource_access/my-api/roles")),
        (nested().or_text(), object(json!("me items")), Ok("me items")),
        (nested(), json!({"resource_access": {"other": {"roles": ["x"]}}}), Ok("")),
        (nested(), json!({"resource_access": {"my-api": ["roles"]}}), wrong("resource_access/my-api/roles")),
        (nested(), json!({"resource_access": "my-api"}), wrong("resource_access/my-api/roles")),
        (nested(), json!({"resource_access": ["my-api"]}), wrong("resource_access/my-api/roles")),
        (source("scope"), json!({"scope": ["me", "items"]}), Ok("me items")),
        (source("scope"), json!({"scope": "me"}), wrong("scope")),
        (source("scopes").or_text(), json!({"scopes": "me items"}), Ok("me items")),
        (source("scopes").or_text(), json!({"scopes": ["me"]}), Ok("me")),
    ] {
        let verifier = verifier().scope_sources([source.clone()]);
        assert_eq!(granted(&verifier, members.clone()), expected.map(str::to_owned), "{source} {members}");
    }
    let escaped = mint(TYPE, r#"{"sub":"a","exp":4102444800,"r\u006fles":["m\u0065"]}"#);
    let roles = verifier().scope_sources([source("roles")]);
    assert_eq!(roles.verify(&escaped).unwrap().scope.as_str(), "me");
    // `null` is no missing claim.
    for claims in [r#""roles":null"#, r#""roles":[null]"#, r#""roles":["me",{"x":["items"]}]"#] {
        let token = mint(TYPE, format!(r#"{{"sub":"a","exp":4102444800,{claims}}}"#));
        assert_eq!(roles.verify(&token).map(drop), wrong("roles").map(drop), "{claims}");
    }
    // A name that stands twice is refused, however deep.
    let twice = mint(TYPE, r#"{"sub":"a","exp":4102444800,"a":{"roles":["x"],"roles":["me"]}}"#);
    let nested = verifier().scope_sources([source("a").member("roles")]);
    assert_eq!(nested.verify(&twice).map(drop), Err(TokenError::Claims));
}

#[test]
fn entries_that_are_no_scope_names_grant_nothing() {
    for (entry, kept) in [
        (json!("Store Manager"), ""),
        (json!(""), ""),
        (json!("a\"b"), ""),
        (json!("a\\b"), ""),
        (json!("b\u{fc}ro"), ""),
        (json!("a\tb"), ""),
        (json!(1), ""),
        (json!(null), ""),
        (json!(["items"]), ""),
        (json!({"items": 1}), ""),
        (json!("items"), " items"),
    ] {
        let members = json!({"roles": ["me", entry]});
        let skipping = verifier().scope_sources([source("roles").skip_others()]);
        assert_eq!(granted(&skipping, members.clone()), Ok(format!("me{kept}")), "{entry}");
        let expected = if kept.is_empty() { wrong("roles") } else { Ok("me items") };
        assert_eq!(
            granted(&verifier().scope_sources([source("roles")]), members),
            expected.map(str::to_owned),
            "{entry}"
        );
    }
    // A string in a place for lists stays wrong.
    let skipping = verifier().scope_sources([source("roles").skip_others()]);
    assert_eq!(granted(&skipping, json!({"roles": "me"})), wrong("roles").map(str::to_owned));
}

#[test]
fn several_claims_grant_together() {
    let several = verifier().scope_sources([source("scope").or_text(), source("roles"), source("permissions")]);
    for (members, expected) in [
        (json!({"scope": "me items", "roles": ["admin", "me"], "permissions": ["x"]}), Ok("me items admin x")),
        (json!({"permissions": ["x"]}), Ok("x")),
        (json!({}), Ok("")),
        (json!({"scope": "me", "roles": "admin"}), wrong("roles")),
    ] {
        assert_eq!(granted(&several, members.clone()), expected.map(str::to_owned), "{members}");
    }
    let members = json!({"scope": "me", "scopes": ["items"], "roles": ["admin"]});
    // The last call decides.
    assert_eq!(granted(&several.scope_claim(ScopeClaim::Scopes), members.clone()).as_deref(), Ok("items"));
    assert_eq!(granted(&verifier().scope_sources([]), members).as_deref(), Ok(""));
}

#[test]
fn the_tenant_in_an_issuer_is_the_one_that_the_token_names() {
    const TEMPLATE: &str = "https://login.example.com/{tenantid}/v2.0";
    const T1: &str = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490";
    const T2: &str = "82229342-1101-4ab6-817b-70c0747630f3";
    const T3: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";
    let url = |tenant: &str| TEMPLATE.replace("{tenantid}", tenant);
    let policy = |allow: &dyn Fn(&mut Tenants)| {
        let mut tenants = Tenants::of(TEMPLATE.to_owned());
        allow(&mut tenants);
        Policy { tenants: Some(tenants), ..Policy::default() }
    };
    let (any, some) = (policy(&Tenants::allow_any), policy(&|tenants| tenants.allow([T1, T2])));
    let none = policy(&|_| {});
    let refused = Err(Issuer);
    for (iss, tid, of_any, of_some) in [
        (&url(T1), json!(T1), Ok(()), Ok(())),
        (&url(T3), json!(T3), Ok(()), refused.clone()),
        (&url(T1), json!(T2), refused.clone(), refused.clone()),
        (&url("{tenantid}"), json!(T1), refused.clone(), refused.clone()),
        (&url(T1).replace("v2", "v1"), json!(T1), refused.clone(), refused.clone()),
        (&format!("{}/", url(T1)), json!(T1), refused.clone(), refused.clone()),
        (&url("contoso"), json!("contoso"), refused.clone(), refused.clone()),
        (&url(&T1[1..]), json!(&T1[1..]), refused.clone(), refused.clone()),
        (&url(""), json!(T1), refused.clone(), refused.clone()),
        (&url("a/t1"), json!("a/t1"), refused.clone(), refused.clone()),
        (&url(T1).replace("login", "other"), json!(T1), refused.clone(), refused.clone()),
        (&url(T1), Value::Null, Err(MissingClaim("tid")), Err(MissingClaim("tid"))),
        (&url(T1), json!([T1]), Err(MissingClaim("tid")), Err(MissingClaim("tid"))),
    ] {
        let claims = claims(json!({"iss": iss, "tid": tid}));
        assert_eq!(any.check(&claims, 0.0, BoundTokens::Refused).map(drop), of_any, "{claims}");
        assert_eq!(some.check(&claims, 0.0, BoundTokens::Refused).map(drop), of_some, "{claims}");
        assert!(none.check(&claims, 0.0, BoundTokens::Refused).is_err(), "{claims}");
    }
    assert_eq!(any.check(&claims(json!({"tid": T1})), 0.0, BoundTokens::Refused).map(drop), refused);
}
