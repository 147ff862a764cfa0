//! What the word before a number or a name says that it is.

use super::class::is_of;
use super::units::{CARD, DATE, ID, LEFT, NAME, PHONE, PLACE, TOKEN, Units};
use std::sync::LazyLock;

/// Before what is behind a word: the number of a product, a version, a year.
pub(super) const PRODUCT: usize = 0;
/// Before a secret.
pub(super) const KEY: usize = 1;
const CODE: usize = 2;
const PHONES: usize = 4;
const ORDERS: usize = 6;
const BIRTH: usize = 7;
const DEGREES: usize = 8;
const PERSON: usize = 9;
const NAMES: usize = 10;

pub(super) fn strike(units: &mut Units) {
    let parting = units.parting();
    let mut at = 0;
    while at < units.len() {
        at += 1;
        let start = at - 1;
        if is_start(units, start)
            && let Some(word) = before(units, start)
        {
            at = at.max(strike_behind(units, start, word, parting));
        }
    }
}

// Strikes what is behind the word, and tells where it ends. What the word says of a number, it says of the next behind a slash.
fn strike_behind(units: &mut Units, at: usize, word: usize, parting: &[u8]) -> usize {
    let (mut start, mut last) = (at, at);
    while let Some((end, decision)) = behind(units, start, word, parting) {
        let is_signed = matches!(word, DEGREES | PHONES) && units.is_before(start, b'S');
        units.decide(start - usize::from(is_signed), end, decision);
        (start, last) = (units.skip(end, b'_', 3), end);
        if word == PRODUCT || !units.has_slash(end, start) || !units.is(start, b'#') {
            break;
        }
    }
    last
}

// Where a value may begin that is looked at: most words are none by their looks, and to look for a word costs more.
fn is_start(units: &Units, at: usize) -> bool {
    // Most are within a word.
    if units.before(at).is_ascii_alphanumeric() || !units.is(at, b'W') {
        return false;
    }
    let is_number = units.is(at, b'#');
    if units.is_before(at, b'W') && !is_number {
        return false;
    }
    let end = units.skip(at, b'K', MOST_LOOKED_BACK);
    let has = |class| (at..end).any(|at| units.is(at, class));
    match units.before(at) {
        // What goes on with a number is a part of it.
        b'-' | b'.' | b'_' if units.is_before(at - 1, b'#') => false,
        _ if is_number => end > at + 3 || units.is(end + 1, b'W'),
        b'=' => true,
        b'/' if has(b'U') || has(b'.') || has(b'Y') => true,
        b'/' | b' ' | b':' | b';' => has(b'#') && end > at + 5 || end > at + 15 && !has(b'-'),
        _ => false,
    }
}

// What is behind the word, where it is of that kind: where it ends, and what is decided.
fn behind(units: &Units, at: usize, word: usize, parting: &[u8]) -> Option<(usize, u8)> {
    let shaped = |shapes: &[&str]| shapes.iter().find_map(|shape| units.matched(at, shape.as_bytes(), b'_'));
    let (end, decision) = match word {
        KEY | CODE => (secret(units, at, word), TOKEN),
        BIRTH => (birthday(units, at), DATE),
        DEGREES => (shaped(&["#{13.#{2~"]), PLACE),
        PERSON => (shaped(HANDLES).filter(|end| is_handle(units, at, *end)), NAME),
        NAMES => (shaped(&["G{1n"]).filter(|_| units.before(at) == b'='), NAME),
        _ => return parting.iter().find_map(|parting| extent(units, at, word, *parting)),
    };
    end.map(|end| (end, decision))
}

fn extent(units: &Units, at: usize, word: usize, parting: u8) -> Option<(usize, u8)> {
    let (least, shortest, letters, decision) = EXTENTS[word.min(ORDERS)];
    let value = Extent::of(units, at, parting);
    let is_it = value.digits >= least && value.digits + value.letters >= shortest && value.letters <= letters;
    let is_left = value.is_years && decision != LEFT || decision == PHONE && value.digits > 15;
    (is_it && !is_left).then_some((value.end, decision))
}

/// Words of letters and digits, where each but the first has a digit.
struct Extent {
    end: usize,
    digits: usize,
    letters: usize,
    /// Whether all its words are years.
    is_years: bool,
}

impl Extent {
    fn of(units: &Units, from: usize, parting: u8) -> Extent {
        let mut extent = Extent { end: from, digits: 0, letters: 0, is_years: true };
        let mut at = from;
        loop {
            let end = units.skip(at, b'X', usize::MAX);
            let digits = (at..end).filter(|at| units.is(*at, b'#')).count();
            // A letter alone is a part of some documents' numbers.
            if end == at || digits == 0 && (end > at + 1 || at == from) || extent.digits + digits > 34 {
                return extent;
            }
            extent.digits += digits;
            extent.letters += end - at - digits;
            extent.is_years &=
                end == at + 4 && matches!(units.byte(at), b'1' | b'2') && matches!(units.byte(at + 1), b'9' | b'0');
            extent.end = end;
            at = units.skip(end, parting, 3);
            if at > end + 2 {
                return extent;
            }
        }
    }
}

