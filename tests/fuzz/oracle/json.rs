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
    let settings =
        ReaderSettings { max_nesting_depth: Some(DEPTH), restrict_number_values: false, ..ReaderSettings::default() };
    let mut reader = JsonStreamReader::new_custom(text, settings);
    let value = value(&mut reader)?;
    reader.consume_trailing_whitespace().ok()?;
    matches!(value, Value::Object(_)).then_some(value)
}

/// The text of each element of the list that is the member `name` of an object. `Err` says whether the list has more than `most`;
/// what follows is not read then.
pub fn entries<'a>(text: &'a [u8], name: &str, most: usize) -> Result<Vec<&'a [u8]>, bool> {
    let settings =
        ReaderSettings { max_nesting_depth: Some(DEPTH), restrict_number_values: false, ..ReaderSettings::default() };
    let mut reader = JsonStreamReader::new_custom(text, settings);
    let mut entries = Vec::new();
    let read = read_entries(&mut reader, (text, name, most), &mut entries);
    if entries.len() > most {
        return Err(true);
    }
    read.ok_or(false)?;
    Ok(entries)
}

fn read_entries<'a>(
    reader: &mut JsonStreamReader<&[u8]>,
    (text, name, most): (&'a [u8], &str, usize),
    entries: &mut Vec<&'a [u8]>,
) -> Option<()> {
    let mut names: Vec<String> = Vec::new();
    reader.begin_object().ok()?;
    while reader.has_next().ok()? {
        let known = reader.next_name_owned().ok()?;
        if names.contains(&known) {
            return None;
        }
        if known == name {
            reader.begin_array().ok()?;
            while reader.has_next().ok()? {
                let start = reader.current_position(true).data_pos? as usize;
                reader.skip_value().ok()?;
                let end = reader.current_position(false).data_pos? as usize;
                entries.push(&text[start..end]);
                if entries.len() > most {
                    return None;
                }
            }
            reader.end_array().ok()?;
        } else {
            value(reader)?;
        }
        names.push(known);
    }
    reader.end_object().ok()?;
    let has_list = names.iter().any(|known| known == name);
    // `consume_trailing_whitespace` would take the reader.
    let end = reader.current_position(false).data_pos? as usize;
    let is_over = text[end..].iter().all(|byte| b" \t\r\n".contains(byte));
    (has_list && is_over).then_some(())
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
