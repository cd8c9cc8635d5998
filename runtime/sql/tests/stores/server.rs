//! A Postgres of a test's own, which it can kill and halt. `tests/postgres.sh` has the commands.

use std::{
    path::Path,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, UnixStream},
    sync::watch,
};

/// A Postgres that stops with the test.
pub(super) struct Server {
    pub(super) url: String,
    folder: String,
    programs: String,
}

impl Server {
    /// Starts one, if tests with Postgres are asked for.
    pub(super) fn start() -> Option<Self> {
        super::database::postgres_url()?;
        let script =
            "start_postgres && echo \"$POSTGRES_URL\" && echo \"$POSTGRES_FOLDER\" && echo \"$POSTGRES_PROGRAMS\"";
        let output = bash(script).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).unwrap();
        let mut lines = text.lines().map(str::to_owned);
        let mut next = || lines.next().unwrap();
        Some(Self { url: next(), folder: next(), programs: next() })
    }

    pub(super) fn kill(&self) {
        self.run("kill_postgres");
    }

    pub(super) fn restart(&self) {
        self.run("restart_postgres");
    }

    pub(super) fn pause(&self) {
        self.run("pause_postgres");
    }

    pub(super) fn resume(&self) {
        self.run("resume_postgres");
    }

    /// Starts it anew with a certificate for `localhost`. Returns its port and the file of the authority.
    #[cfg(feature = "tls")]
    pub(super) fn restart_with_tls(&self) -> (u16, String) {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let authority = format!("{}/authority.pem", self.folder);
        self.run(&format!(
            r#"
            cd "$POSTGRES_FOLDER"
            key() {{ openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null; }}
            key authority.key && key server.key
            openssl req -x509 -new -key authority.key -subj "/CN=Authority" -days 2 -out authority.pem
            openssl req -new -key server.key -subj "/CN=localhost" -out server.csr
            printf 'subjectAltName=DNS:localhost
basicConstraints=CA:FALSE
' >server.ext
            openssl x509 -req -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial -days 2                 -extfile server.ext -out server.pem 2>/dev/null
            [ "$(id -u)" != 0 ] || chown postgres server.key
            chmod 600 server.key
            kill_postgres
            POSTGRES_SETTINGS="-c listen_addresses=localhost -c port={port} -c ssl=on"
            POSTGRES_SETTINGS="$POSTGRES_SETTINGS -c ssl_cert_file=$PWD/server.pem -c ssl_key_file=$PWD/server.key"
            restart_postgres
            "#
        ));
        (port, authority)
    }

    /// A network in front of it, which can swallow connections.
    pub(super) async fn network(&self) -> Network {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (swallow, swallowed) = watch::channel(0);
        let (socket, opened) = (format!("{}/.s.PGSQL.5432", self.folder), Arc::<AtomicUsize>::default());
        let count = Arc::clone(&opened);
        tokio::spawn(async move {
            loop {
                let (mut client, _) = listener.accept().await.unwrap();
                let number = count.fetch_add(1, Ordering::SeqCst);
                let (mut server, mut swallowed) = (UnixStream::connect(&socket).await.unwrap(), swallowed.clone());
                tokio::spawn(async move {
                    let is_swallowed = async { swallowed.wait_for(|until| number < *until).await.is_ok() };
                    let swallowed = tokio::select! {
                        _ = copy_bidirectional(&mut client, &mut server) => false,
                        swallowed = is_swallowed => swallowed,
                    };
                    if swallowed {
                        // Neither side learns of it.
                        std::future::pending::<()>().await;
                    }
                });
            }
        });
        Network { url: format!("postgres://axum_scopes@127.0.0.1:{port}/postgres"), opened, swallow }
    }

    fn run(&self, script: &str) {
        let mut command = bash(script);
        command.env("POSTGRES_FOLDER", &self.folder).env("POSTGRES_PROGRAMS", &self.programs);
        assert!(command.status().unwrap().success(), "{script}");
    }
}

/// TCP to a server.
pub(super) struct Network {
    pub(super) url: String,
    opened: Arc<AtomicUsize>,
    swallow: watch::Sender<usize>,
}

impl Network {
    /// From now on, nothing passes on the connections that there are. New ones are good.
    pub(super) fn swallow(&self) {
        self.swallow.send(self.opened.load(Ordering::SeqCst)).unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.run("stop_postgres");
    }
}

fn bash(script: &str) -> Command {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut command = Command::new("bash");
    command.current_dir(root).arg("-c").arg(format!("set -eu; . tests/postgres.sh; {script}"));
    command
}
