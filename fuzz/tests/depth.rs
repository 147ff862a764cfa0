//! No reader leaves the stack, however deep its input is.

use growing::GROWING;
use omneo_fuzz::named;

mod growing;

#[test]
fn nothing_is_deep_enough_to_leave_the_stack() {
    for (target, grown) in GROWING {
        for n in [62, 63, 64, 65, 120, 126, 127, 128, 129, 20_000] {
            named(target).expect("a target").run(grown(n).as_bytes());
        }
    }
}
