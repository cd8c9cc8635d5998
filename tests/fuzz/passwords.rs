//! A target that compares passwords with stored hashes. Other code has to read the same from a hash, and to compute the same.

use std::{fs, sync::LazyLock};

use axum_scopes::password::{Login, PasswordPolicy, Passwords, Verification};
use data_encoding::{BASE64, BASE64_NOPAD, HEXLOWER};
use tokio::runtime::{Builder, Runtime};

use crate::oracle::{
    hashing::Argon2,
    password::{Cost, Kind, Stored},
};

/// What new hashes have under the policy for tests.
const POLICY: Argon2 = Argon2 { variant: 2, version: 0x13, memory: 8, iterations: 1, lanes: 1 };

/// The most that the refusal of a hash that costs too much may take of the processor.
const REFUSAL_TICKS: u64 = 30;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Builder::new_current_thread().build().expect("a runtime"));

static PASSWORDS: LazyLock<Passwords> = LazyLock::new(|| Passwords::new(PasswordPolicy::for_tests().concurrency(1)));

/// The first byte chooses what follows the password, which ends with a line feed: a stored hash, or the parts of one that is computed
/// and changed afterwards.
pub fn passwords(data: &[u8]) {
    let [form, rest @ ..] = data else { return };
    let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
    let (Ok(password), rest) = (str::from_utf8(&rest[..end]), rest.get(end + 1..).unwrap_or_default()) else { return };
    if form % 2 == 0 {
        if let Ok(stored) = str::from_utf8(rest) {
            agrees(password, stored);
        }
    } else if let Some(stored) = computed(password, rest) {
        agrees(password, &stored);
    }
}

fn agrees(password: &str, text: &str) {
    let stored = Stored::read(text);
    let cost = stored.as_ref().map(Stored::cost);
    if cost == Some(Cost::Allowed) {
        return;
    }
    let accepts =
        cost == Some(Cost::Cheap) && stored.as_ref().is_some_and(|stored| stored.accepts(password.as_bytes()));
    let before = (cost == Some(Cost::Forbidden)).then(processor_ticks);
    let login = RUNTIME.block_on(PASSWORDS.verify_and_update(password, Some(text))).expect("an answer");
    if let Some(before) = before {
        assert!(processor_ticks() - before < REFUSAL_TICKS, "computed at any cost: {text}");
    }
    assert_eq!(login.is_accepted(), accepts, "{password:?} {text}: {stored:?}");
    let Login::Accepted { new_hash } = login else { return };
    let is_outdated = stored.is_some_and(|stored| stored.is_outdated(POLICY));
    assert_eq!(new_hash.is_some(), is_outdated, "{text}");
    let Some(new) = new_hash else { return };
    let read = Stored::read(&new).filter(|new| new.accepts(password.as_bytes()) && !new.is_outdated(POLICY));
    assert!(read.is_some(), "{password:?} {new}");
    let again = RUNTIME.block_on(PASSWORDS.verify(password, Some(&new))).expect("an answer");
    assert_eq!(again, Verification::Accepted { needs_rehash: false }, "{new}");
}

/// What this process has used of the processor, in hundredths of a second.
fn processor_ticks() -> u64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux");
    let (_, fields) = stat.rsplit_once(')').expect("a name in parentheses");
    fields.split_ascii_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().expect("a number")).sum()
}

/// A hash of the password. The bytes choose its form, its parameters, its lengths and its salt, and what is changed afterwards.
fn computed(password: &str, parts: &[u8]) -> Option<String> {
    let [form, small, large, salt, output, at, byte, ref rest @ ..] = *parts else { return None };
    let choice = |most: u8| u64::from(small % most) + 1;
    let kind = match form % 12 {
        0..=2 => Kind::Argon2(Argon2 {
            variant: usize::from(form % 3),
            version: if large % 2 == 0 { 0x13 } else { 0x10 },
            memory: 8 * choice(18) as u32,
            iterations: u32::from(large / 12 + 1),
            lanes: choice(18) as u32,
        }),
        3 => Kind::Bcrypt { cost: 4 },
        form @ 4..=8 => {
            Kind::Pbkdf2 { digest: [256, 512][usize::from(form % 2)], iterations: 1000 + u64::from(large) % 16 }
        }
        _ => Kind::Scrypt { n: 2 << (large % 5), r: choice(66), p: u64::from(large / 14 + 1) },
    };
    let salt_length = if form % 12 == 3 { 16 } else { usize::from(salt % 60) };
    let salt: Vec<u8> = rest.iter().copied().chain(b'a'..).take(salt_length).collect();
    let mut stored = Stored { kind, salt, output: vec![0; usize::from(output % 80)] };
    if !stored.is_cheap() || !(4..=64).contains(&stored.output.len()) || stored.salt.len() < 8 {
        return None;
    }
    if matches!(stored.kind, Kind::Argon2(Argon2 { memory, lanes, .. }) if memory < 8 * lanes) {
        return None;
    }
    stored.output = stored.computed(password.as_bytes());
    let mut text = written(&stored, form / 12)?.into_bytes();
    if at != 0 {
        let at = usize::from(at) % text.len();
        text[at] = byte;
    }
    String::from_utf8(text).ok()
}

/// A hash in one of the forms in which libraries write it.
fn written(Stored { kind, salt, output }: &Stored, form: u8) -> Option<String> {
    let [salted, put] = [salt, output].map(|bytes| BASE64_NOPAD.encode(bytes));
    let (padded, hex, text) = (BASE64.encode(output), HEXLOWER.encode(output), String::from_utf8(salt.clone()).ok());
    Some(match *kind {
        Kind::Argon2(Argon2 { variant, version, memory, iterations, lanes }) => {
            let name = ["argon2d", "argon2i", "argon2id"][variant];
            let version = if version == 0x13 { "v=19$" } else { ["", "v=16$"][usize::from(form % 2)] };
            let django = if form % 4 == 3 { "argon2" } else { "" };
            format!("{django}${name}${version}m={memory},t={iterations},p={lanes}${salted}${put}")
        }
        Kind::Bcrypt { cost } => {
            let encoded = |bytes: &[u8]| base64_of_bcrypt(bytes);
            let name = ["2a", "2b", "2y", "2x"][usize::from(form % 4)];
            format!("${name}${cost:02}${}{}", encoded(salt), encoded(output))
        }
        Kind::Pbkdf2 { digest, iterations } => match form % 5 {
            0 => format!("$pbkdf2-sha{digest}$i={iterations},l={}${salted}${put}", output.len()),
            1 => format!("$pbkdf2-sha{digest}$i={iterations}${salted}${put}"),
            2 => format!("$pbkdf2-sha{digest}${iterations}${}${}", salted.replace('+', "."), put.replace('+', ".")),
            3 => format!("pbkdf2_sha{digest}${iterations}${}${padded}", text?),
            _ => format!("pbkdf2:sha{digest}:{iterations}${}${hex}", text?),
        },
        Kind::Scrypt { n, r, p } => match form % 3 {
            0 => format!("$scrypt$ln={},r={r},p={p}${salted}${put}", n.ilog2()),
            1 => format!("scrypt${n}${}${r}${p}${padded}", text?),
            _ => format!("scrypt:{n}:{r}:{p}${}${hex}", text?),
        },
    })
}

fn base64_of_bcrypt(bytes: &[u8]) -> String {
    let standard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let own = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let translated = |symbol: char| own.as_bytes()[standard.find(symbol).expect("of the alphabet")];
    BASE64_NOPAD.encode(bytes).chars().map(|symbol| char::from(translated(symbol))).collect()
}
