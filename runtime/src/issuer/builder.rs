//! The configuration of a verifier: its issuers, how they are reached, and which others it accepts while it runs.

use std::{fmt, sync::Arc};

use super::{
    error::IssuerError,
    fetch::Http,
    issuer::Issuer,
    keeper::Keeper,
    place::Place,
    roster::{Resolve, Roster},
    verifier::IssuerVerifier,
};
use crate::http::connections::Connections;

/// The default bound of issuers that come while the verifier runs.
const MOST: usize = 100;
/// Each issuer has a task, its keys and perhaps a cache.
const LIMIT: usize = 10_000;

/// Configures an [`IssuerVerifier`].
///
/// ```no_run
/// use axum_scopes::issuer::{Connections, Issuer, IssuerVerifier};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let tenants = ["acme", "globex"];
/// let verifier = IssuerVerifier::builder()
///     .issuer(Issuer::new("https://id.example.com").audience("https://api.example.com"))
///     // Anything can be in `iss`: accept only what the service knows.
///     .resolve(move |iss| {
///         let tenant = iss.strip_prefix("https://id.example.com/realms/")?;
///         tenants.contains(&tenant).then(|| Issuer::new(iss).audience("https://api.example.com"))
///     })
///     .connections(Connections::new().proxy("http://proxy.example.com:3128")?)
///     .start()?;
/// # Ok(())
/// # }
/// ```
#[must_use]
#[derive(Default)]
pub struct IssuerVerifierBuilder {
    issuers: Vec<Issuer>,
    connections: Connections,
    resolve: Option<Resolve>,
    most: Option<usize>,
}

impl IssuerVerifierBuilder {
    /// Adds an issuer that the verifier has from its start. It cannot be removed.
    ///
    /// ```
    /// # use axum_scopes::issuer::{Issuer, IssuerVerifier};
    /// let builder = IssuerVerifier::builder().issuer(Issuer::new("https://id.example.com"));
    /// ```
    pub fn issuer(mut self, issuer: Issuer) -> Self {
        self.issuers.push(issuer);
        self
    }

    /// How issuers are reached.
    ///
    /// ```
    /// # use axum_scopes::issuer::{Connections, IssuerVerifier};
    /// let builder = IssuerVerifier::builder().connections(Connections::new());
    /// ```
    pub fn connections(mut self, connections: Connections) -> Self {
        self.connections = connections;
        self
    }

    /// Asks `resolve` which issuer the `iss` of a token names, if the verifier does not have it yet. If it answers `None`,
    /// the token is refused, and nothing is fetched or kept. The issuer that it returns must have exactly this `iss` as its
    /// URL.
    ///
    /// It is called within a request, before the signature is verified: anybody chooses its argument, and it must answer at
    /// once. Do not make an issuer of any `iss`: then everybody could sign tokens for this service.
    ///
    /// ```
    /// # use axum_scopes::issuer::{Issuer, IssuerVerifier};
    /// let builder = IssuerVerifier::builder().resolve(|iss| {
    ///     let known = ["https://a.example.com", "https://b.example.com"];
    ///     known.contains(&iss).then(|| Issuer::new(iss).audience("api"))
    /// });
    /// ```
    pub fn resolve(mut self, resolve: impl Fn(&str) -> Option<Issuer> + Send + Sync + 'static) -> Self {
        self.resolve = Some(Box::new(resolve));
        self
    }

    /// The most issuers that are kept beside those of the start, resolved and [added](IssuerVerifier::add) ones together: 1
    /// to 10,000. The default is 100.
    ///
    /// One more displaces the resolved issuer whose last accepted token is the oldest. An issuer stays for at least 30
    /// seconds; if none may go, the token gets 503. So at most this number is begun in 30 seconds, whatever tokens come in.
    /// Issuers of which no token was accepted yet displace at most a quarter of those that are used, because anybody can
    /// name them. An added issuer may displace any resolved one.
    ///
    /// ```
    /// # use axum_scopes::issuer::IssuerVerifier;
    /// let builder = IssuerVerifier::builder().at_most(1000);
    /// ```
    pub fn at_most(mut self, issuers: usize) -> Self {
        self.most = Some(issuers.clamp(1, LIMIT));
        self
    }

