//! The panic of a check: one sentence, at the check's caller.

use crate::scheme::mistake::Message;

#[track_caller]
pub(super) const fn refuse(message: &Message) -> ! {
    panic!("{}", message.str_or("a scope is declared wrongly here; its name is too long to be shown"))
}
