//! The keys in storage.
//!
//! | key | what it has |
//! | --- | --- |
//! | `omneo:session` | when the customer was last seen, up to when nobody was signed in, and who |
//! | `omneo:clienteling` | the staff-assisted session of this tab, in sessionStorage |
//! | `omneo:<page>:<number>` | a record of that page, or an array of those of one task |
//! | `omneo:<page>` | the page is gone, or rests in the back/forward cache |

use wasm_bindgen::JsValue;
use web_sys::Storage;

pub(super) const PREFIX: &str = "omneo:";
pub(super) const SESSION: &str = "omneo:session";
pub(super) const CLIENTELING: &str = "omneo:clienteling";

/// All keys of a storage.
pub(super) fn all(storage: &Storage) -> Result<Vec<String>, JsValue> {
    let count = storage.length()?;
    (0..count).filter_map(|at| storage.key(at).transpose()).collect()
}

/// The key of a record of that page.
pub(super) fn of_record(page: &str, number: u32) -> String {
    [page, ":", itoa::Buffer::new().format(number)].concat()
}

/// The key of the page whose record has that key.
pub(super) fn page_of(key: &str) -> Option<&str> {
    let (number, _) = key.strip_prefix(PREFIX)?.split_once(':')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| &key[..PREFIX.len() + number.len()])
}
