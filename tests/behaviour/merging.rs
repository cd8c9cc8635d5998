//! The challenge of a refusal names the merged scopes of deep, wide and branching trees.

use axum_scopes_tests::prelude::*;

use crate::answers::{accepted, not_enough};

/// Declares the scopes of all trees in this file.
struct Large;

impl OAuth2Scheme for Large {
    const FLOWS: Flows = Flows::password("token");
    #[rustfmt::skip]
    const SCOPES: &[(&str, &str)] = &[
        ("s0", ""), ("s1", ""), ("s2", ""), ("s3", ""), ("s4", ""), ("s5", ""), ("s6", ""), ("s7", ""), ("s8", ""),
        ("s9", ""), ("s10", ""), ("s11", ""), ("s12", ""), ("s13", ""), ("s14", ""), ("s15", ""), ("s16", ""),
        ("l1", ""), ("l2", ""), ("l3", ""), ("l4", ""), ("l5", ""), ("l6", ""),
        ("r1", ""), ("r2", ""), ("r3", ""), ("r4", ""), ("r5", ""), ("r6", ""),
    ];
}

/// Returns the scopes that are required of it, if the token (scopes joined by `+`) covers them.
#[security]
async fn seen(required: SecurityScopes, Bearer(token): Bearer<Large>) -> Result<Vec<&'static str>, AuthError> {
    required.check(&token.as_str().split('+').collect::<Vec<_>>())?;
    Ok(vec![required.scope_str()])
}

fn names(numbers: impl IntoIterator<Item = u32>) -> Vec<String> {
    numbers.into_iter().map(|i| format!("s{i}")).collect()
}

macro_rules! chain {
    ($($level:ident [$($scope:literal),*] over $below:ident;)*) => {
        $(
            #[security(scopes = [$($scope),*])]
            async fn $level(Depends(seen): Depends<$below>) -> Result<Vec<&'static str>, AuthError> {
                Ok(seen)
            }
        )*
    };
}

// Each function repeats the scope of the one above it.
chain! {
    deep1 ["s1", "s0"] over deep2;
    deep2 ["s2", "s1"] over deep3;
    deep3 ["s3", "s2"] over deep4;
    deep4 ["s4", "s3"] over deep5;
    deep5 ["s5", "s4"] over deep6;
    deep6 ["s6", "s5"] over deep7;
    deep7 ["s7", "s6"] over deep8;
    deep8 ["s8", "s7"] over deep9;
    deep9 ["s9", "s8"] over deep10;
    deep10 ["s10", "s9"] over deep11;
    deep11 ["s11", "s10"] over deep12;
    deep12 ["s12", "s11"] over deep13;
    deep13 ["s13", "s12"] over deep14;
    deep14 ["s14", "s13"] over deep15;
    deep15 ["s15", "s14"] over deep16;
    deep16 ["s16", "s15"] over seen;
}

#[security(scopes = ["s0"])]
async fn deep(Depends(seen): Depends<deep1>) -> String {
    seen.join(",")
}

#[tokio::test]
async fn a_chain_of_sixteen_requires_the_outermost_scopes_first() {
    let app = App::new(Router::new().route("/", get(deep)).route("/ninth", get(from_the_ninth)));
    let all = names(0..=16);
    assert_eq!(app.get("/").bearer(all.join("+")).await, accepted(&all.join(" ")));
    for missing in 0..=16 {
        let most = names((0..=16).filter(|i| *i != missing));
        assert_eq!(app.get("/").bearer(most.join("+")).await, not_enough(&all.join(" ")), "without s{missing}");
    }
    // The same functions on another path require nothing of the first path.
    assert_eq!(app.get("/ninth").bearer("s0").await, not_enough("s9 s8 s10 s11 s12 s13 s14 s15 s16"));
}

async fn from_the_ninth(Depends(seen): Depends<deep9, Root>) -> String {
    seen.join(",")
}

type Seen = Depends<seen>;

#[security(scopes = ["s0"])]
#[expect(clippy::too_many_arguments, reason = "as many as axum's handlers can have")]
async fn wide(
    #[security(scopes = ["s1"])] Depends(a): Depends<seen>,
    #[security(scopes = ["s2"])] Depends(b): Depends<seen>,
    #[security(scopes = ["s3"])] Depends(c): Depends<seen>,
    #[security(scopes = ["s4"])] Depends(d): Depends<seen>,
    #[security(scopes = ["s5"])] Depends(e): Depends<seen>,
    #[security(scopes = ["s6"])] Depends(f): Depends<seen>,
    #[security(scopes = ["s7"])] Depends(g): Depends<seen>,
    #[security(scopes = ["s8"])] Depends(h): Depends<seen>,
    #[security(scopes = ["s9"])] Depends(i): Depends<seen>,
    #[security(scopes = ["s10"])] Depends(j): Depends<seen>,
    #[security(scopes = ["s11", "s0"])] Depends(k): Depends<seen>,
    #[security(scopes = ["s12"])] Depends(l): Seen,
    #[security(scopes = ["s13"])] Depends(m): Seen,
    Depends(n): Depends<seen>,
    #[security] Depends(o): Seen,
    #[security(scopes = ["s16", "s15"])] Depends(p): Depends<seen>,
) -> String {
    [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p].concat().join(",")
}

