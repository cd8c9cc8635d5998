//! Reads JSON with another reader, and returns every member of every object.

use struson::reader::{JsonReader, JsonStreamReader, ReaderSettings, ValueType};

/// serde_json reads no deeper.
const DEPTH: u32 = 127;

/// A value. The members of an object are in order, and each name occurs once.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`.
    Other,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Value {
    pub fn member(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The elements of a list that contains only texts.
    pub fn texts(&self) -> Option<Vec<&str>> {
        if let Self::List(list) = self { list.iter().map(Self::text).collect() } else { None }
    }
}

/// Reads one object with only whitespace around it.
pub fn object(text: &[u8]) -> Option<Value> {
    any(text).filter(|value| matches!(value, Value::Object(_)))
}

/// The text of each element of the list that is the member `name` of an object. An element may be no valid JSON in what it says. `Err`
/// says whether the list has more than `most`; what follows is not read then.
pub fn entries<'a>(text: &'a [u8], name: &str, most: usize) -> Result<Vec<&'a [u8]>, bool> {
    let masked = masked(text);
    let settings =
        ReaderSettings { max_nesting_depth: Some(DEPTH), restrict_number_values: false, ..ReaderSettings::default() };
    let mut reader = JsonStreamReader::new_custom(&masked[..], settings);
    let mut entries = Vec::new();
    let read = read_entries(&mut reader, (text, name, most), &mut entries);
    if entries.len() > most {
        return Err(true);
    }
    read.ok_or(false)?;
    Ok(entries)
}

/// The text with a letter in the place of each escaped code unit, so that the reader passes over those of surrogates.
fn masked(text: &[u8]) -> Vec<u8> {
    let (mut masked, mut at) = (text.to_vec(), 0);
    while at < masked.len() {
        if masked[at] != b'\\' {
            at += 1;
            continue;
        }
        let digits = masked.get(at + 2..at + 6).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        if masked.get(at + 1) == Some(&b'u') && digits.is_some() {
            masked[at + 2..at + 6].copy_from_slice(b"0061");
        }
        at += 2;
    }
    masked
}

fn read_entries<'a>(
    reader: &mut JsonStreamReader<&[u8]>,
    (text, name, most): (&'a [u8], &str, usize),
    entries: &mut Vec<&'a [u8]>,
) -> Option<()> {
    let mut names: Vec<Value> = Vec::new();
    reader.begin_object().ok()?;
    while reader.has_next().ok()? {
        let start = position(reader)?;
        reader.next_name_owned().ok()?;
        let known = any(&text[start..position(reader)?])?;
        if names.contains(&known) {
            return None;
        }
        if known.text() == Some(name) {
            reader.begin_array().ok()?;
            while reader.has_next().ok()? {
                let start = position(reader)?;
                reader.skip_value().ok()?;
                entries.push(&text[start..position(reader)?]);
                if entries.len() > most {
                    return None;
                }
            }
            reader.end_array().ok()?;
        } else {
            reader.peek().ok()?;
            let start = position(reader)?;
            reader.skip_value().ok()?;
            any(&text[start..position(reader)?])?;
        }
        names.push(known);
    }
    reader.end_object().ok()?;
    let has_list = names.iter().any(|known| known.text() == Some(name));
    let is_over = text[position(reader)?..].iter().all(|byte| b" \t\r\n".contains(byte));
    (has_list && is_over).then_some(())
}

fn position(reader: &JsonStreamReader<&[u8]>) -> Option<usize> {
    usize::try_from(reader.current_position(false).data_pos?).ok()
}

/// Reads any value with only whitespace around it.
fn any(text: &[u8]) -> Option<Value> {
    let settings =
        ReaderSettings { max_nesting_depth: Some(DEPTH), restrict_number_values: false, ..ReaderSettings::default() };
    let mut reader = JsonStreamReader::new_custom(text, settings);
    let value = value(&mut reader)?;
    reader.consume_trailing_whitespace().ok()?;
    Some(value)
}

fn value(reader: &mut impl JsonReader) -> Option<Value> {
    Some(match reader.peek().ok()? {
        ValueType::Null => reader.next_null().map(|()| Value::Other).ok()?,
        ValueType::Boolean => Value::Bool(reader.next_bool().ok()?),
        ValueType::String => Value::Text(reader.next_string().ok()?),
        ValueType::Number => {
            let number: f64 = reader.next_number_as_str().ok()?.parse().ok()?;
            Value::Number(Some(number).filter(|number| number.is_finite())?)
        }
        ValueType::Array => {
            reader.begin_array().ok()?;
            let mut list = Vec::new();
            while reader.has_next().ok()? {
                list.push(value(reader)?);
            }
            reader.end_array().ok()?;
            Value::List(list)
        }
        ValueType::Object => {
            reader.begin_object().ok()?;
            let mut members: Vec<(String, Value)> = Vec::new();
            while reader.has_next().ok()? {
                let name = reader.next_name_owned().ok()?;
                if members.iter().any(|(known, _)| *known == name) {
                    return None;
                }
                members.push((name, value(reader)?));
            }
            reader.end_object().ok()?;
            Value::Object(members)
        }
    })
}
