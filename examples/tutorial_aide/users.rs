//! The users of the tutorial, in memory.

use schemars::JsonSchema;
use serde::Serialize;

/// A user, as others see them.
#[derive(Clone, JsonSchema, Serialize)]
pub struct User {
    /// What the user logs in with.
    pub username: &'static str,
    pub email: &'static str,
    pub full_name: &'static str,
    pub disabled: bool,
    /// A PHC string.
    #[serde(skip)]
    pub hashed_password: &'static str,
    /// The most that a login can grant.
    #[serde(skip)]
    pub scopes: &'static [&'static str],
}

/// Everybody who can log in.
pub struct Users([User; 2]);

impl Users {
    /// Two users, who may have all scopes; one is disabled.
    pub fn of_the_tutorial() -> Self {
        Self([
            User {
                username: "johndoe",
                email: "johndoe@example.com",
                full_name: "John Doe",
                disabled: false,
                hashed_password: "$argon2id$v=19$m=19456,t=2,p=1$kRaqz327r9yVXw01rGXgNw$YoE663ZOPzNgTlCmC8iN60Oan15+c59hMHcvobsvjzE",
                scopes: &["me", "items"],
            },
            User {
                username: "alice",
                email: "alicechains@example.com",
                full_name: "Alice Chains",
                disabled: true,
                hashed_password: "$argon2id$v=19$m=19456,t=2,p=1$mLgEZ1R+D2HkHO+/xgyEJA$DaVZs9r48jwEX8jqSulR4Y2YgOzf+d8muSKpWaAUoZE",
                scopes: &["me", "items"],
            },
        ])
    }

    /// Names are compared byte for byte.
    pub fn find(&self, username: &str) -> Option<&User> {
        self.0.iter().find(|user| user.username == username)
    }
}
