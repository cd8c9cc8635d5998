//! Rows as they come from the database, and the values in them.

use axum_scopes::login::store::SessionId;
use sqlx::{Any, Decode, Row, Type, any::AnyRow};

use crate::{error::SqlError, text::unescape, time};

/// The value of a column.
pub(crate) fn get<'r, T: Decode<'r, Any> + Type<Any>>(row: &'r AnyRow, column: usize) -> Result<T, SqlError> {
    Ok(row.try_get(column)?)
}

/// A text of a column.
pub(crate) fn text(row: &AnyRow, column: usize) -> Result<String, SqlError> {
    Ok(unescape(get(row, column)?).into_owned())
}

/// A time of a column.
pub(crate) fn at(row: &AnyRow, column: usize) -> Result<std::time::SystemTime, SqlError> {
    Ok(time::time(get(row, column)?))
}

/// The name of a session in a column.
pub(crate) fn session_id(row: &AnyRow, column: usize) -> Result<SessionId, SqlError> {
    bytes(get(row, column)?).map(SessionId::from_bytes)
}

/// Bytes of a known number.
pub(crate) fn bytes<const N: usize>(bytes: &[u8]) -> Result<[u8; N], SqlError> {
    bytes.try_into().map_err(|_| SqlError::Row("number of bytes"))
}
