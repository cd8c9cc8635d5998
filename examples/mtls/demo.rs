//! Certificates and a token to try the service with. Only this process knows the keys, and they are new at each start.

use std::{error::Error, fs, path::Path, sync::Arc, time::Duration};

use axum_scopes::{
    Claims, HmacKey, TokenVerifier,
    credential::ClientCertificate,
    token::{Confirmation, TokenSigner},
};
use rcgen::{BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio_rustls::rustls::{
    RootCertStore, ServerConfig,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    server::WebPkiClientVerifier,
};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A certificate and its key.
pub struct Identity {
    pub certificate: Certificate,
    pub key: KeyPair,
}

pub struct Demo {
    pub authority: CertifiedIssuer<'static, KeyPair>,
    pub localhost: Identity,
    /// The client that the token is bound to.
    pub client: Identity,
    /// Another client of the same authority.
    pub other: Identity,
    issuer: HmacKey,
}

impl Demo {
    pub fn new() -> Result<Self> {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate()?)?;
        let identity = |name: &str| -> Result<Identity> {
            let key = KeyPair::generate()?;
            let certificate = CertificateParams::new([name.to_owned()])?.signed_by(&key, &authority)?;
            Ok(Identity { certificate, key })
        };
        let (localhost, client, other) = (identity("localhost")?, identity("client")?, identity("other")?);
        // A private key is random, too.
        let issuer = HmacKey::new(KeyPair::generate()?.serialize_der())?;
        Ok(Self { authority, localhost, client, other, issuer })
    }

    /// The configuration of the server. It asks for certificates of the authority, and lets clients without one connect: their
    /// requests are refused, and load balancers reach the open route.
    pub fn server(&self) -> Result<ServerConfig> {
        let roots = Arc::new(self.roots()?);
        let clients = WebPkiClientVerifier::builder(roots).allow_unauthenticated().build()?;
        let Identity { certificate, key } = &self.localhost;
        let config = ServerConfig::builder().with_client_cert_verifier(clients);
        Ok(config.with_single_cert(vec![certificate.der().clone()], private(key))?)
    }

    pub fn roots(&self) -> Result<RootCertStore> {
        let mut roots = RootCertStore::empty();
        roots.add(self.authority.der().clone())?;
        Ok(roots)
    }

    pub fn verifier(&self) -> Result<TokenVerifier> {
        Ok(TokenVerifier::hs256(&self.issuer))
    }

    /// A token that is bound to the certificate of `client`.
    pub fn token(&self) -> Result<String> {
        let certificate = ClientCertificate::of_der(self.client.certificate.der());
        let mut claims = Claims::new("robot", "accounts", Duration::from_secs(3600));
        claims.cnf = Some(Box::new(Confirmation::of_certificate(*certificate.sha256())));
        Ok(TokenSigner::hs256(&self.issuer).sign(&claims)?)
    }

    /// Writes the files that curl takes.
    pub fn write(&self, folder: impl AsRef<Path>) -> Result<()> {
        let folder = folder.as_ref();
        fs::create_dir_all(folder)?;
        fs::write(folder.join("ca.pem"), self.authority.pem())?;
        for (name, Identity { certificate, key }) in [("client.pem", &self.client), ("other.pem", &self.other)] {
            fs::write(folder.join(name), certificate.pem() + &key.serialize_pem())?;
        }
        Ok(())
    }
}

pub fn private(key: &KeyPair) -> PrivateKeyDer<'static> {
    PrivatePkcs8KeyDer::from(key.serialize_der()).into()
}
