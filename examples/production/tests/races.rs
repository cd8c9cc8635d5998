//! Requests that are still read while something else happens.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::sleep,
};

use super::Service;
use crate::routes;

/// A token that is stolen opens a request for a personal token, whose body comes only after the user has noticed.
#[tokio::test]
async fn a_request_that_outlasts_its_session_makes_no_personal_token() {
    let service = Service::start().await;
    let (token, _) = service.johndoe("account me").await;
    let (mine, _) = service.johndoe("account me").await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = routes::router(service.app.clone()).unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });

    let body = r#"{"name":"Backup","scope":"me","days":365}"#;
    let mut thief = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /users/me/tokens/ HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    thief.write_all(head.as_bytes()).await.unwrap();
    // By then the token is accepted.
    sleep(Duration::from_millis(500)).await;
    let change = r#"{"current":"secret","new":"correct horse battery"}"#;
    let post = |path: &str, body: &'static str| {
        service.client.post(path).bearer(&mine).header("content-type", "application/json").body(body)
    };
    assert_eq!(post("/users/me/password", change).await.status(), 204);
    thief.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    thief.read_to_string(&mut answer).await.unwrap();
    assert!(!answer.contains("production_pat_"), "{answer}");
    assert_eq!(service.app.personal.list("user-johndoe").await.unwrap().len(), 0);

    // The session in which the password was changed goes on.
    assert_eq!(post("/users/me/tokens/", body).await.status(), 201);
}
