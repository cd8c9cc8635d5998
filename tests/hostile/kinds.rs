//! The kinds of hostile tokens: with dense, deep, long or escaped JSON in the header or in the claims, or malformed.

use super::settings::{CLAIMS, Setting};

/// The hostile content, and its place in the token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    pub(crate) what: What,
    pub(crate) place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    /// In the header of a token with a wrong signature, because the issuer writes its headers itself.
    Header,
    /// In claims with a wrong signature, which the verifier should not read.
    Claims,
    /// In claims with a valid signature, as if an attacker made the issuer write them.
    SignedClaims,
    /// In the token as a whole.
    Token,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum What {
    Members,
    ShortMembers,
    RepeatedMember,
    LongNames,
    EscapedNames,
    Lists,
    Zeros,
    Objects,
    Deep,
    DeepObjects,
    TooDeep,
    Letters,
    Escapes,
    Surrogates,
    Digits,
    Fraction,
    LongKeyId,
    UnknownKeyId,
    Dots,
    NoDots,
    LastHeaderCharacter,
    LastClaimsCharacter,
    LastSignatureCharacter,
    LongSignature,
    NoKeyId,
    NoSignature,
    NotText,
    Spaces,
}

macro_rules! kinds {
    ($($place:ident: $($what:ident)*;)*) => {
        /// All kinds.
        pub(crate) const KINDS: &[Kind] = &[$($(Kind { what: What::$what, place: Place::$place }),*),*];
    };
}

kinds! {
    Header: Members ShortMembers RepeatedMember LongNames EscapedNames Lists Zeros Objects Deep DeepObjects TooDeep Letters
        Escapes Surrogates Digits Fraction LongKeyId UnknownKeyId;
    Claims: Members ShortMembers RepeatedMember LongNames EscapedNames Lists Zeros Objects Deep DeepObjects TooDeep Letters
        Escapes Surrogates Digits Fraction;
    SignedClaims: Members ShortMembers RepeatedMember LongNames EscapedNames Lists Zeros Objects Deep DeepObjects TooDeep
        Letters Escapes Surrogates Digits Fraction;
    Token: Dots NoDots LastHeaderCharacter LastClaimsCharacter LastSignatureCharacter LongSignature NoKeyId NoSignature NotText
        Spaces;
}

impl Kind {
    /// A token of `size` bytes, or a little less.
    pub(crate) fn token(self, setting: &Setting, size: usize) -> String {
        let usual = setting.header();
        // The characters of base64 that are left for the hostile part, and the longest text that fits into them.
        let others = [usual.len(), CLAIMS.len()].map(|length| (length * 4).div_ceil(3));
        let room = size - others[0] - others[1] - setting.signature_length() - 4;
        let room = room * 3 / 4;
        match self.place {
            Place::Header => setting.forged(&with(&usual, self.what.members(room)), CLAIMS),
            Place::Claims => setting.forged(&usual, &with(CLAIMS, self.what.members(room))),
            Place::SignedClaims => setting.signed(&usual, &with(CLAIMS, self.what.members(room))),
            Place::Token => self.what.token(setting, &usual, size),
        }
    }
}

/// An object with members added.
fn with(object: &str, members: String) -> String {
    format!("{},{members}}}", &object[..object.len() - 1])
}

impl What {
    /// Members of an object, of `room` bytes at most.
    fn members(self, room: usize) -> String {
        let in_list = |unit: &str| format!(r#""x":[{}]"#, separated(room - 6, |_| unit.to_owned()));
        let in_text = |unit: &str| format!(r#""x":"{}""#, unit.repeat((room - 6) / unit.len()));
        match self {
            Self::Members => separated(room, |i| format!(r#""member{i}":0"#)),
            Self::ShortMembers => separated(room, |i| format!(r#""{}":0"#, short(i))),
            Self::RepeatedMember => separated(room - 8, |i| format!(r#""{}":0"#, short(i))) + r#","0":0"#,
            Self::LongNames => separated(room, |i| format!(r#""{i}{}":0"#, "n".repeat(60))),
            Self::EscapedNames => separated(room, |i| format!(r#""\u0020{}":0"#, short(i))),
            Self::Lists => in_list("[]"),
            Self::Zeros => in_list("0"),
            Self::Objects => in_list(r#"{"":0}"#),
            Self::Deep => in_list(&("[".repeat(50) + &"]".repeat(50))),
            Self::DeepObjects => in_list(&(r#"{"":"#.repeat(30) + "0" + &"}".repeat(30))),
            Self::TooDeep => format!(r#""x":{}"#, "[".repeat(room - 4)),
            Self::Letters => in_text("x"),
            Self::Escapes => in_text(r"\n"),
            Self::Surrogates => in_text(r"\ud83d\ude00"),
            Self::Digits => format!(r#""x":{}"#, "1".repeat((room - 4).min(300))),
            Self::Fraction => format!(r#""x":0.{}e-9"#, "1".repeat(room - 9)),
            Self::LongKeyId => format!(r#""kid":"{}""#, "k".repeat(room - 8)),
            Self::UnknownKeyId => format!(r#""kid":"{}""#, r"\u006b".repeat((room - 8) / 6)),
            _ => unreachable!("{self:?} is none of members"),
        }
    }

    fn token(self, setting: &Setting, header: &str, size: usize) -> String {
        let valid = setting.valid(header, size);
        let (message, signature) = valid.rsplit_once('.').unwrap();
        let (encoded, claims) = message.split_once('.').unwrap();
        match self {
            Self::Dots => ".".repeat(size),
            Self::NoDots => "A".repeat(size),
            Self::LastHeaderCharacter => format!("{}.{encoded}.{signature}", claims.replace('.', "A") + "*"),
            Self::LastClaimsCharacter => format!("{encoded}.{}*.{signature}", &claims[..claims.len() - 1]),
            Self::LastSignatureCharacter => format!("{message}.{}*", &signature[..signature.len() - 1]),
            Self::LongSignature => format!("{encoded}.{signature}.{}", claims),
            Self::NoKeyId => {
                let nameless = setting.valid(&format!(r#"{{"alg":"{}"}}"#, setting.algorithm), size);
                let (message, _) = nameless.rsplit_once('.').unwrap();
                format!("{message}.{}", setting.wrong_signature())
            }
            Self::NoSignature => format!("{message}."),
            Self::NotText => format!("{encoded}.{}.{signature}", "_".repeat(claims.len() / 4 * 4)),
            Self::Spaces => " ".repeat(size),
            _ => unreachable!("{self:?} is none of tokens"),
        }
    }
}

/// As many units as fit into `room`, separated by commas.
fn separated(room: usize, unit: impl Fn(usize) -> String) -> String {
    let mut text = unit(0);
    for i in 1.. {
        let next = unit(i);
        if text.len() + 1 + next.len() > room {
            break;
        }
        text.push(',');
        text.push_str(&next);
    }
    text
}

/// Distinct names that are as short as possible.
fn short(mut number: usize) -> String {
    const LETTERS: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut name = String::new();
    loop {
        name.push(char::from(LETTERS[number % LETTERS.len()]));
        number /= LETTERS.len();
        if number == 0 {
            return name;
        }
        number -= 1;
    }
}
