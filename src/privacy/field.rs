//! Which fields of a form may be kept, where a policy names them.
//!
//! A field that no policy names is not even read. Of those that one names, this is the second lock: it knows a field by its
//! type, by whether it is masked, by the HTML standard's autofill tokens, by the keyboard and the pattern that it asks for, and by
//! words in all that a person sees of it, see `words`. No list of words finds every such field, so it is no substitute for naming with
//! care.

use super::words::{Words, has_part};

/// A field of a form, as its markup has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormField {
    /// Its `name`.
    pub name: Box<str>,
    /// Its `id`.
    pub id: Box<str>,
    /// What people call it: its label and its placeholder.
    pub called: Box<str>,
    /// What people see of it and hear, a line each, normalised to NFKC: its labels, `aria-*`, placeholder and title, its legend, what
    /// stands beside it and the head of its column; its name and id as well.
    pub label: Box<str>,
    /// The property `type` of the element.
    pub kind: Box<str>,
    /// Its attribute `autocomplete`.
    pub autocomplete: Box<str>,
    /// Its attribute `inputmode`.
    pub inputmode: Box<str>,
    /// Its attribute `pattern`.
    pub pattern: Box<str>,
    /// Whether what is typed is shown as dots, by its type or by its style.
    pub masked: bool,
    /// Its value, once it was read; empty for a box that is not ticked. Only that of a field which the policy keeps ever is.
    pub value: Option<Box<str>>,
}

impl FormField {
    /// What a policy calls it: its name, or its id where it has none.
    pub(crate) fn name_or_id(&self) -> &str {
        if self.name.is_empty() { &self.id } else { &self.name }
    }
}

/// What a policy says of a field that it names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// That it is personal.
    pub(super) personal: bool,
    /// That it is not, whatever a word says.
    pub(super) not_personal: bool,
}

/// Why a field must not be kept.
pub(super) fn refusal(field: &FormField, said: Said, words: &Words) -> Option<Box<str>> {
    let mut marks = String::new();
    for (prefix, text) in [("type:", &field.kind), ("auto:", &field.autocomplete), ("mode:", &field.inputmode)] {
        for token in text.split_ascii_whitespace() {
            marks.push_str(prefix);
            marks.push_str(&token.to_ascii_lowercase());
            marks.push(' ');
        }
    }
    if field.masked {
        marks.push_str("masked ");
    }
    marks.push_str(shape(&field.pattern));
    let signs = if said.not_personal { ["", "", ""] } else { [&*field.name, &field.id, &field.label] };
    let signs = words.folded(signs);
    let found = |marked: &'static str, sort| {
        let mark = marked
            .split('|')
            .find(|mark| has_part(marks.as_bytes(), mark.as_bytes()))
            .map(|mark| ("what it holds", "its markup", mark));
        mark.or_else(|| words.meaning(sort, &signs).map(|(what, word)| (what, "the word", word)))
    };
    let told = |(what, by, word): (&str, &str, &str), then: &str| {
        let word = word.trim_matches(['=', ' ']);
        [what, ", by ", by, " \"", word, "\": ", then].concat().into()
    };
    if let Some(found) = found(NEVER_MARKED, '!') {
        return Some(told(found, "never kept."));
    }
    if !words.are_known() {
        return Some(UNKNOWN.into());
    }
    let found = if said.personal { None } else { found(PERSONAL_MARKED, '?') };
    found.map(|found| told(found, "kept only with \"personal\": true."))
}

// What a pattern asks for: an e-mail address, a card's number, a social security number.
fn shape(pattern: &str) -> &'static str {
    let has = |part: &str| has_part(pattern.as_bytes(), part.as_bytes());
    let fours = pattern.as_bytes().windows(3).filter(|part| *part == b"{4}").count();
    if fours > 2 || "{16}|{13,1|{14,1|{15,1|{12,19".split('|').any(has) {
        "pattern:card "
    } else if fours > 0 && has("{3}") && has("{2}") {
        "pattern:id "
    } else if has("@") {
        "pattern:mail "
    } else {
        ""
    }
}

/// Without the words nobody knows what it is, whatever the policy says.
const UNKNOWN: &str = "The words that tell what a field is could not be loaded: not kept.";

