//! From the constants of a scheme's type to the challenges of the scheme, at compile time.

use std::marker::PhantomData;

use super::{
    BASIC, Challenges, MOST_PARAMETERS, MOST_REALM,
    parameters::{BEARER, Parameters},
};
use crate::{
    scheme::{
        http::{HttpBasicScheme, HttpBearerScheme},
        oauth2::OAuth2Scheme,
        open_id_connect::OpenIdConnectScheme,
        protected_resource::ProtectedResource,
        sender::Sender,
    },
    text::{constant::Text, https_url::MOST_URL},
};

/// The constants of a bearer scheme that its challenges name.
pub(crate) trait Constants {
    const REALM: Option<&'static str>;
    const SERVICE: Option<&'static str>;
    const RESOURCE: Option<ProtectedResource>;
    const SENDER: Sender = Sender::bearer();
}

/// Each trait of bearer schemes has a type of its own here, because one blanket impl cannot cover several traits.
macro_rules! constants {
    ($($Kind:ident<$Trait:ident> $({ $($constant:tt)* })?),*) => {
        $(
            pub(crate) struct $Kind<S>(PhantomData<S>);

            impl<S: $Trait> Constants for $Kind<S> {
                const REALM: Option<&'static str> = S::REALM;
                const SERVICE: Option<&'static str> = S::SERVICE;
                const RESOURCE: Option<ProtectedResource> = S::PROTECTED_RESOURCE;
                $($($constant)*)?
            }
        )*
    };
}

constants!(OAuth2<OAuth2Scheme> { const SENDER: Sender = S::SENDER; }, HttpBearer<HttpBearerScheme>, OpenIdConnect<OpenIdConnectScheme>);

/// The challenges of a bearer scheme.
pub(crate) struct BearerScheme<C>(PhantomData<C>);

impl<C: Constants> BearerScheme<C> {
    const URL: Option<Text<MOST_URL>> = match C::RESOURCE {
        Some(resource) => resource.metadata_url(),
        None => None,
    };
    const PARAMETERS: Parameters = Parameters {
        realm: quotable(C::REALM),
        service: quotable(C::SERVICE),
        resource_metadata: match &Self::URL {
            Some(url) => url.str(),
            None => None,
        },
        algs: if C::SENDER.dpop_algorithms().is_empty() { None } else { Self::ALGS.str() },
        bearer: C::SENDER.takes_bearer(),
    };
    const ALGS: Text<128> = C::SENDER.algs();
    const MISTAKE: Option<&'static str> = match C::RESOURCE {
        _ if C::SENDER.mistake().is_some() => C::SENDER.mistake(),
        Some(resource) if resource.mistake().is_some() => resource.mistake(),
        _ if mistake(C::SERVICE).is_some() => Some(
            "has a wrong `SERVICE`; use at most 200 visible ASCII characters and spaces, without quote and backslash",
        ),
        _ => mistake(C::REALM),
    };
    const PLAIN: Text<MOST_PARAMETERS> = Self::PARAMETERS.challenge(None, "");
    const INVALID_REQUEST: Text<MOST_PARAMETERS> = Self::PARAMETERS.challenge(Some("invalid_request"), "");
    const INVALID_TOKEN: Text<MOST_PARAMETERS> = Self::PARAMETERS.challenge(Some("invalid_token"), "");
    const STEPPED_UP: Text<MOST_PARAMETERS> = Self::PARAMETERS.challenge(Some("insufficient_user_authentication"), "");

    pub(crate) const CHALLENGES: Challenges = if Self::PARAMETERS.is_empty() {
        Challenges { mistake: Self::MISTAKE, ..Challenges::BEARER }
    } else {
        Self::with_parameters()
    };

    // The compiler evaluates the constants of a function only if it is called. So schemes without parameters have no such texts.
    const fn with_parameters() -> Challenges {
        Challenges {
            plain: Self::PLAIN.str_or(BEARER),
            invalid_request: Self::INVALID_REQUEST.str_or(BEARER),
            invalid_token: Self::INVALID_TOKEN.str_or(BEARER),
            stepped_up: Self::STEPPED_UP.str_or(BEARER),
            parameters: Some(Self::PARAMETERS),
            mistake: Self::MISTAKE,
        }
    }
}

/// The challenges of an HTTP basic scheme, with its realm (RFC 7617 §2).
pub(crate) struct BasicScheme<S>(PhantomData<S>);

impl<S: HttpBasicScheme> BasicScheme<S> {
    const TEXT: Text<256> = match quotable(S::REALM) {
        None => Text::new().put(BASIC),
        Some(realm) => Text::new().put("Basic realm=\"").put(realm).put("\""),
    };
    pub(crate) const CHALLENGES: Challenges =
        Challenges { mistake: mistake(S::REALM), ..Challenges::uniform(Self::TEXT.str_or(BASIC)) };
}

