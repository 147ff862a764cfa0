//! What happens, at random.

use super::receiver::{Fate, UP_TO_LIMIT};
use super::*;

#[derive(Clone, Debug)]
enum Step {
    /// The visitor looks at a page, or a product, in that tab.
    View(usize),
    Product(usize, usize),
    /// Another page is opened there; the one before rests in the back/forward cache, or not.
    Open(usize, bool),
    Back(usize),
    Close(usize),
    Crash(usize),
    /// The browser needs the memory of a page that rests.
    Evict(usize),
    Hide(usize),
    Show(usize),
    /// The tab takes over what pages left that are gone; or also what one has that lives, and was too busy to say so.
    Adopt(usize),
    Rob(usize, usize),
    Flush(usize),
    /// The token source hears a question, or fails; its answers reach the page.
    Serve(usize, bool),
    Deliver(usize),
    Begin(usize),
    /// All goes well with what the page in that tab has under way.
    Work(usize),
    Arrive(usize, Fate),
    Reply(usize),
    Lose(usize),
    Hear(usize),
    Pass(i64),
    SetBack(i64),
    /// A customer signs in at the site, in that tab; the site tells the tracker, or not.
    SignIn(usize, Customer, bool),
    SignOut(usize),
    /// The site's own session ends.
    Expire,
    Consent(usize, bool),
    Offline(bool),
}

fn step() -> impl Strategy<Value = Step> {
    let tab = || prop_oneof![1 => Just(0), 1 => 0..TABS];
    let any_of_them = || 0..8_usize;
    // Written and answered, failed after the write, or before it.
    let fate = prop::sample::select(vec![
        (201, true),
        (201, true),
        (201, true),
        (500, true),
        (503, false),
        (408, true),
        (401, false),
        (429, false),
        (422, false),
        (413, false),
        (UP_TO_LIMIT, true),
    ]);
    let time = prop_oneof![
        4 => 1..3_000_i64, 2 => 5_000..40_000_i64, 3 => 60_000..70_000_i64, 1 => Just(31 * 60_000_i64)
    ];
    prop_oneof![
        8 => tab().prop_map(Step::View),
        3 => (tab(), prop_oneof![3 => 0..300_usize, 1 => 20_000..30_000_usize])
            .prop_map(|(tab, size)| Step::Product(tab, size)),
        5 => (tab(), any::<bool>()).prop_map(|(tab, rests)| Step::Open(tab, rests)),
        3 => tab().prop_map(Step::Back),
        1 => tab().prop_map(Step::Close),
        2 => tab().prop_map(Step::Crash),
        1 => any_of_them().prop_map(Step::Evict),
        3 => tab().prop_map(Step::Hide),
        3 => tab().prop_map(Step::Show),
        3 => tab().prop_map(Step::Adopt),
        1 => (tab(), tab()).prop_map(|(tab, other)| Step::Rob(tab, other)),
        1 => tab().prop_map(Step::Flush),
        12 => (tab(), prop::bool::weighted(0.1)).prop_map(|(tab, fails)| Step::Serve(tab, fails)),
        12 => tab().prop_map(Step::Deliver),
        10 => tab().prop_map(Step::Begin),
        8 => tab().prop_map(Step::Work),
        12 => (any_of_them(), fate).prop_map(|(which, fate)| Step::Arrive(which, fate)),
        10 => any_of_them().prop_map(Step::Reply),
        2 => any_of_them().prop_map(Step::Lose),
        5 => tab().prop_map(Step::Hear),
        6 => time.prop_map(Step::Pass),
        1 => (1..100_000_i64).prop_map(Step::SetBack),
        5 => (tab(), 0..2_usize, any::<bool>()).prop_map(|(tab, customer, told)| Step::SignIn(tab, customer, told)),
        2 => tab().prop_map(Step::SignOut),
        1 => Just(Step::Expire),
        3 => (tab(), prop::bool::weighted(0.7)).prop_map(|(tab, agrees)| Step::Consent(tab, agrees)),
        1 => prop::bool::weighted(0.3).prop_map(Step::Offline),
    ]
}

