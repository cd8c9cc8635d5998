//! The checks that run in the compiler. Each is called with the span of what the user wrote, and panics at the caller
//! with one sentence: what is wrong; what to write instead.

use super::node::{Child, Kind, Node};
use crate::scopes::{
    ScopeList,
    grammar::{contains, distance, is_scope_token},
    merge::{MOST_BYTES, MOST_SCOPES, MOST_TEXT, Merged, Text, quoted},
};

type Message = Text<1024>;

#[track_caller]
const fn refuse(message: &Message) -> ! {
    panic!("{}", message.str_or("a scope is declared wrongly here; its name is too long to be shown"))
}

impl Node {
    /// A function and its parameters.
    #[must_use]
    pub const fn function(name: &'static str, own: ScopeList, children: &'static [Child]) -> Self {
        Self { name, own, kind: Kind::Function, children }
    }

    /// A function whose attribute has a mistake, which the compiler has reported.
    pub const UNKNOWN: &'static Self = &Self::leaf(Kind::Open);
}

impl Child {
    /// A parameter.
    #[must_use]
    pub const fn new(scopes: ScopeList, node: &'static Node) -> Self {
        Self { scopes, node }
    }

    /// A parameter whose type has a type parameter in it, where that is not known yet.
    pub const OPEN: Self = Self { scopes: &[], node: Node::UNKNOWN };
}

/// Parameter `i` of a function, a dependency that was placed or any other extractor: called at its type.
///
/// # Panics
///
/// In the compiler, where the parameter cannot stand here.
#[track_caller]
pub const fn parameter(node: &Node, i: usize, placed: bool) {
    if let Kind::Open = node.kind {
        return;
    }
    let node = node.children[i].node;
    if placed && node.takes_body() {
        refuse(
            &Message::new()
                .put("dependency `")
                .put(node.name)
                .put("` reads the request body, which only a handler's last parameter can; read it in the handler"),
        )
    }
    if !placed && has_function(node) {
        panic!("this type hides a dependency; write `Depends<…>` itself, or mark an alias of it with `#[security]`")
    }
}

const fn has_function(node: &Node) -> bool {
    if let Kind::Function = node.kind {
        return true;
    }
    let mut i = 0;
    while i < node.children.len() {
        if has_function(node.children[i].node) {
            return true;
        }
        i += 1;
    }
    false
}

/// Scope `i` of a function: called at its literal.
///
/// # Panics
///
/// In the compiler, where the scope is not one, is unknown, or is not enforced.
#[track_caller]
pub const fn own_scope(node: &Node, i: usize) {
    if let Kind::Open = node.kind {
        return;
    }
    scope_is_well_formed(node.own, i);
    scope_is_enforced(node, node, node.own[i]);
    if i + 1 == node.own.len() {
        scopes_fit(node);
    }
}

/// Scope `i` of parameter `child` of a function: called at its literal.
///
/// # Panics
///
/// Like [`own_scope`].
#[track_caller]
pub const fn edge_scope(node: &Node, child: usize, i: usize) {
    if let Kind::Open = node.kind {
        return;
    }
    let child = &node.children[child];
    scope_is_well_formed(child.scopes, i);
    scope_is_enforced(node, child.node, child.scopes[i]);
    if i + 1 == child.scopes.len() {
        scopes_fit(node);
    }
}

/// RFC 6749 §3.3, and no name twice in one list.
#[track_caller]
const fn scope_is_well_formed(list: ScopeList, i: usize) {
    if list[i].is_empty() {
        panic!("an empty string is not a scope name; remove it")
    }
    if has_control_character(list[i]) {
        panic!("a scope name has a control character in it; use visible ASCII characters")
    }
    if !is_scope_token(list[i]) {
        refuse(
            &Message::new()
                .put("`")
                .put(list[i])
                .put("` is not a scope name; use visible ASCII characters without space, quote and backslash"),
        )
    }
    if contains(list, i, list[i]) {
        refuse(&Message::new().put("scope `").put(list[i]).put("` is listed twice; remove one"))
    }
}

/// Such a name cannot be shown.
const fn has_control_character(name: &str) -> bool {
    let bytes = name.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i].is_ascii_control() {
            return true;
        }
        i += 1;
    }
    false
}

