//! From a template and values to a scope, and from a scope back to the question whether a template has it.

use arrayvec::ArrayString;

use super::{fits, is_template, parameter_at};

/// The most bytes of a filled template. A longer one is refused, so that nothing is allocated.
pub(super) const MOST_FILLED: usize = 512;

/// A scope with its values.
pub(crate) type Filled = ArrayString<MOST_FILLED>;

/// The reason why a template has no scope in this request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unfilled<E> {
    /// A value cannot be part of the scope, or the scope is too long. Nobody has such a scope.
    Unfit,
    /// There is no value.
    Missing(E),
}

/// The scope that `template` is with these values.
pub(crate) fn fill<'v, E>(template: &str, value: impl Fn(&str) -> Result<&'v str, E>) -> Result<Filled, Unfilled<E>> {
    let mut filled = Filled::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let parameter = parameter_at(rest, open).ok_or(Unfilled::Unfit)?;
        let value = value(parameter.name).map_err(Unfilled::Missing)?;
        if !fits(parameter, value) {
            return Err(Unfilled::Unfit);
        }
        put(&mut filled, &rest[..open])?;
        put(&mut filled, value)?;
        rest = &rest[parameter.end..];
    }
    put(&mut filled, rest)?;
    Ok(filled)
}

fn put<E>(filled: &mut Filled, part: &str) -> Result<(), Unfilled<E>> {
    filled.try_push_str(part).map_err(|_| Unfilled::Unfit)
}

/// Whether `scope` is a scope of `template`. The text of a template is no scope.
pub(crate) fn has_scope(template: &str, scope: &str) -> bool {
    let (mut template, mut scope) = (template, scope);
    if is_template(scope) {
        return false;
    }
    while let Some(open) = template.find('{') {
        if scope.len() > MOST_FILLED {
            return false;
        }
        let Some(parameter) = parameter_at(template, open) else { return false };
        let Some(behind) = scope.strip_prefix(&template[..open]) else { return false };
        let length = match parameter.stop {
            Some(stop) => behind.bytes().position(|byte| byte == stop),
            None => Some(behind.len()),
        };
        let Some((value, rest)) = length.and_then(|length| behind.split_at_checked(length)) else { return false };
        if !fits(parameter, value) {
            return false;
        }
        (template, scope) = (&template[parameter.end..], rest);
    }
    template == scope
}
