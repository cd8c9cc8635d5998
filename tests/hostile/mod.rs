//! More than ten thousand hostile tokens, of every kind, in every size, and for every family of keys. Each is compared with a
//! valid token of the same setting.

mod kinds;
mod settings;

pub(crate) use kinds::{KINDS, Kind, Place};
pub(crate) use settings::Setting;

/// The sizes in bytes. Tokens above 16 KiB are refused unread.
const SIZES: [usize; 25] = [
    600, 680, 760, 850, 950, 1100, 1280, 1500, 1700, 2048, 2400, 2800, 3300, 3800, 4400, 5100, 5900, 6800, 7500, 8192,
    9400, 10_800, 12_400, 14_200, 16_384,
];

/// A hostile token of a size, or a little shorter.
pub(crate) struct Hostile<'a> {
    pub(crate) setting: &'a Setting,
    pub(crate) kind: Kind,
    pub(crate) size: usize,
    pub(crate) token: String,
}

/// All hostile tokens, made one by one.
pub(crate) fn tokens(settings: &[Setting]) -> impl Iterator<Item = Hostile<'_>> {
    let of_size = move |setting, size| KINDS.iter().map(move |&kind| (setting, size, kind));
    let of_setting = move |setting| SIZES.iter().flat_map(move |&size| of_size(setting, size));
    let all = settings.iter().flat_map(of_setting);
    all.map(|(setting, size, kind)| Hostile { setting, kind, size, token: kind.token(setting, size) })
}
