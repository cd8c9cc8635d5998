//! What whoever runs the service does to its users, from a shell. The replicas may run meanwhile.

use std::io::{self, BufRead, IsTerminal};

use axum_scopes::{OAuth2Scheme, Scopes, error::StoreError, password::Passwords};

use crate::{app::App, auth::Api, config::Config, database, secrets, users::User};

/// Adds a user, whose password is the first line of the input.
pub async fn add_user(config: &Config, name: &str, scopes: &str, input: &mut impl BufRead) -> Result<(), String> {
    if let Some(unknown) =
        Scopes::from(scopes).iter().find(|scope| !Api::SCOPES.iter().any(|(known, _)| known == scope))
    {
        let known: Vec<_> = Api::SCOPES.iter().map(|(name, _)| *name).collect();
        return Err(format!("there is no scope `{unknown}`; there are: {}", known.join(" ")));
    }
    let hash = Passwords::default().hash(&read_password(name, input)?).await;
    let (_, users) = database::open(config).await?;
    let user = User {
        username: name.to_owned(),
        email: String::new(),
        full_name: name.to_owned(),
        disabled: false,
        subject: secrets::random_hex()?,
        password_hash: hash.map_err(|error| format!("cannot hash the password: {error}"))?,
        scopes: scopes.to_owned(),
    };
    match users.add(&user).await.map_err(|error| no_answer(&error))? {
        true => {
            println!("added `{name}`");
            Ok(())
        }
        false => Err(format!("there is a user `{name}` already")),
    }
}

fn read_password(name: &str, input: &mut impl BufRead) -> Result<String, String> {
    if io::stdin().is_terminal() {
        eprintln!("The password of `{name}`, which everybody sees who looks at this screen:");
    }
    let mut line = String::new();
    input.read_line(&mut line).map_err(|error| format!("cannot read the password: {error}"))?;
    let password = line.trim_end_matches(['\r', '\n']);
    match is_long_enough(password) {
        true => Ok(password.to_owned()),
        false => Err("the password, which is the first line of the input, has less than 12 characters".to_owned()),
    }
}

/// The least that a password needs, whoever chooses it.
pub fn is_long_enough(password: &str) -> bool {
    password.chars().count() >= 12
}

/// Disables a user, and ends its sessions and personal tokens. A session that begins at the same moment is refused its first refresh.
pub async fn disable_user(config: Config, name: &str) -> Result<(), String> {
    let app = App::open(config).await?;
    let user = app.users.by_name(name).await.map_err(|error| no_answer(&error))?;
    let user = user.ok_or_else(|| format!("there is no user `{name}`"))?;
    let ended = async {
        app.users.disable(&user.subject).await?;
        let ended = app.sessions.end_all(&user.subject, None).await?;
        // No session makes another one now.
        app.personal.delete_all(&user.subject).await?;
        Ok(ended)
    };
    let ended: Result<_, StoreError> = ended.await;
    let ended = ended.map_err(|error| no_answer(&error))?;
    println!("`{name}` is disabled; {ended} sessions have ended");
    Ok(())
}

fn no_answer(error: &StoreError) -> String {
    format!("the database does not answer: {error:?}")
}
