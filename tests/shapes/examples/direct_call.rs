use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
async fn read_items(Depends(user): Depends<get_current_user>, Path(id): Path<u8>) -> String {
    format!("{} {id}", user.0)
}

#[security(scopes = ["items"], depends(get_current_user))]
async fn count_items(State(count): State<usize>) -> String {
    count.to_string()
}

#[security]
fn greet(Depends(user): Depends<get_current_user>) -> Result<String, AuthError> {
    Ok(format!("hello {}", user.0))
}

#[security]
async fn forward(Depends(user): Depends<get_current_user>, Path(id): Path<u8>) -> String {
    read_items(Depends(user), Path(id)).await
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let ann = || User("ann".into());
    assert_eq!(read_items(Depends(ann()), Path(7)).await, "ann 7");
    assert_eq!(count_items(Depends(ann()), State(3)).await, "3");
    assert_eq!(greet(Depends(ann())).unwrap(), "hello ann");
    assert_eq!(forward(Depends(ann()), Path(7)).await, "ann 7");
}
