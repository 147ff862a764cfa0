//! What a field is called, in 24 languages: the twelve that most of the web is written in, and those of the countries where shops use
//! the tracker.
//!
//! A sign is taken apart into words in small letters without accents, and without the words that say nothing, such as "your" and
//! "number": what is left of "Card number *" is "card", and of "Gift card number" "gift card". So a word counts where it stands as a
//! word, and one of many meanings only where nothing else stands with it.

/// Words for one thing, and what it is called in a refusal. In the words, a space is the edge of a word; behind `=` stands what counts
/// only where it is all that a sign says, or a clause of it; the others count wherever they stand.
type Meaning = (&'static str, &'static str);

/// Adds the words of a text, each between spaces, and each clause between line feeds: as it is, and without what says nothing.
pub(super) fn fold(text: &str, out: &mut String) {
    let (mut word, mut all, mut core) = (String::new(), String::new(), String::new());
    let mut before = ' ';
    for c in text.chars().filter(|c| !is_ignored(*c)).take(MOST_READ).chain(['\n']) {
        let is_part = c > '\u{a0}' && !is_sign(c) || c.is_ascii_alphanumeric();
        let is_new = before.is_ascii_lowercase() && c.is_ascii_uppercase()
            || before.is_ascii_alphanumeric()
                && c.is_ascii_alphanumeric()
                && before.is_ascii_digit() != c.is_ascii_digit();
        if !is_part || is_new {
            end_word(&word, &mut all, &mut core);
            word.clear();
        }
        if is_part {
            word.push(small(c));
        } else if !matches!(c, ' ' | '_' | '-' | '\'' | '’' | '&' | '$' | '+' | '\u{a0}' | '\u{3000}') {
            // "City/Town" is two things, "MM/YY" one.
            if c != '/' {
                end_clause(&mut all, out);
            }
            end_clause(&mut core, out);
        }
        before = if is_part { c } else { ' ' };
    }
}

// Digits alone say nothing, and Arabic has its article before the word.
fn end_word(word: &str, all: &mut String, core: &mut String) {
    let own = word.strip_prefix("ال").filter(|own| own.len() > 5).unwrap_or(word);
    if own.is_empty() || own.bytes().all(|byte| byte.is_ascii_digit()) {
        return;
    }
    let spaced = [" ", own, " "].concat();
    all.push_str(&spaced[..=own.len()]);
    if !FILLERS.contains(&spaced) {
        core.push_str(&spaced[..=own.len()]);
    }
}

fn end_clause(clause: &mut String, out: &mut String) {
    if !clause.is_empty() {
        out.push_str(clause);
        out.push_str(" \n");
        clause.clear();
    }
}

/// The first of the words that is there, with what it means.
pub(super) fn word(signs: &str, meanings: &[Meaning]) -> Option<(&'static str, &'static str)> {
    let has = |word: &&str| match word.strip_prefix('=') {
        Some(alone) => signs.split('\n').any(|clause| clause.trim_matches(' ') == alone),
        None => has_part(signs.as_bytes(), word.as_bytes()),
    };
    meanings.iter().find_map(|(what, words)| words.split('|').find(has).map(|word| (*what, word)))
}

// Most parts differ in the first byte already.
fn has_part(signs: &[u8], word: &[u8]) -> bool {
    signs.windows(word.len()).any(|part| part[0] == word[0] && part == word)
}

/// The small letter without its accent, in the alphabets of the words below.
fn small(c: char) -> char {
    let code = c as u32;
    let plain = |code: u32| char::from_u32(code).unwrap_or(c);
    match c {
        'A'..='Z' | 'А'..='Я' | 'Α'..='Ω' => plain(code + 32),
        'À'..='ſ' => char::from(PLAIN.as_bytes()[(code - 0xc0) as usize]),
        'Ѐ'..='Џ' => plain(if c == 'Ё' { 'е' as u32 } else { code + 80 }),
        'ё' => 'е',
        'Ґ' | 'ґ' => 'г',
        'Ș' | 'ș' => 's',
        'Ț' | 'ț' => 't',
        'Ά' | 'ά' => 'α',
        'Έ' | 'έ' => 'ε',
        'Ή' | 'ή' => 'η',
        'Ί' | 'ί' | 'ϊ' => 'ι',
        'Ό' | 'ό' => 'ο',
        'Ύ' | 'ύ' => 'υ',
        'Ώ' | 'ώ' => 'ω',
        'ς' => 'σ',
        'أ' | 'إ' | 'آ' => 'ا',
        _ => c,
    }
}

