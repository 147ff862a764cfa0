//! A quarter of a year that nobody lived, so that the reports of a demo have something to show: weeks that are calm, weeks in which
//! parcels come late and customers say so, and the weeks after the carrier was changed.

use crate::clock::{date_time, now};
use crate::store::insert_nameless;
use crate::tenant::catalogue;
use fastrand::Rng;
use omneo_interactions::interaction::Instant;
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use std::ops::RangeInclusive;

const WEEKS: i64 = 13;
const LATE: RangeInclusive<i64> = 4..=8;
/// Of these, Ada and Grace are none, and none has a password.
const CUSTOMERS: RangeInclusive<u32> = 1..=40;
const DAY_MS: i64 = 24 * 3_600_000;
/// What the id of each of its events begins with, so that it is told once.
const EVENT: &str = "57057057-0000-4000-8000-";

const PAGES: [(&str, &str); 5] = [
    ("Fern & Field", "/"),
    ("Dresses", "/dresses/"),
    ("Knitwear", "/knitwear/"),
    ("Shoes", "/shoes/"),
    ("Lookbook", "/lookbook/"),
];
const COMPLAINTS: [&str; 3] = ["Parcel was late", "Parcel was late again", "Asked where the parcel is"];
const THANKS: [&str; 3] = ["Parcel came a day early", "Thanked for the repair", "Parcel replaced"];
const QUESTIONS: [&str; 2] = ["Asked about a size", "Asked about wool"];

/// Tells it, up to now, to a database that has not heard it yet.
pub fn tell(connection: &mut Connection) -> rusqlite::Result<()> {
    let is_told = "SELECT EXISTS (SELECT 1 FROM interactions WHERE event_id LIKE ?1)";
    if connection.query_row(is_told, [format!("{EVENT}%")], |row| row.get(0))? {
        return Ok(());
    }
    let transaction = connection.transaction()?;
    for number in CUSTOMERS {
        insert_nameless(&transaction, number)?;
    }
    let mut chance = Rng::with_seed(7);
    for (number, record) in Story::from(now().0 - WEEKS * 7 * DAY_MS, &mut chance).into_iter().enumerate() {
        let customer = chance.u32(CUSTOMERS);
        keep(&transaction, &format!("00000000-0000-4000-8000-{customer:012}"), number, record)?;
    }
    transaction.commit()
}

fn keep(connection: &Connection, profile: &str, number: usize, (moment, mut record): Event) -> rusqlite::Result<()> {
    let event = format!("{EVENT}{number:012}");
    record["meta"]["event_id"] = json!(event);
    record["interacted_at"] = json!(moment.to_iso());
    connection
        .prepare_cached(
            "INSERT INTO interactions (profile_id, event_id, record, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?4)",
        )?
        .execute(params![profile, event, record.to_string(), date_time(moment)])
        .map(drop)
}

/// When something happened, and what.
type Event = (Instant, Value);

struct Story<'a> {
    events: Vec<Event>,
    day: Instant,
    chance: &'a mut Rng,
}

impl Story<'_> {
    fn from(begin: i64, chance: &mut Rng) -> Vec<Event> {
        let mut story = Story { events: Vec::new(), day: Instant(begin), chance };
        for day in 0..WEEKS * 7 {
            story.day = Instant(begin + day * DAY_MS);
            story.browse();
            story.ask(day / 7);
        }
        story.events.sort_by_key(|(moment, _)| *moment);
        story.events
    }

    /// A day on the site and in the app.
    fn browse(&mut self) {
        for _ in 0..self.chance.u32(4..10) {
            let channel = if self.chance.u32(0..4) == 0 { "app" } else { "website" };
            self.happen(json!({ "action": "visit", "channel": channel, "signal": 0, "name": "Logged in" }));
            for _ in 0..self.chance.u32(1..4) {
                let (title, path) = self.one_of(&PAGES);
                let name = format!("Viewed page: {title}");
                self.happen(json!({ "action": "view", "channel": channel, "signal": 0, "name": name, "url": path }));
            }
            self.look(channel);
        }
        if self.chance.u32(0..2) == 0 {
            let form = self.one_of(&["newsletter", "newsletter", "size-guide"]);
            let name = format!("Submitted form: {form}");
            let meta = json!({ "form": form });
            self.happen(json!({ "action": "disclose", "channel": "website", "signal": 0, "name": name, "meta": meta }));
        }
        if self.day.0 / DAY_MS % 7 == 0 {
            self.happen(json!({ "action": "broadcast", "channel": "email", "signal": 0, "name": "Opened the letter" }));
        }
    }

    fn look(&mut self, channel: &str) {
        let catalogue = catalogue();
        let Some(products) = catalogue["products"].as_array() else { return };
        // The first of the catalogue are the best known.
        let product = &products[self.chance.usize(0..products.len()).min(self.chance.usize(0..products.len()))];
        let name = format!("Viewed product: {}", product["name"].as_str().unwrap_or_default());
        let url = format!("/products/{}.html", product["handle"].as_str().unwrap_or_default());
        self.happen(json!({
            "action": "view", "channel": channel, "signal": 0, "name": name, "url": url, "product_id": product["id"],
        }));
    }

    /// A day at the support desk.
    fn ask(&mut self, week: i64) {
        let (signal, names) = match week {
            week if LATE.contains(&week) => (-1, &COMPLAINTS[..]),
            week if week > *LATE.end() => (1, &THANKS[..]),
            _ => (0, &QUESTIONS[..]),
        };
        for _ in 0..self.chance.u32(1..4) {
            let name = self.one_of(names);
            self.happen(json!({
                "action": "service", "channel": "support", "signal": signal, "name": name, "namespace": "support-desk",
            }));
        }
    }

    fn happen(&mut self, mut record: Value) {
        if record["namespace"].is_null() {
            record["namespace"] = json!("web-engagement");
        }
        let moment = Instant(self.day.0 + self.chance.i64(0..DAY_MS));
        self.events.push((moment, record));
    }

    fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.chance.usize(0..choices.len())]
    }
}
