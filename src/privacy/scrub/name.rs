//! Names of people in titles.

use super::units::{NAME, Units};

pub(super) fn strike(units: &mut Units) {
    for (from, to) in greetings(units).into_iter().chain(booked(units)) {
        units.decide(from, to, NAME);
    }
    for at in 0..units.len() {
        if let Some(from) = owner(units, at).or_else(|| honoured(units, at)) {
            units.decide(from, at, NAME);
        }
    }
}

// Where one of the words ends that stands there.
fn any(units: &Units, at: usize, words: &str) -> Option<usize> {
    words.split('|').find_map(|word| units.word(at, word))
}

fn greetings(units: &Units) -> Vec<(usize, usize)> {
    let mut last_own = None;
    let mut is_own_after = |at| {
        let is_own = |at: &usize| !units.is_before(*at, b'W') && any(units, *at, OWN).is_some();
        *last_own.get_or_insert_with(|| (0..units.len()).rev().find(is_own).unwrap_or_default()) >= at
    };
    (0..units.len()).filter(|at| begins(units, *at)).filter_map(|at| greeted(units, at, &mut is_own_after)).collect()
}

// A text, or what stands behind "Viewed page: ", "Shop | ", "Shop - " or "Shop · ".
fn begins(units: &Units, at: usize) -> bool {
    at == 0 || at > 1 && units.is(at - 1, b' ') && matches!(units.byte(at - 2), b':' | b'|' | b'-' | 0xb7)
}

// "Hi Ada, your orders". Without a word for what is the customer's own, "Hello Kitty" is no customer.
fn greeted(units: &Units, at: usize, is_own_after: &mut impl FnMut(usize) -> bool) -> Option<(usize, usize)> {
    let sure = any(units, at, SURE);
    let end = sure.or_else(|| any(units, at, GREETINGS))?;
    let from = units.skip(end, b',', 1);
    let from = units.skip(units.skip(from, b':', 1), b' ', 3);
    let to = names(units, from, 1)?;
    // "Sort by: Name: A to Z" is no name.
    let is_labelled = at == 0 && (units.is(end, b':') || units.is(0, b'd') && units.is(3, b'r') && units.is(to, b','));
    (sure.is_some() || is_labelled || is_own_after(to)).then_some((from, to))
}

// "Order #4711 for Ada Lovelace".
fn booked(units: &Units) -> Option<(usize, usize)> {
    any(units, 0, BOOKED)?;
    let end = (0..units.len()).find(|at| units.is(*at, b' ') && units.word(at + 1, "for").is_some())?;
    let is_numbered = !units.is(1, b'r') || (0..end).any(|at| units.byte(at) == b'#');
    let to = names(units, end + 5, 2)?;
    is_numbered.then_some((end + 5, to))
}

// "Ada Lovelace's account": where the name begins that ends there.
fn owner(units: &Units, at: usize) -> Option<usize> {
    let is_quote = units.byte(at) == b'\'' || units.byte(at) == 0xe2 && units.byte(at + 2) == 0x99;
    let thing = at + if units.byte(at) == b'\'' { 3 } else { 5 };
    if !is_quote || any(units, thing, THINGS).is_none() {
        return None;
    }
    let from = (0..at).rev().take_while(|at| units.is(*at, b'W') || units.is(*at, b' ')).last()?;
    let from = units.skip(from, b' ', 3);
    (names(units, from, 1) == Some(at)).then_some(from)
}

// The Japanese title for a customer, where what is the customer's follows. Other words end alike: 模様, 仕様, お客様. An ideograph is three
// bytes.
fn honoured(units: &Units, at: usize) -> Option<usize> {
    let has = |at: usize, text: &str| text.bytes().enumerate().all(|(place, byte)| units.byte(at + place) == byte);
    if !has(at, "様") || !OF.split('|').any(|next| has(at + 3, next)) {
        return None;
    }
    let is_other = at > 2 && OTHERS.split('|').any(|other| has(at - 3, other));
    let mut from = at;
    while from > 2 && matches!(units.byte(from - 3), 0xe4..=0xe9) {
        from -= 3;
    }
    (!is_other && (6..24).contains(&(at - from))).then_some(from)
}

// Where so many names end, or up to three, each with a capital letter.
fn names(units: &Units, from: usize, least: usize) -> Option<usize> {
    let (mut end, mut count) = (from, 0);
    while count < 3 {
        let start = end + usize::from(count > 0);
        if !is_capital(units, start) || count > 0 && !units.is(end, b' ') {
            break;
        }
        end = start;
        while units.is(end, b'W') && units.byte(end) != 0xe2
            || units.is(end, b'-')
            || units.is(end, b'\'') && !units.is(end + 2, b' ')
        {
            end += 1;
        }
        count += 1;
    }
    (count >= least).then_some(end)
}

// Those of Latin, Greek and Cyrillic letters, by their first two bytes.
fn is_capital(units: &Units, at: usize) -> bool {
    let next = units.byte(at + 1);
    match units.byte(at) {
        0xc3 => next < 0x9f,
        0xc4 | 0xc5 => next.is_multiple_of(2),
        0xce => (0x91..0xaa).contains(&next),
        0xd0 => next < 0xb0,
        byte => byte.is_ascii_uppercase(),
    }
}

const OF: &str = "の|、|，|へ|専用";
const OTHERS: &str = "客|皆|神|王|奥|模|仕|同|多|各|姫|殿";
const GREETINGS: &str = "welcome|hi|hello|hey|dear|customer|name|bonjour|salut|bienvenue|hola|bienvenido|bienvenida\
|hallo|willkommen|ciao|benvenuto|benvenuta|olá|oi|bem vindo|hej|hei|cześć|witaj|ahoj|Привет|Здравствуйте|merhaba";
/// Behind these comes a name, and nothing else.
const SURE: &str = "welcome back|logged in as|signed in as|willkommen zurück";
/// What says that a page is the customer's own.
const OWN: &str = "your|account|orders|votre|vos|ton|tes|compte|tu|tus|su|sus|cuenta|pedidos|ihr|ihre|dein|deine|konto|bestellungen|tuo|tuoi\
|suo|ordini|sua|seu|seus|conta|je|jouw|uw|bestellingen|twoje|twój|din|dina|dit|ditt|ваш|ваши|заказы|hesabınız";
const THINGS: &str = "account|wishlist|wish list|registry";
const BOOKED: &str = "order|booking|reservation|appointment|invoice|receipt|gift registry";
