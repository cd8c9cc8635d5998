//! The first mistake in the constants of a scheme, as a message of the compiler. A function with `#[security]` has it at the
//! parameter, and any other function has it when it is built.

use crate::{
    scheme::SchemeInfo,
    scopes::grammar::{has_control_character, is_scope_token, same},
    text::constant::Text,
};

/// One sentence: the mistake, and behind a semicolon the remedy.
pub(crate) type Message = Text<1024>;

impl SchemeInfo {
    /// The first mistake in the constants, if there is one.
    pub(crate) const fn mistake(&self) -> Option<Message> {
        if self.name().is_empty() {
            return Some(Message::new().put("a security scheme needs a name; set `NAME`"));
        }
        let message = Message::new().put("security scheme `").put(self.name()).put("` ");
        if let Some(mistake) = self.challenges().mistake {
            return Some(message.put(mistake));
        }
        let list = self.scopes();
        let mut i = 0;
        while i < list.len() {
            let name = list[i].0;
            if has_control_character(name) {
                return Some(message.put("declares a scope with a control character in its name; use visible ASCII"));
            }
            if !is_scope_token(name) {
                return Some(message.put("declares `").put(name).put(
                    "`, which is not a scope name; use visible ASCII characters without space, quote and backslash",
                ));
            }
            if declared_before(list, i) {
                return Some(message.put("declares scope `").put(name).put("` twice; remove one"));
            }
            i += 1;
        }
        None
    }

    /// The same scheme. A mistake in its constants is a panic, in the compiler.
    pub(crate) const fn well_formed(&'static self) -> &'static Self {
        match self.mistake() {
            Some(mistake) => panic!("{}", mistake.str_or("a security scheme is declared wrongly")),
            None => self,
        }
    }
}

const fn declared_before(list: &[(&str, &str)], i: usize) -> bool {
    let mut before = 0;
    while before < i {
        if same(list[before].0, list[i].0) {
            return true;
        }
        before += 1;
    }
    false
}
