//! Whether a site took what a form was submitted with, where a script sends it.
//!
//! What a script sends is not read, and neither is what comes back. What shows is the form's own state, messages that appear, and how
//! requests ended that began since (Resource Timing).

use super::FormField;
use super::purpose::has;

/// A submission whose end is awaited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attempt {
    /// How it began.
    pub press: Option<Press>,
    /// What is seen of it now.
    pub signs: Signs,
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

/// What is seen of a form at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signs {
    /// Whether browser or ARIA calls a field invalid, as the script's own handler ends.
    pub is_invalid: bool,
    /// Whether marks or messages of errors appeared.
    pub is_marked: bool,
    /// Whether a message appeared that does not say what it is.
    pub is_told: bool,
    /// Whether its button is disabled, or says that it is busy.
    pub is_busy: bool,
    /// Whether none of its fields is to be seen.
    pub is_gone: bool,
    /// The requests of scripts that began since and have ended, in the order in which they began.
    pub requests: Vec<Ended>,
}

/// A request of the page's that has ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ended {
    /// Its address.
    pub url: Box<str>,
    /// The status of the answer; 0 where nobody may know.
    pub status: u16,
}

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
    /// Reads what `follow` in `forms.js` tells, a line each: `i`, `b` and `g` stand for invalid, busy and gone, `m` and `a` are before a mark
    /// and an alert, and a status is before the address of its request.
    pub fn read(text: &str) -> Signs {
        let mut signs = Signs::default();
        for line in text.split('\n') {
            match line.as_bytes().first() {
                Some(b'i') => signs.is_invalid = true,
                Some(b'b') => signs.is_busy = true,
                Some(b'g') => signs.is_gone = true,
                Some(b'm') => signs.is_marked = true,
                Some(b'a') => signs.is_told = true,
                _ => {
                    let ended = |(status, url): (&str, &str)| Ended {
                        status: status.bytes().fold(0, |status, digit| status * 10 + u16::from(digit & 15)),
                        url: url.into(),
                    };
                    signs.requests.extend(line.split_once(' ').map(ended));
                }
            }
        }
        signs
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
    /// One that began so, and is seen so now.
    pub fn new(press: Option<Press>, signs: Signs) -> Attempt {
        Attempt { press, signs, ..Attempt::default() }
    }

    /// Looks at it again: at those signs, `ms` after the last time, on a page of that address. `is_own` says which requests are the
    /// tracker's.
    pub fn look(&mut self, signs: Signs, ms: i64, address: &str, is_own: &dyn Fn(&str) -> bool) -> Outcome {
        self.signs = signs;
        self.looked_ms += ms;
        let is_first = self.looked_ms == 0;
        if is_first && self.signs.is_invalid || self.signs.is_marked {
            return Outcome::Refused;
        }
        let requests: Vec<&Ended> = self.signs.requests.iter().filter(|request| !is_own(&request.url)).collect();
        let status = self.status(&requests, address);
        self.has_succeeded = (200..400).contains(&status);
        if status > 0 {
            self.answered_ms += ms;
        }
        if self.signs.is_busy {
            self.busy_ms = self.looked_ms;
        }
        let patience_ms = PATIENCE_MS.max(self.busy_ms + SETTLES_MS).min(MOST_MS);
        if self.answered_ms < SETTLES_MS && self.looked_ms < patience_ms {
            return Outcome::Open;
        }
        // A message that does not say what it is.
        let is_told_off = requests.is_empty() && self.signs.is_told;
        let is_taken = match self.press {
            Some(press) => self.has_succeeded && (press.is_in_form || self.signs.is_gone),
            None => (self.has_succeeded || status == 0) && !is_told_off,
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
        *self = Attempt::new(self.press, Signs::default());
    }

    /// Whether it counts where the page is left, so that nobody can look again.
    pub fn counts_unseen(&self) -> bool {
        self.press.is_none() || self.has_succeeded
    }

    // The status of the request that sends the form, 0 where that is not known: the first of the page's own site, as it ended the last
    // time that it was made. What another site answers counts only where the page sent nothing else.
    fn status(&self, requests: &[&Ended], address: &str) -> u16 {
        let prepares = |url: &str| ["csrf", "xsrf", "captcha"].into_iter().any(|word| has(url, word));
        let known = || requests.iter().filter(|request| request.status > 0 && !prepares(&request.url));
        let own = known().find(|request| site(&request.url) == site(address));
        let first = own.or_else(|| known().next().filter(|_| self.press.is_none()));
        let last = first.and_then(|first| known().rfind(|request| request.url == first.url));
        last.map_or(0, |request| request.status)
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

    fn answered(requests: &[(&str, u16)]) -> Signs {
        let requests = requests.iter().map(|&(url, status)| Ended { url: url.into(), status }).collect();
        Signs { requests, ..Signs::default() }
    }

    /// When it ends with those signs, and how.
    fn end(attempt: &mut Attempt, signs: &Signs) -> (i64, Outcome) {
        let mut ms = 0;
        loop {
            let outcome = attempt.look(signs.clone(), ms.min(100), PAGE, &|url| url.ends_with("/interactions"));
            if outcome != Open {
                return (attempt.looked_ms, outcome);
            }
            ms += 100;
        }
    }

    #[test]
    fn nothing_that_happens_counts_after_two_seconds_and_what_is_at_work_after_ten() {
        assert_eq!(end(&mut Attempt::default(), &Signs::default()), (2_000, Accepted));
        let busy = Signs { is_busy: true, ..Signs::default() };
        assert_eq!(end(&mut Attempt::default(), &busy), (10_000, Accepted));
        let mut attempt = Attempt::default();
        for _ in 0..30 {
            assert_eq!(attempt.look(busy.clone(), 100, PAGE, &|_| false), Open);
        }
        assert_eq!(end(&mut attempt, &Signs::default()), (3_500, Accepted), "a little after it came to rest");
    }

    #[test]
    fn what_the_page_tells_is_read() {
        let signs = Signs::read("i\nb\ng\nmfield-error Choose a size\naThank you\n422 https://shop.example/a b\n0 x");
        let requests =
            vec![Ended { url: "https://shop.example/a b".into(), status: 422 }, Ended { url: "x".into(), status: 0 }];
        let all = Signs { is_invalid: true, is_marked: true, is_told: true, is_busy: true, is_gone: true, requests };
        assert_eq!((signs, Signs::read("")), (all, Signs::default()));
    }

    #[test]
    fn a_mark_of_an_error_that_appears_refuses_at_once() {
        for seen in ["mfield-error Choose a size", "i"] {
            assert_eq!(end(&mut Attempt::default(), &Signs::read(seen)), (0, Refused));
        }
        let mut late = Attempt { looked_ms: 100, ..Attempt::default() };
        assert_eq!(end(&mut late, &Signs::read("i")), (2_000, Accepted), "the site emptied it");
    }

    #[test]
    fn a_message_that_does_not_say_what_it_is_refuses_where_nothing_was_sent() {
        assert_eq!(end(&mut Attempt::default(), &Signs::read("aThank you, or not")), (2_000, Refused));
        assert_eq!(end(&mut Attempt::default(), &Signs::read("aThank you\n200 https://shop.example/api")).1, Accepted);
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
        let pressed =
            |is_in_form| Attempt { press: Some(Press { is_in_form, ..Press::default() }), ..Attempt::default() };
        let taken = answered(&[("https://shop.example/api", 200)]);
        let gone = Signs { is_gone: true, ..taken.clone() };
        for (is_in_form, signs, outcome) in [
            (true, &taken, Accepted),
            (true, &Signs::default(), Refused),
            (true, &answered(&[("https://count.example/", 200)]), Refused),
            (false, &taken, Refused),
            (false, &gone, Accepted),
            (false, &Signs { is_gone: true, ..Signs::default() }, Refused),
        ] {
            let mut attempt = pressed(is_in_form);
            assert_eq!(end(&mut attempt, signs).1, outcome, "{is_in_form} {signs:?}");
            assert_eq!(
                attempt.counts_unseen(),
                !signs.requests.is_empty() && site(&signs.requests[0].url) == site(PAGE)
            );
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
