//! The lists in which proxies name their clients: a header comes in, its entries go out from the right, and an address of each.

use std::net::{IpAddr, SocketAddr};

/// The entries of a list, the last one first. A comma within quotes separates nothing.
///
/// It reads from the right, because a proxy adds its entry there to whatever a client has sent. A quote that the client has left open
/// then stays in the client's own entry.
pub(super) fn from_the_right(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(list);
    std::iter::from_fn(move || {
        let list = rest?;
        let entry = match comma_from_the_right(list) {
            Some(comma) => {
                let (before, entry) = list.split_at(comma);
                rest = Some(before);
                &entry[1..]
            }
            None => {
                rest = None;
                list
            }
        };
        Some(entry.trim_ascii())
    })
    // RFC 9110 §5.6.1: empty entries mean nothing.
    .filter(|entry| !entry.is_empty())
}

fn comma_from_the_right(list: &[u8]) -> Option<usize> {
    let mut is_quoted = false;
    for (at, byte) in list.iter().enumerate().rev() {
        match byte {
            b'"' if !is_escaped(&list[..at]) => is_quoted = !is_quoted,
            b',' if !is_quoted => return Some(at),
            _ => {}
        }
    }
    None
}

/// Whether what follows `before` is escaped, by an odd number of backslashes.
fn is_escaped(before: &[u8]) -> bool {
    before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// An address, with or without a port. One of IPv6 may have brackets, but no zone: RFC 7239 §6 has none, because a zone means nothing
/// to another machine.
pub(super) fn address(entry: &[u8]) -> Option<IpAddr> {
    let text = str::from_utf8(entry).ok().filter(|text| !text.contains('%'))?;
    let in_brackets = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok().map(IpAddr::V6);
    let address = text.parse().ok().or_else(|| text.parse().ok().map(|socket: SocketAddr| socket.ip()));
    address.or_else(in_brackets).map(|address| address.to_canonical())
}

/// The node of the parameter `for` (RFC 7239 §4, §6). `None` if the element does not have it exactly once.
pub(super) fn address_in_element(element: &[u8]) -> Option<IpAddr> {
    let mut nodes = Pairs(element).filter(|(name, _)| name.eq_ignore_ascii_case(b"for"));
    let (_, node) = nodes.next()?;
    if nodes.next().is_some() {
        return None;
    }
    // No character of an address has to be escaped.
    let bare = node.strip_prefix(b"\"").and_then(|node| node.strip_suffix(b"\""));
    address(bare.unwrap_or(node))
}

/// The pairs of an element, as they stand there. A semicolon within quotes separates nothing.
struct Pairs<'a>(&'a [u8]);

impl<'a> Iterator for Pairs<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let mut is_quoted = false;
        let ends = |(at, byte): (usize, &u8)| {
            if *byte == b'"' && !is_escaped(&self.0[..at]) {
                is_quoted = !is_quoted;
            }
            *byte == b';' && !is_quoted
        };
        let end = self.0.iter().enumerate().position(ends).unwrap_or(self.0.len());
        let (pair, rest) = self.0.split_at(end);
        self.0 = rest.get(1..).unwrap_or_default();
        let mut halves = pair.splitn(2, |byte| *byte == b'=');
        Some((halves.next().unwrap_or_default().trim_ascii(), halves.next().unwrap_or_default().trim_ascii()))
    }
}
