//! Who may call what.

use axum_scopes::AccessTable;

use super::Folder;
use crate::{app::App, routes};

#[test]
fn nobody_opens_a_route_by_mistake() {
    let (router, api) = routes::routes();
    let table = "\
GET     /.well-known/jwks.json                   public (whoever accepts tokens verifies them with these keys)
GET     /.well-known/oauth-authorization-server  public (clients begin here)
GET     /health/ready                            public (load balancers have no token)
GET     /reports/users                           Login [reports]
POST    /revoke                                  public (who has a token may take it back)
POST    /token                                   public (a login needs no token)
GET     /users/me/                               Login [me]
GET     /users/me/items/                         Login [items me] or PersonalToken [items me]
POST    /users/me/logout                         Login
POST    /users/me/password                       Login [account]
GET     /users/me/tokens/                        Login [account]
POST    /users/me/tokens/                        Login [account]
DELETE  /users/me/tokens/{id}                    Login [account]
";
    assert_eq!(router.table().to_string(), table);
    assert_eq!(AccessTable::of_document(&api).unwrap().to_string(), table);
}

/// With what is not in the document: the docs page, and the page with its session.
#[tokio::test]
async fn what_is_open_is_meant_to_be() {
    let folder = Folder::new();
    let app = App::start(folder.config(&[]).unwrap()).await.unwrap();
    let table = routes::all(&app).unwrap().table().to_string();
    let documented = routes::routes().0.table().to_string();
    let more = |line: &&str| !documented.contains(&line.split_whitespace().nth(1).unwrap_or_default().to_owned());
    let more: Vec<_> =
        table.lines().filter(more).map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let page = "public (a page without a login is for everybody)";
    let docs = "public (the API is documented for everybody)";
    let mut expected: Vec<_> =
        ["/app", "/app/page.css", "/app/page.js"].iter().map(|path| format!("GET {path} {page}")).collect();
    let files = [
        "",
        "/",
        "/init.js",
        "/oauth2-redirect.html",
        "/oauth2-redirect.js",
        "/swagger-ui-bundle.js",
        "/swagger-ui.css",
    ];
    expected.extend(files.iter().map(|file| format!("* /docs{file} {docs}")));
    expected.push(format!("* /openapi.json {docs}"));
    expected.push("POST /session public (a login needs no token)".to_owned());
    expected.push("DELETE /session public (the cookie is the credential)".to_owned());
    expected.push("POST /session/refresh public (the cookie is the credential)".to_owned());
    assert_eq!(more, expected);
}
