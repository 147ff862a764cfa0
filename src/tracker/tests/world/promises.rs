//! What the world knows better than any page: whose each record is, what must not arrive any more, and what became of it.

use super::receiver::Who;
use super::storage::named;
use super::*;

/// The three promises, and how they were broken.
#[derive(Default)]
pub(super) struct Promises {
    records: BTreeMap<Box<str>, Record>,
    /// When the visitor withdrew the consent, or signed out, for the last time.
    ended: Option<u32>,
    /// When the visitor withdrew it for the last time.
    withdrawn: Option<u32>,
    pub(super) broken: Option<String>,
}

struct Record {
    page: usize,
    made: u32,
    /// Whose it is, or may be by what its page could know.
    customers: [bool; 2],
    /// Its page has no token yet: it is also whose the next answer names.
    awaits_token: bool,
    /// Made before there was any answer, so it is in memory only.
    in_memory: bool,
    /// The customer on whose profile each copy is.
    copies: Vec<Customer>,
    /// A page told why it did not arrive, or the visitor emptied storage.
    is_told: bool,
}

/// What a page was told so far.
pub(super) struct Knowledge {
    pub(super) consent: Consent,
    /// The customer of the last token, as long as nothing else was told.
    customer: Option<Customer>,
    /// Whom the session names.
    pub(super) session: Option<Customer>,
    /// A question that was asked before counts no more.
    asks_anew: u32,
    pub(super) hidden: Option<Instant>,
    /// When it last heard of something that ended.
    pub(super) heard: u32,
    /// When it last heard of a withdrawal.
    heard_withdrawal: u32,
}

impl Knowledge {
    pub(super) fn new(consent: Consent, heard: u32) -> Knowledge {
        Knowledge { consent, customer: None, session: None, asks_anew: 0, hidden: None, heard, heard_withdrawal: 0 }
    }
}

impl Promises {
    pub(super) fn breaks(&mut self, how: String) {
        self.broken.get_or_insert(how);
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.records.get(id).is_some_and(|record| !record.copies.is_empty())
    }

    /// What is on that customer's profile.
    pub(super) fn of(&self, customer: Customer) -> impl Iterator<Item = &str> {
        self.records.iter().filter(move |(_, record)| record.copies.contains(&customer)).map(|(id, _)| &**id)
    }

    /// Storage is emptied.
    pub(super) fn forget<'a>(&mut self, ids: impl Iterator<Item = &'a Box<str>>) {
        for id in ids {
            self.records.get_mut(id).expect("a record that was told of").is_told = true;
        }
    }

    /// What was made, and neither arrived nor was given up for a reason that a page told.
    pub(super) fn lost(&self) -> Vec<&str> {
        let is_lost = |record: &Record| record.copies.is_empty() && !record.is_told && !record.in_memory;
        self.records.iter().filter(|(_, record)| is_lost(record)).map(|(id, _)| &**id).collect()
    }
}

impl World {
    /// The visitor withdrew, or signed out: nothing from before may arrive from here on.
    pub(super) fn ends(&mut self) {
        self.promises.ended = Some(self.tick());
    }

    pub(super) fn is_withdrawn(&mut self) {
        self.ends();
        self.promises.withdrawn = self.promises.ended;
    }

    /// A page told the site something.
    pub(super) fn told(&mut self, at: usize, event: &Event) {
        match event {
            Event::Recorded(Recorded { kind, record, .. }) => {
                self.is_made(at, event_id(record).expect("every record has one"), *kind == Kind::Login);
            }
            Event::Refused(Refused { record, .. }) | Event::Failed(Failed { record: Some(record), .. }) => {
                let id = event_id(record).unwrap_or_default();
                if let Some(record) = self.promises.records.get_mut(id) {
                    record.is_told = true;
                }
            }
            Event::Delivered(Delivered { record, .. }) => {
                let id = event_id(record).unwrap_or_default();
                if !self.promises.has(id) {
                    self.promises.breaks(format!("{id} was delivered, and is not there"));
                }
            }
            Event::Failed(_) | Event::Settled(_) | Event::Stage(_) => {}
        }
    }

    fn is_made(&mut self, page: usize, id: &str, is_login: bool) {
        let knows = &self.pages[page].knows;
        let mut customers = [false; 2];
        let excused = knows.customer.or(knows.session);
        self.signed_in.into_iter().chain(excused).for_each(|customer| customers[customer] = true);
        let record = Record {
            page,
            made: self.ticks,
            customers,
            awaits_token: knows.customer.is_none(),
            in_memory: knows.consent == Consent::Unknown,
            copies: Vec::new(),
            is_told: false,
        };
        if is_login && knows.customer.is_some() {
            self.logs_in(knows.customer);
        }
        self.promises.records.insert(id.into(), record);
    }

    // A token came that is the first of its session: not where the session goes on that is kept.
    fn logs_in(&mut self, customer: Option<Customer>) {
        let session = Session::from_stored(&Stored::from(&*self.storage.session));
        let seen = session.map_or(0, |session| session.seen.0);
        if named(&self.storage.session) == customer && self.clock().0 - seen <= 30 * 60_000 {
            self.promises.breaks("a login counts twice".to_owned());
        }
    }

