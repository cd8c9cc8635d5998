//! The first mistake in the constants of a scheme, as a message of the compiler. A function with `#[security]` has it at the
//! parameter, and any other function has it when it is built.

use crate::{
    scheme::SchemeInfo,
    scopes::{
        grammar::{contains, has_control_character, is_scope_token, same},
        implied::{MOST_IMPLYING, includes},
        template,
    },
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
            if let Some(mistake) = template::mistake(name) {
                return Some(message.put("declares `").put(name).put("`, a template ").put(mistake));
            }
            if let Some(other) = self.overlapping(name) {
                return Some(
                    message
                        .put("declares `")
                        .put(name)
                        .put("` and `")
                        .put(other)
                        .put("`, which can be the same scope; give one of them another beginning"),
                );
            }
            if declared_before(list, i) {
                return Some(message.put("declares scope `").put(name).put("` twice; remove one"));
            }
            i += 1;
        }
        if let Some(mistake) = self.mistake_in_basic_scopes(message) {
            return Some(mistake);
        }
        self.mistake_in_implies(message)
    }

    const fn mistake_in_basic_scopes(&self, message: Message) -> Option<Message> {
        let Some(list) = self.basic_scopes() else { return None };
        let mut i = 0;
        while i < list.len() {
            let message = message.put("has `").put(list[i]).put("` in `BASIC_SCOPES`");
            if !self.declares(list[i]) {
                return Some(message.put(", and does not declare it; add it to `SCOPES`"));
            }
            if template::is_template(list[i]) {
                return Some(message.put(", a template, which nobody can ask for; remove it"));
            }
            if contains(list, i, list[i]) {
                return Some(message.put(" twice; remove one"));
            }
            i += 1;
        }
        None
    }

    const fn mistake_in_implies(&self, message: Message) -> Option<Message> {
        let list = self.implies();
        if list.len() > MOST_IMPLYING {
            return Some(message.put("has more than 64 scopes in `IMPLIES`; include fewer"));
        }
        let mut i = 0;
        while i < list.len() {
            let (strong, weak) = list[i];
            let message = message.put("says in `IMPLIES` that `").put(strong);
            if !self.declares(strong) {
                return Some(message.put("` includes others, but does not declare it; add it to `SCOPES`"));
            }
            if weak.is_empty() {
                return Some(message.put("` includes nothing; remove this entry"));
            }
            if repeated_before(list, i) {
                return Some(message.put("` includes others in two entries; merge them"));
            }
            let mut j = 0;
            while j < weak.len() {
                let message = message.put("` includes `").put(weak[j]);
                if !self.declares(weak[j]) {
                    return Some(message.put("`, which it does not declare; add it to `SCOPES`"));
                }
                if contains(weak, j, weak[j]) {
                    return Some(message.put("` twice; remove one"));
                }
                if !template::have_same_parameters(strong, weak[j]) {
                    return Some(
                        message
                            .put("`, which has other parameters; let both have the same, or require `any(…)` of both"),
                    );
                }
                j += 1;
            }
            if includes(list, strong, strong) {
                return Some(message.put("` includes itself, directly or through others; remove one of these entries"));
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

const fn repeated_before(list: &[(&str, &[&str])], i: usize) -> bool {
    let mut before = 0;
    while before < i {
        if same(list[before].0, list[i].0) {
            return true;
        }
        before += 1;
    }
    false
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

#[cfg(test)]
mod tests {
    use crate::scheme::{flows::Flows, info::SchemeInfo, oauth2::OAuth2Scheme};

    macro_rules! mistake_with {
        ($($scope:literal),*) => {{
            struct Api;
            impl OAuth2Scheme for Api {
                const NAME: &'static str = "Api";
                const FLOWS: Flows = Flows::password("token");
                const SCOPES: &'static [(&'static str, &'static str)] = &[("read", ""), ("admin", ""), ("{tenant}:read", "")];
                const BASIC_SCOPES: Option<&'static [&'static str]> = Some(&[$($scope),*]);
            }
            SchemeInfo::oauth2::<Api>().mistake().map(|message| message.str_or("").to_owned())
        }};
    }

    #[test]
    fn basic_scopes_are_declared_and_can_be_asked_for() {
        assert_eq!(mistake_with!(), None);
        assert_eq!(mistake_with!("admin", "read"), None);
        for (mistake, expected) in [
            (mistake_with!("raed"), "`raed` in `BASIC_SCOPES`, and does not declare it; add it to `SCOPES`"),
            (mistake_with!("read", "read"), "`read` in `BASIC_SCOPES` twice; remove one"),
            (
                mistake_with!("{tenant}:read"),
                "`{tenant}:read` in `BASIC_SCOPES`, a template, which nobody can ask for; remove it",
            ),
        ] {
            assert_eq!(mistake, Some(format!("security scheme `Api` has {expected}")));
        }
    }

    #[test]
    fn what_scopes_include_is_declared_and_makes_sense() {
        let names: &'static [(&'static str, &'static str)] = (0..70)
            .map(|i| (&*format!("s{i}").leak(), ""))
            .chain([("{t}:a", ""), ("{t}:b", "")])
            .collect::<Vec<_>>()
            .leak();
        let mistake = |implies: &[(&'static str, &'static [&'static str])]| {
            let info = SchemeInfo::new("Api").with_scopes(names).with_implied(implies.to_vec().leak());
            info.mistake().map(|message| message.str_or("").replace("security scheme `Api` ", ""))
        };
        let chain = |len: usize| (0..len).map(|i| (names[i].0, &*vec![names[i + 1].0].leak())).collect::<Vec<_>>();
        for good in [&[("s0", &["s1", "s2"][..]), ("s1", &["s2"])][..], &[("{t}:b", &["{t}:a"])], &chain(64), &[]] {
            assert_eq!(mistake(good), None, "{good:?}");
        }
        let says = "says in `IMPLIES` that ";
        for (bad, expected) in [
            (&chain(65)[..], "has more than 64 scopes in `IMPLIES`; include fewer".to_owned()),
            (&[("x", &["s1"])], format!("{says}`x` includes others, but does not declare it; add it to `SCOPES`")),
            (&[("s0", &["s1"]), ("s2", &[])], format!("{says}`s2` includes nothing; remove this entry")),
            (
                &[("s0", &["s1"]), ("s2", &["s3"]), ("s0", &["s2"])],
                format!("{says}`s0` includes others in two entries; merge them"),
            ),
            (
                &[("s0", &["s1", "x"])],
                format!("{says}`s0` includes `x`, which it does not declare; add it to `SCOPES`"),
            ),
            (&[("s0", &["s1", "s2", "s1"])], format!("{says}`s0` includes `s1` twice; remove one")),
            (
                &[("s3", &["s4"]), ("s0", &["{t}:a"])],
                format!(
                    "{says}`s0` includes `{{t}}:a`, which has other parameters; let both have the same, or require `any(…)` of both"
                ),
            ),
            (
                &[("s0", &["s1"]), ("s1", &["s2"]), ("s2", &["s0"])],
                format!("{says}`s0` includes itself, directly or through others; remove one of these entries"),
            ),
        ] {
            assert_eq!(mistake(bad), Some(expected), "{bad:?}");
        }
    }
}