// Soft hyphens, what has no width, accents and vowels written apart.
fn is_ignored(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{300}'..='\u{36f}' | '\u{640}' | '\u{64b}'..='\u{652}' | '\u{591}'..='\u{5c7}')
}

// What ends a clause, or a word, beyond ASCII.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{a1}'..='\u{bf}' | '×' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3020}' | '・' | '،' | '؛' | '؟')
        || matches!(c, '！'..='／' | '：'..='＠')
}

/// How much of a text is read, in characters: a label may hold the terms of a contract.
const MOST_READ: usize = 5_000;

/// The letters from U+00C0 to U+017F.
const PLAIN: &str = "aaaaaaaceeeeiiiidnoooooxouuuuytsaaaaaaaceeeeiiiidnooooo/ouuuuyty\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllllllln\
nnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// What says nothing of its own.
const FILLERS: &str = " number numbers no nr num n s d l is are you your my our the a an of on in for to and or please enter type this here field form input \
txt text tb lbl ctl control main content frm inp val required optional current new confirm confirmation repeat retype again first1 primary secondary default full contact customer client user member account \
billing shipping delivery ship bill invoice numero nummer numer nomor de du des la le les el los las un une der die das dem den des ein eine von zu und ihr ihre ihren dein deine bitte \
votre vos ton tu tus su sus te y e et il lo i o di del della dell da do dos das em um uma seu sua het een van je uw en w na twoj twoje podaj prosze и ваш ваша ваше ваши введите номер \
din ditt dit dine og och av af for ange oma vas vase zadejte cislo numar numarul szam numarasi arithmos αριθμοσ nie1 رقم ";

