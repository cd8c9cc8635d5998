//! A documented function can stand in any place and can have any form.

use axum_scopes_openapi_tests::prelude::*;

fn expect(router: OpenApiRouter, operation: &str) {
    assert_eq!(requires(&document(router), operation), json!([{"OAuth2PasswordBearer": ["items"]}]), "{operation}");
}

#[test]
fn a_function_inside_a_function_is_documented() {
    #[security(scopes = ["items"])]
    #[utoipa::path(get, path = "/local")]
    async fn local(_: Depends<get_current_user>) {}

    expect(OpenApiRouter::new().routes(routes!(local)), "get /local");
}

mod outer {
    pub(crate) mod inner {
        use axum_scopes_openapi_tests::prelude::*;

        #[security(scopes = ["items"])]
        #[utoipa::path(get, path = "/module")]
        pub(crate) async fn read(_: Depends<get_current_user>) {}

        #[security(scopes = ["items"])]
        #[utoipa::path(get, path = "/super")]
        pub(in crate::places) async fn read_in_places(_: Depends<super::get_user>) {}
    }

    use axum_scopes_openapi_tests::prelude::*;

    #[security]
    pub(crate) async fn get_user(Depends(user): Depends<get_current_user>) -> Result<String, AuthError> {
        Ok(user)
    }
}

#[test]
fn functions_of_any_visibility_in_modules_are_documented() {
    expect(OpenApiRouter::new().routes(routes!(outer::inner::read)), "get /module");
    expect(OpenApiRouter::new().routes(routes!(outer::inner::read_in_places)), "get /super");
}

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/raw")]
async fn r#type(_: Depends<get_current_user>) {}

#[derive(OpenApi)]
#[openapi(paths(r#type), modifiers(&SecuritySchemes))]
struct Raw;

#[test]
fn a_function_with_a_raw_name_is_documented() {
    assert_eq!(requires(&finished::<Raw>(), "get /raw"), json!([{"OAuth2PasswordBearer": ["items"]}]));
}

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/impl", responses((status = 200, body = String)))]
async fn impl_trait(Depends(user): Depends<get_current_user>) -> impl IntoResponse {
    user
}

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/generic")]
async fn generic<S: Clone + Send + Sync + 'static>(_: Depends<get_current_user>, _: State<S>) {}

#[test]
fn a_function_with_a_return_type_without_a_name_is_documented() {
    expect(OpenApiRouter::new().routes(routes!(impl_trait)), "get /impl");
}

#[derive(OpenApi)]
#[openapi(paths(generic), modifiers(&SecuritySchemes))]
struct Generic;

#[test]
fn a_generic_function_is_documented_if_its_tree_is_not_generic() {
    assert_eq!(requires(&finished::<Generic>(), "get /generic"), json!([{"OAuth2PasswordBearer": ["items"]}]));
}

mod renamed {
    pub(crate) mod web {
        pub(crate) use axum_scopes as scopes;
    }

    /// A module with the name of the crate.
    mod axum_scopes {}

    use axum::extract::State;
    use axum_scopes_openapi_tests::{Api, get_current_user};
    use web::scopes::{AuthError, Bearer, Depends, Scopes, SecurityScopes, security};

    #[security(crate = web::scopes)]
    pub(crate) async fn get_user(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<(), AuthError> {
        required.check(&Scopes::from(token.as_str()))
    }

    #[security(crate = web::scopes, scopes = ["items"])]
    #[utoipa::path(get, path = "/relative", responses((status = 200)))]
    pub(crate) async fn relative(_: Depends<get_user>) {}

    #[security(crate = crate::places::renamed::web::scopes, scopes = ["items"])]
    #[utoipa::path(get, path = "/absolute")]
    pub(crate) async fn absolute<S: Send + Sync + 'static>(_: Depends<get_current_user>, _: State<S>) {}
}

#[derive(OpenApi)]
#[openapi(paths(renamed::absolute), modifiers(&SecuritySchemes))]
struct Renamed;

#[test]
fn a_function_with_the_crate_by_another_name_is_documented() {
    expect(OpenApiRouter::new().routes(routes!(renamed::relative)), "get /relative");
    assert_eq!(requires(&finished::<Renamed>(), "get /absolute"), json!([{"OAuth2PasswordBearer": ["items"]}]));
}

macro_rules! handler {
    ($name:ident, $path:literal, $scope:literal) => {
        #[security(scopes = [$scope])]
        #[utoipa::path(get, path = $path)]
        async fn $name(_: Depends<get_current_user>) {}
    };
}

handler!(from_a_macro, "/macro", "items");

#[test]
fn a_function_written_by_a_macro_is_documented() {
    expect(OpenApiRouter::new().routes(routes!(from_a_macro)), "get /macro");
}

/// Functions of every kind without an operation. Documented functions have the same names elsewhere.
mod undocumented {
    use axum_scopes_openapi_tests::prelude::*;

    #[security]
    pub(crate) async fn impl_trait(_: Depends<get_current_user>) -> impl IntoResponse {}

    #[security]
    pub(crate) async fn r#type<T: Send + Sync + Clone + 'static>(_: State<T>) {}
}

#[test]
fn functions_without_documents_compile_beside_documented_ones() {
    let _: Router = Router::new().route("/", axum::routing::get(undocumented::impl_trait));
    let _: Router<u8> = Router::new().route("/", axum::routing::get(undocumented::r#type::<u8>));
}