    /// A request begins; with so many bytes all of its page that may outlive it.
    pub(super) fn begins(&mut self, which: usize, bytes: usize) {
        let Sent { page, ids, .. } = &self.requests[which];
        let Page { knows, tracker, .. } = &self.pages[*page];
        let withdrawn = self.promises.withdrawn.filter(|_| self.consent == Consent::Denied);
        if withdrawn.is_some_and(|withdrawn| knows.heard_withdrawal > withdrawn) {
            self.promises.broken.get_or_insert(format!("page {page} sends without consent"));
        }
        if bytes > 64 * 1024 {
            self.promises.broken.get_or_insert(format!("{bytes} bytes of page {page} are to outlive it"));
        }
        if tracker.queue.held().is_some_and(|view| ids.contains(&view.id)) {
            self.promises.broken.get_or_insert("a view is sent while it is held".to_owned());
        }
    }

    /// A request arrives: whatever it has left before the last end only where nobody could stop it.
    pub(super) fn arrives(&mut self, which: usize) {
        let Some(ended) = self.promises.ended else { return };
        let request = &self.requests[which];
        let page = &self.pages[request.page];
        let could_not_stop = request.keepalive || request.is_answered || page.knows.heard < ended;
        if request.began < ended && !could_not_stop {
            self.promises.breaks(format!("a request of page {} arrives after the end", request.page));
        }
        for id in request.ids.iter().filter(|_| request.began > ended) {
            let record = &self.promises.records[id];
            if record.made < ended && !record.in_memory {
                self.promises.broken.get_or_insert(format!("{id} is sent after the end of what it belongs to"));
            }
        }
    }

    /// The receiver writes a record to that customer's profile.
    pub(super) fn writes(&mut self, id: &str, customer: Customer) {
        let record = self.promises.records.get_mut(id).expect("a record that was told of");
        record.copies.push(customer);
        if !record.customers[customer] {
            self.promises.breaks(format!("{id} is on the profile of {}", NAMES[customer]));
        } else if record.copies.len() > 1 {
            self.promises.breaks(format!("{id} has a second copy"));
        }
    }

    // From here on the page knows no longer who is there, and neither whose what it has made since its last answer is.
    fn doubts(&mut self, at: usize) {
        self.asks_anew(at);
        self.awaits_no_token(at);
    }

    fn asks_anew(&mut self, at: usize) {
        self.pages[at].knows.customer = None;
        self.stops_asking(at);
    }

    /// What is under way is stopped: a question among it counts no more, and the page asks anew.
    pub(super) fn stops_asking(&mut self, at: usize) {
        let now = self.tick();
        self.pages[at].knows.asks_anew = now;
    }

    fn awaits_no_token(&mut self, at: usize) {
        for record in self.promises.records.values_mut().filter(|record| record.page == at) {
            record.awaits_token = false;
        }
    }

    /// A token source's answer reaches the page.
    pub(super) fn hears_of(&mut self, at: usize, asked: u32, who: Who) {
        let knows = &mut self.pages[at].knows;
        if asked < knows.asks_anew {
            return;
        }
        match who {
            Who::Customer(customer) => {
                knows.customer = Some(customer);
                for record in self.promises.records.values_mut().filter(|record| record.page == at) {
                    record.customers[customer] |= core::mem::take(&mut record.awaits_token);
                }
            }
            Who::Nobody => {
                knows.customer = None;
                self.awaits_no_token(at);
            }
            Who::NoAnswer => {}
        }
    }

    /// The page reads the session's text.
    pub(super) fn recalls(&mut self, at: usize, text: &str) {
        if text.is_empty() || self.pages[at].knows.consent != Consent::Granted {
            return;
        }
        let named = named(text);
        let knows = &self.pages[at].knows;
        let known = knows.customer.or(knows.session);
        if known.is_some() && known != named {
            self.doubts(at);
        }
        self.pages[at].knows.session = named;
        // A page that had not heard of the end wrote what tells nothing of it.
        let is_late = self.promises.ended.is_some_and(|ended| self.storage.heard < ended);
        if !is_late {
            self.pages[at].knows.heard = self.tick();
        }
    }

    pub(super) fn logs_in_on(&mut self, at: usize) {
        self.asks_anew(at);
    }

    pub(super) fn is_signed_out_for(&mut self, at: usize) {
        self.doubts(at);
        let heard = self.tick();
        let knows = &mut self.pages[at].knows;
        (knows.session, knows.heard) = (None, heard);
    }

    pub(super) fn is_withdrawn_for(&mut self, at: usize) {
        self.hears_of_withdrawal(at);
        self.pages[at].knows.consent = Consent::Unknown;
    }

    pub(super) fn answers(&mut self, at: usize, answer: Consent) {
        if answer == Consent::Denied {
            self.hears_of_withdrawal(at);
        }
        self.pages[at].knows.consent = answer;
    }

    fn hears_of_withdrawal(&mut self, at: usize) {
        self.is_signed_out_for(at);
        let knows = &mut self.pages[at].knows;
        knows.heard_withdrawal = knows.heard;
    }

    pub(super) fn is_seen_again(&mut self, at: usize) {
        let now = self.clock();
        if self.pages[at].knows.hidden.take().is_some_and(|since| !(0..=10_000).contains(&(now.0 - since.0))) {
            self.doubts(at);
        }
    }

    pub(super) fn is_over_for(&mut self, at: usize) {
        self.awaits_no_token(at);
    }
}
