//! The page itself: title and options in, HTML out.

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

/// What does not depend on where the router is nested. Escaped already.
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

    /// The page for a request that came to `path`.
    pub(super) fn answer(&self, path: &str) -> Response {
        let headers = (COMMON, [HTML, NO_REFERRER], [(CONTENT_SECURITY_POLICY, self.policy.clone())]);
        (headers, self.html(path)).into_response()
    }

    fn html(&self, path: &str) -> String {
        let Self { title, options, .. } = self;
        let folder = escaped(&folder(path));
        // The icon keeps browsers from asking for one.
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

/// The link from a page at `path` to what is below it. It begins with a dot, so that a colon makes no scheme of it.
fn folder(path: &str) -> String {
    match path.rsplit('/').next().unwrap_or_default() {
        "" => "./".to_owned(),
        last => format!("./{last}/"),
    }
}

/// Text as HTML has it, in elements and in quoted attributes.
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
