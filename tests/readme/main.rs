//! The commands and the program of the README make a crate that builds and answers as the README says.
#![allow(clippy::unwrap_used, reason = "tests")]

mod project;

use std::{
    io::{BufRead, BufReader, ErrorKind, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Command, Stdio},
};

use project::Project;

/// The address that the program listens on, as the README has it.
const ADDRESS: &str = "127.0.0.1:8000";

/// Another one for the program that is made from the packages: `.ci/run` has services at the first one meanwhile.
const OTHER_ADDRESS: &str = "127.0.0.1:8019";

const README: &str = include_str!("../../README.md");

#[test]
fn the_first_service_builds_and_answers() {
    let address = if project::packages().is_some() { OTHER_ADDRESS } else { ADDRESS };
    let program = Project::of_readme(&README.replace(ADDRESS, address)).build();
    let busy = TcpListener::bind(address).is_err_and(|error| error.kind() == ErrorKind::AddrInUse);
    if busy {
        eprintln!("skipped: {address} is in use, so the program was built and not started");
        return;
    }
    let mut service = Command::new(program)
        .env("SECRET_KEY", "7f3a9c41d2e85b60a1f4c7d9e3b28605")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    // The program prints its token before it listens.
    let mut printed = String::new();
    BufReader::new(service.stdout.take().unwrap()).read_line(&mut printed).unwrap();
    let token = printed.split("Bearer ").nth(1).unwrap().trim_end().trim_end_matches('\'').to_owned();
    let forged = format!("{token}x");
    let answers = [("/", None), ("/items", None), ("/items", Some(token.as_str())), ("/items", Some(&forged))]
        .map(|(path, token)| ask(address, path, token));
    service.kill().unwrap();
    service.wait().unwrap();
    let [open, refused, accepted, forged] = answers;
    assert!(open.starts_with("HTTP/1.1 200"), "{open}");
    assert!(refused.starts_with("HTTP/1.1 401") && refused.contains("www-authenticate: Bearer\r\n"), "{refused}");
    assert!(accepted.starts_with("HTTP/1.1 200") && accepted.ends_with("the items of amy\n"), "{accepted}");
    assert!(forged.starts_with("HTTP/1.1 401") && forged.contains("Bearer scope=\"items\""), "{forged}");
}

/// The whole response to a request with this token. It retries until the service listens.
fn ask(address: &str, path: &str, token: Option<&str>) -> String {
    let mut connection = (0..200)
        .find_map(|_| {
            TcpStream::connect(address).map_err(|_| std::thread::sleep(std::time::Duration::from_millis(25))).ok()
        })
        .unwrap();
    let authorization = token.map(|token| format!("authorization: Bearer {token}\r\n")).unwrap_or_default();
    write!(connection, "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n{authorization}\r\n").unwrap();
    let mut response = String::new();
    connection.read_to_string(&mut response).unwrap();
    response
}
