//! Two templates come in, and whether they share a scope goes out.

use super::grammar::{Parameter, parameter_at};

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
                return match (in_a.stop, in_b.stop) {
                    (Some(of_a), Some(of_b)) => overlap_behind(a, b, of_a) || overlap_behind(a, b, of_b),
                    // A value that nothing ends can be whatever is left of the other.
                    _ => true,
                };
            }
        };
        let (Some(next_a), Some(next_b)) = (a.behind(byte), b.behind(byte)) else { return false };
        (a, b) = (next_a, next_b);
    }
}

const fn overlap_behind(a: Place<'_>, b: Place<'_>, byte: u8) -> bool {
    match (a.behind(byte), b.behind(byte)) {
        (Some(a), Some(b)) => overlap_from(a, b),
        _ => false,
    }
}
