//! The paths of routes: joined as axum joins them, and checked for what a path that was nested can get wrong.

/// The path of a route at `path` in a router that is nested at `prefix`.
pub(super) fn joined(prefix: &str, path: &str) -> String {
    if prefix.ends_with('/') {
        format!("{prefix}{}", path.trim_start_matches('/'))
    } else if path == "/" {
        prefix.to_owned()
    } else {
        format!("{prefix}{path}")
    }
}

/// Checks that no parameter of the path has the name of another one. Whoever reads it by its name would get one of the two, and
/// a guard might get the other one than the handler.
///
/// # Panics
///
/// If there are two.
#[track_caller]
pub(super) fn has_each_name_once(path: &str) {
    let mut known: Vec<&str> = Vec::new();
    for name in parameters(path) {
        assert!(
            !known.contains(&name),
            "the path `{path}` has two parameters `{name}`, of which a guard and a handler may read different ones; rename one"
        );
        known.push(name);
    }
}

/// The names of the path's parameters: `id` of `{id}`, and `rest` of `{*rest}`.
pub(super) fn parameters(path: &str) -> impl Iterator<Item = &str> {
    let mut rest = path;
    std::iter::from_fn(move || {
        loop {
            let (_, behind) = rest.split_once('{')?;
            // Two braces are one that stands for itself.
            if let Some(behind) = behind.strip_prefix('{') {
                rest = behind;
                continue;
            }
            let (name, behind) = behind.split_once('}')?;
            rest = behind;
            return Some(name.strip_prefix('*').unwrap_or(name));
        }
    })
}

/// The path without the names that axum gives the parameters of nested services and fallbacks.
pub(crate) fn shown(path: &str) -> String {
    match path.split_once("{*__private__axum") {
        Some((before, _)) => format!("{before}{{*rest}}"),
        None => path.to_owned(),
    }
}

/// The paths of a router of axum, in no order.
pub(crate) struct Paths {
    pub(crate) routes: Vec<String>,
    /// What the fallbacks answer: that of the router, and those of nested ones.
    pub(crate) fallbacks: Vec<String>,
    /// Whether the router has a fallback of its own. Without one it answers 404 there.
    pub(crate) has_fallback: bool,
}

impl Paths {
    /// What the fallbacks are below: nothing for that of the router, and paths for those of nested ones. `None` if one of them has
    /// another form than axum gives it.
    pub(super) fn prefixes_of_fallbacks(&self) -> Option<Vec<&str>> {
        let below = self.fallbacks.iter().filter_map(|path| path.strip_suffix("{*__private__axum_fallback}"));
        let prefixes: Vec<_> = below.map(|below| below.strip_suffix('/').unwrap_or(below)).collect();
        // Each has two paths: its prefix, and what is below.
        let is_whole = 2 * prefixes.len() == self.fallbacks.len() && prefixes.contains(&"");
        is_whole.then(|| prefixes.into_iter().filter(|prefix| self.has_fallback || !prefix.is_empty()).collect())
    }
}

/// The paths of the router. axum shows them only to people: `None` if what it shows has another form than version 0.8 gives it.
pub(crate) fn paths_of<S>(router: &axum::Router<S>) -> Option<Paths> {
    paths_in(&format!("{router:?}"))
}

fn paths_in(text: &str) -> Option<Paths> {
    let (routes, fallbacks) =
        text.strip_prefix("Router { path_router: ")?.split_once(", fallback_router: PathRouter {")?;
    let (_, of_its_own) = fallbacks.rsplit_once("default_fallback: ")?;
    let has_fallback = !of_its_own.starts_with("true,");
    Some(Paths { routes: listed(routes)?, fallbacks: listed(fallbacks)?, has_fallback })
}

/// Whether the router itself has a fallback. axum tells it only to people: so it does if what is told has another form.
pub(super) fn has_fallback<S>(router: &axum::Router<S>) -> bool {
    let text = format!("{router:?}");
    text.rsplit_once(", default_fallback: ").is_none_or(|(_, is_default)| !is_default.starts_with("true"))
}

