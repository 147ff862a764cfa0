//! Names of people in titles.

use super::units::{NAME, Units};

pub(super) fn strike(units: &mut Units, text: &str) {
    if let Some((from, to)) = greeted(text) {
        units.decide_written(from, to, NAME);
    }
    if let Some((from, to)) = booked(text) {
        units.decide_written(from, to, NAME);
    }
    if let Some((from, to)) = honoured(text) {
        units.decide_written(from, to, NAME);
    }
}

// "Hi Ada, your orders". Without a word for what is the customer's own, "Hello Kitty" is no customer.
fn greeted(text: &str) -> Option<(usize, usize)> {
    let greeting = GREETINGS.split('|').find(|greeting| starts_with(text, greeting))?;
    let rest = text[greeting.len()..].trim_start_matches([' ', ',', ':']);
    let from = text.len() - rest.len();
    let is_labelled = text[greeting.len()..].starts_with(':');
    let end = names(rest, 3)?;
    let after = &rest[end..];
    let is_own = || after.split(|c: char| !is_letter(c)).any(|word| OWN.split('|').any(|own| is_word(word, own)));
    let is_letter = greeting.starts_with("dear") && after.starts_with(',');
    (is_labelled || is_letter || SURE.split('|').any(|sure| sure == greeting) || is_own()).then_some((from, from + end))
}

// "Order #4711 for Ada Lovelace", "Ada Lovelace's account".
fn booked(text: &str) -> Option<(usize, usize)> {
    if let Some(at) = text.find("'s ").or_else(|| text.find("’s ")) {
        let is_own =
            THINGS.split('|').any(|thing| starts_with(text[at..].split_once(' ').map_or("", |(_, rest)| rest), thing));
        let from = text[..at].rfind(|c: char| !is_letter(c) && c != ' ').map_or(0, |at| at + 1);
        let from = from + text[from..at].len() - text[from..at].trim_start_matches(' ').len();
        if is_own && names(&text[from..at], 3) == Some(at - from) {
            return Some((from, at));
        }
    }
    let (before, rest) = text.split_once(" for ")?;
    let is_booked = BOOKED.split('|').any(|word| starts_with(before, word))
        && (before.contains('#') || !starts_with(before, "order"));
    let end = names(rest, 3).filter(|end| rest[..*end].contains(' '))?;
    let from = text.len() - rest.len();
    is_booked.then_some((from, from + end))
}

// The Japanese title for a customer, where what is the customer's follows. Other words end alike: 模様, 仕様, お客様.
fn honoured(text: &str) -> Option<(usize, usize)> {
    let at = text.find('様')?;
    let after = &text[at + '様'.len_utf8()..];
    let from = text[..at]
        .rfind(|c: char| !is_ideograph(c))
        .map_or(0, |from| from + text[from..].chars().next().map_or(1, char::len_utf8));
    let name = &text[from..at];
    let is_other = name.ends_with(['客', '皆', '神', '王', '奥', '模', '仕', '同', '多', '各', '姫', '殿'])
        || name.chars().count() < 2;
    let is_own = ["の", "、", "，", "へ", "専用"].iter().any(|next| after.starts_with(next));
    (!is_other && is_own && name.chars().count() < 8).then_some((from, at))
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '々' | 'ァ'..='ー' | '\u{4e00}'..='\u{9fff}')
}

// Where so many names end, each with a capital letter.
fn names(text: &str, most: usize) -> Option<usize> {
    let mut end = 0;
    for _ in 0..most {
        let from = end + usize::from(end > 0 && text[end..].starts_with(' '));
        let rest = &text[from..];
        let length = rest.find(|c: char| !is_letter(c) && c != '\'' && c != '-').unwrap_or(rest.len());
        if !rest.starts_with(is_capital) || length == 0 || end > 0 && from == end {
            break;
        }
        end = from + length;
    }
    (end > 0).then_some(end)
}

// Whether the text begins with that word, whatever the case of its letters.
fn starts_with(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| is_word(start, word)) && !text[word.len()..].starts_with(is_letter)
}

// The standard library's tables of all scripts' letters are larger than all of this. Where there are capital letters, they are here.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || c >= 'À' && !matches!(c, '\u{2000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{ff00}'..='\u{ff0f}' | '×')
}

fn is_capital(c: char) -> bool {
    c.is_ascii_uppercase()
        || matches!(c, 'À'..='Þ' | 'Α'..='Ω' | 'Ѐ'..='Я')
        || matches!(c, 'Ā'..='Ž') && (c as u32).is_multiple_of(2)
}

fn is_word(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

const GREETINGS: &str = "welcome back|welcome|hi|hello|hey|dear|logged in as|signed in as|customer|name|bonjour|salut|bienvenue|hola|bienvenido|bienvenida\
|hallo|willkommen|willkommen zurück|ciao|benvenuto|benvenuta|olá|oi|bem vindo|hej|hei|cześć|witaj|ahoj|Привет|Здравствуйте|merhaba";
/// Behind these comes a name, and nothing else.
const SURE: &str = "welcome back|logged in as|signed in as|willkommen zurück";
/// What says that a page is the customer's own.
const OWN: &str = "your|account|orders|votre|vos|ton|tes|compte|tu|tus|su|sus|cuenta|pedidos|ihr|ihre|dein|deine|konto|bestellungen|tuo|tuoi\
|suo|ordini|sua|seu|seus|conta|je|jouw|uw|bestellingen|twoje|twój|din|dina|dit|ditt|ваш|ваши|заказы|hesabınız";
const THINGS: &str = "account|wishlist|wish list|registry";
const BOOKED: &str = "order|booking|reservation|appointment|invoice|receipt|gift registry";
