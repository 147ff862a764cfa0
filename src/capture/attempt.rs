//! Whether a site took what a form was submitted with, where a script sends it.
//!
//! What a script sends is not read, and neither is what comes back. What shows is the form's own state, messages that appear, and how
//! requests ended that began since (Resource Timing).

use super::FormField;
use super::purpose::has;

/// A submission whose end is awaited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attempt {
    /// How it began.
    pub press: Option<Press>,
    /// For how long it has been looked at, in milliseconds.
    looked_ms: i64,
    /// When the form was seen at work last.
    busy_ms: i64,
    /// For how long the answer that counts has been there.
    answered_ms: i64,
    has_succeeded: bool,
}

/// A button that was pressed, or the Enter key in a field, where that fires no `submit`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Press {
    /// Whether it is in a `form`, and not merely beside fields.
    pub is_in_form: bool,
    /// Whether the browser would submit the form for it.
    pub submits: bool,
    /// Whether the page kept the browser from that.
    pub is_prevented: bool,
    /// Whether the form has a button of its own for that.
    pub has_submit: bool,
    /// Whether no field comes after it.
    pub is_last: bool,
}

/// What is seen of a form at a moment, as `follow` in `forms.js` tells it, a line each:
///
/// - `i` browser or ARIA calls a field invalid
/// - `b` its button is disabled, or says that it is busy
/// - `g` none of its fields is to be seen
/// - `m` and a text: a mark or message of an error appeared
/// - `a` and a text: a message appeared that does not say what it is
/// - a status, a space and an address: a request of the page's scripts that began since has ended, in the order in which they began; 0 is
///   a status that nobody may know
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signs(pub Box<str>);

/// What became of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is to be looked at again.
    Open,
    /// The site took it.
    Accepted,
    /// The site refused it, or it was none.
    Refused,
}

/// In class and id, a word of errors.
pub const ERROR_WORDS: &str = "error|erreur|fehler|invalid|danger|fail";

impl Signs {
    fn has(&self, sign: u8) -> bool {
        self.0.split('\n').any(|line| line.as_bytes().first() == Some(&sign))
    }

    fn requests(&self) -> impl DoubleEndedIterator<Item = (u16, &str)> {
        self.0.split('\n').filter_map(|line| {
            let (status, url) = line.split_once(' ').filter(|_| line.as_bytes()[0].is_ascii_digit())?;
            Some((status.bytes().fold(0, |status, digit| status * 10 % 1_000 + u16::from(digit & 15)), url))
        })
    }
}

impl Press {
    /// As `pressOf` in `forms.js` has it, in bits.
    pub fn of(bits: u32, is_prevented: bool) -> Press {
        let is = |at: u32| bits >> at & 1 == 1;
        Press { is_in_form: is(0), submits: is(1), is_prevented, has_submit: is(2), is_last: is(3) }
    }

    /// Whether something may come of it, in a form with these fields. Without a form it takes fields that people give themselves away
    /// with: a stepper, a filter or a search has none.
    pub fn may_submit(self, fields: &[FormField]) -> bool {
        if !self.is_in_form {
            let count = |kinds: &[&str]| fields.iter().filter(|field| kinds.contains(&&*field.kind)).count();
            return self.is_last && (count(&["email", "password", "tel"]) > 0 || count(&["text", "textarea"]) > 1);
        }
        if self.submits { self.is_prevented } else { self.is_last && !self.has_submit }
    }
}

impl Attempt {
    /// One that began so.
    pub fn new(press: Option<Press>) -> Attempt {
        Attempt { press, ..Attempt::default() }
    }