// Behind a word for a secret that is long, or behind one for an invitation any code.
fn secret(units: &Units, at: usize, word: usize) -> Option<usize> {
    let mut end = at;
    while units.is(end, b'X') || units.is(end, b'-') || units.is(end, b'Y') {
        end += 1;
    }
    let has = |class| (at..end).any(|at| units.is(at, class));
    let (has_digit, has_hyphen) = (has(b'#'), has(b'-') || has(b'Y'));
    let has_case = has(b'U') && has(b'V');
    let is_long = end > at + 15 && (has_digit || has_case && !has_hyphen) || end > at + 23 && !has_hyphen;
    let is_secret = if word == CODE { end > at + 5 && has_digit } else { is_long };
    is_secret.then_some(end)
}

// A day as people write it, with the name of a month or without.
fn birthday(units: &Units, at: usize) -> Option<usize> {
    let (mut end, mut digits, mut words, mut here) = (at, 0, 0, at);
    while here < at + 24 && digits <= 8 {
        if units.is(here, b'#') {
            digits += 1;
            end = here + 1;
        } else if units.is(here, b'W') {
            words += usize::from(!units.is_before(here, b'W'));
        } else if !units.is(here, b'_') && units.byte(here) != b',' {
            break;
        }
        if words > 1 && units.byte(here) < 0x80 || digits > 7 && matches!(units.byte(here), b'/' | b',') {
            break;
        }
        here += 1;
    }
    ((5..=8).contains(&digits) && end > at + 5 && !units.is(end, b'X')).then_some(end)
}

// How people are called in an address, the last of it or of a part; and no file, and not what is done there: `/users/sign_in`.
fn is_handle(units: &Units, at: usize, end: usize) -> bool {
    let is_last = matches!(units.byte(end), 0 | b'/' | b'?' | b';' | b'#' | b' ');
    let is_file =
        (at..end).any(|at| units.byte(at) == b'.' && FILES.split(' ').any(|file| units.word(at + 1, file).is_some()));
    let is_verb = VERBS.split(' ').any(|verb| units.is(at + verb.len(), b'Y') && is_here(units, at, verb));
    units.before(at) == b'/' && is_last && !is_file && !is_verb
}

fn is_here(units: &Units, at: usize, word: &str) -> bool {
    word.bytes().enumerate().all(|(place, byte)| units.byte(at + place) == byte)
}

/// What the word says that ends there, but for what stands between it and a value.
pub(super) fn before(units: &Units, at: usize) -> Option<usize> {
    let words = words_before(units, at)?;
    let mut text = &words[..];
    loop {
        let (shorter, line) = last_word(text)?;
        if let Some(kind) = line.checked_sub(1) {
            return Some(kind);
        }
        text = shorter.trim_ascii_end();
    }
}

// What is before the last word, and its line.
fn last_word(text: &[u8]) -> Option<(&[u8], usize)> {
    let own = &BY_LAST_BYTE[usize::from(*text.last()? % LISTS)];
    own.iter().find_map(|(word, line)| Some((ends_with(text, word)?, *line)))
}

// The text without that word at its end.
fn ends_with<'a>(text: &'a [u8], word: &[u8]) -> Option<&'a [u8]> {
    let rest = text.strip_suffix(word)?;
    let is_whole = word[0] >= 0x80 && word.len() > 8 || !rest.last().is_some_and(|last| is_of(*last, b'W'));
    is_whole.then_some(rest)
}

// The words before a place, in small letters, with a space between, up to a mark or a digit.
fn words_before(units: &Units, at: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for place in (at.saturating_sub(MOST_LOOKED_BACK)..at).rev() {
        let byte = units.byte(place);
        if byte < b' ' || units.is(place, b'#') {
            break;
        }
        if units.is(place, b'W') {
            bytes.push(byte.to_ascii_lowercase());
        } else if bytes.last() != Some(&b' ') {
            bytes.push(b' ');
        }
        if bytes.len() == 1 && at - place > MOST_BETWEEN {
            return None;
        }
    }
    bytes.reverse();
    bytes.truncate(bytes.trim_ascii_end().len());
    Some(bytes)
}

const MOST_LOOKED_BACK: usize = 40;
const MOST_BETWEEN: usize = 4;

/// By what the word says: how many digits, and characters, there are at least, how many letters at most, and what is decided.
const EXTENTS: [(usize, usize, usize, u8); 7] = [
    (4, 0, 99, LEFT),
    (0, 0, 0, LEFT),
    (0, 0, 0, LEFT),
    (12, 0, 99, CARD),
    (7, 0, 0, PHONE),
    (4, 7, 99, ID),
    (5, 6, 99, ID),
];

/// `ada.lovelace`, `ada_lovelace`, `AdaLovelace15`.
const HANDLES: &[&str] = &["A{1~.AO{0~", "A{1~YAO{0~", "U{01V{1~UO{0~"];
const FILES: &str = "html htm php asp aspx jsp js json";

