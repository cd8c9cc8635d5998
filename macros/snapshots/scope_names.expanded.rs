// #[derive(ScopeNames)]
// enum ApiScope { /** Read items. */ #[scope("items:read")] ItemsRead, Me }

#[automatically_derived]
#[allow(deprecated)]
impl ApiScope {
    /// The names of the scopes, each with its description.
    pub const SCOPES: &'static [(
        &'static ::core::primitive::str,
        &'static ::core::primitive::str,
    )] = &[("items:read", "Read items."), ("me", "")];
    /// The name of the scope.
    #[must_use]
    pub const fn as_str(&self) -> &'static ::core::primitive::str {
        match *self {
            Self::ItemsRead { .. } => "items:read",
            Self::Me { .. } => "me",
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Display for ApiScope {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.pad(self.as_str())
    }
}
#[automatically_derived]
impl ::core::convert::AsRef<::core::primitive::str> for ApiScope {
    fn as_ref(&self) -> &::core::primitive::str {
        self.as_str()
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::core::str::FromStr for ApiScope {
    type Err = ::axum_scopes::private::UnknownScope;
    fn from_str(
        name: &::core::primitive::str,
    ) -> ::core::result::Result<Self, Self::Err> {
        match name {
            "items:read" => ::core::result::Result::Ok(Self::ItemsRead),
            "me" => ::core::result::Result::Ok(Self::Me),
            _ => ::core::result::Result::Err(::core::default::Default::default()),
        }
    }
}
