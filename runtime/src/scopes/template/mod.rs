//! Scopes with parts that a request fills in: `repository:{name}:pull` is a template, and `repository:alpine:pull` is one of its
//! scopes. The grammar of templates is here, and which two templates share a scope.
//!
//! A part in braces ends at the byte that follows it in the template, so its value never has that byte. This way, two different
//! lists of values never make the same scope, and a scope has one list of values.

mod fill;
#[cfg(test)]
mod tests;
mod value;

pub(crate) use self::{
    fill::{Bound, Filled, Unfilled, fill, values_of},
    value::fits,
};
use super::grammar::same;

/// The most parameters of one template.
const MOST_PARAMETERS: usize = 8;

/// A part in braces.
#[derive(Clone, Copy)]
pub(crate) struct Parameter<'a> {
    pub(crate) name: &'a str,
    /// Whether the value may have slashes: `{*name}`.
    pub(crate) many: bool,
    /// The byte that follows, which the value never has.
    pub(crate) stop: Option<u8>,
    /// Where the template goes on.
    end: usize,
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
const fn parameter_at(template: &str, open: usize) -> Option<Parameter<'_>> {
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

/// Whether there is a scope that both could be. Neither has a mistake.
///
/// Slashes count as any other character here. So `repo:{name}` and `repo:{owner}/{name}` overlap, although a request keeps them
/// apart: who grants such scopes may not know that rule.
pub(crate) const fn overlap(a: &str, b: &str) -> bool {
    overlap_from(Place { template: a, at: 0, inside: false }, Place { template: b, at: 0, inside: false })
}

/// A place in a template.
#[derive(Clone, Copy)]
struct Place<'a> {
    template: &'a str,
    at: usize,
    /// Whether the value of the parameter at this place has a character already.
    inside: bool,
}

/// What stands at a [`Place`].
enum Next<'a> {
    End,
    Literal(u8),
    Parameter(Parameter<'a>),
}

impl<'a> Place<'a> {
    const fn next(&self) -> Next<'a> {
        let bytes = self.template.as_bytes();
        if self.at == bytes.len() {
            return Next::End;
        }
        match parameter_at(self.template, self.at) {
            Some(parameter) if bytes[self.at] == b'{' => Next::Parameter(parameter),
            _ => Next::Literal(bytes[self.at]),
        }
    }

    /// The places behind `byte`, if the template allows it here.
    const fn behind(mut self, byte: u8) -> Option<Self> {
        match self.next() {
            Next::Literal(literal) if literal == byte => self.at += 1,
            Next::Parameter(Parameter { stop: Some(stop), end, .. }) if stop == byte => {
                if !self.inside {
                    return None;
                }
                (self.at, self.inside) = (end + 1, false);
            }
            Next::Parameter(_) => self.inside = true,
            Next::Literal(_) | Next::End => return None,
        }
        Some(self)
    }

    const fn may_end(&self) -> bool {
        match self.next() {
            Next::End => true,
            Next::Parameter(parameter) => self.inside && parameter.stop.is_none(),
            Next::Literal(_) => false,
        }
    }
}

/// Whether the rest of both could be the same.
const fn overlap_from(mut a: Place<'_>, mut b: Place<'_>) -> bool {
    loop {
        if a.may_end() && b.may_end() {
            return true;
        }
        let byte = match (a.next(), b.next()) {
            (Next::End, _) | (_, Next::End) => return false,
            (Next::Literal(byte), _) | (_, Next::Literal(byte)) => byte,
            (Next::Parameter(in_a), Next::Parameter(in_b)) => {
                // Both values can begin with a character at which neither ends. From then on, one of them ends first.
                (a.inside, b.inside) = (true, true);
                return (in_a.stop.is_none() && in_b.stop.is_none())
                    || overlap_behind(a, b, in_a.stop)
                    || overlap_behind(a, b, in_b.stop);
            }
        };
        let (Some(next_a), Some(next_b)) = (a.behind(byte), b.behind(byte)) else { return false };
        (a, b) = (next_a, next_b);
    }
}

const fn overlap_behind(a: Place<'_>, b: Place<'_>, byte: Option<u8>) -> bool {
    match byte {
        Some(byte) => match (a.behind(byte), b.behind(byte)) {
            (Some(a), Some(b)) => overlap_from(a, b),
            _ => false,
        },
        None => false,
    }
}
