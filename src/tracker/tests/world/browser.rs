//! A page with a tracker: what it is told, and how it carries out what is asked of it, as `src/browser` does.

use super::receiver::Who;
use super::*;
use crate::tracker::signed_in::Access;

/// A page of the site's, from its load until it is over.
pub(super) struct Page {
    pub(super) tracker: Tracker,
    pub(super) tab: usize,
    pub(super) life: Life,
    inputs: u64,
    effects: VecDeque<Effect>,
    is_busy: bool,
    pub(super) is_leaving: bool,
    /// Whether it has looked into storage, which it does with consent.
    pub(super) is_open: bool,
    pub(super) is_listening: bool,
    /// The session's text as it read or wrote it last.
    pub(super) session: String,
    /// The records that it keeps in storage.
    pub(super) kept: BTreeSet<Box<str>>,
    /// The requests that wait for a frame, each with when it was asked for.
    pub(super) waiting: Vec<(i64, Request)>,
    pub(super) questions: Vec<Question>,
    pub(super) messages: VecDeque<Message>,
    pub(super) turns: usize,
    wakes_at: Option<i64>,
    /// What the consent platform told this page last.
    pub(super) follows: Option<Consent>,
    pub(super) knows: promises::Knowledge,
}

/// A question to the token source.
pub(super) struct Question {
    number: u32,
    asked: u32,
    pub(super) answer: Option<Who>,
}

impl Page {
    /// The page that comes as the `before`th, and hears of what happens from `heard` on.
    pub(super) fn new(settings: Settings, tab: usize, before: usize, heard: u32) -> Page {
        let consent = settings.consent;
        Page {
            tracker: Tracker::new(settings),
            tab,
            life: Life::Shown,
            inputs: (before as u64 + 1) << 32,
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
            follows: Some(consent),
            knows: promises::Knowledge::new(consent, heard),
        }
    }

    fn handle(&mut self, input: Input, now: Instant) {
        self.inputs += 1;
        let mut entropy = [0x80; 16];
        entropy[8..].copy_from_slice(&self.inputs.to_be_bytes());
        let moment = Moment { now, entropy };
        let context = Context { moment, address: "https://shop.example/a".into(), title: "A".into() };
        let takes_back = self.takes_back(&input);
        let handled = self.tracker.handle(input, &context);
        assert_eq!(handled.result, Ok(()));
        let told = handled.effects.iter().filter(|effect| matches!(effect, Effect::Withdraw { .. })).count();
        assert_eq!(told, usize::from(takes_back), "a relay is told of each withdrawal, once, and of nothing else");
        self.effects.extend(handled.effects);
    }

    /// Whether the visitor takes a consent back on a page that holds a token for a relay.
    fn takes_back(&self, input: &Input) -> bool {
        let Tracker { settings, sending, consent, .. } = &self.tracker;
        let is_withdrawal = *consent == Consent::Granted
            && matches!(input, Input::Consent { consent, .. } if *consent != Consent::Granted);
        is_withdrawal && settings.route == Route::Relay && matches!(sending.access, Access::Open(_))
    }
}

impl World {
    /// Tells the tracker of a page what happened, and does what it asks for.
    pub(super) fn tell(&mut self, at: usize, input: Input) {
        self.follow(at);
        let now = self.clock();
        self.pages[at].handle(input, now);
        // What an effect leads to comes after what was asked for before it.
        if !core::mem::replace(&mut self.pages[at].is_busy, true) {
            while let Some(effect) = self.pages[at].effects.pop_front() {
                self.carry_out(at, effect);
            }
            self.pages[at].is_busy = false;
        }
    }

    fn carry_out(&mut self, at: usize, effect: Effect) {
        let page = &mut self.pages[at];
        match effect {
            Effect::Listen => page.is_listening = true,
            Effect::Unlisten => page.is_listening = false,
            Effect::Recall => {
                page.is_open = true;
                self.recall(at);
                self.adopt(at, false);
            }
            Effect::Remember { session } => self.remember(at, &session),
            Effect::Keep { id, stored } => self.keep(at, id, &stored),
            Effect::Drop { id } => self.drop_kept(at, id),
            Effect::Forget => self.forget(at),
            Effect::AskToken { question } => {
                let asked = self.tick();
                self.pages[at].questions.push(Question { number: question, asked, answer: None });
            }
            Effect::Send(request) => page.waiting.push((self.now, request)),
            Effect::Abort => {
                page.waiting.clear();
                self.stops_asking(at);
                self.abort(at);
            }
            Effect::Withdraw { .. } => {
                if !page.waiting.is_empty() || !self.of(at).is_empty() {
                    self.promises.breaks(format!("page {at} tells of a withdrawal while something is under way"));
                }
            }
            Effect::TakeTurn => page.turns += 1,
            Effect::Wake { after_ms } => page.wakes_at = Some(self.now + after_ms),
            Effect::Emit(event) => self.told(at, &event),
            Effect::RememberInTab { .. } | Effect::LookAgain { .. } | Effect::FindProduct { .. } => {}
        }
    }

    /// The requests begin that wait for a frame.
    pub(super) fn begin(&mut self, at: usize) {
        if self.pages[at].waiting.is_empty() {
            return;
        }
        self.refresh(at);
        for (asked, request) in core::mem::take(&mut self.pages[at].waiting) {
            if self.now - asked < LATE_MS {
                self.send(at, &request, self.pages[at].is_leaving);
            } else {
                let answer = Answer { status: 425, ..Answer::default() };
                self.tell(at, Input::Answered { request: request.number, answer });
            }
        }
    }

    /// Another page had its turn with the session; now this one has.
    pub(super) fn take_turns(&mut self, at: usize) {
        for _ in 0..core::mem::take(&mut self.pages[at].turns) {
            self.refresh(at);
            self.tell(at, Input::TurnCame);
        }
    }

    pub(super) fn wake(&mut self, at: usize) {
        if self.pages[at].wakes_at.take_if(|at| *at <= self.now).is_some() {
            self.tell(at, Input::Woke);
        }
    }

    /// The token source answers the page's first question, where it has one.
    pub(super) fn deliver(&mut self, at: usize) {
        let questions = &mut self.pages[at].questions;
        let Some(first) = questions.iter().position(|question| question.answer.is_some()) else { return };
        let Question { number, asked, answer } = questions.remove(first);
        let who = answer.unwrap();
        self.hears_of(at, asked, who);
        self.tell(at, Input::Token { question: number, answer: who.into() });
    }
}

/// What was asked for longer ago, as the device slept, is not begun any more.
pub(super) const LATE_MS: i64 = 5_000;
