//! The numbers of parameters that functions may have: a macro comes in, and is called for each of them.

/// Calls a macro for each number of parameters that axum's handlers can have.
macro_rules! for_each_length {
    ($each:ident) => {
        $each!();
        $each!(A A1);
        $each!(A A1, B B1);
        $each!(A A1, B B1, C C1);
        $each!(A A1, B B1, C C1, D D1);
        $each!(A A1, B B1, C C1, D D1, E E1);
        $each!(A A1, B B1, C C1, D D1, E E1, F F1);
        $each!(A A1, B B1, C C1, D D1, E E1, F F1, G G1);
        $each!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1);
        $each!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1, I I1);
        $each!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1, I I1, J J1);
        $each!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1, I I1, J J1, K K1);
        $each!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1, I I1, J J1, K K1, L L1);
        $each!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1, I I1, J J1, K K1, L L1, M M1);
        $each!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1, I I1, J J1, K K1, L L1, M M1, N N1);
        $each!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1, I I1, J J1, K K1, L L1, M M1, N N1, O O1);
        $each!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1, I I1, J J1, K K1, L L1, M M1, N N1, O O1, P P1);
    };
}
pub(crate) use for_each_length;
