//! Pages, tabs and storage, as `js/page.js` and `js/storage.js` have them.

use super::receiver::Answer;
use super::*;

/// What all pages of the site share.
#[derive(Default)]
pub(super) struct Storage {
    pub(super) session: String,
    /// Each record under its page and id.
    pub(super) records: BTreeMap<(usize, String), String>,
    /// The pages that said that they go.
    pub(super) gone: BTreeSet<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Life {
    Shown,
    Frozen,
    Over,
}

/// What comes from another page, in time.
#[derive(Clone, Copy)]
pub(super) enum Message {
    Consent(Consent),
    SignedOut,
    /// The session's text was written.
    Storage,
}

pub(super) struct Question {
    number: u32,
    asked: u32,
    pub(super) answer: Option<Answer>,
}

pub(super) struct Page {
    pub(super) tracker: Tracker,
    pub(super) tab: usize,
    pub(super) life: Life,
    inputs: u64,
    effects: VecDeque<Effect>,
    is_busy: bool,
    is_leaving: bool,
    is_open: bool,
    is_listening: bool,
    session: String,
    kept: BTreeSet<String>,
    /// Each with when it was asked for.
    pub(super) waiting: Vec<(i64, Request)>,
    pub(super) questions: Vec<Question>,
    pub(super) messages: VecDeque<Message>,
    turns: usize,
    wakes_at: Option<i64>,
    /// What the consent platform told this page last.
    follows: Option<Consent>,
    pub(super) knows: promises::Knowledge,
}

impl World {
    pub(super) fn open(&mut self, tab: usize) -> usize {
        let consent = match self.consent {
            Consent::Unknown => "unknown",
            Consent::Granted => "granted",
            Consent::Denied => "denied",
        };
        let settings = format!(r#"{},"consent":"{consent}"}}"#, self.settings);
        let settings = Settings::read(Json::parse(&settings).unwrap(), Signals::default()).unwrap();
        let knows = promises::Knowledge::new(self.consent, self.tick());
        self.pages.push(Page {
            tracker: Tracker::new(settings),
            tab,
            life: Life::Shown,
            inputs: (self.pages.len() as u64 + 1) << 32,
            effects: VecDeque::new(),
            is_busy: false,
            is_leaving: false,
            is_open: false,
            is_listening: false,
            session: String::new(),
            kept: BTreeSet::new(),
            waiting: Vec::new(),
            questions: Vec::new(),
            messages: VecDeque::new(),
            turns: 0,
            wakes_at: None,
            follows: Some(self.consent),
            knows,
        });
        let page = self.pages.len() - 1;
        self.tell(page, |tracker, _| tracker.start());
        if self.pages[page].is_listening {
            self.appear(page);
        }
        page
    }

    pub(super) fn shown_in(&self, tab: usize) -> Option<usize> {
        self.pages.iter().position(|page| page.tab == tab && page.life == Life::Shown)
    }

    /// Tells the tracker of a page what happened, and does what it asks for.
    pub(super) fn tell(&mut self, at: usize, act: impl FnOnce(&mut Tracker, Moment)) {
        self.follow(at);
        let now = Instant(self.now - self.set_back);
        let page = &mut self.pages[at];
        page.inputs += 1;
        let mut entropy = [0x80; 16];
        entropy[8..].copy_from_slice(&page.inputs.to_be_bytes());
        act(&mut page.tracker, Moment { now, entropy });
        page.effects.extend(page.tracker.effects());
        if !core::mem::replace(&mut page.is_busy, true) {
            while let Some(effect) = self.pages[at].effects.pop_front() {
                self.carry_out(at, effect);
            }
            self.pages[at].is_busy = false;
        }
    }

    // A consent platform tells what is new.
    fn follow(&mut self, at: usize) {
        let consent = self.consent;
        if self.has_platform && self.pages[at].follows != Some(consent) {
            self.pages[at].follows = Some(consent);
            self.consent_on(at, consent);
        }
    }

    fn carry_out(&mut self, at: usize, effect: Effect) {
        let page = &mut self.pages[at];
        match effect {
            Effect::Listen(on) => page.is_listening = on,
            Effect::Recall => {
                page.is_open = true;
                self.recall(at);
                self.adopt(at, false);
            }
            Effect::Remember(text) => {
                page.is_open = true;
                page.session.clone_from(&text);
                self.pages[at].knows.session = self.named(&text);
                self.storage.session = text;
                self.post(at, Message::Storage);
            }
            Effect::RememberInTab(_) => {}
            Effect::Keep { id, text } => {
                // Another page took it over, or emptied storage.
                if page.kept.insert(id.clone()) || self.storage.records.contains_key(&(at, id.clone())) {
                    self.storage.records.insert((at, id), text);
                }
            }
            Effect::Drop(id) => {
                page.kept.remove(&id);
                self.storage.records.remove(&(at, id));
            }
            Effect::Forget => {
                page.is_open = false;
                page.session.clear();
                page.kept.clear();
                self.promises.forget(self.storage.records.keys().map(|(_, id)| id));
                self.storage = Storage::default();
                self.post(at, Message::Storage);
            }
            Effect::AskToken(number) => {
                let asked = self.tick();
                self.pages[at].questions.push(Question { number, asked, answer: None });
            }
            Effect::Request(request) => page.waiting.push((self.now, request)),
            Effect::Abort => {
                page.waiting.clear();
                self.stops_asking(at);
                self.abort(at);
            }
            Effect::Turn => page.turns += 1,
            Effect::Wake(after) => page.wakes_at = Some(self.now + after),
            Effect::Emit { event, detail } => self.told(at, &event, &detail),
        }
    }

    fn recall(&mut self, at: usize) {
        let text = self.storage.session.clone();
        self.pages[at].session.clone_from(&text);
        self.recalls(at, &text);
        let texts = format!("[{},\"\"]", quoted(&text));
        let had_consent = self.pages[at].tracker.consent;
        self.tell(at, |tracker, moment| tracker.recalled(Json::parse(&texts).unwrap(), moment));
        if self.pages[at].tracker.consent != had_consent {
            self.is_withdrawn_for(at);
        }
    }

    pub(super) fn refresh(&mut self, at: usize) {
        if !self.pages[at].is_open {
            return;
        }
        if self.storage.session != self.pages[at].session {
            self.recall(at);
        }
        let page = &mut self.pages[at];
        let taken: Vec<String> =
            page.kept.iter().filter(|id| !self.storage.records.contains_key(&(at, (*id).clone()))).cloned().collect();
        if !taken.is_empty() {
            taken.iter().for_each(|id| _ = page.kept.remove(id));
            let ids: Vec<String> = taken.iter().map(|id| quoted(id).into()).collect();
            let ids = format!("[{}]", ids.join(","));
            self.tell(at, |tracker, moment| tracker.taken(Json::parse(&ids).unwrap(), moment));
        }
    }

    /// Takes over the records of pages that said that they go, or, where it has waited for an answer, of any that gave none.
    pub(super) fn adopt(&mut self, at: usize, also_silent: bool) {
        if !self.pages[at].is_open {
            return;
        }
        let is_gone = |of: usize| self.storage.gone.contains(&of) || also_silent && self.pages[of].life != Life::Shown;
        let others: Vec<usize> = (0..self.pages.len()).filter(|of| *of != at && is_gone(*of)).collect();
        self.take_over(at, &others);
    }

    pub(super) fn take_over(&mut self, at: usize, others: &[usize]) {
        let keys = self.storage.records.keys().filter(|(of, _)| others.contains(of)).cloned().collect::<Vec<_>>();
        let mut pairs = Vec::new();
        for (of, id) in keys {
            let text = self.storage.records.remove(&(of, id.clone())).unwrap();
            pairs.push(format!("[{},{}]", quoted(&id), quoted(&text)));
            self.pages[at].kept.insert(id.clone());
            self.storage.records.insert((at, id), text);
            self.storage.gone.remove(&of);
        }
        if !pairs.is_empty() {
            let pairs = format!("[{}]", pairs.join(","));
            self.tell(at, |tracker, moment| tracker.adopt(Json::parse(&pairs).unwrap(), moment));
        }
    }

    fn post(&mut self, from: usize, message: Message) {
        for (_, page) in self.pages.iter_mut().enumerate().filter(|(at, page)| *at != from && page.life == Life::Shown)
        {
            page.messages.push_back(message);
        }
    }

    /// What other pages sent arrives.
    pub(super) fn hear(&mut self, at: usize) {
        while let Some(message) = self.pages[at].messages.pop_front() {
            match message {
                Message::Consent(answer) => self.consent_on(at, answer),
                Message::SignedOut => {
                    self.is_signed_out_for(at);
                    self.tell(at, |tracker, moment| tracker.signed_out_elsewhere(moment));
                }
                Message::Storage => self.refresh(at),
            }
        }
    }

    fn consent_on(&mut self, at: usize, answer: Consent) {
        self.answers(at, answer);
        self.tell(at, |tracker, moment| tracker.consent(answer, moment));
    }

    /// The visitor answers, on that page.
    pub(super) fn answer_consent(&mut self, at: usize, answer: Consent) {
        self.hear(at);
        self.consent = answer;
        if answer == Consent::Denied {
            self.ends();
        }
        self.pages[at].follows = Some(answer);
        self.consent_on(at, answer);
        self.post(at, Message::Consent(answer));
    }

    pub(super) fn sign_out(&mut self, at: usize) {
        self.hear(at);
        self.signed_in = None;
        if self.pages[at].knows.consent == Consent::Granted {
            self.ends();
        }
        self.is_signed_out_for(at);
        self.tell(at, |tracker, moment| tracker.sign_out(moment));
        self.post(at, Message::SignedOut);
    }

    pub(super) fn call(&mut self, at: usize, call: &str, given: &str) {
        let given = Json::view(given);
        self.tell(at, |tracker, moment| {
            tracker.call(call, given, "https://shop.example/a", "A", moment).unwrap();
        });
    }

    pub(super) fn hide(&mut self, at: usize) {
        self.refresh(at);
        self.pages[at].knows.hidden = Some(self.now - self.set_back);
        self.tell(at, |tracker, moment| tracker.hidden(moment));
    }

    pub(super) fn appear(&mut self, at: usize) {
        self.refresh(at);
        self.is_seen_again(at);
        self.tell(at, |tracker, moment| tracker.visible(moment));
    }

    /// The page is left: it rests in the back/forward cache, or is over.
    pub(super) fn leave(&mut self, at: usize, life: Life) {
        self.pages[at].is_leaving = true;
        if self.pages[at].is_listening {
            self.refresh(at);
            self.pages[at].knows.hidden = Some(self.now - self.set_back);
            self.tell(at, |tracker, moment| tracker.leaving(moment));
            self.begin(at);
        }
        self.pages[at].is_leaving = false;
        self.cancel(at);
        if !self.pages[at].kept.is_empty() {
            self.storage.gone.insert(at);
        }
        self.stop(at, life);
    }

    /// No script of it runs any more.
    pub(super) fn stop(&mut self, at: usize, life: Life) {
        let page = &mut self.pages[at];
        page.life = life;
        page.messages.clear();
        page.turns = 0;
        if life == Life::Over {
            page.questions.clear();
            page.waiting.clear();
            self.is_over_for(at);
        }
    }

    /// The page comes back from the back/forward cache.
    pub(super) fn restore(&mut self, at: usize) {
        self.pages[at].life = Life::Shown;
        if !self.pages[at].is_listening {
            return self.follow(at);
        }
        self.appear(at);
        self.answer_all(at);
        if self.pages[at].is_open {
            self.storage.gone.remove(&at);
            self.recall(at);
            self.refresh(at);
        }
        self.tell(at, |tracker, moment| tracker.woke(moment));
        self.tell(at, |tracker, _| tracker.restored());
    }

    /// The requests begin that wait for a frame.
    pub(super) fn begin(&mut self, at: usize) {
        if self.pages[at].waiting.is_empty() {
            return;
        }
        self.refresh(at);
        for (asked, request) in core::mem::take(&mut self.pages[at].waiting) {
            if self.now - asked < LATE_MS {
                self.send(at, request, self.pages[at].is_leaving);
            } else {
                let number = request.number.to_string();
                self.tell(at, |tracker, moment| tracker.answered(&number, "425", "", "", moment));
            }
        }
    }

    /// Another page had its turn with the session; now this one has.
    pub(super) fn take_turns(&mut self, at: usize) {
        for _ in 0..core::mem::take(&mut self.pages[at].turns) {
            self.refresh(at);
            self.tell(at, |tracker, moment| tracker.turn(moment));
        }
    }

    pub(super) fn wake(&mut self, at: usize) {
        if self.pages[at].wakes_at.take_if(|at| *at <= self.now).is_some() {
            self.tell(at, |tracker, moment| tracker.woke(moment));
        }
    }

    /// The token source answers the page's first question, where it has one.
    pub(super) fn deliver(&mut self, at: usize) {
        let page = &mut self.pages[at];
        let Some(first) = page.questions.iter().position(|question| question.answer.is_some()) else { return };
        let Question { number, asked, answer } = page.questions.remove(first);
        let answer = answer.unwrap();
        self.hears_of(at, asked, answer);
        let token = match answer {
            Answer::Token(customer) => quoted(&self.tokens[customer]),
            Answer::Nobody => "null".into(),
            Answer::None => r#"{"error":"503"}"#.into(),
        };
        self.tell(at, |tracker, moment| tracker.token(&digits(number.into()), Some(Json::view(&token)), moment));
    }
}

/// What was asked for longer ago, as the device slept, is not begun any more.
pub(super) const LATE_MS: i64 = 5_000;