    /// Looks at it again: at those signs, `ms` after the last time, on a page of that address. `own` is in the address of
    /// the tracker's own requests.
    pub fn look(&mut self, signs: &Signs, ms: i64, address: &str, own: &str) -> Outcome {
        self.looked_ms += ms;
        if self.looked_ms == 0 && signs.has(b'i') || signs.has(b'm') {
            return Outcome::Refused;
        }
        let requests = || signs.requests().filter(|(_, url)| !has(url, own));
        let status = self.status(&requests, address);
        self.has_succeeded = (200..400).contains(&status);
        if status > 0 {
            self.answered_ms += ms;
        }
        if signs.has(b'b') {
            self.busy_ms = self.looked_ms;
        }
        let patience_ms = PATIENCE_MS.max(self.busy_ms + SETTLES_MS).min(MOST_MS);
        if self.answered_ms < SETTLES_MS && self.looked_ms < patience_ms {
            return Outcome::Open;
        }
        let is_taken = match self.press {
            Some(press) => self.has_succeeded && (press.is_in_form || signs.has(b'g')),
            None => self.has_succeeded || status == 0 && !(signs.has(b'a') && requests().next().is_none()),
        };
        match is_taken {
            true => Outcome::Accepted,
            // Fields may go a little after the answer has come.
            false if self.has_succeeded && self.looked_ms < patience_ms => Outcome::Open,
            false => Outcome::Refused,
        }
    }

    /// The visitor, or the page, submits it once more.
    pub fn restart(&mut self) {
        *self = Attempt::new(self.press);
    }

    /// Whether it counts where the page is left, so that nobody can look again.
    pub fn counts_unseen(&self) -> bool {
        self.press.is_none() || self.has_succeeded
    }

    // The status of the request that sends the form, 0 where that is not known: the first of the page's own site, as it ended the last
    // time that it was made. What another site answers counts only where the page sent nothing else.
    fn status<'a, R: DoubleEndedIterator<Item = (u16, &'a str)>>(
        &self,
        requests: &dyn Fn() -> R,
        address: &str,
    ) -> u16 {
        let prepares = |url: &str| ["csrf", "xsrf", "captcha"].into_iter().any(|word| has(url, word));
        let known = || requests().filter(|(status, url)| *status > 0 && !prepares(url));
        let own = known().find(|(_, url)| site(url) == site(address));
        let first = own.or_else(|| known().next().filter(|_| self.press.is_none()));
        let last = first.and_then(|first| known().rfind(|request| request.1 == first.1));
        last.map_or(0, |(status, _)| status)
    }
}

/// Enough of an address to tell whether two are of one owner: the end of its host.
fn site(address: &str) -> &str {
    let host = address.split('/').nth(2).unwrap_or_default();
    let mut dots = (0..host.len()).rev().filter(|at| host.as_bytes()[*at] == b'.');
    dots.nth(1).map_or(host, |at| &host[at..])
}

/// How long to wait between two looks.
pub const LOOK_MS: i32 = 100;
/// How long a form is looked at that nothing happens to, and how long one that is at work.
const PATIENCE_MS: i64 = 2_000;
const MOST_MS: i64 = 10_000;
/// How long after an answer the page may take to show it.
const SETTLES_MS: i64 = 500;

#[cfg(test)]
mod tests {
    use super::{Outcome::*, *};

    const PAGE: &str = "https://shop.example/contact";

    fn signs(text: &str) -> Signs {
        Signs(text.into())
    }

    fn answered(requests: &[(&str, u16)]) -> Signs {
        let lines: Vec<String> = requests.iter().map(|(url, status)| format!("{status} {url}")).collect();
        signs(&lines.join("\n"))
    }

    /// When it ends with those signs, and how.
    fn end(attempt: &mut Attempt, signs: &Signs) -> (i64, Outcome) {
        let mut ms = 0;
        loop {
            let outcome = attempt.look(signs, ms.min(100), PAGE, "/interactions");
            if outcome != Open {
                return (attempt.looked_ms, outcome);
            }
            ms += 100;
        }
    }

    #[test]
    fn nothing_that_happens_counts_after_two_seconds_and_what_is_at_work_after_ten() {
        assert_eq!(end(&mut Attempt::default(), &Signs::default()), (2_000, Accepted));
        let busy = signs("b");
        assert_eq!(end(&mut Attempt::default(), &busy), (10_000, Accepted));
        let mut attempt = Attempt::default();
        for _ in 0..30 {
            assert_eq!(attempt.look(&busy, 100, PAGE, "/interactions"), Open);
        }
        assert_eq!(end(&mut attempt, &Signs::default()), (3_500, Accepted), "a little after it came to rest");
    }