    /// Starts to fetch the keys of the issuers on the current Tokio runtime. It does not wait for the keys.
    ///
    /// # Errors
    ///
    /// [`IssuerError`] if the configuration is invalid. There may be no issuer only if [`resolve`](Self::resolve) or
    /// [`at_most`](Self::at_most) says that some come later.
    ///
    /// ```
    /// # use axum_scopes::issuer::{IssuerError, IssuerVerifier};
    /// assert_eq!(IssuerVerifier::builder().start().unwrap_err(), IssuerError::Set);
    /// ```
    pub fn start(self) -> Result<IssuerVerifier, IssuerError> {
        self.start_with(Http::new)
    }

    /// The same, with what the issuers are asked by. It may need certificates, as [`Http::new`] says.
    pub(super) fn start_with(
        self,
        http: impl FnOnce(&Connections, bool) -> Result<Http, IssuerError>,
    ) -> Result<IssuerVerifier, IssuerError> {
        let Self { issuers, connections, resolve, most } = self;
        let may_be_empty = resolve.is_some() || most.is_some();
        let is_hidden = |(i, issuer): (usize, &Issuer)| issuers[..i].iter().any(|other| other.hides(issuer));
        if (issuers.is_empty() && !may_be_empty) || issuers.iter().enumerate().any(is_hidden) {
            return Err(IssuerError::Set);
        }
        let checked = issuers.into_iter().map(|issuer| Ok((issuer.check()?, issuer)));
        let checked = checked.collect::<Result<Vec<_>, IssuerError>>()?;
        tokio::runtime::Handle::try_current().map_err(|_| IssuerError::Runtime)?;
        let needs_certificates = may_be_empty || checked.iter().any(|(place, _)| !place.is_plain());
        let http = http(&connections, needs_certificates)?;
        let keep = move |issuer: Issuer, place: Place| {
            let issuer = Arc::new(issuer);
            Keeper::start(Arc::clone(&issuer), http.clone().fetch(issuer, place))
        };
        let fixed = checked.into_iter().map(|(place, issuer)| keep(issuer, place)).collect();
        let start = move |issuer: Issuer| {
            let place = issuer.check()?;
            tokio::runtime::Handle::try_current().map_err(|_| IssuerError::Runtime)?;
            Ok(keep(issuer, place))
        };
        Ok(IssuerVerifier::with(fixed, Roster::new(Box::new(start), resolve, most.unwrap_or(MOST))))
    }
}

impl IssuerVerifier {
    /// Starts to fetch the keys of `issuers` on the current Tokio runtime. It does not wait for the keys; requests do,
    /// for as long as a refresh may take.
    ///
    /// # Errors
    ///
    /// [`IssuerError`] if the configuration is invalid. An unreachable issuer is not an error, because fetching is repeated.
    ///
    /// ```
    /// # use axum_scopes::issuer::{Issuer, IssuerError, IssuerVerifier};
    /// // One URL is one issuer.
    /// let twice = ["https://id.example.com", "https://id.example.com"].map(Issuer::new);
    /// assert_eq!(IssuerVerifier::start(twice).unwrap_err(), IssuerError::Set);
    /// ```
    pub fn start(issuers: impl IntoIterator<Item = Issuer>) -> Result<Self, IssuerError> {
        let mut builder = Self::builder();
        builder.extend(issuers);
        builder.start()
    }

    /// Configures a verifier with more than fixed issuers.
    ///
    /// ```
    /// use axum_scopes::issuer::{Issuer, IssuerVerifier};
    ///
    /// let builder = IssuerVerifier::builder().issuer(Issuer::new("https://id.example.com")).at_most(10);
    /// ```
    pub fn builder() -> IssuerVerifierBuilder {
        IssuerVerifierBuilder::default()
    }
}

impl Extend<Issuer> for IssuerVerifierBuilder {
    fn extend<I: IntoIterator<Item = Issuer>>(&mut self, issuers: I) {
        self.issuers.extend(issuers);
    }
}

impl fmt::Debug for IssuerVerifierBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("IssuerVerifierBuilder");
        shown.field("issuers", &self.issuers).field("connections", &self.connections).field("most", &self.most);
        shown.finish_non_exhaustive()
    }
}
