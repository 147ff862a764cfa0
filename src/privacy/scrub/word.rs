//! What the word before a number or a name says that it is.

use super::place::degrees;
use super::units::{
    CARD, DATE, ID, LEFT, NAME, PHONE, PLACE, TOKEN, Units, is_alphanumeric, is_digit, is_one_of, is_word,
};
use std::sync::OnceLock;

/// Before what is behind a word: the number of a product, a version, a year.
pub(super) const PRODUCT: usize = 0;
/// Before a secret.
pub(super) const KEY: usize = 1;
const CODE: usize = 2;
const CARDS: usize = 3;
const PHONES: usize = 4;
const PAPERS: usize = 5;
const ORDERS: usize = 6;
const BIRTH: usize = 7;
const DEGREES: usize = 8;
const PERSON: usize = 9;
const NAMES: usize = 10;

pub(super) fn strike(units: &mut Units) {
    let mut at = 0;
    while at < units.len() {
        at += 1;
        let start = at - 1;
        if !is_start(units, start) {
            continue;
        }
        if let Some(word) = before(units, start)
            && let Some((end, decision)) = behind(units, start, word)
        {
            let signed = start - usize::from(is_one_of(units.before(start), b"+-") && matches!(word, DEGREES | PHONES));
            units.decide(signed, end, decision);
            at = end;
        }
    }
}

// Where a value may begin that is looked at: most words are none by their looks, and to look for a word costs more.
fn is_start(units: &Units, at: usize) -> bool {
    let (byte, before) = (units.byte(at), units.before(at));
    if !is_word(byte) || is_alphanumeric(before) || is_word(before) && !is_digit(byte) {
        return false;
    }
    let is_part = |at: &usize| is_word(units.byte(*at)) || is_one_of(units.byte(*at), b"-_.");
    let end = at + (at..at + MOST_LOOKED_BACK).take_while(is_part).count();
    let has = |is_so: fn(u8) -> bool| (at..end).any(|at| is_so(units.byte(at)));
    match before {
        // What goes on with a number is a part of it.
        b'-' | b'.' | b'_' if is_digit(units.before(at - 1)) => false,
        _ if is_digit(byte) => end > at + 3 || is_word(units.byte(end + 1)),
        b'=' => true,
        b'/' if has(|byte| is_one_of(byte, b"_.") || byte.is_ascii_uppercase()) => true,
        b'/' | b' ' | b':' | b';' => has(is_digit) && end > at + 5 || end > at + 15 && !has(|byte| byte == b'-'),
        _ => false,
    }
}

// What is behind the word, where it is of that kind: where it ends, and what is decided.
fn behind(units: &Units, at: usize, word: usize) -> Option<(usize, u8)> {
    let value = Extent::of(units, at);
    let found = |is_it: bool, decision| is_it.then_some((value.end, decision));
    match word {
        PRODUCT => found(value.digits > 3, LEFT),
        CARDS => found(value.digits > 11, CARD),
        PHONES => found((7..=15).contains(&value.digits) && value.letters == 0 && !value.is_years, PHONE),
        PAPERS => found(value.digits > 3 && value.digits + value.letters > 6 && !value.is_years, ID),
        ORDERS => found(value.digits > 4 && value.digits + value.letters > 5 && !value.is_years, ID),
        KEY | CODE => secret(units, at, word).map(|end| (end, TOKEN)),
        BIRTH => birthday(units, at).map(|end| (end, DATE)),
        DEGREES => degrees(units, at, 180, 2).map(|end| (end, PLACE)),
        PERSON if units.before(at) == b'/' => handle(units, at).map(|end| (end, NAME)),
        NAMES => given(units, at).map(|end| (end, NAME)),
        _ => None,
    }
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
    fn of(units: &Units, from: usize) -> Extent {
        let mut extent = Extent { end: from, digits: 0, letters: 0, is_years: true };
        let mut at = from;
        loop {
            let end = units.skip(at, is_alphanumeric);
            let digits = (at..end).filter(|at| is_digit(units.byte(*at))).count();
            // A letter alone is a part of some documents' numbers.
            if end == at || digits == 0 && (end > at + 1 || at == from) || extent.digits + digits > 34 {
                return extent;
            }
            extent.digits += digits;
            extent.letters += end - at - digits;
            let is_year = end == at + 4 && matches!((units.byte(at), units.byte(at + 1)), (b'1', b'9') | (b'2', b'0'));
            extent.is_years &= is_year;
            extent.end = end;
            at = units.skip(end, |byte| is_one_of(byte, b" -./()"));
            if at > end + 2 {
                return extent;
            }
        }
    }
}

