//! Another decoder of forms: bytes come in, and names and values go out (URL Standard, §5.1).

/// The fields of a form or a query.
pub(crate) fn fields(form: &[u8]) -> Vec<(String, String)> {
    form.split(|byte| *byte == b'&').filter(|field| !field.is_empty()).map(field).collect()
}

fn field(field: &[u8]) -> (String, String) {
    let at = field.iter().position(|byte| *byte == b'=');
    let (name, value) = at.map_or((field, &[][..]), |at| (&field[..at], &field[at + 1..]));
    (decoded(name), decoded(value))
}

/// A name or a value.
pub(crate) fn decoded(text: &[u8]) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text);
    while let [first, others @ ..] = rest {
        let hex = |digit: &u8| char::from(*digit).to_digit(16);
        rest = others;
        match (first, others) {
            (b'+', _) => bytes.push(b' '),
            (b'%', [high, low, others @ ..]) if hex(high).is_some() && hex(low).is_some() => {
                bytes.push(hex(high).zip(hex(low)).map(|(high, low)| high * 16 + low).unwrap_or_default() as u8);
                rest = others;
            }
            _ => bytes.push(*first),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
