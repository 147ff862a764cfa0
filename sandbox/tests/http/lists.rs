//! Pages, filters and order of lists.

use crate::support::{ADA, Server};
use serde_json::{Value, json};

#[test]
fn lists_come_in_laravel_s_pages() {
    let server = Server::start();
    (0..5).for_each(|at| assert_eq!(server.create(ADA, &json!({ "name": format!("View {at}") })).status, 201));
    let path = format!("/api/v3/profiles/{ADA}/interactions");
    let page = server.admin("GET", &format!("{path}?page=2&per_page=2"), &Value::Null).body;
    let names: Vec<&Value> = page["data"].as_array().unwrap().iter().map(|record| &record["name"]).collect();
    assert_eq!(names, ["View 2", "View 1"], "newest first");
    let meta = &page["meta"];
    assert_eq!(
        (&meta["current_page"], &meta["from"], &meta["to"], &meta["last_page"], &meta["per_page"], &meta["total"]),
        (&json!(2), &json!(3), &json!(4), &json!(3), &json!(2), &json!(5))
    );
    let url = server.url(&path);
    assert_eq!(
        page["links"],
        json!({ "first": format!("{url}?page=1"), "last": format!("{url}?page=3"), "prev": format!("{url}?page=1"), "next": format!("{url}?page=3") })
    );
    assert_eq!((&meta["path"], meta["links"].as_array().unwrap().len()), (&json!(url), 5));
    let oldest = server.admin("GET", &format!("{path}?sort=id&limit=1"), &Value::Null).body;
    assert_eq!(oldest["data"][0]["name"], "View 0");
    let beyond = server.admin("GET", &format!("{path}?page=9"), &Value::Null).body;
    assert_eq!((&beyond["data"], &beyond["meta"]["from"]), (&json!([]), &Value::Null));
    for (query, field) in [("page=0", "page"), ("per_page=101", "per_page"), ("sort=name", "sort")] {
        let refused = server.admin("GET", &format!("{path}?{query}"), &Value::Null);
        assert_eq!(refused.status, 422, "{query}");
        assert!(refused.body["errors"][field][0].is_string(), "{refused:?}");
    }
}

#[test]
fn lists_are_filtered_by_any_field_and_operator() {
    let server = Server::start();
    for (channel, signal, product, latitude) in
        [("website", 0, 9, "-37.8"), ("support", -1, 10, "51.5"), ("support", 1, 100, "9")]
    {
        assert_eq!(
            server
                .create(
                    ADA,
                    &json!({ "channel": channel, "signal": signal, "product_id": product, "latitude": latitude })
                )
                .status,
            201
        );
    }
    let products = |filter: &str| -> Vec<i64> {
        let list = server.admin("GET", &format!("/api/v3/interactions?sort=id&{filter}"), &Value::Null);
        assert_eq!(list.status, 200, "{filter} {list:?}");
        list.body["data"].as_array().unwrap().iter().map(|record| record["product_id"].as_i64().unwrap()).collect()
    };
    assert_eq!(products("filter%5Bchannel%5D%5Beq%5D=support"), [10, 100]);
    assert_eq!(products("filter[channel][neq]=support"), [9]);
    assert_eq!(products("filter[channel]=website"), [9]);
    assert_eq!(products("filter[product_id][gt]=9"), [10, 100], "as numbers, not as text");
    assert_eq!(products("filter[product_id][lte]=10&filter[signal][lt]=0"), [10]);
    assert_eq!(products("filter[product_id][in]=9,100"), [9, 100]);
    assert_eq!(products("filter[latitude][gte]=9"), [10, 100]);
    assert_eq!(products("filter[name][like]=%25page"), [9, 10, 100]);
    assert_eq!(products("filter[name][eq]=%27%20OR%201=1%20--"), [0; 0]);
    for filter in ["filter[colour][eq]=red", "filter[name][regex]=x", "filter[id)--][eq]=1"] {
        assert_eq!(
            server.admin("GET", &format!("/api/v3/interactions?{filter}"), &Value::Null).status,
            422,
            "{filter}"
        );
    }
}

#[test]
fn times_are_filtered_and_ordered_as_moments_however_they_were_written() {
    let server = Server::start();
    for (name, at) in [
        ("third", json!("2026-11-23T00:00:00.5Z")),
        ("first", json!("2026-11-23T09:30:00.250+11:00")),
        ("second", json!("2026-11-22 20:00-0330")),
        ("last", Value::Null),
    ] {
        assert_eq!(server.create(ADA, &json!({ "name": name, "interacted_at": at })).status, 201, "{name}");
    }
    let names = |query: &str| -> Vec<String> {
        let list = server.admin("GET", &format!("/api/v3/interactions?sort=interacted_at&{query}"), &Value::Null);
        assert_eq!(list.status, 200, "{query} {list:?}");
        list.body["data"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("filter[created_at][gte]=2026-01-01T00:00Z"), ["first", "second", "third", "last"]);
    assert_eq!(names("filter[interacted_at][lte]=2026-11-22%2022:30:00"), ["first"], "to the second, as shown");
    assert_eq!(names("filter[interacted_at][gt]=2026-11-22T22:30:00Z"), ["second", "third"]);
    assert_eq!(names("filter[interacted_at][eq]=2026-11-23T10:30%2B11:00"), ["second"]);
    assert_eq!(
        names("filter[interacted_at][like]=2026-11-23%25"),
        ["third"].map(String::from).into_iter().collect::<Vec<_>>()
    );
}

#[test]
fn text_that_looks_like_a_number_is_still_text() {
    let server = Server::start();
    for name in ["7", "7.0", "infinity", "0"] {
        assert_eq!(server.create(ADA, &json!({ "name": name, "latitude": "-37.80" })).status, 201);
    }
    let total = |filter: &str| {
        server.admin("GET", &format!("/api/v3/interactions?{filter}"), &Value::Null).body["meta"]["total"].clone()
    };
    assert_eq!(total("filter[name][eq]=7"), 1);
    assert_eq!(total("filter[name][eq]=infinity"), 1);
    assert_eq!(total("filter[name][in]=7,0"), 2);
    assert_eq!(total("filter[latitude][in]=-37.8,1"), 4, "and a number is one however it was written");
}

#[test]
fn a_filter_that_cannot_be_is_named() {
    let server = Server::start();
    for (query, name) in [
        ("filter[colour][eq]=red", "filter[colour][eq]"),
        ("filter[name][regex]=x", "filter[name][regex]"),
        ("filter[name", "filter[name"),
        ("filter=x", "filter"),
        ("filter[name][eq][x]=1", "filter[name][eq][x]"),
        ("filter[id)--][eq]=1", "filter[id)--][eq]"),
        ("filter[product_id][gt]=many", "filter[product_id][gt]"),
        ("filter[signal][in]=1,inf", "filter[signal][in]"),
        ("filter[created_at][gt]=yesterday", "filter[created_at][gt]"),
    ] {
        let refused = server.admin("GET", &format!("/api/v3/interactions?{query}"), &Value::Null);
        assert_eq!(refused.status, 422, "{query} {refused:?}");
        let text = refused.body["errors"][name][0].as_str().unwrap_or_default();
        assert!(text.starts_with(&format!("`{name}` ")) && text.contains("accepted"), "{refused:?}");
    }
}