pub(super) const NEVER: &[Meaning] = &[
    (
        "a secret",
        " passw| passc| passphrase|=pass|=passwd| pwd|=pin| pin code| pincode|=otp| one time| fa code| authenticator| security code| securitycode| security answer| security question\
| secret question| secret answer| maiden| verification code| sms code| kennwort| geheimzahl| passwort| prufziffer| sicherheitscode| sicherheitsfrage| bestatigungscode| contrase| clave acceso| codigo seguridad\
| codigo verificacion| mot passe| motdepasse| code secret| code securite| code confirmation| cryptogramme| senha| palavra passe| palavrapasse| codigo verificacao|=parola|=parola accesso| codice sicurezza| codice verifica| wachtwoord| beveiligingscode\
| pincode| haslo| kod sms| kod bezpieczenstwa| парол| код безопасности| код смс| код из смс| пин код|=пин|パスワード|暗証|セキュリティコード|認証コード|確認コード|密码|密碼|验证码|驗證碼|安全码|安全碼\
|كلمة مرور|كلمة المرور|كلمة السر|كلمة سر|الرقم السري|رمز الامان|رمز امان|=سري|رمز التحقق| losenord| sakerhetskod| engangskod| adgangskode| sikkerhedskode| passord| sikkerhetskode| salasana| turvakoodi| tunnusluku| heslo| bezpecnostni kod| sifre| guvenlik kodu|비밀번호|보안코드|보안 코드|인증번호|인증 번호\
| κωδικοσ προσβαση| κωδικοσ ασφαλ|=κωδικοσ| парол| код безпеки| cod securitate| jelszo| biztonsagi kod|סיסמה|סיסמא|קוד אבטחה",
    ),
    (
        "a card or account",
        "=card| cardnumber| card number| cardno| cardnum| cardholder| card holder name| card name| name card|=name as it appears card| card cvc| card cvv| card code| card security| card expir|=card details|=card type| credit card| creditcard| debit card| debitcard| bank card| payment card\
| ccnum| ccn | cc name| cc exp| cc cvc| cc csc| ccname| ccexp| cccvc|=cc| ccv| cvv| cvn| cvc| csc | expir| expdate| exp date| exp month| exp year| expmonth| expyear| valid thru| valid until| mm yy| mm jj| mm aa| iban| bic |=bic| swift|=bsb| bank account| bankaccount| sort code| sortcode| routing\
| kreditkart| kartennum| kartenprufn| karteninh|=karte| gultig bis| ablaufdatum| bankverbind| kontonum| kontoinh| blz | bankleitzahl| tarjeta credito| tarjeta debito|=tarjeta| titular tarjeta| nombre tarjeta| caducidad| vencimiento| cuenta bancaria|=cuenta| cartao credito|=cartao| nome cartao\
| titular cartao|=validade| data validade| conta bancaria|=conta| carte bancaire| carte banc| carte credit| carte bleue|=carte| titulaire carte| nom carte| date expiration| compte bancaire|=compte|=rib| releve identite|=carta| carta credito| carta debito| numero carta| intestatario carta| titolare carta|=scadenza| data scadenza|=conto| conto corrente\
| kaartnum| kaarthoud|=kaart| creditcard| vervaldatum| rekeningnum|=rekening|=karta|=karty| karta kredyt| karty kredyt| posiadacz karty| data waznosci| rachunk| konto bank|=konta| карта банк| карты банк| банковск|=карта|=карты| держатель карт| срок действия|=счет|=счета\
|カード番号|カード名義|クレジットカード|=カード|有効期限|口座|信用卡|银行卡|銀行卡|=卡号|=卡號|持卡人|有效期|银行账|银行帐|銀行帳|بطاقة ائتمان|بطاقة الائتمان|بطاقه ائتمان|=بطاقة|رقم بطاقة|صلاحية|تاريخ انتهاء|تاريخ الانتهاء|=حساب|حساب بنك|حساب بنكي\
| kortnum| kreditkort|=kort| utgangsdat| kontonum| udlobsdat| utlopsdat| kortin numero| luottokort|=kortin| voimassaolo| tilinumero|=karty| platnost karty| kreditni kart| cislo uctu|=uctu|=kart| kart numar| kredi karti| kart uzerinde| son kullanma| hesap numar|=카드|카드번호|카드 번호|신용카드|유효기간|유효 기간|계좌\
|=καρτασ|=καρτα| πιστωτικ| χρεωστικ| ληξησ|=ληξη|=картки|=картка| кредитн| термін дії|=рахунку| numar card| numarul card| data expirarii| cont bancar| kartyaszam| bankkarty| lejarat| bankszamla|כרטיס אשראי|תוקף",
    ),
    (
        "a document of identity",
        " ssn| social sec| social insur| national insur| socialsec|=insurance| insurance policy| nino |=nino| national id| nationalid| government id| government issued| identity card| identity doc| identification|=id| id card| passport| pasaport| driver licen| drivers licen| driving lic| driver s lic| drivers lic| driverlic| licence holder| tax id| taxid| tax file| taxpayer| tax code|=tax|=tin|=tfn|=ein|=itin|=sin|=vat| aadha| nhs | pan card\
| reisepass| passnum|ausweis| fuhrerschein| sozialvers| versichertennum| versicherungsnum| steuernum| steuerident| steuer id|=steuer| dni |=nie|=rfc|=rut|=curp|=cuit| cedula| documento identidad|=documento| licencia conducir| carnet conducir| seguridad social| seguro social| permis conduire| carte identit| piece identit| passeport|=nir|=secu| securite sociale|=cni| carte vitale| fiscal|=mutuelle\
| codice fisc|=cf|=cf1| partita iva| documento identita| carta identita| passaport|=patente| tessera sanit| cpf | cnpj |=rg|=cnh| carta conducao| carteira motor| bilhete identidade| contribuinte|=nif| cartao cidadao| passaporte| bsn |=bsn| burgerservice| sofinum| paspoort| rijbewijs| id kaart| identiteits| pesel |=nip| dowod| paszport| prawo jazdy\
| паспорт|=инн| снилс| водительск| удостоверен| полис|旅券|パスポート|マイナンバー|個人番号|免許証|保険証|身份证|身份證|身分證|身分证|护照|護照|驾驶证|驾照|駕照|社保|健保|جواز سفر|جواز السفر|جواز|هوية|رخصة قيادة|رخصة القيادة|=اقامة\
| personnum|=pass| korkort| cpr | korekort| fodselsnum| forerkort| henkilotunnus| hetu | ajokort| passin | rodne cis|=rodne| ridicsk| obcansk|=op| cestovni pas| kimlik| ehliyet|주민등록|여권|운전면허|외국인등록|=αφμ| αφμ | ταυτοτητ| διαβατηρι| αμκα | διπλωμα οδηγ| рнокпп|=інн|=іпн| посвідчен| cnp |=cnp| buletin| carte identitate| permis conducere\
| szemelyi| adoazon| ado azon| taj szam|=taj| jogositvany| utlevel|תעודת זהות|דרכון|רישיון נהיגה",
    ),
    (
        "health",
        " diagn| medical|=health| health condition| health history| health problem| health issue| health status| health insur| healthcare| disease| illness| disabil|=handicap| pregnan| due date| prescri| symptom| allerg| alerg| medicat|=medicine| injur| hiv | diabet| vaccin| blood type| blood group|=blood|=weight\
| krank|=gesundheit| gesundheitszust| behinder| blutgrupp| schwanger| medikament|=medicamentos|=medicamento| embaraz| discapac| grupo sanguineo| enfermed|=salud| estado salud| historial medic| gross?esse| grossesse| enceinte| medicament| maladie| groupe sanguin|=sante| etat sante| mutuelle\
| farmac| gruppo sanguign| gravid| malatti|=salute| stato salute| disabil| doenca| deficienc|=saude| tipo sanguineo| ziekte| zwanger| medicijn| bloedgroep|=gezondheid| zorgverzeker| choroba| choroby| ciaz| leki | niepelnospr| grupa krwi|=zdrowie| stan zdrowia\
| беременн| аллерг| диагноз| болезн| заболев| инвалид| лекарств| группа крови|=здоровье| состояние здоровья|アレルギー|妊娠|血液型|既往|診断|病名|病歴|持病|疾患|服用|=障害|障害者|=健康|健康状態|怀孕|懷孕|血型|过敏|過敏|病史|疾病|诊断|残疾|=健康状况|=健康\
|=صحة|=الصحة|امراض|تشخيص|مرض|حامل|=حمل|=الحمل|حساسية|فصيلة دم|فصيلة الدم|اعاقة|ادوية| sjukdom| sygdom| sykdom| handikapp| graviditet|=gravid| raskau| sairau| tehoten| nemoc| zdravotni| hamile| hastalik| alerji| engelli| kan grubu|알레르기|임신|질병|병력|장애|혈액형\
| αλλεργι| εγκυμοσ| ασθενει| алергі| вагітн| хвороб| sarcin| insarcinat| boal| terhes| betegseg|אלרגי|הריון|מחלה",
    ),
];

