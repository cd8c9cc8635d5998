//! What a scheme's constants say is what the library knows of it. The compiler evaluates most of these functions in constants; here
//! they run as any function.
#![allow(clippy::unwrap_used, reason = "tests")]

use crate::{
    error::AuthError,
    scheme::{
        ApiKeyScheme, ErrorStyle, Flow, Flows, HttpBasicScheme, HttpBearerScheme, HttpDigestScheme, OAuth2Scheme,
        OpenIdConnectScheme, ProtectedResource, SchemeInfo, SchemeKind, Sender, error_response::ErrorResponse,
    },
    scopes::implied::Implies,
};

type Names = &'static [(&'static str, &'static str)];

const SCOPES: Names = &[("read", "Read."), ("write", "Write.")];
const IMPLIES: Implies = &[("write", &["read"])];
const RESOURCE: ProtectedResource = ProtectedResource::new("https://api.example");

fn response(_: &AuthError) -> axum::response::Response {
    axum::response::Response::default()
}

struct Api;

/// Constants that all traits of schemes have.
macro_rules! common {
    () => {
        const NAME: &'static str = "Api";
        const DESCRIPTION: Option<&'static str> = Some("The scheme.");
        const SCOPES: Names = SCOPES;
        const IMPLIES: Implies = IMPLIES;
        const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
        const ERROR_RESPONSE: Option<fn(&AuthError) -> axum::response::Response> = Some(response);
    };
}

/// Those of schemes of access tokens.
macro_rules! of_tokens {
    () => {
        common!();
        const REALM: Option<&'static str> = Some("r");
        const PROTECTED_RESOURCE: Option<ProtectedResource> = Some(RESOURCE);
        const BASIC_SCOPES: Option<&'static [&'static str]> = Some(&["read"]);
    };
}

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::password("token");
    const SENDER: Sender = Sender::bearer().or_certificate();
    of_tokens!();
}

impl OpenIdConnectScheme for Api {
    const OPEN_ID_CONNECT_URL: &'static str = "https://id.example";
    of_tokens!();
}

impl HttpBearerScheme for Api {
    const BEARER_FORMAT: Option<&'static str> = Some("JWT");
    of_tokens!();
}

impl HttpBasicScheme for Api {
    const REALM: Option<&'static str> = Some("r");
    common!();
}

impl HttpDigestScheme for Api {
    common!();
}

impl ApiKeyScheme for Api {
    const PARAMETER: &'static str = "key";
    common!();
}

