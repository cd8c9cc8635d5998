use axum_scopes::scopes::{ScopeNames, UnknownScope};
use axum_scopes_tests::prelude::*;

/// Not even `Copy`.
#[derive(Debug, PartialEq, ScopeNames)]
pub enum ApiScope {
    /// Read information
    /// about the current user.
    ///
    /// Everybody has it.
    Me,
    #[doc = "Read items."]
    Items,
    #[deprecated]
    #[cfg(all())]
    #[scope("admin")]
    AdminOfAll,
    #[cfg(any())]
    Absent,
    #[scope("repository:{name}:pull")]
    Pull,
    r#Self_,
}

const ITEMS: &str = ApiScope::Items.as_str();

#[security(scopes = [ApiScope::Me, ITEMS])]
async fn read_items(
    #[security(scopes = [self::ApiScope::AdminOfAll])] Depends(user): Depends<get_current_user>,
) -> String {
    user.0
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let descriptions: Vec<_> = ApiScope::SCOPES.iter().map(|(_, description)| *description).collect();
    assert_eq!(descriptions, ["Read information about the current user.", "Read items.", "", "", ""]);
    let names: Vec<_> = ApiScope::SCOPES.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["me", "items", "admin", "repository:{name}:pull", "self_"]);
    assert_eq!("me".parse(), Ok(ApiScope::Me));
    assert_eq!("Me".parse::<ApiScope>(), Err(UnknownScope::default()));
    assert_eq!((format!("{:>6}", ApiScope::Items).as_str(), ApiScope::Me.as_ref()), (" items", "me"));
    assert_eq!(Scopes::from_iter([ApiScope::Me, ApiScope::Items]).as_str(), "me items");
    let app = App::new(Router::new().route("/", get(read_items)));
    assert_eq!(app.get("/").bearer("").await.challenge(), Some("Bearer scope=\"me items admin\""));
}
