//! Cached outputs of optional and required uses of one function.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

use axum_scopes::either;

use super::*;

/// The number of runs of the dependency.
#[derive(Clone, Default)]
struct Runs(Arc<AtomicUsize>);

#[security(cache)]
async fn counted(
    required: SecurityScopes,
    Bearer(token): Bearer<Api>,
    State(runs): State<Runs>,
) -> Result<usize, AuthError> {
    checked(required, token.as_str())?;
    Ok(runs.0.fetch_add(1, SeqCst) + 1)
}

#[security]
async fn optional_first(
    #[security(scopes = ["items"])] first: Option<Depends<counted>>,
    Depends(second): Depends<counted>,
    #[security(scopes = ["items"])] Depends(third): Depends<counted>,
) -> String {
    format!("{:?} {second} {third}", first.map(|Depends(run)| run))
}

#[security]
async fn required_first(Depends(first): Depends<counted>, second: Option<Depends<counted>>) -> String {
    format!("{first} {:?}", second.map(|Depends(run)| run))
}

/// Each dependency of the handler is extracted by axum. The tree ends with the last one, also if that one is optional.
#[security]
async fn optional_alone(first: Option<Depends<counted>>, second: Option<Depends<counted>>) -> String {
    format!("{:?} {:?}", first.map(|Depends(run)| run), second.map(|Depends(run)| run))
}

fn counting(handler: MethodRouter<Runs>) -> App {
    App::new(Router::new().route("/", handler).with_state(Runs::default()))
}

#[tokio::test]
async fn a_cached_output_answers_optional_and_required_uses_with_the_same_scopes() {
    assert_eq!(counting(get(optional_first)).get("/").bearer("items").await, accepted("Some(1) 2 1"));
    assert_eq!(counting(get(required_first)).get("/").bearer("items").await, accepted("1 Some(1)"));
    assert_eq!(counting(get(optional_alone)).get("/").bearer("items").await, accepted("Some(1) Some(1)"));
}

#[tokio::test]
async fn an_optional_use_without_scopes_does_not_answer_for_one_with_scopes() {
    #[security]
    async fn handler(
        _: Option<Depends<counted>>,
        #[security(scopes = ["items"])] _: Option<Depends<counted>>,
    ) -> &'static str {
        "in"
    }
    assert_eq!(counting(get(handler)).get("/").bearer("me").await, not_enough("items"));
}

/// The refusal is not kept either: it says nothing about another place.
#[tokio::test]
async fn an_absent_user_is_refused_where_it_is_required() {
    for handler in [get(optional_first), get(required_first)] {
        let app = counting(handler);
        assert_eq!(app.get("/").await, not_authenticated());
        assert_eq!(app.get("/").bearer("!").await.status(), 401);
    }
    assert_eq!(counting(get(optional_alone)).get("/").await, accepted("None None"));
}

#[tokio::test]
async fn either_takes_a_cached_output_of_its_own_scopes_only() {
    #[security]
    async fn key(required: SecurityScopes, ApiKeyHeader(key): ApiKeyHeader<Partner>) -> Result<usize, AuthError> {
        checked(required, key.as_str()).map(|()| 0)
    }
    #[security]
    async fn handler(
        Depends(first): Depends<counted>,
        #[security(scopes = ["items"])] Depends(second): Depends<either<counted, key>>,
        Depends(third): Depends<either<counted, key>>,
    ) -> String {
        format!("{first} {} {}", second.into_inner(), third.into_inner())
    }
    let app = counting(get(handler));
    assert_eq!(app.get("/").bearer("me").await, not_enough("items"));
    assert_eq!(app.get("/").bearer("items").await, accepted("2 3 2"));
}

/// The cache of a tree ends with it: the next tree of the same request has its own.
#[tokio::test]
async fn an_optional_tree_leaves_nothing_to_the_next_one() {
    #[security]
    async fn first(user: Option<Depends<counted>>, request: Request, next: Next) -> Response {
        assert!(user.is_none_or(|Depends(run)| run == 1));
        next.run(request).await
    }
    let runs = Runs::default();
    let layer = axum::middleware::from_fn_with_state(runs.clone(), first);
    let app = App::new(Router::new().route("/", get(optional_alone)).layer(layer).with_state(runs));
    assert_eq!(app.get("/").bearer("items").await, accepted("Some(2) Some(2)"));
    assert_eq!(app.get("/").await, accepted("None None"));
}
