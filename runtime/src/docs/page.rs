//! The page: takes title and options, yields HTML.

use axum::{
    http::header::CONTENT_SECURITY_POLICY,
    response::{IntoResponse, Response},
};
use serde_json::Value;

use super::{
    assets::{BUNDLE, INIT, STYLE},
    document::Document,
    policy::{self, COMMON, HTML, NO_REFERRER},
};

/// The parts that do not depend on where the router is nested, already escaped.
pub(super) struct Page {
    title: String,
    options: String,
    policy: String,
}

impl Page {
    /// `options` are for the script that starts the page.
    pub(super) fn new(document: &Document, options: &Value) -> Self {
        Self {
            title: escaped(&document.title),
            options: escaped(&options.to_string()),
            policy: policy::page(&document.origins),
        }
    }

    /// The page for a request to `path`.
    pub(super) fn answer(&self, path: &str) -> Response {
        let headers = (COMMON, [HTML, NO_REFERRER], [(CONTENT_SECURITY_POLICY, self.policy.clone())]);
        (headers, self.html(path)).into_response()
    }

    fn html(&self, path: &str) -> String {
        let Self { title, options, .. } = self;
        let folder = escaped(&folder(path));
        // With this icon, browsers do not request one.
        format!(
            r##"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{folder}{STYLE}">
</head>
<body>
<div id="swagger-ui"></div>
<script src="{folder}{BUNDLE}"></script>
<script src="{folder}{INIT}" data-options="{options}"></script>
</body>
</html>
"##
        )
    }
}

/// The link from a page at `path` to the folder below it. It begins with a dot, so that text before a colon is not a scheme.
fn folder(path: &str) -> String {
    match path.rsplit('/').next().unwrap_or_default() {
        "" => "./".to_owned(),
        last => format!("./{last}/"),
    }
}

/// Escapes text for HTML elements and quoted attributes.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(character),
        }
    }
    html
}