impl World {
    fn take(&mut self, step: Step) {
        self.tick();
        match step {
            Step::View(tab) => self.on(tab, |world, at| world.call(at, CallName::PageView, "{}")),
            Step::Product(tab, size) => self.on(tab, |world, at| {
                let given = format!(r#"{{"name":"A","description":"{}"}}"#, "x".repeat(size));
                world.call(at, CallName::ProductView, &given);
            }),
            Step::Open(tab, rests) => {
                self.on(tab, |world, at| world.leave(at, if rests { Life::Frozen } else { Life::Over }));
                self.open(tab);
            }
            Step::Back(tab) => {
                let before = self.pages.iter().rposition(|page| page.tab == tab && page.life == Life::Frozen);
                if let Some(before) = before {
                    self.on(tab, |world, at| world.leave(at, Life::Frozen));
                    self.restore(before);
                }
            }
            Step::Close(tab) => self.on(tab, |world, at| world.leave(at, Life::Over)),
            Step::Crash(tab) => self.on(tab, |world, at| world.stop(at, Life::Over)),
            Step::Evict(which) => {
                if let Some(at) = pick(&self.those(Life::Frozen), which) {
                    self.stop(at, Life::Over);
                }
            }
            Step::Hide(tab) => self.on(tab, World::hide),
            Step::Show(tab) => self.on(tab, |world, at| {
                world.appear(at);
                world.adopt(at, false);
            }),
            Step::Adopt(tab) => self.on(tab, |world, at| world.adopt(at, true)),
            Step::Rob(tab, other) => self.on(tab, |world, at| {
                if let Some(busy) = world.shown_in(other).filter(|busy| *busy != at) {
                    world.take_over(at, &[busy]);
                }
            }),
            Step::Flush(tab) => self.on(tab, |world, at| world.tell(at, Input::Flush)),
            Step::Serve(tab, fails) => self.on(tab, |world, at| world.serve(at, fails)),
            Step::Deliver(tab) => self.on(tab, |world, at| {
                world.deliver(at);
                world.take_turns(at);
            }),
            Step::Begin(tab) => self.on(tab, World::begin),
            Step::Work(tab) => self.on(tab, World::work),
            Step::Arrive(which, fate) => {
                self.on_one_of(World::on_their_way, which, |world, which| world.arrive(which, fate))
            }
            Step::Reply(which) => self.on_one_of(World::unanswered, which, World::reply),
            Step::Lose(which) => self.on_one_of(World::on_their_way, which, World::lose),
            Step::Hear(tab) => self.on(tab, World::hear),
            Step::Pass(ms) => self.pass(ms),
            Step::SetBack(ms) => self.set_back += ms,
            Step::SignIn(tab, customer, told) => self.on(tab, |world, at| world.sign_in(at, customer, told)),
            Step::SignOut(tab) => self.on(tab, World::sign_out),
            Step::Expire => self.signed_in = None,
            Step::Consent(tab, agrees) => {
                let answer = if agrees { Consent::Granted } else { Consent::Denied };
                self.on(tab, |world, at| world.answer_consent(at, answer));
            }
            Step::Offline(on) => self.is_offline = on,
        }
    }

    fn on(&mut self, tab: usize, act: impl FnOnce(&mut World, usize)) {
        if let Some(at) = self.shown_in(tab) {
            act(self, at);
        }
    }

    fn on_one_of(&mut self, those: fn(&World) -> Vec<usize>, which: usize, act: impl FnOnce(&mut World, usize)) {
        if let Some(which) = pick(&those(self), which) {
            act(self, which);
        }
    }

    fn those(&self, life: Life) -> Vec<usize> {
        (0..self.pages.len()).filter(|at| self.pages[*at].life == life).collect()
    }

    fn work(&mut self, at: usize) {
        self.serve(at, false);
        self.deliver(at);
        self.take_turns(at);
        self.begin(at);
        for which in self.unanswered().into_iter().filter(|which| self.requests[*which].page == at).collect::<Vec<_>>()
        {
            self.arrive(which, (201, true));
            self.reply(which);
        }
    }

    /// Time passes: what other pages said arrives, frames are drawn, turns come, and whoever waits is woken.
    fn pass(&mut self, ms: i64) {
        self.now += ms;
        self.expire();
        for at in self.those(Life::Shown) {
            self.hear(at);
            self.take_turns(at);
            self.wake(at);
            self.begin(at);
        }
    }

    /// All goes well from here on: one page is open, whose customer consents and is signed in.
    fn settle(&mut self) {
        self.is_offline = false;
        for at in self.those(Life::Frozen) {
            self.stop(at, Life::Over);
        }
        for at in self.those(Life::Shown) {
            self.hear(at);
            self.leave(at, Life::Over);
        }
        (self.consent, self.signed_in) = (Consent::Granted, Some(self.signed_in.unwrap_or(0)));
        let left = self.on_their_way();
        let last = self.open(0);
        self.adopt(last, true);
        self.call(last, CallName::PageView, "{}");
        for _ in 0..40 {
            self.tell(last, Input::Flush);
            self.work(last);
            // Every second one; the others are lost.
            for which in left.iter().step_by(2) {
                self.arrive(*which, (201, true));
            }
            if self.pages[last].tracker.queue.is_empty() {
                break;
            }
            self.pass(UNDER_WAY_MS);
        }
    }
}

fn pick(those: &[usize], which: usize) -> Option<usize> {
    (!those.is_empty()).then(|| those[which % those.len()])
}

fn walk(mut world: World, steps: Vec<Step>) -> Result<(), TestCaseError> {
    for step in steps {
        world.take(step);
        if let Some(broken) = world.promises.broken.take() {
            return Err(TestCaseError::fail(broken));
        }
    }
    world.settle();
    if let Some(broken) = world.promises.broken.take() {
        return Err(TestCaseError::fail(format!("in the end, {broken}")));
    }
    let lost = world.promises.lost();
    prop_assert!(lost.is_empty(), "lost: {:?}", lost);
    prop_assert!(world.storage.records.is_empty(), "kept for ever");
    Ok(())
}

fn first_answer() -> impl Strategy<Value = Consent> {
    prop_oneof![4 => Just(Consent::Granted), 1 => Just(Consent::Unknown)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn the_promises_hold_to_omneo(
        has_platform: bool,
        durations: bool,
        first in first_answer(),
        steps in prop::collection::vec(step(), 0..60),
    ) {
        walk(World::new("me", has_platform, durations, first), steps)?;
    }

    #[test]
    fn the_promises_hold_by_a_relay(
        has_platform: bool,
        durations: bool,
        first in first_answer(),
        steps in prop::collection::vec(step(), 0..60),
    ) {
        walk(World::new("relay", has_platform, durations, first), steps)?;
    }
}
