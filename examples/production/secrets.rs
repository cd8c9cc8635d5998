//! Files that nobody else may read: the service's secret, and the private keys that sign tokens. Each is made at the first start.

use std::{fs, io::Write, path::Path};

use axum_scopes::HmacKey;

/// Where the secret is if `SECRET_KEY` does not say it.
pub const FILE: &str = "production-secret";

/// The secret of the service, from which the successors of refresh tokens and the cookies of devices are derived. All replicas have
/// the same.
pub fn service_key(configured: Option<&str>) -> Result<HmacKey, String> {
    let text = match configured {
        Some(text) => text.to_owned(),
        None => read_or_make(Path::new(FILE), random_hex)
            .map_err(|error| format!("{error}; without that file, SECRET_KEY has to say the secret of the service"))?,
    };
    let text = text.trim();
    // Says nothing of the value, which may be a key with a slip of the pen.
    if text.len() < 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let place = if configured.is_some() { "SECRET_KEY" } else { FILE };
        return Err(format!(
            "{place} is not 32 bytes or more in hexadecimal; `openssl rand -hex 32` prints such a secret"
        ));
    }
    HmacKey::new(text).map_err(|error| format!("the secret is no key: {error}"))
}

/// 32 random bytes, as text.
pub fn random_hex() -> Result<String, String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| format!("there are no random numbers: {error}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The text of a file. If there is none, `make` makes it, and of several processes that start at once all read the same.
pub fn read_or_make(path: &Path, make: impl FnOnce() -> Result<String, String>) -> Result<String, String> {
    if !path.exists() {
        let made = write_beside(path, &make()?)?;
        // A link fails if the file is there meanwhile, and never shows half of it.
        let linked = fs::hard_link(&made, path);
        let _ = fs::remove_file(&made);
        linked.or_else(|error| if path.exists() { Ok(()) } else { Err(cannot("write", path, &error)) })?;
    }
    warn_if_others_can_read(path);
    fs::read_to_string(path).map_err(|error| cannot("read", path, &error))
}

/// Replaces the text of a file. Whoever reads it meanwhile reads the old text or the new one.
pub fn replace(path: &Path, text: &str) -> Result<(), String> {
    let made = write_beside(path, text)?;
    fs::rename(&made, path).map_err(|error| cannot("write", path, &error))
}

/// Writes a new file in the same folder, which only this user can read, and returns its path.
fn write_beside(path: &Path, text: &str) -> Result<std::path::PathBuf, String> {
    // In a container, all processes have the same number, and one that was killed may have left its file.
    let made = path.with_extension(format!("{}.new", &random_hex()?[..16]));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&made).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    match written {
        Ok(()) => Ok(made),
        Err(error) => {
            // The disk is full.
            let _ = fs::remove_file(&made);
            Err(cannot("write", path, &error))
        }
    }
}

fn warn_if_others_can_read(path: &Path) {
    #[cfg(unix)]
    if fs::metadata(path).is_ok_and(|file| std::os::unix::fs::PermissionsExt::mode(&file.permissions()) & 0o077 != 0) {
        tracing::warn!(path = %path.display(), "other users of this machine may read this file; chmod 600 forbids it");
    }
    #[cfg(not(unix))]
    let _ = path;
}

fn cannot(do_what: &str, path: &Path, error: &std::io::Error) -> String {
    format!("cannot {do_what} {}: {error}", path.display())
}