#[test]
fn a_scheme_has_all_constants_of_its_trait() {
    let metadata = "https://api.example/.well-known/oauth-protected-resource";
    let bearer = format!(r#"Bearer realm="r", resource_metadata="{metadata}""#);
    let (read, resource): (Option<&[&str]>, _) = (Some(&["read"]), Some(RESOURCE));
    for (info, kind, plain, basic_scopes, resource) in [
        (SchemeInfo::oauth2::<Api>(), SchemeKind::OAuth2(Flows::password("token")), bearer.as_str(), read, resource),
        (
            SchemeInfo::open_id_connect::<Api>(),
            SchemeKind::OpenIdConnect("https://id.example"),
            &bearer,
            read,
            resource,
        ),
        (SchemeInfo::http_bearer::<Api>(), SchemeKind::HttpBearer(Some("JWT")), &bearer, read, resource),
        (SchemeInfo::http_basic::<Api>(), SchemeKind::HttpBasic, r#"Basic realm="r""#, None, None),
        (SchemeInfo::http_digest::<Api>(), SchemeKind::HttpDigest, "Digest", None, None),
        (SchemeInfo::api_key_header::<Api>(), SchemeKind::ApiKeyHeader("key"), "APIKey", None, None),
        (SchemeInfo::api_key_query::<Api>(), SchemeKind::ApiKeyQuery("key"), "APIKey", None, None),
        (SchemeInfo::api_key_cookie::<Api>(), SchemeKind::ApiKeyCookie("key"), "APIKey", None, None),
    ] {
        assert_eq!((info.name, info.description(), info.scopes()), ("Api", Some("The scheme."), SCOPES), "{kind:?}");
        assert_eq!((info.implies(), info.style), (IMPLIES, ErrorStyle::Rfc6750), "{kind:?}");
        assert_eq!(info.error_response, Some(ErrorResponse(response)), "{kind:?}");
        assert_eq!((info.basic_scopes, info.resource), (basic_scopes, resource), "{kind:?}");
        assert_eq!((info.challenges.plain, info.mistake().is_none()), (plain, true), "{kind:?}");
        assert_eq!(info.kind, kind);
        let is_oauth2 = matches!(kind, SchemeKind::OAuth2(_));
        assert_eq!(info.sender.takes_certificates(), is_oauth2, "{kind:?}");
    }
}

#[test]
fn what_is_set_of_a_scheme_changes_nothing_else() {
    let all = SchemeInfo::http_bearer::<Api>();
    let changed = all.with_description("Another.").with_error_style(ErrorStyle::FastApi);
    assert_eq!((changed.description(), changed.style), (Some("Another."), ErrorStyle::FastApi));
    assert_eq!(changed.with_description("The scheme.").with_error_style(ErrorStyle::Rfc6750), all);
    let plain = SchemeInfo::new("Plain");
    assert_ne!(plain.with_error_response(response), plain);
    assert_eq!(plain.with_error_response(response), plain.with_error_response(response));
    assert_eq!((plain.with_scopes(SCOPES).scopes(), plain.with_scopes(SCOPES).templates), (SCOPES, false));
    assert!(plain.with_scopes(&[("read", ""), ("{tenant}:read", "")]).templates);
}

#[test]
fn a_template_overlaps_what_it_can_be_in_some_request() {
    let info = SchemeInfo::new("Api").with_scopes(&[("{tenant}:read", ""), ("acme:read", ""), ("me", "")]);
    assert_eq!(info.overlapping("acme:read"), Some("{tenant}:read"));
    assert_eq!(info.overlapping("{tenant}:read"), Some("acme:read"));
    assert_eq!(info.overlapping("me"), None);
    let plain = SchemeInfo::new("Api").with_scopes(&[("acme:read", ""), ("me", "")]);
    assert_eq!([plain.overlapping("acme:read"), plain.overlapping("{tenant}:read")], [None, Some("acme:read")]);
}

#[test]
fn the_kind_of_a_scheme_decides_its_challenge() {
    let (plain, realm) = (SchemeInfo::new("Api"), SchemeInfo::http_bearer::<Api>());
    for (kind, challenge) in [
        (SchemeKind::HttpBasic, "Basic"),
        (SchemeKind::HttpDigest, "Digest"),
        (SchemeKind::ApiKeyHeader("k"), "APIKey"),
        (SchemeKind::ApiKeyQuery("k"), "APIKey"),
        (SchemeKind::ApiKeyCookie("k"), "APIKey"),
    ] {
        for info in [plain, realm] {
            assert_eq!((info.with_kind(kind).challenges.plain, info.with_kind(kind).kind), (challenge, kind));
        }
    }
    for kind in [SchemeKind::HttpBearer(None), SchemeKind::OpenIdConnect("/"), SchemeKind::Other] {
        assert_eq!(plain.with_kind(SchemeKind::HttpBasic).with_kind(kind).challenges.plain, "Bearer");
        assert_eq!(realm.with_kind(kind).challenges, realm.challenges);
    }
}

#[test]
fn flows_are_those_of_their_constructors() {
    let flows = [
        Flows::implicit("login"),
        Flows::password("token"),
        Flows::client_credentials("token"),
        Flows::authorization_code("login", "token"),
    ];
    let of = |flows: &Flows| {
        [flows.implicit_flow(), flows.password_flow(), flows.client_credentials_flow(), flows.authorization_code_flow()]
    };
    let urls = |flow: Flow| (flow.authorization_url(), flow.token_url(), flow.refresh_url());
    let (login, token) = (Some("login"), Some("token"));
    let expected = [(login, None), (None, token), (None, token), (login, token)];
    let all = flows.into_iter().reduce(Flows::and).unwrap();
    for (i, (login, token)) in expected.into_iter().enumerate() {
        for j in 0..flows.len() {
            assert_eq!(of(&flows[i])[j].map(urls), (i == j).then_some((login, token, None)), "{i} {j}");
        }
        assert_eq!(of(&all)[i].map(urls), Some((login, token, None)));
        assert_eq!(of(&all.with_refresh_url("again"))[i].map(urls), Some((login, token, Some("again"))));
    }
    let other = Flows::password("other");
    assert_eq!(
        [all.and(other), other.and(all)].map(|flows| flows.password_flow().unwrap().token_url()),
        [Some("other"), token]
    );
}

#[test]
fn a_scheme_is_named_after_its_only_flow() {
    let (password, code) = (Flows::password("token"), Flows::authorization_code("login", "token"));
    assert_eq!(password.default_name(), "OAuth2PasswordBearer");
    assert_eq!(code.default_name(), "OAuth2AuthorizationCodeBearer");
    let others = [Flows::implicit("login"), Flows::client_credentials("token")];
    for flows in [password.and(code), others[0], others[1]] {
        assert_eq!(flows.default_name(), "OAuth2");
    }
    for other in others {
        assert_eq!([password.and(other).default_name(), code.and(other).default_name()], ["OAuth2"; 2]);
    }
}

#[test]
fn the_metadata_of_a_resource_are_at_their_well_known_place() {
    let url = |resource| ProtectedResource::new(resource).metadata_url().map(|url| url.str().unwrap().to_owned());
    let well_known = "/.well-known/oauth-protected-resource";
    for resource in ["https://api.example", "https://api.example/"] {
        assert_eq!(url(resource), Some(format!("https://api.example{well_known}")));
        assert_eq!(ProtectedResource::new(resource).resource(), resource);
    }
    assert_eq!(url("https://api.example/v1"), Some(format!("https://api.example{well_known}/v1")));
    assert_eq!(url("ftp://api.example"), None);
    let named = RESOURCE.with_name("Items").with_cors();
    assert_ne!(RESOURCE.with_name("Items"), RESOURCE);
    assert_ne!(RESOURCE.with_cors(), RESOURCE);
    assert_ne!(named, RESOURCE.with_cors());
}