/// The paths in `… node: Node { paths: {RouteId(0): "/a", …} } …`.
fn listed(text: &str) -> Option<Vec<String>> {
    let (_, mut rest) = text.split_once("node: Node { paths: {")?;
    let mut paths = Vec::new();
    while !rest.starts_with('}') {
        let (id, after) = rest.strip_prefix(", ").unwrap_or(rest).strip_prefix("RouteId(")?.split_once("): ")?;
        id.parse::<u64>().ok()?;
        let (path, after) = quoted(after)?;
        paths.push(path);
        rest = after;
    }
    Some(paths)
}

/// A string literal at the start of `text`, without its quotes and escapes, and what comes after it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('"')?;
    let mut content = String::new();
    let mut chars = inner.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '"' => return Some((content, &inner[at + 1..])),
            '\\' => match chars.next()?.1 {
                plain @ ('"' | '\\' | '\'') => content.push(plain),
                // What else is escaped is no character of a path that a request can have.
                _ => return None,
            },
            char => content.push(char),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use axum::routing::get;

    use super::*;

    #[test]
    fn a_router_tells_all_of_its_paths() {
        let inner = axum::Router::<()>::new().route("/", get(async || ())).route("/{\"id\"}/x", get(async || ()));
        let router = axum::Router::new().route("/a", get(async || ()).post(async || ())).nest("/b", inner);
        let mut paths = paths_of(&router.fallback(async || ())).map(|paths| paths.routes).unwrap_or_default();
        paths.sort();
        assert_eq!(paths, ["/a", "/b", "/b/{\"id\"}/x"]);
        let none = paths_of(&axum::Router::<()>::new()).map(|paths| paths.routes);
        assert_eq!(none, Some(Vec::new()));
    }

    #[test]
    fn paths_in_another_form_are_not_taken_for_none() {
        let text = format!("{:?}", axum::Router::<()>::new().route("/a", get(async || ())));
        assert!(paths_in(&text).is_some_and(|paths| paths.routes == ["/a"]), "{text}");
        for (part, other) in [
            ("path_router", "routes"),
            ("fallback_router", "fallbacks"),
            ("paths: {", "paths: ["),
            ("RouteId(", "Id("),
            ("): \"/a", "): /a"),
            ("\"/a\"", "\"\\u{2f}a\""),
        ] {
            assert!(paths_in(&text.replace(part, other)).is_none(), "{other}");
        }
    }

    #[test]
    fn a_router_tells_whether_it_has_a_fallback() {
        let inner =
            axum::Router::<()>::new().route("/, default_fallback: true", get(async || ())).fallback(async || ());
        assert!(has_fallback(&inner));
        assert!(!has_fallback(&axum::Router::new().nest("/a", inner)));
    }

    #[test]
    fn a_router_tells_what_its_fallbacks_are_below() {
        let inner = || axum::Router::<()>::new().fallback(async || ());
        let outer = axum::Router::new().nest("/a", inner()).nest("/{b}", axum::Router::new());
        let of = |router: &axum::Router| -> Option<Vec<String>> {
            let mut paths = paths_of(router)?;
            paths.fallbacks.sort();
            Some(paths.prefixes_of_fallbacks()?.into_iter().map(str::to_owned).collect())
        };
        assert_eq!(of(&axum::Router::new()), Some(Vec::new()));
        assert_eq!(of(&outer), Some(vec!["/a".to_owned()]));
        assert_eq!(of(&outer.fallback(async || ())), Some(vec!["/a".to_owned(), String::new()]));
        for other in ["/{*rest}", "/a/{*__private__axum_fallback}"] {
            let fallbacks = vec!["/".to_owned(), other.to_owned()];
            assert_eq!(Paths { routes: Vec::new(), fallbacks, has_fallback: false }.prefixes_of_fallbacks(), None);
        }
    }

    #[test]
    fn parameters_are_found_by_their_names() {
        let names: Vec<_> = parameters("/a/{id}/{{id}}/v{version}/{{v}}{x}/{*rest}").collect();
        assert_eq!(names, ["id", "version", "x", "rest"]);
    }

    #[test]
    fn paths_are_joined_as_axum_joins_them() {
        for (prefix, path, whole) in
            [("/a", "/", "/a"), ("/a", "/b", "/a/b"), ("/a/", "/b", "/a/b"), ("/a/", "/", "/a/")]
        {
            assert_eq!(joined(prefix, path), whole);
        }
    }

    #[test]
    #[should_panic = "two parameters `id`"]
    fn a_name_is_not_given_twice() {
        has_each_name_once("/{id}/items/{id}");
    }
}
