//! The users of the tutorial, whose passwords everybody knows: they exist only where nobody else can log in.

use axum_scopes::error::StoreError;

use crate::{
    config::Config,
    users::{User, Users},
};

/// Name, email, full name, whether it is disabled, and the hash of the password.
const USERS: [(&str, &str, &str, bool, &str); 2] = [
    (
        "johndoe",
        "johndoe@example.com",
        "John Doe",
        false,
        "$argon2id$v=19$m=19456,t=2,p=1$kRaqz327r9yVXw01rGXgNw$YoE663ZOPzNgTlCmC8iN60Oan15+c59hMHcvobsvjzE",
    ),
    (
        "alice",
        "alicechains@example.com",
        "Alice Chains",
        true,
        "$argon2id$v=19$m=19456,t=2,p=1$mLgEZ1R+D2HkHO+/xgyEJA$DaVZs9r48jwEX8jqSulR4Y2YgOzf+d8muSKpWaAUoZE",
    ),
];

/// Whether this is the hash of a password that is published. A replica that others can reach lets nobody in by it, even if the users
/// came into the database later.
pub fn is_published(hash: &str) -> bool {
    USERS.iter().any(|(.., published)| *published == hash)
}

/// Adds the users of the tutorial, if there are no users yet and if only this machine reaches the service. Whoever finds them there
/// when others can reach it is refused the start.
pub async fn prepare(users: &Users, config: &Config) -> Result<(), String> {
    let cannot = |error: StoreError| format!("cannot ask for the users: {error:?}");
    if config.is_for_this_machine() {
        if users.count().await.map_err(cannot)? == 0 {
            add(users).await.map_err(cannot)?;
        }
        return Ok(());
    }
    for (name, .., hash) in USERS {
        if users.with_hash(hash).await.map_err(cannot)? > 0 {
            return Err(format!(
                "will not listen on {} as {}, where others can reach it: this database has the user `{name}` of the tutorial, whose \
                 password is published. Take a new database (DATABASE_URL), and add users by `add-user`",
                config.listen, config.public_url
            ));
        }
    }
    Ok(())
}

async fn add(users: &Users) -> Result<(), StoreError> {
    for (username, email, full_name, disabled, hash) in USERS {
        let user = User {
            username: username.to_owned(),
            email: email.to_owned(),
            full_name: full_name.to_owned(),
            disabled,
            subject: format!("user-{username}"),
            password_hash: hash.to_owned(),
            scopes: "me items account".to_owned(),
        };
        users.add(&user).await?;
    }
    Ok(())
}
