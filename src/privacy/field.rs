//! Which fields of a form may be kept, where a policy names them.
//!
//! A field that no policy names is not even read. Of those that one names, this is the second lock: it knows a field by its
//! type, by the HTML standard's autofill tokens, and by words in its name, id and label, in the ten languages that
//! most of the web is written in (W3Techs: English, Spanish, German, Japanese, French, Portuguese, Russian, Italian, Dutch,
//! Polish), Chinese and Arabic. No list of words finds every such field, so it is no substitute for naming with care.

/// A field of a form, as its markup has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormField {
    /// Its `name`.
    pub name: Box<str>,
    /// Its `id`.
    pub id: Box<str>,
    /// What people call it: its labels, `aria-label` and placeholder, with a space between.
    pub label: Box<str>,
    /// The property `type` of the element.
    pub kind: Box<str>,
    /// Its attribute `autocomplete`.
    pub autocomplete: Box<str>,
    /// Its value, once it was read; empty for a box that is not ticked. Only that of a field which the policy keeps ever is.
    pub value: Option<Box<str>>,
}

/// What a field says of itself, or as much of it as is known.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs<'a> {
    pub(super) name: &'a str,
    pub(super) id: &'a str,
    pub(super) label: &'a str,
    pub(super) kind: &'a str,
    pub(super) autocomplete: &'a str,
}

/// Why a field must not be kept. `personal` says that the policy knows it to be personal.
pub(super) fn refusal(field: Signs<'_>, personal: bool) -> Option<&'static str> {
    let mut signs = String::from(" ");
    for (prefix, text) in
        [("", field.name), ("", field.id), ("", field.label), ("type:", field.kind), ("auto:", field.autocomplete)]
    {
        fold(prefix, text, &mut signs);
    }
    if has_any(&signs, NEVER) {
        Some("Only a field without secrets, cards, identity documents, health or free text can be kept.")
    } else if !personal && has_any(&signs, PERSONAL) {
        Some("It is personal, and kept only with \"personal\": true.")
    } else {
        None
    }
}

/// Adds the words of a text in small letters, each with a prefix before it and a space behind: `cardNumber`, `card-number` and
/// `Card number` are the same words. With a prefix they are tokens, which only white space parts.
fn fold(prefix: &str, text: &str, out: &mut String) {
    let mut before = ' ';
    out.push_str(prefix);
    for c in text.chars().take(MAX_READ) {
        let is_word = c > '\u{a0}' || c.is_ascii_alphanumeric() || !prefix.is_empty() && c > ' ';
        let is_new = prefix.is_empty()
            && (before.is_ascii_lowercase() && c.is_ascii_uppercase()
                || before.is_ascii_alphanumeric() && before.is_ascii_digit() != c.is_ascii_digit());
        if (is_new || !is_word) && before != ' ' {
            out.push(' ');
            out.push_str(prefix);
        }
        if is_word {
            out.push(small(c));
        }
        before = if is_word { c } else { ' ' };
    }
    out.push(' ');
}

/// The small letter, in the alphabets of the words below.
fn small(c: char) -> char {
    let code = match c {
        'A'..='Z' | 'À'..='Þ' | 'А'..='Я' => c as u32 + 32,
        'Ł' => 'ł' as u32,
        _ => c as u32,
    };
    char::from_u32(code).unwrap_or(c)
}

fn has_any(signs: &str, table: &str) -> bool {
    let has = |word: &str| {
        let (word, signs) = (word.as_bytes(), signs.as_bytes());
        // Most parts differ in the first byte already, and a form may have thousands of fields.
        signs.windows(word.len()).any(|part| part[0] == word[0] && part == word)
    };
    table.split('|').any(has)
}

/// How much of a name, id or label is read, in characters: a label may hold the terms of a contract.
const MAX_READ: usize = 300;

/// What is never kept; a space is the edge of a word. Types and tokens; secrets; cards and accounts; papers; health.
const NEVER: &str = "type:password|type:hidden|type:file|type:textarea|auto:cc-|auto:one-time|auto:current-p|auto:new-p\
|passw|passc| pass | pwd| pin | otp |security code|kennwort|contrase|mot de passe|motdepasse|senha|parola|wachtwoord|hasło|haslo\
|парол|パスワード|暗証|密码|المرور|card |cards |cardn|cardh| cc | cvv| cvc| csc |iban|kreditkart|kartenn|tarjeta|cartão|cartao|carta di\
|numero carta| mm yy| mm jj| mm aa|carte banc|carte de cr|karty |карт|カード|卡号|银行卡|信用卡|بطاق| ssn|social sec|national id|passport|pasaport|passaport\
|passeport|reisepass|paspoort|paszport|ausweis|tax id|driver| cpf | dni | bsn | pesel |codice fisc|sozialvers|seguridad social\
|sécurité sociale|паспорт|снилс|旅券|パスポート|マイナンバー|身份证|护照|جواز|هوية|diagn|health|medic|médic|disease|illness|disabil\
|pregnan|prescri|symptom|allerg|krank|gesundheit|santé|maladie|enfermedad| salud |saúde|doença|malatti|ziekte|chorob|диагн|здоров\
|болезн|診断|健康|病|疾|تشخ|مرض";

/// What is kept only where the policy says that it is personal: types and tokens; contacts; birth and sex.
const PERSONAL: &str = "type:email|type:tel|auto:name|auto:honor|auto:given|auto:addit|auto:family|auto:nick|auto:user|auto:email\
|auto:tel|auto:bday|auto:sex|auto:street|auto:addr|auto:postal|auto:country|auto:impp|auto:photo|auto:url\
|mail|correo|courriel|почт|メール|邮箱|بريد|phone|telef|téléph|телефон|電話|电话|هاتف|address|adres|direcci|endere|indirizz|адрес\
|住所|地址|first name|last name|surname|username|birth| dob |geburt|naissance|nacimiento|nascimento|nascita|geboorte|urodz|рожд|生年\
|生日|出生|ميلاد|gender| sex ";

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reason(field: [&str; 5], personal: bool) -> Option<&'static str> {
        let [name, id, label, kind, autocomplete] = field;
        refusal(Signs { name, id, label, kind, autocomplete }, personal)
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
