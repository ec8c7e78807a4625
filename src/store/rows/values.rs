//! Values as the tables hold them: words, milliseconds and times with their zone.

use std::time::Duration;

use jiff::Zoned;
use jiff::fmt::temporal::Pieces;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Type, ValueRef};
use rusqlite::{Error, Result, Row};

use crate::program::{PainMoment, Side};
use crate::record::{EndKind, EntryMethod, Outcome, RatingKind, SkipReason};

/// Gives each value of a type its word in the schema.
macro_rules! words {
    ($($type:ty { $($value:ident = $word:literal),* $(,)? })*) => {
        $(
            impl ToSql for $type {
                fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
                    Ok(ToSqlOutput::from(match self { $(Self::$value => $word),* }))
                }
            }

            impl FromSql for $type {
                fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                    match value.as_str()? {
                        $($word => Ok(Self::$value),)*
                        _ => Err(FromSqlError::InvalidType),
                    }
                }
            }
        )*
    };
}

words! {
    Side { Both = "both", Left = "left", Right = "right" }
    Outcome { Done = "done", Partial = "partial", Skipped = "skipped" }
    SkipReason {
        Pain = "pain",
        TooHard = "too-hard",
        NoTime = "no-time",
        NoEquipment = "no-equipment",
        Other = "other",
        Stopped = "stopped",
    }
    EntryMethod { Timer = "timed", Manual = "by-hand" }
    RatingKind { Pain = "pain", Exertion = "exertion" }
    PainMoment { Before = "before", Each = "each", After = "after", NextMorning = "next-morning" }
    EndKind { Finished = "finished", EndedEarly = "ended-early", Discarded = "discarded" }
}

/// Returns a length in milliseconds.
pub(super) fn millis(length: Option<Duration>) -> Option<i64> {
    length.map(|length| i64::try_from(length.as_millis()).unwrap_or(i64::MAX))
}

/// Returns a length from milliseconds.
pub(super) fn length(millis: Option<i64>) -> Option<Duration> {
    millis.map(|millis| Duration::from_millis(u64::try_from(millis).unwrap_or(0)))
}

/// Returns a time as a text with its zone, and in milliseconds since 1970.
pub(super) fn time(at: &Zoned) -> (String, i64) {
    (at.to_string(), at.timestamp().as_millisecond())
}

/// Reads a time as it was written, by its offset from UTC. That keeps the day and the hour where
/// the patient was. The zone's name is only read if `NAMED`, to be written again: looking it up
/// searches all zones.
pub(super) fn zoned<const NAMED: bool>(row: &Row<'_>, column: usize) -> Result<Zoned> {
    let text: String = row.get(column)?;
    if NAMED && let Ok(named) = text.parse() {
        return Ok(named);
    }
    by_offset(&text).ok_or(Error::InvalidColumnType(column, text, Type::Text))
}

fn by_offset(text: &str) -> Option<Zoned> {
    let pieces = Pieces::parse(text).ok()?;
    let time = pieces.time()?;
    let offset = pieces.to_numeric_offset()?;
    offset
        .to_timestamp(pieces.date().to_datetime(time))
        .ok()
        .map(|at| at.to_zoned(offset.to_time_zone()))
}
