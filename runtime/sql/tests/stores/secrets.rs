//! What must not be shown is not shown, and no token is kept.

use std::error::Error;

use axum_scopes::login::store::{Ending, PersonalToken, PersonalTokenStore, SessionStore};
use axum_scopes_sql::{SqlError, SqlStore};

use super::database::{TestDatabase, at, digest, session};

/// All that an error says, to users and to developers.
fn all_texts(error: &(dyn Error + 'static)) -> String {
    let mut texts = format!("{error} {error:?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        texts += &format!(" {error} {error:?}");
        cause = error.source();
    }
    texts
}

#[tokio::test]
async fn errors_do_not_show_the_password_of_the_url() {
    let urls = [
        "postgres://amy:hunter2@127.0.0.1:1/login",
        "postgres://amy@127.0.0.1:1/login?password=hunter2",
        "postgres://amy@127.0.0.1:1/login?pasword=hunter2",
        "postgres://amy:hunter2@127.0.0.1:99999/login",
        "postgres://amy:hunter2@/tmp/no%ZZ",
        "postgres://amy:hunter2@127.0.0.1:1/login?sslmode=hunter2",
        "postgres://amy:hunter2@127.0.0.1:1/login?sslmode=verify-full&sslrootcert=/nowhere",
        "postgre://amy:hunter2@127.0.0.1/login",
        "mysql://amy:hunter2@127.0.0.1/login",
        "hunter2",
        "://hunter2",
        "",
    ];
    for url in urls {
        let options = SqlStore::options().acquire_timeout(std::time::Duration::from_millis(200));
        let error = options.connect(url).await.unwrap_err();
        let texts = all_texts(&error);
        // Parameters of TLS are no secrets.
        assert!(url.contains("sslmode=hunter2") || !texts.contains("hunter2"), "{url}: {texts}");
    }
}

#[tokio::test]
async fn unknown_parameters_are_refused_by_name() {
    let error = SqlStore::connect("postgres://amy@127.0.0.1:1/login?pasword=hunter2").await.unwrap_err();
    assert!(matches!(&error, SqlError::UnknownParameter(name) if name == "pasword"));
    assert_eq!(error.to_string(), "the URL of the database has an unknown parameter `pasword`");
}

#[tokio::test]
async fn debug_does_not_show_the_url() {
    for database in TestDatabase::all().await {
        let [store, other] = database.replicas().await;
        let text = format!("{store:?} {:?} {:?}", store.pool(), SqlStore::options());
        for part in [database.url.as_str(), "login.db", "postgres://"] {
            assert!(!text.contains(part), "{text}");
        }
        database.remove([store, other]).await;
    }
}

/// There are hashes of passwords in it, if the service keeps its users there.
#[cfg(unix)]
#[tokio::test]
async fn nobody_else_on_the_machine_reads_a_new_sqlite_database() {
    use std::{fs, os::unix::fs::PermissionsExt};
    let database = TestDatabase::sqlite();
    let [store, other] = database.replicas().await;
    store.begin(&session(1, "amy"), &digest("token"), at(600)).await.unwrap();
    let path = database.url.strip_prefix("sqlite://").unwrap();
    for file in ["", "-wal", "-shm"] {
        let mode = fs::metadata(format!("{path}{file}")).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "login.db{file} has {mode:o}");
    }
    store.close().await;
    // What its owner has allowed stays allowed.
    fs::set_permissions(path, fs::Permissions::from_mode(0o640)).unwrap();
    let again = database.store().await;
    assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o640);
    database.remove([other, again]).await;
}

/// SQLite would give each connection an empty database of its own.
#[tokio::test]
async fn a_sqlite_url_without_a_file_is_refused() {
    for url in ["sqlite:", "sqlite://", "sqlite:?mode=rwc", "sqlite://?mode=rw"] {
        let error = SqlStore::connect(url).await.unwrap_err();
        assert!(matches!(error, SqlError::Url(_)), "{url}: {error:?}");
    }
    for url in ["sqlite::memory:", "sqlite:%3Amemory%3A", "sqlite:any?mode=memory"] {
        let store = SqlStore::connect(url).await.unwrap();
        store.migrate().await.unwrap();
        assert_eq!(store.list("amy", at(0)).await.unwrap(), [], "{url}");
    }
}

#[tokio::test]
async fn hostile_texts_are_no_faults() {
    for database in TestDatabase::all().await {
        let [store, other] = database.replicas().await;
        let long = "x".repeat(100_000);
        for text in ["\0", "a\0b", "\u{1a}0", "'; DROP TABLE axum_scopes_session; --", "\u{10ffff}", &long] {
            assert!(!store.delete("amy", text).await.unwrap());
            assert_eq!(store.list(text, at(0)).await.unwrap(), []);
            assert_eq!(store.sessions_of(text, at(0), 9).await.unwrap(), []);
            assert_eq!(store.end(Ending::Subject(text), at(0), at(9)).await.unwrap(), []);
            let token = PersonalToken {
                id: text.to_owned(),
                subject: "amy".into(),
                name: text.to_owned(),
                scope: "me".into(),
                created: at(0),
                expires: None,
                last_used: None,
            };
            assert!(store.create(&token, &digest(&text[..text.len().min(20)]), 99).await.unwrap());
            assert!(store.list("amy", at(1)).await.unwrap().contains(&token));
            assert!(store.delete("amy", text).await.unwrap());
        }
        let odd = axum_scopes::login::store::Session { subject: "a\0b".into(), ..session(1, "amy") };
        store.begin(&odd, &digest("token"), at(600)).await.unwrap();
        assert_eq!(store.sessions_of("a\0b", at(0), 9).await.unwrap(), std::slice::from_ref(&odd));
        assert_eq!(SessionStore::find(&other, &digest("token")).await.unwrap(), Some(odd));
        database.remove([store, other]).await;
    }
}

#[tokio::test]
async fn a_database_that_cannot_be_opened_says_why() {
    let folder = TestDatabase::sqlite();
    let path = folder.url.strip_prefix("sqlite://").unwrap();
    std::fs::write(path, "a text of more than a hundred bytes, which is no database of SQLite at all, ".repeat(2))
        .unwrap();
    let error = SqlStore::connect(&folder.url).await.unwrap_err();
    assert!(all_texts(&error).contains("file is not a database"), "{}", all_texts(&error));
    folder.remove([]).await;
    // Nobody listens at this port.
    let error = SqlStore::connect("postgres://johndoe:secret@127.0.0.1:1/login").await.unwrap_err();
    let said = all_texts(&error);
    assert!(said.contains("refused") && !said.contains("secret"), "{said}");
}
