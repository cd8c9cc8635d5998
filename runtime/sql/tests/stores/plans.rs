//! Each statement finds its rows by an index, so that it does not slow down with their number.

use axum_scopes_sql::{Backend, SqlStore, sqlx};
use sqlx::{AssertSqlSafe, Row};

use super::database::TestDatabase;

#[path = "../../src/statements.rs"]
mod statements;

use statements::*;

/// Each statement with its parameters: `b`ytes, `t`ext or `i`nteger.
const ALL: &[(&str, &str)] = &[
    (BEGIN_SESSION, "btttbiii"),
    (KEEP_FIRST, "bbi"),
    (FIND_SESSION, "b"),
    (SESSIONS_OF, "tii"),
    (ENDED_SINCE, "i"),
    (END_ONE, "bii"),
    (REMEMBER_ONE, "bi"),
    (END_OWN, "tiib"),
    (END_ALL, "tiib"),
    (REMEMBER_ALL, "tib"),
    (USE_TOKEN, "bibi"),
    (KEEP_SUCCESSOR, "bbi"),
    (WAS_USED, "bbi"),
    (END_REUSED, "bii"),
    (CREATE_PERSONAL, "bttttiiii"),
    (FIND_PERSONAL, "bi"),
    (NOTE_PERSONAL, "bii"),
    (LIST_PERSONAL, "ti"),
    (DELETE_PERSONAL, "tt"),
    (DELETE_ALL_PERSONAL, "t"),
    (ARRIVAL, "b"),
    (TAKE, "biii"),
    (BRING_BACK, "bii"),
    (GIVE_BACK, "bii"),
    (USE_PROOF, "bi"),
    (EXPIRED_TOKENS, "ii"),
    (TOKENS_OF_EXPIRED, "ii"),
    (EXPIRED_SESSIONS, "ii"),
    (EXPIRED_PERSONAL, "ii"),
    (FULL_THROTTLES, "ii"),
    (OLD_PROOFS, "ii"),
];

/// The number of parameters. SQLite takes those that are missing for `NULL`.
fn parameters_of(statement: &str) -> usize {
    let numbers = statement.split('$').skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10));
    numbers.max().map_or(0, |most| most as usize)
}

async fn plan(store: &SqlStore, statement: &str, parameters: &str) -> String {
    let (explain, column) = match store.backend() {
        Backend::Sqlite => ("EXPLAIN QUERY PLAN", 3),
        _ => ("EXPLAIN", 0),
    };
    let mut query = sqlx::query::<sqlx::Any>(AssertSqlSafe(format!("{explain} {statement}")));
    for parameter in parameters.chars() {
        query = match parameter {
            'b' => query.bind([7_u8; 32].to_vec()),
            't' => query.bind("amy"),
            _ => query.bind(7_i64),
        };
    }
    let mut transaction = store.pool().begin().await.unwrap();
    if store.backend() == Backend::Postgres {
        // Small tables are read as a whole, unless there is no other way to say.
        sqlx::query("SET LOCAL enable_seqscan = off").execute(&mut *transaction).await.unwrap();
    }
    let rows = query.fetch_all(&mut *transaction).await.unwrap();
    rows.iter().map(|row| format!("{}\n", row.get::<String, _>(column))).collect()
}

/// What a plan says if it reads a whole table.
fn reads_all(line: &str) -> bool {
    line.contains("Seq Scan")
        || line.contains("SCAN axum_scopes") && !line.contains("USING")
        || line.contains("SCAN t ")
}

#[tokio::test]
async fn each_statement_finds_its_rows_by_an_index() {
    let source = include_str!("../../src/statements.rs");
    assert_eq!(ALL.len(), source.matches("pub(crate) const").count(), "a statement is missing here");
    for (statement, parameters) in ALL {
        assert_eq!(parameters_of(statement), parameters.len(), "{statement}");
    }
    for database in TestDatabase::all().await {
        let [store, other] = database.replicas().await;
        for (statement, parameters) in ALL {
            let plan = plan(&store, statement, parameters).await;
            assert!(!plan.lines().any(reads_all), "{statement}\n{plan}");
            if std::env::var("SHOW_PLANS").is_ok() {
                println!("{statement}\n{plan}");
            }
        }
        database.remove([store, other]).await;
    }
}