/// What is never kept, by types, tokens, style and pattern.
const NEVER_MARKED: &str = "type:password |type:hidden |type:file |type:textarea |masked |auto:cc-|auto:one-time|auto:current-p|auto:new-p\
|pattern:card |pattern:id ";

/// What is kept only where the policy says that it is personal.
const PERSONAL_MARKED: &str = "type:email |type:tel |mode:email |mode:tel |pattern:mail |auto:name |auto:honor|auto:given|auto:addit|auto:family\
|auto:nick|auto:user|auto:email|auto:tel|auto:bday|auto:sex |auto:street|auto:addr|auto:postal|auto:country|auto:impp|auto:photo|auto:url\
|auto:organization";

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reason(field: [&str; 5], personal: bool) -> Option<Box<str>> {
        let [name, id, label, kind, autocomplete] = field.map(Into::into);
        let field = FormField { name, id, label, kind, autocomplete, ..FormField::default() };
        refusal(&field, Said { personal, not_personal: false }, &Words::default())
    }

    fn is_refused(name: &str, kind: &str, autocomplete: &str, personal: bool) -> bool {
        reason([name, "", "", kind, autocomplete], personal).is_some()
    }

    #[test]
    fn no_policy_keeps_a_secret() {
        for (kind, autocomplete) in [
            ("password", ""),
            ("hidden", ""),
            ("file", ""),
            ("textarea", ""),
            ("PASSWORD", ""),
            ("text", "cc-number"),
            ("text", "section-pay billing cc-csc"),
            ("text", "CC-EXP"),
            ("text", "one-time-code"),
            ("text", "current-password webauthn"),
            ("text", "new-password"),
        ] {
            assert!(is_refused("field", kind, autocomplete, true), "{kind} {autocomplete}");
        }
    }

    #[test]
    fn names_and_labels_tell_what_is_never_kept_in_many_languages() {
        for text in [
            // A password or PIN, a card, its code, an identity document, a diagnosis.
            &[
                "Password",
                "user_pass",
                "PIN",
                "cardNumber",
                "Card number",
                "CVV",
                "cvc2",
                "ssn",
                "Passport no.",
                "IBAN",
                "diagnosis",
            ][..],
            &["Contraseña", "CONTRASEÑA", "número de tarjeta", "Pasaporte", "DNI", "diagnóstico", "enfermedad"],
            &["Kennwort", "Passwort", "Kreditkartennummer", "Reisepass", "Personalausweis", "Krankheit", "Diagnose"],
            &["パスワード", "暗証番号", "カード番号", "旅券番号", "マイナンバー", "診断名"],
            &[
                "Mot de passe",
                "Numéro de carte bancaire",
                "Passeport",
                "numéro de sécurité sociale",
                "MALADIE",
                "Santé",
            ],
            &["Senha", "Número do cartão", "CPF", "Passaporte", "Doença", "SAÚDE"],
            &["Пароль", "ПАРОЛЬ", "Номер карты", "Паспорт", "СНИЛС", "Диагноз"],
            &["Password di accesso", "Numero carta", "Codice fiscale", "Passaporto", "malattia"],
            &["密码", "信用卡号", "身份证号码", "护照", "疾病"],
            &["كلمة المرور", "رقم البطاقة", "جواز السفر", "رقم الهوية", "تشخيص"],
            &["Wachtwoord", "BSN", "paspoort", "Hasło", "HASŁO", "numer karty", "PESEL"],
        ]
        .concat()
        {
            assert!(is_refused(text, "text", "", true), "{text}");
            assert!(reason(["x", "y", text, "", ""], true).is_some(), "{text} as a label");
        }
    }

    #[test]
    fn what_is_personal_needs_to_be_called_so() {
        for (name, kind, autocomplete) in [
            ("contact", "email", ""),
            ("contact", "tel", ""),
            ("x", "text", "bday-day"),
            ("x", "text", "shipping tel-national"),
            ("x", "text", "home street-address"),
            ("x", "text", "address-line1"),
            ("x", "text", "given-name"),
            ("x", "text", "country-name"),
            ("x", "text", "username"),
            ("dateOfBirth", "date", ""),
            ("Geburtsdatum", "text", ""),
            ("email_address", "text", ""),
            ("E-Mail", "text", ""),
            ("Телефон", "text", ""),
            ("電話番号", "text", ""),
            ("first-name", "text", ""),
        ] {
            assert!(is_refused(name, kind, autocomplete, false), "{name} {kind} {autocomplete}");
            assert!(!is_refused(name, kind, autocomplete, true), "{name} {kind} {autocomplete}");
        }
    }

    #[test]
    fn what_a_shop_asks_may_be_kept() {
        for text in [
            "size",
            "shoeSize",
            "colour",
            "topic",
            "interests[]",
            "store",
            "quantity",
            "gift_wrap",
            "newsletter",
            "cardigan-fit",
            "shopping",
            "spinning",
            "Größe",
            "Talla",
            "taille",
            "サイズ",
            "尺码",
            "размер",
            "taglia",
            "tamanho",
            "maat",
            "rozmiar",
            "beden",
            "المقاس",
            "delivery day",
            "how did you hear of us?",
        ] {
            assert!(!is_refused(text, "select-one", "off", false), "{text}");
        }
    }

    #[test]
    fn a_refusal_says_what_the_field_was_taken_for_and_by_which_word() {
        for (field, told) in [
            (["f", "", "Nummer der Kreditkarte", "", ""], "a card or account, by the word \"kreditkart\": never kept."),
            (["f", "", "", "password", ""], "what it holds, by its markup \"type:password\": never kept."),
            (
                ["f", "", "Telefon", "", ""],
                "a way to reach somebody, by the word \"telefon\": kept only with \"personal\": true.",
            ),
        ] {
            assert_eq!(&*reason(field, false).unwrap(), told);
        }
    }

    #[test]
    fn what_is_said_not_to_be_personal_lifts_what_a_word_says_and_nothing_else() {
        let said = Said { personal: false, not_personal: true };
        let field = FormField { name: "telephone".into(), label: "Card number".into(), ..FormField::default() };
        assert_eq!(refusal(&field, said, &Words::default()), None);
        for marked in [
            FormField { kind: "tel".into(), ..field.clone() },
            FormField { kind: "password".into(), ..field.clone() },
            FormField { autocomplete: "cc-number".into(), ..field.clone() },
            FormField { masked: true, ..field.clone() },
        ] {
            assert!(refusal(&marked, said, &Words::default()).is_some(), "{marked:?}");
        }
    }

    #[test]
    fn without_the_words_no_field_is_kept() {
        let field = FormField { name: "size".into(), ..FormField::default() };
        for said in [
            Said::default(),
            Said { personal: true, not_personal: false },
            Said { personal: false, not_personal: true },
        ] {
            assert_eq!(refusal(&field, said, &Words::given(None)).as_deref(), Some(UNKNOWN));
            let card = FormField { autocomplete: "cc-number".into(), ..field.clone() };
            assert!(refusal(&card, said, &Words::given(None)).unwrap().ends_with("never kept."));
        }
    }

    #[test]
    fn words_count_and_not_parts_of_them() {
        for (text, is_kept) in [
            ("Graphics card", true),
            ("Gift card amount", true),
            ("Card no. *", false),
            ("Ski pass", true),
            ("user_pass", false),
            ("Sex and the City DVD", true),
            ("Headphones", true),
            ("Your phone number", false),
            ("billing[city]", false),
            ("Town/City", false),
            ("MM/JJ", false),
            ("Width (mm)", true),
            ("City bike", true),
            ("Pass\u{ad}wort", false),
            ("Gesundheit & Pflege", true),
            ("健康食品", true),
            ("ギフトカード", true),
        ] {
            assert_eq!(reason(["f", "", text, "", ""], false).is_none(), is_kept, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_field_is_harmless(texts in any::<[String; 3]>(), kind in any::<String>(), autocomplete in any::<String>()) {
            let [name, id, label] = &texts;
            let field = [name, id, label, &kind, &autocomplete].map(String::as_str);
            prop_assert!(reason(field, true).is_none() || reason(field, false).is_some());
        }

        #[test]
        fn a_secret_is_refused_whatever_stands_around_it(before in "[ -~]{0,20}", after in "[ -~]{0,20}") {
            let name = format!("{before} cardNumber {after}");
            prop_assert!(is_refused(&name, "text", "", true), "{}", name);
        }
    }
}
