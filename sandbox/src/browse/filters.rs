//! `filter[field][operator]=value`: which interactions a list has.

use crate::answers::Failure;
use omneo_interactions::interaction::{FIELDS, Instant};
use rusqlite::types::Value;

/// Conditions of a statement, all of which must hold, and the values for its places.
#[derive(Default)]
pub struct Conditions {
    conditions: Vec<String>,
    pub values: Vec<Value>,
}

impl Conditions {
    /// Only what belongs to that profile.
    pub fn of_profile(&mut self, profile: &str) {
        let place = self.place(Value::from(profile.to_owned()));
        self.conditions.push(format!("profile_id = {place}"));
    }

    /// Adds a filter; `filter[field]=value` means `eq`.
    ///
    /// # Errors
    /// 422 that names a filter whose field, operator or value cannot be.
    pub fn filter(&mut self, name: &str, value: &str) -> Result<(), Failure> {
        let refuse = |why: &str| Failure::field(name, &format!("`{name}` {why}"));
        let inside = name.strip_prefix("filter[").and_then(|rest| rest.strip_suffix(']'));
        let inside = inside.ok_or_else(|| refuse("is no filter; accepted: filter[field][operator]"))?;
        let (field, operator) = inside.split_once("][").unwrap_or((inside, "eq"));
        let column = Column::named(field)
            .ok_or_else(|| refuse(&format!("names no field of an interaction; accepted: {}", names().join(", "))))?;
        let read = |value: &str| {
            column
                .kind
                .read(value)
                .ok_or_else(|| refuse(&format!("is {value:?}; accepted: {}", column.kind.accepted())))
        };
        let condition = match operator {
            "like" => format!("{} LIKE {}", column.shown(), self.place(Value::from(value.to_owned()))),
            "in" => {
                let values = value.split(',').map(read).collect::<Result<Vec<_>, _>>()?;
                let places: Vec<String> = values.into_iter().map(|value| self.place(value)).collect();
                format!("{} IN ({})", column.compared(), places.join(", "))
            }
            _ => {
                let (_, sign) = COMPARISONS
                    .iter()
                    .find(|(name, _)| *name == operator)
                    .ok_or_else(|| refuse("has an unknown operator; accepted: eq, neq, gt, gte, lt, lte, like, in"))?;
                format!("{} {sign} {}", column.compared(), self.place(read(value)?))
            }
        };
        self.conditions.push(condition);
        Ok(())
    }

    /// The text behind `WHERE`.
    pub fn text(&self) -> String {
        if self.conditions.is_empty() { "1".to_owned() } else { self.conditions.join(" AND ") }
    }

    fn place(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("?{}", self.values.len())
    }
}

/// What a filter's field is compared with.
struct Column {
    /// Out of our own lists, never out of a request.
    sql: String,
    kind: Kind,
}

impl Column {
    fn named(field: &str) -> Option<Column> {
        let own = OWN.iter().find(|own| **own == field).map(|own| (*own).to_owned());
        let sql = own.or_else(|| {
            FIELDS
                .iter()
                .find(|known| known.name == field)
                .map(|known| format!("json_extract(record, '$.{}')", known.name))
        })?;
        Some(Column { sql, kind: Kind::of(field) })
    }

    // Times are compared to the second, because that is how they are shown.
    fn compared(&self) -> String {
        match self.kind {
            Kind::Number => self.sql.clone(),
            Kind::Moment => format!("moment({}) / 1000", self.sql),
            Kind::Text => format!("CAST({} AS TEXT)", self.sql),
        }
    }

    fn shown(&self) -> String {
        match self.kind {
            Kind::Moment => format!("datetime(moment({}) / 1000, 'unixepoch')", self.sql),
            Kind::Number | Kind::Text => format!("CAST({} AS TEXT)", self.sql),
        }
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Number,
    Moment,
    Text,
}

impl Kind {
    fn of(field: &str) -> Kind {
        match field {
            "created_at" | "updated_at" | "interacted_at" => Kind::Moment,
            "id"
            | "signal"
            | "duration"
            | "latitude"
            | "longitude"
            | "location_id"
            | "product_id"
            | "product_variant_id"
            | "product_category_id"
            | "staff_id"
            | "organisation_id" => Kind::Number,
            _ => Kind::Text,
        }
    }

    fn read(self, value: &str) -> Option<Value> {
        match self {
            Kind::Number => value
                .parse::<i64>()
                .map(Value::from)
                .ok()
                .or_else(|| value.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from)),
            Kind::Moment => Instant::parse(value).map(|moment| Value::from(moment.0 / 1_000)),
            Kind::Text => Some(Value::from(value.to_owned())),
        }
    }

    fn accepted(self) -> &'static str {
        match self {
            Kind::Number => "a number",
            Kind::Moment => "a date and time in ISO 8601",
            Kind::Text => "text",
        }
    }
}

fn names() -> Vec<&'static str> {
    OWN.iter().copied().chain(FIELDS.iter().map(|field| field.name)).collect()
}

const OWN: [&str; 4] = ["id", "profile_id", "created_at", "updated_at"];
const COMPARISONS: [(&str, &str); 6] =
    [("eq", "="), ("neq", "<>"), ("gt", ">"), ("gte", ">="), ("lt", "<"), ("lte", "<=")];
