//! A target that builds tokens, answers of an introspection endpoint and proofs from parts, so that a fuzzer gets past signatures and
//! the syntax of JSON. The oracles are those of the other targets.

use crate::{
    introspection::introspection,
    proofs::proofs,
    recipe::{self, Bytes},
    tokens::{CONFIGURATIONS, agree},
};

/// The first byte chooses what is built, and for which configuration. The others are choices.
pub fn recipes(data: &[u8]) {
    let [form, rest @ ..] = data else { return };
    let dice = &mut Bytes(rest);
    match form % 10 {
        0..6 => {
            let configuration = &CONFIGURATIONS[usize::from(form % 10)];
            agree(configuration, &recipe::token(dice, configuration));
        }
        form @ 6..9 => introspection(&[&[form], recipe::answer(dice).as_bytes()].concat()),
        _ => proofs(&[b"0", recipe::proof(dice).as_bytes()].concat()),
    }
}
