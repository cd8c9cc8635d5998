//! Replicas of the example, as processes that are started, killed and started again.

use std::{
    fs::File,
    io,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::{ExitStatus, Stdio},
    time::{Duration, Instant},
};

use tokio::{
    io::AsyncWriteExt,
    process::{Child, Command},
    time::sleep,
};

use crate::http::Request;

/// What all replicas share.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The program.
    pub program: PathBuf,
    /// A folder for files and logs.
    pub folder: PathBuf,
    pub database_url: String,
    /// Further variables.
    pub variables: Vec<(&'static str, String)>,
}

/// What the client `reports` authenticates with.
pub const CLIENT_SECRET: &str = "reports-secret-0123456789abcdef0123456789abcdef";

impl Settings {
    pub fn with(&self, name: &'static str, value: impl ToString) -> Self {
        let mut changed = self.clone();
        changed.variables.push((name, value.to_string()));
        changed
    }

    /// The program with these settings.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(&self.folder).env("DATABASE_URL", &self.database_url).env("CLIENT_SECRET", CLIENT_SECRET);
        command.env("SECRET_KEY", "5d0c7c25f7f0c6ab".repeat(4)).envs(self.variables.iter().cloned());
        command.kill_on_drop(true);
        command
    }

    /// Adds a user by the command of the example.
    pub async fn add_user(&self, name: &str, password: &str) -> io::Result<()> {
        let mut command = self.command();
        let command = command.args(["add-user", name, "me items account"]).stdin(Stdio::piped()).stdout(Stdio::null());
        let mut child = command.spawn()?;
        if let Some(mut input) = child.stdin.take() {
            input.write_all(format!("{password}\n").as_bytes()).await?;
        }
        let status = child.wait().await?;
        if status.success() { Ok(()) } else { Err(io::Error::other(format!("add-user {name}: {status}"))) }
    }

    /// Adds `count` users at once, whose names begin with `name`, and whose passwords are [`PASSWORD`].
    pub async fn add_users(&self, name: &str, count: usize) -> io::Result<Vec<String>> {
        let names: Vec<_> = (0..count).map(|i| format!("{name}{i}")).collect();
        for name in &names {
            self.add_user(name, PASSWORD).await?;
        }
        Ok(names)
    }
}

/// That of all users whom the tests add.
pub const PASSWORD: &str = "correct horse battery";

/// One process.
#[derive(Debug)]
pub struct Replica {
    pub address: SocketAddr,
    settings: Settings,
    child: Option<Child>,
}

impl Replica {
    /// Starts a replica at an address that is free, and waits until it is ready. `public` is the first one's address.
    pub async fn start(settings: &Settings, public: Option<SocketAddr>) -> io::Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let public_url = format!("http://{}", public.unwrap_or(address));
        let settings = settings.with("LISTEN", address).with("PUBLIC_URL", public_url);
        let mut replica = Self { address, settings, child: None };
        replica.spawn()?;
        replica.is_ready().await?;
        Ok(replica)
    }

    /// Starts the process, whose log is added to what is there.
    pub fn spawn(&mut self) -> io::Result<()> {
        let log = self.settings.folder.join(format!("replica-{}.log", self.address.port()));
        let log = File::options().create(true).append(true).open(log)?;
        let child = self.settings.command().stdout(log.try_clone()?).stderr(log).stdin(Stdio::null()).spawn()?;
        self.child = Some(child);
        Ok(())
    }

    /// Waits until it says that it is ready.
    pub async fn is_ready(&self) -> io::Result<()> {
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(30) {
            if Request::get("/health/ready").send(self.address).await.is_ok_and(|answer| answer.status == 200) {
                return Ok(());
            }
            sleep(Duration::from_millis(50)).await;
        }
        Err(io::Error::other(format!("the replica at {} is not ready; see its log", self.address)))
    }

    /// The process.
    pub fn id(&self) -> io::Result<u32> {
        self.child.as_ref().and_then(Child::id).ok_or_else(|| io::Error::other("the replica does not run"))
    }

    /// Waits for its end.
    pub async fn wait(&mut self) -> io::Result<ExitStatus> {
        match &mut self.child {
            Some(child) => child.wait().await,
            None => Err(io::Error::other("the replica does not run")),
        }
    }

    /// `kill -9`.
    pub async fn kill(&mut self) -> io::Result<()> {
        if let Some(mut child) = self.child.take() {
            child.kill().await?;
        }
        Ok(())
    }
}

/// Some replicas of one service.
#[derive(Debug)]
pub struct Service {
    pub replicas: Vec<Replica>,
}

impl Service {
    pub async fn start(settings: &Settings, count: usize) -> io::Result<Self> {
        let mut replicas: Vec<Replica> = Vec::new();
        for _ in 0..count {
            let public = replicas.first().map(|replica| replica.address);
            replicas.push(Replica::start(settings, public).await?);
        }
        Ok(Self { replicas })
    }

    pub fn addresses(&self) -> Vec<SocketAddr> {
        self.replicas.iter().map(|replica| replica.address).collect()
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.replicas[0].address)
    }
}