/// The realm or service, if it needs no escapes in a quoted-string and is short enough.
const fn quotable(realm: Option<&'static str>) -> Option<&'static str> {
    let Some(text) = realm else { return None };
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if !matches!(bytes[i], 0x20 | 0x21 | 0x23..=0x5B | 0x5D..=0x7E) {
            return None;
        }
        i += 1;
    }
    if bytes.len() <= MOST_REALM { realm } else { None }
}

const fn mistake(realm: Option<&'static str>) -> Option<&'static str> {
    if realm.is_some() && quotable(realm).is_none() {
        Some("has a wrong `REALM`; use at most 200 visible ASCII characters and spaces, without quote and backslash")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_string_holds_a_realm_as_it_is() {
        for byte in 0..=127_u8 {
            let realm: &'static str = format!("a{}b", char::from(byte)).leak();
            let quoted = (b' '..=b'~').contains(&byte) && byte != b'"' && byte != b'\\';
            assert_eq!(quotable(Some(realm)), Some(realm).filter(|_| quoted), "{byte:#x}");
            assert_eq!(mistake(Some(realm)).is_none(), quoted, "{byte:#x}");
        }
        for (realm, quoted) in [("", true), ("jöe", false), ("\u{a0}", false)] {
            assert_eq!(quotable(Some(realm)).is_some(), quoted, "{realm}");
        }
        for (length, quoted) in [(200, true), (201, false)] {
            assert_eq!(quotable(Some("x".repeat(length).leak())).is_some(), quoted, "{length}");
        }
        assert_eq!((quotable(None), mistake(None)), (None, None));
    }

    /// The compiler refuses such schemes. Even if it did not, their challenges would be well-formed.
    #[test]
    fn parameters_that_cannot_be_quoted_are_left_out() {
        struct Broken;
        impl OAuth2Scheme for Broken {
            const FLOWS: crate::scheme::flows::Flows = crate::scheme::flows::Flows::password("token");
            const SCOPES: &'static [(&'static str, &'static str)] = &[];
            const REALM: Option<&'static str> = Some("a\", error=\"none");
            const PROTECTED_RESOURCE: Option<ProtectedResource> = Some(ProtectedResource::new("https://a/\"x"));
        }
        impl HttpBasicScheme for Broken {
            const REALM: Option<&'static str> = Some("a\r\nb");
        }
        let (bearer, basic) = (BearerScheme::<OAuth2<Broken>>::CHALLENGES, BasicScheme::<Broken>::CHALLENGES);
        assert_eq!((bearer.plain, basic.plain), ("Bearer", "Basic"));
        assert!(bearer.mistake.is_some() && basic.mistake.is_some());
    }

    #[test]
    fn the_mistake_of_each_constant_is_told() {
        macro_rules! mistake {
            ($($constant:item)*) => {{
                struct Api;
                impl OAuth2Scheme for Api {
                    const FLOWS: crate::scheme::flows::Flows = crate::scheme::flows::Flows::password("token");
                    const SCOPES: &'static [(&'static str, &'static str)] = &[];
                    $($constant)*
                }
                BearerScheme::<OAuth2<Api>>::CHALLENGES.mistake.and_then(|mistake| mistake.split(';').next())
            }};
        }
        assert_eq!(mistake!(), None);
        let realm = mistake!(
            const REALM: Option<&'static str> = Some("\n");
        );
        assert_eq!(realm, Some("has a wrong `REALM`"));
        let service = mistake!(
            const SERVICE: Option<&'static str> = Some("\n");
            const REALM: Option<&'static str> = Some("r");
        );
        assert_eq!(service, Some("has a wrong `SERVICE`"));
        let resource = mistake!(
            const PROTECTED_RESOURCE: Option<ProtectedResource> = Some(ProtectedResource::new("/"));
            const REALM: Option<&'static str> = Some("r");
        );
        assert_eq!(resource, Some("has a wrong `PROTECTED_RESOURCE`"));
        let both = mistake!(
            const PROTECTED_RESOURCE: Option<ProtectedResource> = Some(ProtectedResource::new("https://a"));
            const REALM: Option<&'static str> = Some("\n");
        );
        assert_eq!(both, realm);
        let sender = mistake!(
            const SENDER: Sender = Sender::bearer().required();
        );
        assert_eq!(sender, Some("has a `SENDER` that accepts no token"));
        let good = mistake!(
            const PROTECTED_RESOURCE: Option<ProtectedResource> = Some(ProtectedResource::new("https://a"));
            const SERVICE: Option<&'static str> = Some("s");
            const SENDER: Sender = Sender::bearer().or_certificate();
        );
        assert_eq!(good, None);
    }
}
