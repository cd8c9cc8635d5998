//! What a request says about the parameters of required scopes: takes the route's path parameters and the values that a function
//! gives, yields the scopes that are required of this request.

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use axum::{
    extract::{FromRequestParts, RawPathParams, rejection::RawPathParamsRejection},
    http::request::Parts,
};

use crate::{
    error::{AuthError, asking::Asking},
    scopes::{
        grants::Grants,
        template::{Filled, Unfilled, fill},
    },
    tree::requirement::Requirement,
};

/// The path parameters of a route. There are none if nothing needs them.
#[derive(Debug, Default)]
pub(crate) struct PathValues(Option<RawPathParams>);

impl PathValues {
    /// Reads them if the required scopes have parameters.
    ///
    /// # Errors
    ///
    /// 400 if the path does not decode to UTF-8.
    pub(crate) fn read(parts: &mut Parts, requirement: &'static Requirement) -> Result<Self, AuthError> {
        if !requirement.required.has_templates() {
            return Ok(Self::default());
        }
        match raw(parts) {
            Some(Ok(values)) => Ok(Self(Some(values))),
            Some(Err(RawPathParamsRejection::InvalidUtf8InPathParam(_))) => {
                Err(AuthError::bad_request("The path is not valid UTF-8").in_style(requirement.scheme))
            }
            // Without parameters, each that is needed is missing.
            _ => Ok(Self::default()),
        }
    }

    fn of(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().flatten().filter(move |(known, _)| *known == name).map(|(_, value)| value)
    }
}

/// Axum's extractor waits for nothing.
fn raw(parts: &mut Parts) -> Option<Result<RawPathParams, RawPathParamsRejection>> {
    match pin!(RawPathParams::from_request_parts(parts, &())).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(values) => Some(values),
        Poll::Pending => None,
    }
}

/// Values that a function gives, by the names of the parameters.
#[derive(Clone, Copy, Default)]
pub(crate) struct Given<'a> {
    values: &'a [(&'a str, &'a str)],
    /// Those that it has given before.
    before: Option<&'a Self>,
}

impl<'a> Given<'a> {
    /// These values, and more.
    pub(crate) fn and<'b>(&'b self, values: &'b [(&'b str, &'b str)]) -> Given<'b> {
        Given { values, before: Some(self) }
    }

    fn of(self, name: &str) -> impl Iterator<Item = &'a str> {
        let all = std::iter::successors(Some(self), |given| given.before.copied());
        all.flat_map(|given| given.values).filter(move |(known, _)| *known == name).map(|(_, value)| *value)
    }
}

/// The values of one request.
#[derive(Clone, Copy)]
pub(crate) struct Values<'a> {
    pub(crate) of_path: &'a PathValues,
    pub(crate) given: Given<'a>,
}

/// The reason why a parameter has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoValue {
    /// Neither the path nor the function has one.
    Missing,
    /// The path has several parameters of this name, or the function gives several values.
    Ambiguous,
    /// The path has another value than the function gives. The request is about another resource than the credential.
    Contradicted,
}

impl<'a> Values<'a> {
    /// The value of a parameter.
    pub(crate) fn value(self, name: &str) -> Result<&'a str, NoValue> {
        match (one(self.of_path.of(name))?, one(self.given.of(name))?) {
            (Some(of_path), Some(given)) if of_path != given => Err(NoValue::Contradicted),
            (Some(value), _) | (None, Some(value)) => Ok(value),
            (None, None) => Err(NoValue::Missing),
        }
    }

    fn fill(self, scope: &str) -> Result<Filled<'_>, Unfilled<NoValue>> {
        match fill(scope, |name| self.value(name)) {
            Err(Unfilled::Missing(NoValue::Contradicted)) => Err(Unfilled::Unfit),
            filled => filled,
        }
    }

    /// Whether the granted scopes cover the required ones of this request.
    ///
    /// # Errors
    ///
    /// 500 if a parameter has no value, which is a mistake of the service. The log has the parameter's scope.
    pub(crate) fn covered_by(
        self,
        requirement: &'static Requirement,
        granted: &(impl Grants + ?Sized),
    ) -> Result<bool, AuthError> {
        if !requirement.required.has_templates() {
            return Ok(requirement.required.is_covered_by(granted));
        }
        requirement.required.is_covered_filled(granted, |scope| self.fill(scope)).map_err(|(scope, reason)| {
            log(scope, reason);
            AuthError::internal().in_style(requirement.scheme)
        })
    }

    /// What a refusal asks for.
    pub(crate) fn asking(self, requirement: &'static Requirement) -> Asking {
        let text = || requirement.required.filled_text(|scope| self.fill(scope).ok());
        Asking::new(requirement, requirement.required.has_templates().then(text))
    }
}

/// The only value, if there is one.
fn one<'a>(mut values: impl Iterator<Item = &'a str>) -> Result<Option<&'a str>, NoValue> {
    match (values.next(), values.next()) {
        (value, None) => Ok(value),
        (_, Some(_)) => Err(NoValue::Ambiguous),
    }
}

#[cold]
fn log(scope: &str, reason: NoValue) {
    match reason {
        NoValue::Missing => tracing::error!(
            scope,
            "the route has no path parameter for this scope, and no value was given by `SecurityScopes::with`; refused"
        ),
        _ => {
            tracing::error!(scope, "two path parameters or values have the name of a parameter of this scope; refused")
        }
    }
}