// Behind a word for a secret that is long, or behind one for an invitation any code.
fn secret(units: &Units, at: usize, word: usize) -> Option<usize> {
    let end = units.skip(at, |byte| is_alphanumeric(byte) || is_one_of(byte, b"-_"));
    let has_digit = (at..end).any(|at| is_digit(units.byte(at)));
    let has_hyphen = (at..end).any(|at| is_one_of(units.byte(at), b"-_"));
    let has_case = (at..end).any(|at| units.byte(at).is_ascii_uppercase())
        && (at..end).any(|at| units.byte(at).is_ascii_lowercase());
    let is_long = end > at + 15 && (has_digit || has_case && !has_hyphen) || end > at + 23 && !has_hyphen;
    let is_secret = if word == CODE { end > at + 5 && has_digit } else { is_long };
    is_secret.then_some(end)
}

// A day as people write it, with the name of a month or without.
fn birthday(units: &Units, at: usize) -> Option<usize> {
    let (mut end, mut digits, mut words, mut here) = (at, 0, 0, at);
    while here < at + 24 && digits <= 8 {
        let byte = units.byte(here);
        if is_digit(byte) {
            digits += 1;
            end = here + 1;
        } else if is_word(byte) {
            words += usize::from(!is_word(units.before(here)));
        } else if !is_one_of(byte, b" -./,") {
            break;
        }
        if words > 1 && byte < 0x80 {
            break;
        }
        here += 1;
    }
    let is_day = (5..=8).contains(&digits) && end > at + 5 && !is_alphanumeric(units.byte(end));
    is_day.then_some(end)
}

// How people are called in an address: `ada.lovelace`, `ada_lovelace`, `AdaLovelace15`.
fn handle(units: &Units, at: usize) -> Option<usize> {
    let is_part = |byte| is_alphanumeric(byte) || is_one_of(byte, b"._");
    let end = units.skip(at, is_part);
    let is_inner = |place: &usize| place + 1 < end && *place > at;
    let is_joined = |place: usize| {
        let (byte, before, next) = (units.byte(place), units.before(place), units.byte(place + 1));
        is_one_of(byte, b"._") && before.is_ascii_alphabetic() && next.is_ascii_alphabetic()
            || byte.is_ascii_uppercase() && before.is_ascii_lowercase()
    };
    let is_last = matches!(units.byte(end), 0 | b'/' | b'?' | b';' | b'#' | b' ');
    let has_case = (at..end).any(|place| units.byte(place).is_ascii_uppercase());
    let dot = (at..end).rev().find(|place| units.byte(*place) == b'.');
    let is_file = dot.is_some_and(|dot| {
        matches!(units.byte(dot + 1) | 32, b'h' | b'p' | b'j' | b'a') && end - dot <= 5 && end - dot > 3
    });
    let is_name = (at..end).filter(is_inner).any(is_joined) && !is_file && (has_case || !has_verb(units, at));
    (is_last && is_name).then_some(end)
}

// `/users/sign_in`, `/profile/edit_address` name what is done there.
fn has_verb(units: &Units, at: usize) -> bool {
    let is_here = |verb: &str| verb.bytes().enumerate().all(|(place, byte)| units.byte(at + place) == byte);
    VERBS.split(' ').any(|verb| is_here(verb) && is_one_of(units.byte(at + verb.len()), b"._"))
}

// The value of a parameter: `name=Ada+Lovelace`.
fn given(units: &Units, at: usize) -> Option<usize> {
    let end = units.skip(at, |byte| is_word(byte) || is_one_of(byte, b" +.'-"));
    (units.before(at) == b'=' && end > at && end < at + 64).then_some(end)
}

/// What the word says that ends there, but for what stands between it and a value.
pub(super) fn before(units: &Units, at: usize) -> Option<usize> {
    let text = words_before(units, at)?;
    let mut text = text.as_str();
    while let Some(shorter) = FILLERS.split('|').find_map(|filler| ends_with(text, filler)) {
        text = shorter.trim_end_matches(' ');
    }
    let last = text.as_bytes().last()?;
    let index = INDEX.get_or_init(indexed);
    let found = index[usize::from(last % BUCKETS)].iter().find(|(_, word)| ends_with(text, word).is_some());
    found.map(|(kind, _)| *kind)
}

