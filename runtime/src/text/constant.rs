//! Text that the compiler puts together.

/// A text of at most `N` bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<const N: usize> {
    bytes: [u8; N],
    len: usize,
}

impl<const N: usize> Text<N> {
    pub(crate) const fn new() -> Self {
        Self { bytes: [0; N], len: 0 }
    }

    /// Appends `part`. Once the text is too long, it stays too long.
    pub(crate) const fn put(mut self, part: &str) -> Self {
        let part = part.as_bytes();
        if self.len + part.len() > N {
            self.len = N + 1;
            return self;
        }
        let mut i = 0;
        while i < part.len() {
            self.bytes[self.len] = part[i];
            self.len += 1;
            i += 1;
        }
        self
    }

    /// The text, unless it is too long.
    pub(crate) const fn str(&self) -> Option<&str> {
        if self.len > N {
            return None;
        }
        match str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => Some(text),
            Err(_) => None,
        }
    }

    /// The text, or `otherwise` if it is too long.
    pub(crate) const fn str_or(&self, otherwise: &'static str) -> &str {
        match self.str() {
            Some(text) => text,
            None => otherwise,
        }
    }
}
