//! The part of `npm run bench:scrub` on this machine: how fast text is scrubbed, in megabytes a second.

use omneo_interactions::privacy::scrub;
use std::hint::black_box;
use std::time::Instant;

fn main() {
    let page = "Linen wrap dress in navy blue, EUR 89.90. https://shop.example/products/linen-wrap-dress?colour=navy ";
    let found =
        "Ada <ada%40example.com>, +61 412 345 678, 4111 1111 1111 1111, eyJhbGciOiJIUzI1NiJ9.eyJwaWQiOiJhIn0.c2lnbg ";
    time_addresses();
    for (what, text) in [
        ("a title", "Linen wrap dress · Fern & Field"),
        ("text of a shop, 1 MB", &page.repeat((1 << 20) / page.len())),
        ("full of what is struck, 1 MB", &found.repeat((1 << 20) / found.len())),
        ("digits, 1 MB", &"1 ".repeat(1 << 19)),
        ("nested percent-encoding, 1 MB", &"%25".repeat((1 << 20) / 3)),
        ("a.a.a.@, 1 MB", &"a.a.a.@".repeat((1 << 20) / 7)),
    ] {
        let rounds = (4 << 20) / text.len();
        let start = Instant::now();
        for _ in 0..rounds {
            black_box(scrub(black_box(text)));
        }
        let seconds = start.elapsed().as_secs_f64();
        println!("{:>8.1} MB/s  {what}", (rounds * text.len()) as f64 / 1e6 / seconds);
    }
}

// What a visitor waits for: an address of 200 characters, and of ten times as many.
fn time_addresses() {
    let product = "/products/linen-wrap-dress-in-navy-blue/reviews/2026-11-25/size-38-40-42";
    let order = "/account/orders/100045678;name=Ada/track/RR123456785AU/u/AdaLovelace15/c/%2B61412345678";
    for (what, part) in [("of products", product), ("of a customer", order)] {
        for length in [200, 2_000] {
            let address: String = part.chars().cycle().take(length).collect();
            let start = Instant::now();
            for _ in 0..ROUNDS {
                black_box(scrub(black_box(&address)));
            }
            let micros = start.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS);
            println!("{micros:>8.1} µs    an address {what}, {length} characters");
        }
    }
}

const ROUNDS: u32 = 2_000;