#[tokio::test]
async fn each_of_sixteen_parameters_requires_its_own_scopes() {
    let app = App::new(Router::new().route("/", get(wide)));
    let parameters = (1..=13).map(|i| format!("s0 s{i}")).chain(["s0".into(), "s0".into(), "s0 s16 s15".into()]);
    assert_eq!(app.get("/").bearer(names(0..=16).join("+")).await.text(), parameters.collect::<Vec<_>>().join(","));
    for missing in 1..=13 {
        let most = names((0..=16).filter(|i| *i != missing));
        assert_eq!(app.get("/").bearer(most.join("+")).await, not_enough(&format!("s0 s{missing}")));
    }
    assert_eq!(app.get("/").bearer(names(0..=15).join("+")).await, not_enough("s0 s16 s15"));
}

macro_rules! diamond {
    ($($level:ident [$left:literal, $right:literal] over $below:ident;)*) => {
        $(
            #[security]
            async fn $level(
                #[security(scopes = [$left])] Depends(left): Depends<$below>,
                #[security(scopes = [$right])] Depends(right): Depends<$below>,
            ) -> Result<Vec<&'static str>, AuthError> {
                Ok([left, right].concat())
            }
        )*
    };
}

diamond! {
    diamond1 ["l1", "r1"] over diamond2;
    diamond2 ["l2", "r2"] over diamond3;
    diamond3 ["l3", "r3"] over diamond4;
    diamond4 ["l4", "r4"] over diamond5;
    diamond5 ["l5", "r5"] over diamond6;
    diamond6 ["l6", "r6"] over seen;
}

#[security(scopes = ["s0"])]
async fn diamond(Depends(seen): Depends<diamond1>) -> String {
    seen.join(",")
}

#[tokio::test]
async fn each_of_the_64_paths_through_a_diamond_requires_its_own_scopes() {
    let app = App::new(Router::new().route("/", get(diamond)));
    let ways = (0..64_u32).map(|way| {
        let turns =
            (1..=6).map(|level| if way >> (6 - level) & 1 == 0 { format!(" l{level}") } else { format!(" r{level}") });
        format!("s0{}", turns.collect::<String>())
    });
    let all = "s0+l1+l2+l3+l4+l5+l6+r1+r2+r3+r4+r5+r6";
    assert_eq!(app.get("/").bearer(all).await.text(), ways.collect::<Vec<_>>().join(","));
    assert_eq!(app.get("/").bearer(all.replace("+r6", "")).await, not_enough("s0 l1 l2 l3 l4 l5 r6"));
    assert_eq!(app.get("/").bearer(all.replace("+r1", "")).await, not_enough("s0 r1 l2 l3 l4 l5 l6"));
    assert_eq!(app.get("/").bearer(all.replace("+r3", "")).await, not_enough("s0 l1 l2 r3 l4 l5 l6"));
}

#[security(scopes = ["s2", "s1"])]
async fn repeating(
    #[security(scopes = ["s3", "s1", "s2"])] Depends(seen): Depends<repeated>,
) -> Result<Vec<&'static str>, AuthError> {
    Ok(seen)
}

#[security(scopes = ["s1", "s4", "s3"])]
async fn repeated(Depends(seen): Depends<seen>) -> Result<Vec<&'static str>, AuthError> {
    Ok(seen)
}

#[security(scopes = ["s4"])]
async fn repeats(Depends(seen): Depends<repeating>) -> String {
    seen.join(",")
}

#[tokio::test]
async fn a_repeated_scope_stays_at_its_first_place() {
    let app = App::new(Router::new().route("/", get(repeats)));
    assert_eq!(app.get("/").bearer("s1+s2+s3+s4").await.text(), "s4 s2 s1 s3");
    assert_eq!(app.get("/").bearer("s1+s2+s3").await, not_enough("s4 s2 s1 s3"));
}

#[security]
async fn without_scopes(Depends(seen): Depends<seen>) -> String {
    format!("{seen:?}")
}

#[tokio::test]
async fn a_tree_without_scopes_accepts_every_token() {
    let app = App::new(Router::new().route("/", get(without_scopes)));
    assert_eq!(app.get("/").bearer("x").await, accepted(r#"[""]"#));
}
