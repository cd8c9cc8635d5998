//! Envoy's header `x-forwarded-client-cert`: takes its value, yields the hash that its only element names.
//!
//! An element has keys and values: `By=spiffe://a;Hash=…;Subject="CN=\"a\", O=b"`. Commas separate elements, one for each proxy on the
//! way. Envoy does not quote URIs and DNS names, which the client's certificate may choose freely. So a second element or a second
//! hash may be forged, and then none counts.

/// The hash, if there is one element with one hash.
pub(super) fn hash(value: &str) -> Option<String> {
    let mut found = None;
    let mut rest = value;
    loop {
        let (key, behind) = rest.split_once('=')?;
        if key.contains([';', ',', '"', '\\']) {
            return None;
        }
        let (value, behind) = read_value(behind)?;
        if key.trim().eq_ignore_ascii_case("hash") && found.replace(value).is_some() {
            return None;
        }
        match behind {
            "" => return found,
            // A comma begins another element.
            more => rest = more.strip_prefix(';')?,
        }
    }
}

/// A value, and what follows it.
fn read_value(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let (value, behind) = text.split_at(text.find([';', ',']).unwrap_or(text.len()));
        return (!value.contains(['"', '\\'])).then(|| (value.to_owned(), behind));
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((i, character)) = characters.next() {
        match character {
            '"' => return Some((value, &quoted[i + 1..])),
            '\\' => value.push(characters.next()?.1),
            _ => value.push(character),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn one_element_names_one_hash() {
        for value in [
            "Hash=abc",
            "hash=abc",
            "HASH=abc",
            "Hash=\"abc\"",
            "By=spiffe://mesh/ns/a;Hash=abc;Subject=\"\";URI=spiffe://mesh/ns/b",
            "Hash=abc;Subject=\"CN=a, O=b; c\";DNS=a.example;DNS=b.example",
            r#"Subject="CN=\"x\";Hash=evil,";Hash=abc"#,
            r#"Subject="CN=a\\";Hash=abc"#,
            "URI=https://a.example/?b=c;Hash=abc",
            "Cert=\"-----BEGIN%20CERTIFICATE-----%0A\";Hash=abc",
        ] {
            assert_eq!(hash(value).as_deref(), Some("abc"), "{value}");
        }
    }

    #[test]
    fn anything_else_names_none() {
        for value in [
            "",
            "abc",
            "Hash",
            ";",
            ",",
            "Subject=\"Hash=abc\"",
            "Hash=abc;",
            "Hash=abc,",
            "Hash=abc,Hash=def",
            "Hash=abc,By=x",
            ",Hash=abc",
            "Hash=abc;Hash=abc",
            "Hash=abc;hash=def",
            "URI=spiffe://a;Hash=evil;Hash=abc",
            "Hash=abc;URI=spiffe://a,Hash=evil",
            "Hash=\"abc",
            "Hash=\"abc\\",
            "Hash=\"abc\\\"",
            "Hash=\"abc\"def",
            "Hash=\"abc\" ;By=x",
            "Hash=a\"b\"",
            "Hash=abc;Subject=\"a",
            "Hash=abc;Subject",
            "a\"b=c;Hash=abc",
        ] {
            assert_eq!(hash(value), None, "{value}");
        }
    }
}
