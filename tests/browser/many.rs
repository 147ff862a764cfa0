//! A tracker that was stopped leaves nothing behind: no closure, no listener, no timer, no memory.

use crate::page::Page;
use core::arch::wasm32::memory_size;
use wasm_bindgen_test::wasm_bindgen_test;

/// What the page has of the trackers on it.
#[derive(Debug)]
struct Left {
    /// Values of JavaScript's that Rust holds.
    values: u32,
    /// Pages of 64 KiB.
    memory: usize,
    /// How often the page is listened to, and how many timers wait.
    listening: String,
}

impl Left {
    async fn of(page: &Page) -> Left {
        let listening = page.json("return [window.listening.size, window.timers.size]").await;
        Left { values: wasm_bindgen::externref_heap_live_count(), memory: memory_size::<0>(), listening }
    }

    /// Once JavaScript's collector had reason to run: what was to happen, and can no more, is its to free.
    async fn in_the_end(page: &Page, values: u32) -> Left {
        for _ in 0..100 {
            collect(page).await;
            let left = Left::of(page).await;
            if left.values <= values && left.listening == NOTHING {
                return left;
            }
        }
        Left::of(page).await
    }
}

async fn collect(page: &Page) {
    page.run("new Array(1 << 18).fill(0).map(() => ({})); await new Promise((later) => setTimeout(later, 20))").await;
}

const NOTHING: &str = "[0,0]";

// From outside, as a page sees it.
const COUNT: &str = "
    window.listening = new Set();
    const { addEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (name, heard, options) {
      const key = {};
      if (options?.signal && !(this instanceof AbortSignal)) {
        window.listening.add(key);
        addEventListener.call(options.signal, 'abort', () => window.listening.delete(key));
      }
      return addEventListener.call(this, name, heard, options);
    };
    window.timers = new Set();
    const { setTimeout, clearTimeout } = window;
    window.setTimeout = (act, ms) => {
      const timer = setTimeout(() => (window.timers.delete(timer), act()), ms);
      window.timers.add(timer);
      return timer;
    };
    window.clearTimeout = (timer) => (window.timers.delete(timer), clearTimeout(timer));
    page.restore = () => {
      EventTarget.prototype.addEventListener = addEventListener;
      Object.assign(window, { setTimeout, clearTimeout });
    };";

async fn visit(times: usize) {
    let pages: Vec<Page> = (0..times).map(|_| Page::start_with(r#"{"capture":{"logins":true}}"#, "{}")).collect();
    for page in &pages {
        page.run("page.call('pageView', { title: 'Shirts' }); page.call('flush'); page.call('stop')").await;
    }
    for page in &pages {
        page.until("page.ended.aborted").await;
    }
}

/// Fifty at once, and the next when the collector had reason to run: else memory grows as far as it is late.
async fn rounds(watch: &Page, times: usize, values: u32) -> Left {
    for _ in 0..times {
        visit(50).await;
        collect(watch).await;
    }
    Left::in_the_end(watch, values).await
}

#[wasm_bindgen_test]
async fn a_thousand_trackers_leave_what_the_first_ones_left() {
    let watch = Page::start();
    watch.run(COUNT).await;
    watch.run("page.submit = HTMLFormElement.prototype.submit").await;
    let nothing = Left::of(&watch).await;
    // As much at once as later on, until memory is as large as that takes.
    let before = rounds(&watch, 4, nothing.values).await;
    let after = rounds(&watch, 20, before.values).await;
    watch.run("page.restore()").await;
    assert_eq!(watch.json("return page.submit === HTMLFormElement.prototype.submit").await, "true");
    assert!(after.values <= before.values, "{after:?} {before:?}");
    assert_eq!(after.listening, NOTHING);
    // How many wait at once is chance. One tracker takes more than a kilobyte, so a thousand that stay would be seen.
    assert!(after.memory <= before.memory + 8, "{after:?} {before:?}");
}