    #[test]
    fn what_the_page_tells_is_read() {
        let seen = signs("i\nmfield-error 400 Choose a size\n422 https://shop.example/a b\n0 x\n99999999999 y");
        assert!(seen.has(b'i') && seen.has(b'm') && !seen.has(b'b') && !Signs::default().has(b'i'));
        let requests: Vec<_> = seen.requests().take(2).collect();
        assert_eq!(requests, [(422, "https://shop.example/a b"), (0, "x")]);
        assert_eq!(seen.requests().count(), 3);
    }

    #[test]
    fn a_mark_of_an_error_that_appears_refuses_at_once() {
        for seen in ["mfield-error Choose a size", "i"] {
            assert_eq!(end(&mut Attempt::default(), &signs(seen)), (0, Refused));
        }
        let mut late = Attempt { looked_ms: 100, ..Attempt::default() };
        assert_eq!(end(&mut late, &signs("i")), (2_000, Accepted), "the site emptied it");
    }

    #[test]
    fn a_message_that_does_not_say_what_it_is_refuses_where_nothing_was_sent() {
        assert_eq!(end(&mut Attempt::default(), &signs("aThank you, or not")), (2_000, Refused));
        assert_eq!(end(&mut Attempt::default(), &signs("aThank you\n200 https://shop.example/api")).1, Accepted);
    }

    #[test]
    fn how_the_request_ended_that_sends_the_form_counts() {
        for (requests, outcome) in [
            (&[("https://shop.example/api", 200)][..], Accepted),
            (&[("https://shop.example/api", 303)], Accepted),
            (&[("https://shop.example/api", 422)], Refused),
            (&[("https://api.shop.example/", 500)], Refused),
            (&[("https://shop.example/csrf", 200), ("https://shop.example/api", 422)], Refused),
            (&[("https://shop.example/api", 401), ("https://shop.example/api", 200)], Accepted),
            (&[("https://shop.example/api", 200), ("https://shop.example/me", 404)], Accepted),
            (&[("https://count.example/x", 404), ("https://shop.example/api", 200)], Accepted),
            (&[("https://forms.example/f", 422)], Refused),
            (&[("https://forms.example/f", 0)], Accepted),
            (&[("https://shop.example/interactions", 401)], Accepted),
        ] {
            assert_eq!(end(&mut Attempt::default(), &answered(requests)).1, outcome, "{requests:?}");
        }
    }

    #[test]
    fn what_was_only_pressed_counts_where_a_request_was_taken() {
        let pressed = |is_in_form| Attempt::new(Some(Press { is_in_form, ..Press::default() }));
        for (is_in_form, seen, outcome, counts_unseen) in [
            (true, "200 https://shop.example/api", Accepted, true),
            (true, "", Refused, false),
            (true, "200 https://count.example/", Refused, false),
            (false, "200 https://shop.example/api", Refused, true),
            (false, "g\n200 https://shop.example/api", Accepted, true),
            (false, "g", Refused, false),
        ] {
            let mut attempt = pressed(is_in_form);
            assert_eq!(end(&mut attempt, &signs(seen)).1, outcome, "{is_in_form} {seen}");
            assert_eq!(attempt.counts_unseen(), counts_unseen, "{is_in_form} {seen}");
        }
    }

    #[test]
    fn a_button_may_submit_where_the_browser_would_not() {
        let field = |kind: &str| FormField { kind: kind.into(), ..FormField::default() };
        let last = Press { is_in_form: true, is_last: true, ..Press::default() };
        for (press, may) in [
            (last, true),
            (Press { has_submit: true, ..last }, false),
            (Press { is_last: false, ..last }, false),
            (Press { submits: true, has_submit: true, ..last }, false),
            (Press { submits: true, has_submit: true, is_prevented: true, ..last }, true),
        ] {
            assert_eq!(press.may_submit(&[field("text")]), may, "{press:?}");
        }
        let beside = Press { is_last: true, ..Press::default() };
        for (kinds, may) in
            [(&["email"][..], true), (&["text", "text"], true), (&["text"], false), (&["search", "number"], false)]
        {
            let fields: Vec<FormField> = kinds.iter().map(|kind| field(kind)).collect();
            assert_eq!(beside.may_submit(&fields), may, "{kinds:?}");
        }
    }
}
