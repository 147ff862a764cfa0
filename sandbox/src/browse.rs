//! Lists of interactions: filters, order and pages, in the shape of Laravel's paginator.

use crate::answers::Failure;
use crate::record::{COLUMNS, Record};
use crate::store::Store;
use omneo_interactions::interaction::FIELDS;
use rusqlite::params_from_iter;
use serde_json::{Value, json};

/// Answers a page of the interactions of `profile`, or of all, as the query asks: `page`, `per_page` or `limit`, `sort`, and
/// `filter[field][operator]=value`.
///
/// # Errors
/// 422 that names a parameter, field or operator that cannot be.
pub fn browse(store: &Store, profile: Option<&str>, path: &str, query: &[(String, String)]) -> Result<Value, Failure> {
    let asked = Asked::read(profile, query)?;
    let connection = store.connection();
    let condition = asked.conditions.join(" AND ");
    let count = format!("SELECT count(*) FROM interactions WHERE {condition}");
    let total: i64 = connection.query_row(&count, params_from_iter(&asked.values), |row| row.get(0))?;
    let select = format!(
        "SELECT {COLUMNS} FROM interactions WHERE {condition} ORDER BY {} LIMIT {} OFFSET {}",
        asked.order,
        asked.per_page,
        (asked.page - 1) * asked.per_page
    );
    let mut statement = connection.prepare(&select)?;
    let records = statement.query_map(params_from_iter(&asked.values), Record::of)?;
    let data: Vec<Value> = records.map(|record| record.map(|record| record.show(None))).collect::<Result<_, _>>()?;
    Ok(paginated(data, total.unsigned_abs(), asked.page, asked.per_page, path))
}

struct Asked {
    conditions: Vec<String>,
    values: Vec<String>,
    order: String,
    page: u64,
    per_page: u64,
}

impl Asked {
    fn read(profile: Option<&str>, query: &[(String, String)]) -> Result<Asked, Failure> {
        let mut asked =
            Asked { conditions: vec!["1".into()], values: Vec::new(), order: "id DESC".into(), page: 1, per_page: 15 };
        if let Some(profile) = profile {
            asked.condition("profile_id", "=", profile);
        }
        for (name, value) in query {
            match name.as_str() {
                "page" => asked.page = number(name, value, 1_000_000)?,
                "per_page" | "limit" => asked.per_page = number(name, value, 100)?,
                "sort" => asked.order = order(value)?,
                _ => asked.filter(name, value)?,
            }
        }
        Ok(asked)
    }

    fn filter(&mut self, name: &str, value: &str) -> Result<(), Failure> {
        let Some(filter) = name.strip_prefix("filter[").and_then(|rest| rest.strip_suffix(']')) else { return Ok(()) };
        let (field, operator) = filter.split_once("][").unwrap_or((filter, "eq"));
        let column =
            column(field).ok_or_else(|| Failure::field(name, &format!("`{name}` names no field of an interaction")))?;
        let operator = match operator {
            "eq" => "=",
            "neq" => "<>",
            "gt" => ">",
            "gte" => ">=",
            "lt" => "<",
            "lte" => "<=",
            "like" => "LIKE",
            "in" => return self.one_of(&column, value),
            _ => {
                return Err(Failure::field(
                    name,
                    &format!("`{name}` has an unknown operator; accepted: eq, neq, gt, gte, lt, lte, like, in"),
                ));
            }
        };
        self.condition(&column, operator, value);
        Ok(())
    }

    // Compared as numbers where both sides are: SQLite compares a text with a number by type, not by value.
    fn condition(&mut self, column: &str, operator: &str, value: &str) {
        let is_number = !value.is_empty() && value.parse::<f64>().is_ok();
        self.values.push(value.to_owned());
        let place = self.values.len();
        let value =
            if is_number && operator != "LIKE" { format!("CAST(?{place} AS NUMERIC)") } else { format!("?{place}") };
        self.conditions.push(format!("{column} {operator} {value}"));
    }

    fn one_of(&mut self, column: &str, values: &str) -> Result<(), Failure> {
        let places: Vec<String> = values
            .split(',')
            .map(|value| {
                self.values.push(value.to_owned());
                format!("?{}", self.values.len())
            })
            .collect();
        self.conditions.push(format!("CAST({column} AS TEXT) IN ({})", places.join(", ")));
        Ok(())
    }
}

fn number(name: &str, value: &str, most: u64) -> Result<u64, Failure> {
    let number = value.parse().ok().filter(|number| (1..=most).contains(number));
    number.ok_or_else(|| {
        Failure::field(name, &format!("`{name}` is {value:?}; accepted: a whole number from 1 to {most}"))
    })
}

fn order(value: &str) -> Result<String, Failure> {
    let (field, direction) = value.strip_prefix('-').map_or((value, "ASC"), |field| (field, "DESC"));
    match field {
        "id" | "created_at" | "updated_at" => Ok(format!("{field} {direction}, id {direction}")),
        "interacted_at" => Ok(format!("json_extract(record, '$.interacted_at') {direction}, id {direction}")),
        _ => Err(Failure::field(
            "sort",
            &format!(
                "`sort` is {value:?}; accepted: id, created_at, updated_at, interacted_at, with - before it for descending"
            ),
        )),
    }
}

// Only names out of our own lists become part of a statement.
fn column(field: &str) -> Option<String> {
    if let Some(own) = ["id", "profile_id", "created_at", "updated_at"].iter().find(|own| **own == field) {
        return Some((*own).to_owned());
    }
    FIELDS.iter().find(|known| known.name == field).map(|known| format!("json_extract(record, '$.{}')", known.name))
}

fn paginated(data: Vec<Value>, total: u64, page: u64, per_page: u64, path: &str) -> Value {
    let last = total.div_ceil(per_page).max(1);
    let url = |page: u64| format!("{path}?page={page}");
    let link = |there: bool, page: u64| if there { json!(url(page)) } else { Value::Null };
    let (previous, next) = (link(page > 1, page.saturating_sub(1)), link(page < last, page + 1));
    let from = (page - 1) * per_page + 1;
    let shown = data.len() as u64;
    let bounds = if shown == 0 { (Value::Null, Value::Null) } else { (json!(from), json!(from + shown - 1)) };
    let mut links = vec![json!({ "url": previous, "label": "&laquo; Previous", "active": false })];
    links.extend(
        (1..=last)
            .take(100)
            .map(|number| json!({ "url": url(number), "label": number.to_string(), "active": number == page })),
    );
    links.push(json!({ "url": next, "label": "Next &raquo;", "active": false }));
    json!({
        "data": data,
        "links": { "first": url(1), "last": url(last), "prev": previous, "next": next },
        "meta": {
            "current_page": page, "from": bounds.0, "last_page": last, "links": links, "path": path,
            "per_page": per_page, "to": bounds.1, "total": total,
        },
    })
}
