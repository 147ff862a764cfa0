//! Each reader takes time that grows with its input, and not with the square of it.

use growing::GROWING;
use omneo_fuzz::named;
use std::time::Duration;

mod growing;

#[test]
fn time_grows_with_the_input_and_not_with_its_square() {
    for (place, (target, grown)) in GROWING.iter().enumerate() {
        let [small, large] = [1_000, 16_000].map(|n| timed(target, &grown(n)));
        // Sixteen times the input; with the square of it, it were 256 times the time.
        let most = small * 64 + Duration::from_millis(100);
        assert!(large < most, "{target}, input {place}: {small:?}, and {large:?} for sixteen times as much");
    }
}

/// The processor's time, as whatever else the machine does takes none of it. This is the only test of its process.
fn timed(target: &str, input: &str) -> Duration {
    let start = processor_time();
    named(target).expect("a target").run(input.as_bytes());
    processor_time() - start
}

fn processor_time() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the time is written where there is room for one.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut time) };
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}