pub(super) const PERSONAL: &[Meaning] = &[
    (
        "a way to reach somebody",
        " email| e mail|=mail| mailaddr| mail addr| correo| courriel|почт |=почта| эл почта| электронная почта|メール|邮箱|郵箱|电子邮件|電子郵件|بريد|이메일| eposta| e posta| sahkoposti| ηλεκτρονικ| email\
|=phone| phonenum| phone home| phone mobile| phone phone|=home phone|=mobile phone|=cell phone|=work phone|=daytime phone|=phone mobile| telephone|=tel|=mobile|=cell|=fax| whatsapp| whats app| mobilenum| mobile no| telefonnum|=telefon|=telefonu|=handy| handynum| mobilnum|=mobil| rufnum|=telefono|=telefone|=movil| telefono movil|=celular|=telemovel| telephon|=portable|=cellulare\
|=telefoon| telefoonnum|=mobiel| komorkow|=телефон|=телефона| мобильн телефон|=мобильный|電話|电话|携帯番号|携帯電話|手机号|手機號|هاتف|جوال|=telefonni| telefonni| puhelin|전화|휴대폰|휴대전화|연락처| τηλεφων|=κινητο|=мобільний| telefonszam|=telefonszam|טלפון|נייד",
    ),
    (
        "a name",
        "=name| first name| last name| firstname| lastname| fullname|=full name| fname | lname | surname| forename| given name| family name| middle name| username| user name|=nickname|=recipient| recipient name| name recipient| mrs |=mr|=salutation|=company| company name|=organisation|=organization\
|=anrede| vorname| nachname| benutzername|=firma| firmenname|=name vorname|=nombre| nombre completo|=apellido|=apellidos| prenom|=nom| nom famille| civilite| raison sociale|=nome| nome completo| cognome| sobrenome|=apelido| nome utente|=naam| voornaam| achternaam| gebruikersnaam| imie |=imie| nazwisk|=имя|=фио| фамили| отчеств\
|氏名|お名前|=姓|=名|=名前|フリガナ|ふりがな|会社名|姓名|=名字|收货人|收件人|联系人|=اسم|=الاسم|اسم كامل|اسم عائلة| fornamn| efternamn|=namn| fornavn| efternavn| etternavn|=navn| etunim| sukunim|=nimi|=jmeno| prijmeni|=ad|=adi|=adiniz| soyad| ad soyad|=이름|=성명|성함|=ονομα| επωνυμο| ονοματεπωνυμο|=ім я|=імя| прізвищ| prenume| nume famil|=nume| keresztnev| vezeteknev|=nev|=teljes nev|שם פרטי|שם משפחה|=שם",
    ),
    (
        "an address",
        "=address| street addr|=street address| address line| home address| postal addr| addressline|=addr| addr |=addr line| address address|=street| street house| street name|=city|=town| suburb|=state|=county|=province|=region|=country| postcode| post code| postal code| postalcode| zipcode| zip code|=zip| license plate| licence plate| numberplate\
| anschrift|=adresse| lieferadress|=strasse|=strase| hausnum| postleitzahl|=plz|=ort|=wohnort|=stadt|=land|=bundesland|=calle|=direccion|=domicilio|=ciudad|=provincia|=codigo postal| codigo postal| codigopostal| code postal|=rue|=ville|=adresse postale|=pays|=via|=cap|=citta|=indirizzo| indirizzo casa|=comune|=paese|=rua|=cep|=cidade|=endereco|=morada|=localidade|=straat|=woonplaats|=plaats|=adres|=postcode|=huisnummer| huisnum\
|=ulica|=ulicy|=miasto|=miejscowosc| kod pocztowy|=adresat|=адрес|=улица|=город|=индекс| почтовыи индекс| почтовый индекс|住所|郵便番号|都道府県|市区町村|=番地|地址|=城市|邮编|郵編|邮政编码|郵遞區號|=街道|=省份|=عنوان|=شارع|=مدينة|=الشارع|رمز بريدي|الرمز البريدي|=gata| gatuadress|=adress| postnum|=postort|=vej|=by|=gate| katuosoit|=osoite| postinum|=postitoimipaikka|=psc|=mesto|=ulice|=adresa\
|=sehir|=ilce| posta kodu|=sokak|주소|우편번호|=διευθυνση|=πολη|=οδοσ| ταχυδρομικ|=τκ|=місто|=вулиця|=адреса| поштовии індекс| поштовий індекс|=strada|=oras| cod postal|=utca|=varos|=cim| iranyitoszam|כתובת|=עיר|=רחוב|מיקוד",
    ),
    (
        "a birthday, an age or a gender",
        " birth |=birthday| birthdate| date birth| dateofbirth| dob |=age|=gender|=sex| geburt| geschlecht|=alter| naissance|=sexe|=genre| nacimiento|=sexo|=genero|=edad| nascimento| nascita|=sesso| geboorte| geslacht| urodz|=plec| рожд|=пол|=возраст|生年|生日|誕生日|出生|性别|性別|=年齢|=年龄|ميلاد|=جنس|=الجنس| fodelse|=kon| fodselsd|=kjonn| syntym|=sukupuoli| narozen|=pohlavi| dogum|=cinsiyet|생년월일|생일|성별|=나이\
| γεννησ|=φυλο| народж|=стать| nasterii|=sex | szuletes|=neme|תאריך לידה|=מין",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_its_letters() {
        assert_eq!(PLAIN.len(), 0x180 - 0xc0);
        for (c, wanted) in [
            ('É', 'e'),
            ('ß', 's'),
            ('ñ', 'n'),
            ('ł', 'l'),
            ('Ş', 's'),
            ('ž', 'z'),
            ('ő', 'o'),
            ('İ', 'i'),
            ('ű', 'u'),
            ('č', 'c'),
            ('ğ', 'g'),
            ('ę', 'e'),
            ('ř', 'r'),
            ('ť', 't'),
        ] {
            assert_eq!(small(c), wanted, "{c}");
        }
    }

    /// Else it would never be found.
    #[test]
    fn every_word_is_written_as_it_is_folded() {
        for (_, words) in NEVER.iter().chain(PERSONAL) {
            for word in words.split('|') {
                let folded: String = word.chars().map(small).collect();
                assert_eq!(folded, word);
                assert!(!word.is_empty());
            }
        }
    }
}
