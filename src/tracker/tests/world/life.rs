//! The life of a page: it is opened, hidden, left, perhaps restored from the back/forward cache, and over in the end.

use super::*;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Life {
    Shown,
    Frozen,
    Over,
}

impl World {
    pub(super) fn open(&mut self, tab: usize) -> usize {
        let settings = Settings { consent: self.consent, ..self.settings.clone() };
        let heard = self.tick();
        let at = self.pages.len();
        self.pages.push(Page::new(settings, tab, at, heard));
        self.tell(at, Input::Start);
        if self.pages[at].is_listening {
            self.appear(at);
        }
        at
    }

    pub(super) fn shown_in(&self, tab: usize) -> Option<usize> {
        self.pages.iter().position(|page| page.tab == tab && page.life == Life::Shown)
    }

    pub(super) fn hide(&mut self, at: usize) {
        self.refresh(at);
        self.pages[at].knows.hidden = Some(self.clock());
        self.tell(at, Input::Hidden);
    }

    pub(super) fn appear(&mut self, at: usize) {
        self.refresh(at);
        self.is_seen_again(at);
        self.tell(at, Input::Visible);
    }

    /// The page is left: it rests in the back/forward cache, or is over.
    pub(super) fn leave(&mut self, at: usize, life: Life) {
        self.pages[at].is_leaving = true;
        if self.pages[at].is_listening {
            self.refresh(at);
            self.pages[at].knows.hidden = Some(self.clock());
            self.tell(at, Input::Leaving);
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
        self.tell(at, Input::Woke);
        self.tell(at, Input::Restored);
    }
}
