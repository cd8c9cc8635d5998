//! From a template and values to a scope, and from a scope back to its values.

use std::ops::Deref;

use arrayvec::{ArrayString, ArrayVec};

use super::{
    grammar::{MOST_PARAMETERS, is_template, parameter_at},
    value::fits,
};

/// The most bytes of a filled template. A longer one is refused, so that nothing is allocated.
pub(super) const MOST_FILLED: usize = 512;

/// A scope with its values.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "it stays on the stack, so that nothing is allocated")]
pub(crate) enum Filled<'a> {
    /// It has no parameters.
    Constant(&'a str),
    OfTemplate(ArrayString<MOST_FILLED>),
}

impl Deref for Filled<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Constant(scope) => scope,
            Self::OfTemplate(scope) => scope,
        }
    }
}

/// The reason why a template has no scope in this request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unfilled<E> {
    /// A value cannot be part of the scope, or the scope is too long. Nobody has such a scope.
    Unfit,
    /// There is no value.
    Missing(E),
}

/// The scope that `template` is with these values.
pub(crate) fn fill<'a, 'v, E>(
    template: &'a str,
    value: impl Fn(&str) -> Result<&'v str, E>,
) -> Result<Filled<'a>, Unfilled<E>> {
    if !is_template(template) {
        return Ok(Filled::Constant(template));
    }
    let mut filled = ArrayString::new();
    let mut put = |part: &str| filled.try_push_str(part).map_err(|_| Unfilled::Unfit);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let parameter = parameter_at(rest, open).ok_or(Unfilled::Unfit)?;
        let value = value(parameter.name).map_err(Unfilled::Missing)?;
        if !fits(parameter, value) {
            return Err(Unfilled::Unfit);
        }
        put(&rest[..open])?;
        put(value)?;
        rest = &rest[parameter.end..];
    }
    put(rest)?;
    Ok(Filled::OfTemplate(filled))
}

/// The names of a template's parameters, with the values that they have in one scope.
#[derive(Debug, Default)]
pub(crate) struct Bound<'a>(ArrayVec<(&'a str, &'a str), MOST_PARAMETERS>);

impl<'a> Bound<'a> {
    pub(crate) fn value(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }
}

/// The values with which `template` is `scope`, if there are any. The text of a template is no scope.
pub(crate) fn values_of<'a>(template: &'a str, scope: &'a str) -> Option<Bound<'a>> {
    let mut bound = Bound::default();
    let (mut template, mut rest) = (template, scope);
    if is_template(scope) || (is_template(template) && scope.len() > MOST_FILLED) {
        return None;
    }
    while let Some(open) = template.find('{') {
        let parameter = parameter_at(template, open)?;
        let behind = rest.strip_prefix(&template[..open])?;
        let length = match parameter.stop {
            Some(stop) => behind.bytes().position(|byte| byte == stop)?,
            None => behind.len(),
        };
        let (value, behind) = behind.split_at_checked(length)?;
        if !fits(parameter, value) {
            return None;
        }
        bound.0.try_push((parameter.name, value)).ok()?;
        (template, rest) = (&template[parameter.end..], behind);
    }
    (template == rest).then_some(bound)
}
