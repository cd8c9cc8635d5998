//! The values of a template's parameters: which texts can be part of a scope, and of one resource's name.

use super::grammar::Parameter;
use crate::scopes::grammar::is_scope_token;

/// Whether the parameter can have this value. Axum has decoded it once, so this is the text that the handler sees.
///
/// - It has characters of scopes, and no braces, so that no request asks for the text of a template.
/// - It does not have the byte that ends the parameter, so that it does not reach into what follows.
/// - It has no slash in `{name}`. In `{*name}` no segment is empty, `.` or `..`, because file systems and other services read
///   such names as those of other resources.
/// - It has no `%` with two hexadecimal digits: whoever decodes it again would see another value.
pub(crate) fn fits(parameter: Parameter<'_>, value: &str) -> bool {
    is_scope_token(value)
        && !value.bytes().any(|byte| matches!(byte, b'{' | b'}') || Some(byte) == parameter.stop)
        && (parameter.many || !value.contains('/'))
        && value.split('/').all(|segment| !matches!(segment, "" | "." | ".."))
        && !has_escape(value)
}

fn has_escape(value: &str) -> bool {
    value
        .as_bytes()
        .windows(3)
        .any(|window| matches!(window, [b'%', a, b] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit()))
}