/// Something in the tree of `root` compares `scope`, against a scheme that declares it.
#[track_caller]
const fn scope_is_enforced(at: &Node, root: &Node, scope: &str) {
    match reach(root, scope) {
        Reach::Enforced | Reach::Open => {}
        Reach::Nothing => refuse(
            &Message::new()
                .put("nothing that `")
                .put(at.name)
                .put("` depends on checks scope `")
                .put(scope)
                .put("`; take `Depends<…>` of a dependency that takes `SecurityScopes` and a security scheme"),
        ),
        Reach::NoScheme(enforcer) => refuse(
            &Message::new()
                .put("`")
                .put(enforcer.name)
                .put("` takes `SecurityScopes`, but no security scheme that declares scope `")
                .put(scope)
                .put("`; take `Bearer<…>` there, implement `Describe` for the extractor of its credential, or take `RequiredScopes` to look only"),
        ),
        Reach::Undeclared(enforcer) => refuse(&undeclared(enforcer, scope)),
    }
}

/// What becomes of a scope that is required of a tree.
#[derive(Clone, Copy)]
enum Reach<'a> {
    /// No function in it takes `SecurityScopes`.
    Nothing,
    /// This function takes `SecurityScopes`, but there is no scheme below it.
    NoScheme(&'a Node),
    /// Every function that takes `SecurityScopes` has a scheme below that declares the scope.
    Enforced,
    /// That depends on a type parameter.
    Open,
    /// This function would always refuse.
    Undeclared(&'a Node),
}

const fn reach<'a>(node: &'a Node, scope: &str) -> Reach<'a> {
    let mut worst = match node.kind {
        Kind::Open => Reach::Open,
        Kind::Function if node.takes_scopes() => declared_below(node, scope),
        _ => Reach::Nothing,
    };
    let mut i = 0;
    while i < node.children.len() {
        let below = node.children[i].node;
        if let Kind::Function | Kind::Open = below.kind {
            worst = match (worst, reach(below, scope)) {
                (Reach::Undeclared(node), _) | (_, Reach::Undeclared(node)) => Reach::Undeclared(node),
                (Reach::Enforced, _) | (_, Reach::Enforced) => Reach::Enforced,
                (Reach::Open, _) | (_, Reach::Open) => Reach::Open,
                (Reach::NoScheme(node), _) | (_, Reach::NoScheme(node)) => Reach::NoScheme(node),
                (Reach::Nothing, Reach::Nothing) => Reach::Nothing,
            };
        }
        i += 1;
    }
    worst
}

const fn declared_below<'a>(enforcer: &'a Node, scope: &str) -> Reach<'a> {
    let seen = schemes(enforcer, scope, Schemes::NONE);
    if seen.declares {
        Reach::Enforced
    } else if seen.open {
        Reach::Open
    } else if seen.any_scopes {
        Reach::Undeclared(enforcer)
    } else if seen.any {
        // Schemes without scopes, such as API keys: the service alone knows what they grant.
        Reach::Enforced
    } else {
        Reach::NoScheme(enforcer)
    }
}

/// What the schemes below an enforcer say of one scope.
#[derive(Clone, Copy)]
struct Schemes {
    any: bool,
    any_scopes: bool,
    declares: bool,
    open: bool,
}

impl Schemes {
    const NONE: Self = Self { any: false, any_scopes: false, declares: false, open: false };
}

const fn schemes(node: &Node, scope: &str, mut seen: Schemes) -> Schemes {
    match &node.kind {
        Kind::Open => seen.open = true,
        Kind::Scheme(info) => {
            seen.any = true;
            seen.any_scopes |= !info.scopes().is_empty();
            seen.declares |= info.declares(scope);
        }
        _ => {}
    }
    let mut i = 0;
    while i < node.children.len() {
        seen = schemes(node.children[i].node, scope, seen);
        i += 1;
    }
    seen
}

