//! What is struck out of text, by kind: what looks like an e-mail address, a secret, a card, a document's number, a phone number, a
//! person's name, a date of birth, a place or an IP address.
//!
//! Text is looked at without its percent-encoding, however often it was encoded, with the digits of all scripts and the full width
//! read as plain ones, and written as it was. In this order:
//!
//! - **mail**: anything around an `@` with a dot in the host; none is asked for at the end of a long text, which may have been cut.
//!   Also where it is spelt `(at)`, or encoded in base64.
//! - **token**: a word of letters, digits and `. - _ +`, at least 24 long, in which letters and digits, or small and capital
//!   letters, change places more often than people write, and at least one digit: JSON Web Tokens, keys and session ids in hexadecimal
//!   or base64. A slug changes once within a part (`256gb`) and stays. So do a UUID and an id of MongoDB's, 24 characters of
//!   hexadecimal, which are how shops name products.
//! - **card**: 12 to 19 digits that begin as cards do and pass Luhn's check, in one piece or in a card's groups. A GTIN stays.
//! - **document**: what has the written form of one, or passes a check that lets one in a hundred pass at most: see `shape`.
//! - **what a word says**: see `word`. A number behind the word for a product's stays.
//! - **place** and **ip**: a pair of decimal degrees; addresses of both versions.
//! - **phone**: behind a `+`; in one piece behind a 0 (9 to 12) or 00 (11 to 15); in groups as they are written. Never inside of a slug.
//!   A slash parts the groups of a number, or two numbers: what is a number with it is one, and else what is one without.
//! - **name**: behind a greeting, or before the Japanese title for a customer: see `name`.
//!
//! A number in one piece of at most 12 digits that begins with no 0 stays, as the ids of products do, unless a word before it says
//! what it is.
//!
//! The marks hold only what a path may (RFC 3986, section 3.3), and are never longer than what they stand for, so that a
//! field within its limit stays there. Every pass over the text is linear. What a mark ends may show another rule something, so
//! the text is passed over until nothing changes: scrubbing what is scrubbed changes nothing.

mod check;
mod class;
mod name;
mod rules;
mod token;
mod units;
mod word;

use units::Units;

/// The text with marks in place of what must not be kept.
pub fn scrub(text: &str) -> Box<str> {
    let mut text: Box<str> = text.into();
    for _ in 0..MOST_PASSES {
        let struck = pass(&text);
        if struck == text {
            break;
        }
        text = struck;
    }
    text
}

fn pass(text: &str) -> Box<str> {
    let mut units = Units::decoded(text.as_bytes());
    name::strike(&mut units);
    rules::strike(&mut units, &rules::ADDRESSES);
    token::strike(&mut units);
    rules::strike(&mut units, &rules::NUMBERS);
    word::strike(&mut units);
    rules::strike(&mut units, &rules::PLACES);
    units.written(text)
}

const MOST_PASSES: usize = 8;

#[cfg(test)]
mod tests;