/// The words, each with its line, by their last byte: to look through all of them would take longer than everything else.
static BY_LAST_BYTE: LazyLock<[Vec<Word>; LISTS as usize]> = LazyLock::new(|| {
    let mut lists = [const { Vec::new() }; LISTS as usize];
    for (line, words) in WORDS.split('\n').enumerate() {
        for word in words.split('|').map(str::as_bytes) {
            lists[usize::from(word[word.len() - 1] % LISTS)].push((word, line));
        }
    }
    lists
});
type Word = (&'static [u8], usize);
const LISTS: u8 = 32;

/// What may stand between a word and its number; then a line for each that a word says, in the order above: 3 are cards, 4 phones,
/// 5 papers and accounts.
const WORDS: &str = "\
number|no|nr|num|numero|número|numéro|nummer|n|is|was|am|on|le|il|op|el|den|at|back|me|us|card|code|番号|号码|號碼|は|是|номер\n\
isbn|ean|gtin|upc|asin|sku|mpn|art|article|artikel|art nr|item|items|itm|model|part|ref|reference|lego|p|dp|product\
|products|produkt|produit|producto|prod|book|books|listing|version|firmware|build|driver|ver|rev|windows|ral|pantone|din\
|pd\n\
token|magic|magic link|reset|reset password|password reset|edit|session|jsessionid|phpsessid|sid|sessionid|key|secret\
|apikey|auth|confirm|activate|unsubscribe|signature|sig\n\
invite|invitation|referral|otp\n\
card|karte|carte|tarjeta|cartão|carta|kaart|karta|карта|カード|卡号\n\
phone|telephone|tel|telefon|telefono|teléfono|téléphone|telefone|telefoon|mobile|mob|mobil|cellphone|handy|móvil|movil\
|celular|cellulare|mobiel|call|callback|sms|whatsapp|fax|rufen|anrufen|appelez|llame|chiama|contact|телефон|тел|телефон\
|电话|手机|電話|携帯|携帯電話|هاتف|الهاتف|اتصل|جوال|전화|전화번호|휴대폰|फ़ोन|โทร|תל|τηλ|τηλέφωνο\n\
ssn|social security|social insurance|sin|tfn|tax file|tin|tax|tax id|itin|ein|vat|abn|nino|national insurance|nhs\
|medicare|medicaid|passport|passports|driver license|driver licence|driving licence|drivers license|license|licence\
|licença|national id|identity|id card|identity card|verify|verification|account|bank account|iban|routing|bsb|konto\
|kontonummer|blz|compte|cuenta|conta|conto|rekening|steuer id|steuer|steuernummer|steueridentifikationsnummer|idnr\
|ausweis|personalausweis|reisepass|sozialversicherungsnummer|versichertennummer|rvnr|svnr|nir|sécu|sécurité sociale\
|passeport|dni|nie|nif|nuss|pasaporte|rfc|curp|rut|cuit|cuil|cédula|cedula|cpf|cnpj|cnh|passaporte|codice fiscale\
|partita iva|passaporto|tessera sanitaria|patente|bsn|burgerservicenummer|paspoort|rijbewijs|pesel|nip|dowód|dowodu\
|paszport|personnummer|cpr|cpr nr|fødselsnummer|henkilötunnus|hetu|rodné číslo|rč|cnp|oib|egn|amka|afm|tckn|kimlik\
|tc kimlik|ird|aadhaar|aadhar|nric|mykad|hkid|паспорт|инн|снилс|полис|マイナンバー|個人番号|パスポート|旅券|身份证|身份证号|身分證|护照|護照|주민등록\
|주민등록번호|여권|الهوية|جواز السفر|ת ז\n\
order|orders|order id|order received|order confirmation|track|tracking|parcel|shipment|invoice|bestellung|bestellnummer\
|sendung|commande|suivi|pedido|ordine|bestelling|zamówienie|заказ|注文|订单|customer|customer id|kunde|kundennummer|client\n\
born|birthday|birthdate|birth date|date of birth|dob|bday|birth|geboren|geburtstag|geburtsdatum|geb|né|née|naissance\
|nacido|nacida|nacimiento|nascimento|nascido|nascida|nato|nata|nascita|geboortedatum|geboorte|ur|urodzony|urodzona\
|urodzenia|född|født|syntynyt|narozen|narozena|doğum|doğum tarihi|рождения|род|родился|родилась|生年月日|誕生日|出生|出生日期|生日|생년월일\
|ميلاد|الميلاد\n\
lat|latitude|lng|lon|longitude|geo\n\
u|user|users|profile|profiles|member|members|wishlist|wishlists|customer|customers\n\
name|firstname|first name|lastname|last name|fname|lname|surname|fullname|full name|vorname|nachname|nom|prenom|nombre\
|nome|cognome";
const VERBS: &str = "sign log edit change reset forgot new my view create update delete index";
