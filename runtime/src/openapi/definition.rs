//! Takes a scheme, yields its Security Scheme Object.

use serde_json::{Map, Value, json};

use super::sender;
use crate::scheme::{
    flows::{Flow, Flows},
    info::SchemeInfo,
    kind::SchemeKind,
};

/// OpenAPI 3.1 §4.8.27, with the members that FastAPI writes.
pub(super) fn definition(scheme: &SchemeInfo) -> Value {
    let mut definition = match scheme.kind() {
        SchemeKind::OAuth2(flows) => json!({"type": "oauth2", "flows": flows_object(&flows, scheme)}),
        SchemeKind::OpenIdConnect(url) => json!({"type": "openIdConnect", "openIdConnectUrl": url}),
        SchemeKind::HttpBearer(None) => json!({"type": "http", "scheme": "bearer"}),
        SchemeKind::HttpBearer(Some(format)) => json!({"type": "http", "scheme": "bearer", "bearerFormat": format}),
        SchemeKind::HttpBasic => json!({"type": "http", "scheme": "basic"}),
        SchemeKind::HttpDigest => json!({"type": "http", "scheme": "digest"}),
        SchemeKind::ApiKeyHeader(name) => json!({"type": "apiKey", "in": "header", "name": name}),
        SchemeKind::ApiKeyQuery(name) => json!({"type": "apiKey", "in": "query", "name": name}),
        SchemeKind::ApiKeyCookie(name) => json!({"type": "apiKey", "in": "cookie", "name": name}),
        // Nothing more is known of a scheme of the service's own.
        SchemeKind::Other => json!({"type": "apiKey", "in": "header", "name": "Authorization"}),
    };
    if let Some(description) = scheme.description() {
        definition["description"] = description.into();
    }
    sender::describe(&mut definition, scheme.sender());
    definition
}

/// The OAuth Flows Object: every flow offers all of the scheme's scopes.
fn flows_object(flows: &Flows, scheme: &SchemeInfo) -> Value {
    let described = |(name, text): &(&str, &str)| ((*name).to_owned(), Value::from(described(scheme, name, text)));
    let scopes: Map<_, _> = scheme.scopes().iter().map(described).collect();
    let flows = [
        ("implicit", flows.implicit_flow()),
        ("password", flows.password_flow()),
        ("clientCredentials", flows.client_credentials_flow()),
        ("authorizationCode", flows.authorization_code_flow()),
    ];
    flows.into_iter().filter_map(|(name, flow)| Some((name.to_owned(), flow_object(&flow?, &scopes)))).collect()
}

/// The description of a scope. It says which others the scope includes.
fn described(scheme: &SchemeInfo, name: &str, text: &str) -> String {
    match scheme.implies().iter().find(|(strong, _)| *strong == name) {
        Some((_, weak)) => {
            let separator = if text.is_empty() || text.ends_with(['.', '!', '?']) { "" } else { "." };
            format!("{text}{separator} Includes `{}`.", weak.join("`, `")).trim_start().to_owned()
        }
        None => text.to_owned(),
    }
}

fn flow_object(flow: &Flow, scopes: &Map<String, Value>) -> Value {
    let urls = [
        ("authorizationUrl", flow.authorization_url()),
        ("tokenUrl", flow.token_url()),
        ("refreshUrl", flow.refresh_url()),
    ];
    let mut object: Map<_, _> =
        urls.into_iter().filter_map(|(name, url)| Some((name.to_owned(), url?.into()))).collect();
    object.insert("scopes".to_owned(), scopes.clone().into());
    object.into()
}
