//! Paths, headers and conditional requests.

use axum::http::Method;

use super::*;

fn docs() -> Tested<Router> {
    Ok(Docs::new(&api())?.into_router())
}

#[tokio::test]
async fn the_page_has_its_headers() -> Tested {
    for path in ["/docs", "/docs/"] {
        let page = fetch(&docs()?, path).await;
        assert_eq!(page.status(), 200);
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
        assert_eq!(page.header("cache-control"), Some("no-cache"));
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(
            page.header("content-security-policy"),
            Some(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; \
                 connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            )
        );
        assert!(page.text().contains("<title>Items</title>"), "{}", page.text());
    }
    Ok(())
}

#[tokio::test]
async fn the_page_for_redirects_has_its_headers() -> Tested {
    let page = fetch(&docs()?, "/docs/oauth2-redirect.html").await;
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    assert_eq!(
        page.header("content-security-policy"),
        Some("default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
    );
    assert_eq!(attributes(&page, "src"), ["oauth2-redirect.js"]);
    Ok(())
}

#[tokio::test]
async fn files_are_served_and_compared() -> Tested {
    let docs = docs()?;
    let assets = ASSETS.map(|name| {
        let content_type = match name.rsplit('.').next() {
            Some("css") => "text/css; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            _ => "text/html; charset=utf-8",
        };
        (format!("/docs/{name}"), content_type)
    });
    let document = ("/openapi.json".to_owned(), "application/json");
    for (path, content_type) in assets.into_iter().chain([document]) {
        // The first request reads what the second one shares.
        for _ in 0..2 {
            let file = fetch(&docs, &path).await;
            assert_eq!(file.status(), 200, "{path}");
            assert_eq!(file.header("content-type"), Some(content_type), "{path}");
            assert_eq!(file.header("cache-control"), Some("no-cache"), "{path}");
            assert_eq!(file.header("x-content-type-options"), Some("nosniff"), "{path}");
            assert!(!file.text().is_empty(), "{path}");
            let etag = file.header("etag").ok_or("no tag")?;
            assert!(etag.starts_with('"') && etag.ends_with('"') && etag.len() == 18, "{etag}");
            let known = App::new(docs.clone()).get(&path).header("if-none-match", etag).await;
            assert_eq!(known.status(), 304, "{path}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_document_that_the_client_has_is_not_sent_again() -> Tested {
    let docs = App::new(docs()?);
    let etag = docs.get("/openapi.json").await.header("etag").ok_or("no tag")?.to_owned();
    let conditional = |values: &[&str]| docs.get("/openapi.json").headers("if-none-match", values.iter().copied());
    let weak = format!("W/{etag}");
    let list = format!("\"other\" ,{weak}, \"more\"");
    for values in [&[etag.as_str()][..], &[&weak], &[&list], &["*"], &["\"other\"", &etag]] {
        let answer = conditional(values).await;
        assert_eq!(answer.status(), 304, "{values:?}");
        assert_eq!(answer.header("etag"), Some(etag.as_str()));
        assert_eq!(answer.header("cache-control"), Some("no-cache"));
        assert_eq!(answer.text(), "");
    }
    let unquoted = etag.trim_matches('"');
    for values in [&["\"other\""][..], &[""], &[unquoted], &["W/"], &[","], &["W/W/"], &[]] {
        assert_eq!(conditional(values).await.status(), 200, "{values:?}");
    }
    Ok(())
}

#[tokio::test]
async fn other_documents_have_other_tags() -> Tested {
    let other: Router = Docs::new(&json!({ "info": { "title": "Other" } }))?.into_router();
    let tag = async |router: &Router| -> Tested<_> {
        Ok(fetch(router, "/openapi.json").await.header("etag").map(str::to_owned))
    };
    assert_ne!(tag(&other).await?, tag(&docs()?).await?);
    assert_eq!(tag(&docs()?).await?, tag(&docs()?).await?);
    Ok(())
}

#[tokio::test]
async fn head_has_only_the_headers() -> Tested {
    let docs = App::new(docs()?);
    for path in ["/docs", "/docs/init.js", "/docs/swagger-ui.css", "/openapi.json"] {
        let head = docs.call(Method::HEAD, path).await;
        let get = docs.get(path).await;
        assert_eq!((head.status(), head.text()), (200, ""), "{path}");
        assert_eq!(head.header("etag"), get.header("etag"), "{path}");
        assert_eq!(head.header("content-length"), Some(get.text().len().to_string().as_str()), "{path}");
    }
    assert_eq!(docs.post("/docs").await.status(), 405);
    Ok(())
}

#[tokio::test]
async fn other_paths_are_not_served() -> Tested {
    let docs = docs()?;
    for name in ["swagger-ui.css.map", "swagger-ui-bundle.js.map", "index.html", "openapi.yaml", "a", "a/init.js"] {
        assert_eq!(fetch(&docs, &format!("/docs/{name}")).await.status(), 404, "{name}");
    }
    for path in ["/", "/ui", "/ui/swagger-ui.css", "/docs//", "/openapi.json/"] {
        assert_eq!(fetch(&docs, path).await.status(), 404, "{path}");
    }
    Ok(())
}

#[tokio::test]
async fn links_work_in_every_place_of_the_router() -> Tested {
    let document = api();
    let ats = ["/docs", "/", "", "docs/", "/a/b/docs", "/v1/docs", "/a b/\"<{x}>", "/a:b/*", "/é", "/../docs"];
    let documents = ["/openapi.json", "/v1/openapi.json", "/v1/docs/openapi.json", "/a/b.json", "/é {y}?.json"];
    for (at, document_at) in ats.into_iter().flat_map(|at| documents.map(|document| (at, document))) {
        let docs = || Docs::new(&document).map(|docs| docs.at(at).document_at(document_at));
        let page = docs()?.at.as_str().to_owned();
        assert_eq!(loads_everything(&docs()?.into_router(), &page).await?, "");
        assert_eq!(loads_everything(&docs()?.into_router(), &docs()?.at.child("")).await?, "");
        let nested = Router::new().nest("/api", docs()?.into_router());
        assert_eq!(loads_everything(&nested, format!("/api{page}").trim_end_matches('/')).await?, "/api");
        let service = Router::new().nest_service("/api", docs()?.into_router::<()>());
        assert_eq!(loads_everything(&service, &format!("/api{page}")).await?, "/api");
        let tenants = Router::new().nest("/{tenant}", docs()?.into_router());
        let page = format!("/javascript:x{page}");
        assert_eq!(loads_everything(&tenants, page.trim_end_matches('/')).await?, "/javascript:x");
    }
    Ok(())
}

#[tokio::test]
async fn paths_are_normalised_as_browsers_do() -> Tested {
    for at in ["/docs", "docs/", "/./x/../docs", "//x//docs"] {
        let path = if at.contains('x') { "/x/docs" } else { "/docs" };
        loads_everything(&Docs::new(&api())?.at(at).into_router(), path).await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_router_takes_any_state() -> Tested {
    let docs: Router<String> = Docs::new(&api())?.into_router();
    let router = Router::new().merge(docs).with_state(String::new());
    loads_everything(&router, "/docs").await?;
    Ok(())
}

#[tokio::test]
async fn a_document_can_take_a_path_of_the_page() -> Tested {
    for path in ["/docs", "/docs/", "/docs/init.js", "/docs/swagger-ui.css"] {
        let docs: Router = Docs::new(&api())?.document_at(path).into_router();
        let document = fetch(&docs, path.trim_end_matches('/')).await;
        assert_eq!(document.header("content-type"), Some("application/json"), "{path}");
    }
    Ok(())
}