type Index = [Vec<(usize, &'static str)>; BUCKETS as usize];

// The words by their last byte: to look through all of them for each number takes longer than all the rest.
fn indexed() -> Index {
    let mut index = Index::default();
    for (kind, words) in WORDS.iter().enumerate() {
        for word in words.split('|') {
            let last = word.as_bytes()[word.len() - 1];
            index[usize::from(last % BUCKETS)].push((kind, word));
        }
    }
    index
}

static INDEX: OnceLock<Index> = OnceLock::new();
const BUCKETS: u8 = 32;

// The text without that word at its end.
fn ends_with<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let rest = text.strip_suffix(word)?;
    let is_whole =
        !word.as_bytes()[0].is_ascii() && word.len() > 8 || !is_word(*rest.as_bytes().last().unwrap_or(&b' '));
    is_whole.then_some(rest)
}

// The words before a place, in small letters, with a space between, up to a mark or a digit.
fn words_before(units: &Units, at: usize) -> Option<String> {
    let mut bytes = Vec::new();
    let first = at.saturating_sub(MOST_LOOKED_BACK);
    for place in (first..at).rev() {
        let byte = units.byte(place);
        if byte < b' ' || is_digit(byte) {
            break;
        }
        if is_word(byte) {
            bytes.push(byte.to_ascii_lowercase());
        } else if bytes.last() != Some(&b' ') {
            bytes.push(b' ');
        }
        if bytes.len() == 1 && at - place > MOST_BETWEEN {
            return None;
        }
    }
    bytes.reverse();
    // What begins in the middle of a character has lost its first word.
    let whole = bytes.iter().position(|byte| !(0x80..0xc0).contains(byte))?;
    let text = String::from_utf8(bytes.split_off(whole)).ok()?;
    Some(text.trim_end_matches(' ').to_owned())
}

const MOST_LOOKED_BACK: usize = 40;
const MOST_BETWEEN: usize = 4;

/// What may stand between a word and its number.
const FILLERS: &str = "number|no|nr|num|numero|número|numéro|nummer|n|is|was|am|on|le|il|op|el|den|at|back|me|us|card|code|番号|号码|號碼|は|是|номер";

/// By what they say, in the order above.
const WORDS: [&str; 11] = [
    "isbn|ean|gtin|upc|asin|sku|mpn|art|article|artikel|art nr|item|items|itm|model|part|ref|reference|lego|p|dp|product|products|produkt\
|produit|producto|prod|book|books|listing|version|firmware|build|driver|ver|rev|windows|ral|pantone|din|pd",
    "token|magic|magic link|reset|reset password|password reset|edit|session|jsessionid|phpsessid|sid|sessionid|key|secret|apikey|auth|confirm|activate\
|unsubscribe|signature|sig",
    "invite|invitation|referral|otp",
    "card|karte|carte|tarjeta|cartão|carta|kaart|karta|карта|カード|卡号",
    "phone|telephone|tel|telefon|telefono|teléfono|téléphone|telefone|telefoon|mobile|mob|mobil|cellphone|handy|móvil|movil|celular|cellulare\
|mobiel|call|callback|sms|whatsapp|fax|rufen|anrufen|appelez|llame|chiama|contact|телефон|тел|телефон|电话|手机|電話|携帯|携帯電話|هاتف|الهاتف|اتصل\
|جوال|전화|전화번호|휴대폰|फ़ोन|โทร|תל|τηλ|τηλέφωνο",
    "ssn|social security|social insurance|sin|tfn|tax file|tin|tax|tax id|itin|ein|vat|abn|nino|national insurance|nhs|medicare|medicaid|passport|passports\
|driver license|driver licence|driving licence|drivers license|license|licence|licença|national id|identity|id card|identity card|verify|verification\
|account|bank account|iban|routing|bsb|konto|kontonummer|blz|compte|cuenta|conta|conto|rekening\
|steuer id|steuer|steuernummer|steueridentifikationsnummer|idnr|ausweis|personalausweis|reisepass|sozialversicherungsnummer|versichertennummer|rvnr|svnr\
|nir|sécu|sécurité sociale|passeport|dni|nie|nif|nuss|pasaporte|rfc|curp|rut|cuit|cuil|cédula|cedula|cpf|cnpj|cnh|passaporte\
|codice fiscale|partita iva|passaporto|tessera sanitaria|patente|bsn|burgerservicenummer|paspoort|rijbewijs|pesel|nip|dowód|dowodu|paszport\
|personnummer|cpr|cpr nr|fødselsnummer|henkilötunnus|hetu|rodné číslo|rč|cnp|oib|egn|amka|afm|tckn|kimlik|tc kimlik|ird|aadhaar|aadhar|nric|mykad|hkid\
|паспорт|инн|снилс|полис|マイナンバー|個人番号|パスポート|旅券|身份证|身份证号|身分證|护照|護照|주민등록|주민등록번호|여권|الهوية|جواز السفر|ת ז",
    "order|orders|order id|order received|order confirmation|track|tracking|parcel|shipment|invoice|bestellung|bestellnummer|sendung|commande|suivi|pedido|ordine|bestelling|zamówienie\
|заказ|注文|订单|customer|customer id|kunde|kundennummer|client",
    "born|birthday|birthdate|birth date|date of birth|dob|bday|birth|geboren|geburtstag|geburtsdatum|geb|né|née|naissance|nacido|nacida|nacimiento|nascimento|nascido\
|nascida|nato|nata|nascita|geboortedatum|geboorte|ur|urodzony|urodzona|urodzenia|född|født|syntynyt|narozen|narozena|doğum|doğum tarihi|рождения|род|родился|родилась\
|生年月日|誕生日|出生|出生日期|生日|생년월일|ميلاد|الميلاد",
    "lat|latitude|lng|lon|longitude|geo",
    "u|user|users|profile|profiles|member|members|wishlist|wishlists|customer|customers",
    "name|firstname|first name|lastname|last name|fname|lname|surname|fullname|full name|vorname|nachname|nom|prenom|nombre|nome|cognome",
];
const VERBS: &str = "sign log edit change reset forgot new my view create update delete index";
