//! Attempts to show a password: they are counted before anything is looked up or hashed, and given back where they should not count.

use axum::http::{HeaderMap, HeaderValue};

use super::{
    super::{
        event::Outcome,
        throttle::{Admitted, Attempt},
    },
    refusal::Refusal,
    report::Report,
    settings::Settings,
};
use crate::{error::AuthError, password::PasswordShare};

/// Takes an attempt. `None` if the service has no throttle.
pub(super) async fn admit(
    settings: &Settings,
    account: &str,
    device: Option<&str>,
    report: &Report,
) -> Result<Option<Admitted>, Refusal> {
    let Some(throttle) = &settings.throttle else { return Ok(None) };
    let attempt = Attempt { account, device, address: report.address() };
    let refused = |throttled| Refusal::new(Outcome::Throttled, AuthError::from(throttled));
    throttle.admit(&attempt).await.map(Some).map_err(refused)
}

/// The share of the queue of hashes in which the password is compared.
pub(super) fn share(settings: &Settings, admitted: Option<&Admitted>, account: &str) -> PasswordShare {
    match admitted {
        Some(admitted) => settings.passwords.share(admitted.share()),
        None => settings.passwords.share(account),
    }
}

/// The password was right. Returns the cookie of the device.
pub(super) async fn succeeded(settings: &Settings, admitted: Option<Admitted>) -> Option<HeaderValue> {
    let value = admitted?.succeeded().await;
    settings.device_cookie()?.header(&value)
}

/// Whether the cookie may be set. A page of another site can send a form that logs the browser in as somebody else, and the device
/// would be unknown for its own user.
pub(super) fn may_set_cookie(headers: &HeaderMap) -> bool {
    let says = |name, value: &str| headers.get(name).is_some_and(|sent| sent == value);
    let is_form_of_sibling = says("sec-fetch-site", "same-site") && says("sec-fetch-mode", "navigate");
    !says("sec-fetch-site", "cross-site") && !is_form_of_sibling
}

/// The service could not compare the password, so nobody has learned anything.
pub(super) async fn not_compared(admitted: Option<Admitted>) {
    if let Some(admitted) = admitted {
        admitted.not_compared().await;
    }
}