/// Names the enforcer, its schemes, and the closest name that one of them declares.
const fn undeclared(enforcer: &Node, scope: &str) -> Message {
    let message = Message::new().put("scope `").put(scope).put("` is not declared by ");
    let message = put_schemes(message, enforcer, true).0;
    let message = message.put(", against which `").put(enforcer.name).put("` checks it; ");
    match closest(enforcer, scope, (None, 2 + scope.len() / 4)).0 {
        Some(name) => message.put("did you mean `").put(name).put("`?"),
        None => put_declared(message.put("declared are "), enforcer, true).0,
    }
}

/// The declared name with the fewest edits, fewer than `found.1`.
const fn closest<'a>(node: &'a Node, scope: &str, mut found: (Option<&'a str>, usize)) -> (Option<&'a str>, usize) {
    if let Kind::Scheme(info) = &node.kind {
        let list = info.scopes();
        let mut i = 0;
        while i < list.len() {
            let edits = distance(list[i].0, scope, found.1);
            if edits < found.1 {
                found = (Some(list[i].0), edits);
            }
            i += 1;
        }
    }
    let mut i = 0;
    while i < node.children.len() {
        found = closest(node.children[i].node, scope, found);
        i += 1;
    }
    found
}

/// The names of all schemes below; `first` is whether none stands in the message yet.
const fn put_schemes(mut message: Message, node: &Node, mut first: bool) -> (Message, bool) {
    if let Kind::Scheme(info) = &node.kind {
        (message, first) = (put_name(message, info.name(), first), false);
    }
    let mut i = 0;
    while i < node.children.len() {
        (message, first) = put_schemes(message, node.children[i].node, first);
        i += 1;
    }
    (message, first)
}

/// The scopes that all schemes below declare.
const fn put_declared(mut message: Message, node: &Node, mut first: bool) -> (Message, bool) {
    if let Kind::Scheme(info) = &node.kind {
        let list = info.scopes();
        let mut i = 0;
        while i < list.len() {
            (message, first) = (put_name(message, list[i].0, first), false);
            i += 1;
        }
    }
    let mut i = 0;
    while i < node.children.len() {
        (message, first) = put_declared(message, node.children[i].node, first);
        i += 1;
    }
    (message, first)
}

const fn put_name(message: Message, name: &str, first: bool) -> Message {
    message.put(if first { "`" } else { ", `" }).put(name).put("`")
}

/// No path from `node` down requires more than the constants of a path can hold.
#[track_caller]
const fn scopes_fit(node: &Node) {
    // Counting is much cheaper for the compiler than merging, and nearly always enough.
    let (names, bytes) = most_below(node);
    if names > MOST_SCOPES || bytes > MOST_BYTES {
        merged_scopes_fit(node, &Merged::EMPTY);
    }
}

/// The most names, and the most bytes with a space after each, that any path from `node` down requires, repeats counted.
const fn most_below(node: &Node) -> (usize, usize) {
    let (mut names, mut bytes) = (0, 0);
    let mut i = 0;
    while i < node.children.len() {
        let child = &node.children[i];
        if let Kind::Function = child.node.kind {
            let below = most_below(child.node);
            names = larger(names, below.0 + child.scopes.len());
            bytes = larger(bytes, below.1 + bytes_of(child.scopes));
        }
        i += 1;
    }
    (names + node.own.len(), bytes + bytes_of(node.own))
}

const fn bytes_of(list: ScopeList) -> usize {
    let mut bytes = 0;
    let mut i = 0;
    while i < list.len() {
        bytes += list[i].len() + 1;
        i += 1;
    }
    bytes
}

const fn larger(a: usize, b: usize) -> usize {
    if a < b { b } else { a }
}

#[track_caller]
const fn merged_scopes_fit(node: &Node, above: &Merged<MOST_SCOPES>) {
    let here = above.and(node.own);
    match here.list() {
        None => panic!("more than 64 scopes are required along one path; require fewer"),
        Some(list) => {
            if quoted::<MOST_TEXT>(list).str().is_none() {
                panic!("the scopes required along one path are longer than 4096 bytes; require fewer or shorter ones")
            }
        }
    }
    let mut i = 0;
    while i < node.children.len() {
        let child = &node.children[i];
        if let Kind::Function = child.node.kind {
            merged_scopes_fit(child.node, &here.and(child.scopes));
        }
        i += 1;
    }
}
