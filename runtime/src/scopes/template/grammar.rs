//! The grammar of templates: a scope comes in, and its parameters or its first mistake go out.

use crate::scopes::grammar::same;

/// The most parameters of one template.
pub(super) const MOST_PARAMETERS: usize = 8;

/// A part in braces.
#[derive(Clone, Copy)]
pub(crate) struct Parameter<'a> {
    pub(crate) name: &'a str,
    /// Whether the value may have slashes: `{*name}`.
    pub(crate) many: bool,
    /// The byte that follows, which the value never has.
    pub(crate) stop: Option<u8>,
    /// Where the template goes on.
    pub(super) end: usize,
}

/// Whether the scope has braces.
pub(crate) const fn is_template(scope: &str) -> bool {
    let bytes = scope.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if matches!(bytes[i], b'{' | b'}') {
            return true;
        }
        i += 1;
    }
    false
}

/// The first mistake in a template, behind "is a template", if there is one.
pub(crate) const fn mistake(template: &str) -> Option<&'static str> {
    let bytes = template.as_bytes();
    let (mut i, mut seen, mut literal) = (0, 0, false);
    while i < bytes.len() {
        match bytes[i] {
            b'{' => {
                let Some(parameter) = parameter_at(template, i) else {
                    return Some(
                        "whose braces do not enclose the name of a path parameter; write `{name}`, or `{*name}` for a value with slashes",
                    );
                };
                if matches!(parameter.stop, Some(b'{')) {
                    return Some(
                        "in which nothing separates two parameters; write a character between them, as in `{owner}/{name}`",
                    );
                }
                if has_parameter(template, seen, parameter.name) {
                    return Some("that names a parameter twice; name each once");
                }
                seen += 1;
                i = parameter.end;
            }
            b'}' => return Some("with a brace that encloses nothing; write `{name}`"),
            _ => {
                literal = true;
                i += 1;
            }
        }
    }
    if seen > MOST_PARAMETERS {
        return Some("with more than 8 parameters; use fewer");
    }
    if seen > 0 && !literal {
        return Some(
            "that is only a parameter, so a request could ask for any scope; write what it is about, as in `repository:{name}`",
        );
    }
    None
}

/// Parameter `i`. The template has no mistake.
pub(crate) const fn parameter(template: &str, i: usize) -> Option<Parameter<'_>> {
    let bytes = template.as_bytes();
    let (mut at, mut seen) = (0, 0);
    while at < bytes.len() {
        if bytes[at] != b'{' {
            at += 1;
            continue;
        }
        let Some(parameter) = parameter_at(template, at) else { return None };
        if seen == i {
            return Some(parameter);
        }
        seen += 1;
        at = parameter.end;
    }
    None
}

/// All parameters, at run time.
pub(crate) fn parameters(template: &str) -> impl Iterator<Item = Parameter<'_>> {
    (0..).map_while(move |i| parameter(template, i))
}

/// Whether one of the first `len` parameters has this name.
const fn has_parameter(template: &str, len: usize, name: &str) -> bool {
    let mut i = 0;
    while i < len {
        if let Some(parameter) = parameter(template, i)
            && same(parameter.name, name)
        {
            return true;
        }
        i += 1;
    }
    false
}

/// Whether both have parameters of the same names, in any order. Neither has a mistake.
pub(crate) const fn have_same_parameters(a: &str, b: &str) -> bool {
    has_parameters_of(a, b) && has_parameters_of(b, a)
}

const fn has_parameters_of(a: &str, b: &str) -> bool {
    let mut i = 0;
    while let Some(wanted) = parameter(b, i) {
        if !has_parameter(a, MOST_PARAMETERS, wanted.name) {
            return false;
        }
        i += 1;
    }
    true
}

/// The parameter whose opening brace is at `open`.
pub(super) const fn parameter_at(template: &str, open: usize) -> Option<Parameter<'_>> {
    let bytes = template.as_bytes();
    let many = open + 1 < bytes.len() && bytes[open + 1] == b'*';
    let start = open + 1 + many as usize;
    let mut close = start;
    while close < bytes.len() && is_of_name(bytes[close], close == start) {
        close += 1;
    }
    if close == start || close == bytes.len() || bytes[close] != b'}' {
        return None;
    }
    let (name, _) = template.split_at(start).1.split_at(close - start);
    let stop = if close + 1 < bytes.len() { Some(bytes[close + 1]) } else { None };
    Some(Parameter { name, many, stop, end: close + 1 })
}

const fn is_of_name(byte: u8, first: bool) -> bool {
    byte == b'_' || byte.is_ascii_alphabetic() || (byte.is_ascii_digit() && !first)
}
