//! Reactions: points for the first review of a month.

use crate::support::{ADA, GRACE, Server, interaction};
use serde_json::{Value, json};

fn review(product: u64) -> Value {
    json!({ "action": "feedback", "signal": 1, "namespace": "product-review", "product_id": product })
}

/// What the shop tells the customer who is signed in.
fn points(server: &Server, email: &str) -> Value {
    let login = json!({ "email": email, "password": "demo" }).to_string();
    let cookie = server.send("POST", "/shop/login", "", &login).headers["set-cookie"].to_str().unwrap().to_owned();
    let answer = server.send_with("GET", "/shop/points", &[("Cookie", &cookie)], "");
    assert_eq!((answer.status, answer.headers["cache-control"].to_str().unwrap()), (200, "no-store"));
    answer.body
}

#[test]
fn the_first_review_of_a_month_is_worth_points_and_the_second_is_not() {
    let server = Server::start();
    assert_eq!(points(&server, "ada@example.com"), json!({ "points": 0, "awards": [] }));
    let own = "/id/api/v1/profiles/me/interactions";
    let created = server.send("POST", own, &server.id_token(ADA), &interaction(&review(1001)).to_string());
    let written = created.body["data"]["created_at"].as_str().unwrap();
    assert_eq!(server.create(ADA, &review(1002)).status, 201);
    let award = json!({
        "name": "first product review", "period": written[..7], "points": 50, "interaction_id": created.body["data"]["id"],
    });
    assert_eq!(points(&server, "ada@example.com"), json!({ "points": 50, "awards": [award] }));
    assert_eq!(points(&server, "grace@example.com")["points"], 0);
    server.create(GRACE, &review(1002));
    assert_eq!(points(&server, "grace@example.com")["points"], 50);
}

#[test]
fn a_page_cannot_say_that_it_was_another_month() {
    let server = Server::start();
    for month in 1..=3 {
        let mut earlier = review(1001);
        earlier["interacted_at"] = json!(format!("2025-0{month}-15T12:00:00Z"));
        assert_eq!(server.create(ADA, &earlier).status, 201);
    }
    assert_eq!(points(&server, "ada@example.com")["points"], 50);
}

#[test]
fn in_another_month_there_are_points_again() {
    let server = Server::start();
    server.create(ADA, &review(1001));
    let database = rusqlite::Connection::open(server.folder.path().join("omneo.sqlite")).unwrap();
    database.execute("UPDATE awards SET period = '2025-10'", []).unwrap();
    server.create(ADA, &review(1001));
    assert_eq!(points(&server, "ada@example.com")["points"], 100);
}

#[test]
fn what_is_no_review_of_a_product_is_worth_nothing() {
    let server = Server::start();
    for (field, value) in
        [("action", json!("view")), ("namespace", json!("web-engagement")), ("product_id", Value::Null)]
    {
        let mut other = review(1001);
        other[field] = value;
        assert_eq!(server.create(ADA, &other).status, 201, "{field}");
    }
    let mut refused = review(1001);
    refused["signal"] = json!(5);
    assert_eq!(server.create(ADA, &refused).status, 422);
    assert_eq!(points(&server, "ada@example.com")["points"], 0);
}

#[test]
fn nobody_signed_in_has_points() {
    let server = Server::start();
    assert_eq!(server.send("GET", "/shop/points", "", "").status, 401);
    assert_eq!(server.send("GET", "/shop/catalogue", "", "").body["reactions"], Value::Null);
}
