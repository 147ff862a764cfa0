//! Whole visits.

use crate::page::Page;
use crate::step::{Step, step};
use omneo_interactions::tracker::Input;

/// The first line has the settings. Each other is a step: milliseconds since the one before, and what [`step`] reads.
pub fn check(text: &str) {
    let (settings, steps) = text.split_once('\n').unwrap_or((text, ""));
    let Some(mut page) = Page::open(settings) else { return };
    for line in steps.lines().take(MOST) {
        let (passed, line) = line.split_once(' ').unwrap_or((line, ""));
        page.context.moment.now.0 += i64::from(passed.parse::<u32>().unwrap_or(0));
        match step(line) {
            Some(Step::At { address, title }) => (page.context.address, page.context.title) = (address, title),
            Some(Step::Submit(mut submission)) => {
                for place in page.fields_to_read(&submission) {
                    submission.fields[place].value = Some("8".into());
                }
                page.input(Input::Submitted { submission });
            }
            Some(Step::Markup(markup)) => _ = page.tracker.product(&markup, &page.context),
            Some(Step::Explain(given)) => _ = page.tracker.explain(given),
            Some(Step::Input(input)) => page.input(input),
            None => {}
        }
    }
}

/// More inputs than that tell nothing that fewer do not.
const MOST: usize = 200;
