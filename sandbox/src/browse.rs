//! Lists of interactions: which, in what order, and which page of them.

mod filters;
mod paginate;

use crate::answers::Failure;
use crate::store::{Record, Store};
use filters::Conditions;
use paginate::Page;
use rusqlite::params_from_iter;
use serde_json::Value;

/// Answers a page of the interactions of `profile`, or of all, as the query asks: `page`, `per_page` or `limit`, `sort`, and
/// `filter[field][operator]=value`. `path` is the list's own address, for the links.
///
/// # Errors
/// 422 that names a parameter, field, operator or value that cannot be.
pub fn browse(store: &Store, profile: Option<&str>, path: &str, query: &[(String, String)]) -> Result<Value, Failure> {
    let Asked { conditions, order, page, per_page } = Asked::read(profile, query)?;
    let connection = store.connection();
    let (condition, values) = (conditions.text(), &conditions.values);
    let count = format!("SELECT count(*) FROM records WHERE {condition}");
    let total: i64 = connection.query_row(&count, params_from_iter(values), |row| row.get(0))?;
    let offset = (page - 1) * per_page;
    let select = format!("SELECT * FROM records WHERE {condition} ORDER BY {order} LIMIT {per_page} OFFSET {offset}");
    let mut statement = connection.prepare(&select)?;
    let records = statement.query_map(params_from_iter(values), Record::of)?;
    let data: Vec<Value> = records.map(|record| record.map(|record| record.show())).collect::<Result<_, _>>()?;
    Ok(Page { number: page, per_page, total: total.unsigned_abs() }.answer(data, path))
}

struct Asked {
    conditions: Conditions,
    order: String,
    page: u64,
    per_page: u64,
}

impl Asked {
    fn read(profile: Option<&str>, query: &[(String, String)]) -> Result<Asked, Failure> {
        let mut asked = Asked { conditions: Conditions::default(), order: "id DESC".into(), page: 1, per_page: 15 };
        if let Some(profile) = profile {
            asked.conditions.of_profile(profile);
        }
        for (name, value) in query {
            match name.as_str() {
                "page" => asked.page = number(name, value, 1_000_000)?,
                "per_page" | "limit" => asked.per_page = number(name, value, 100)?,
                "sort" => asked.order = order(value)?,
                filter if filter.starts_with("filter") => asked.conditions.filter(name, value)?,
                // As Laravel does with a parameter that no rule names.
                _ => {}
            }
        }
        Ok(asked)
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
        // What does not say when it happened, happened when it was recorded.
        "interacted_at" => Ok(format!(
            "moment(coalesce(json_extract(record, '$.interacted_at'), created_at)) {direction}, id {direction}"
        )),
        _ => Err(Failure::field(
            "sort",
            &format!(
                "`sort` is {value:?}; accepted: id, created_at, updated_at, interacted_at, with - before it for descending"
            ),
        )),
    }
}
