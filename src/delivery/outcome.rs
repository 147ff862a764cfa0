//! What an answer of the receiver means.

use crate::interaction::{Instant, number::of_digits};
use std::time::UNIX_EPOCH;

/// What becomes of a record after an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver has it.
    Delivered,
    /// The token is not, or no longer, good.
    TokenRefused,
    /// It will never be accepted as it is.
    Rejected,
    /// It may be accepted later.
    Later,
}

impl Outcome {
    /// What an HTTP status means; 0 stands for no answer at all.
    ///
    /// A redirect or any status that HTTP does not define for this request counts as [`Outcome::Later`]: keeping a record
    /// one time too often is cheaper than losing it.
    pub fn of(status: u16) -> Outcome {
        match status {
            200..=299 => Outcome::Delivered,
            401 => Outcome::TokenRefused,
            408 | 425 | 429 => Outcome::Later,
            400..=499 => Outcome::Rejected,
            _ => Outcome::Later,
        }
    }
}

/// Whether a status is certainly answered before the record is written, so that it may be sent again without a look: the token is
/// checked first (401), so is the rate of requests (429, RFC 6585, section 4), and 425 is the refusal to begin at all (RFC 8470, section
/// 5.2). Not 503 or any other 5xx: a proxy answers those after the upstream has the request. Nor 408, which a proxy may answer for it.
pub fn is_before_the_work(status: u16) -> bool {
    matches!(status, 401 | 425 | 429)
}

/// `Retry-After` (RFC 9110, section 10.2.3) in milliseconds from `now`: a number of seconds, or a date.
pub fn retry_after_ms(header: &str, now: Instant) -> Option<i64> {
    if let Some(seconds) = of_digits(header, 9) {
        return Some(seconds as i64 * 1_000);
    }
    let date = httpdate::parse_http_date(header).ok()?;
    Some(date.duration_since(UNIX_EPOCH).ok()?.as_secs() as i64 * 1_000 - now.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_has_one_meaning() {
        for (status, outcome) in [
            (200, Outcome::Delivered),
            (201, Outcome::Delivered),
            (204, Outcome::Delivered),
            (401, Outcome::TokenRefused),
            (400, Outcome::Rejected),
            (403, Outcome::Rejected),
            (404, Outcome::Rejected),
            (422, Outcome::Rejected),
            (408, Outcome::Later),
            (425, Outcome::Later),
            (429, Outcome::Later),
            (500, Outcome::Later),
            (503, Outcome::Later),
            (0, Outcome::Later),
            (302, Outcome::Later),
            (999, Outcome::Later),
        ] {
            assert_eq!(Outcome::of(status), outcome, "{status}");
        }
    }

    #[test]
    fn retry_after_is_read_in_seconds_and_as_a_date() {
        let now = Instant::parse("1994-11-06T08:49:07Z").unwrap();
        assert_eq!(retry_after_ms("120", now), Some(120_000));
        assert_eq!(retry_after_ms("Sun, 06 Nov 1994 08:49:37 GMT", now), Some(30_000));
        for header in ["", "soon", "-1", "1.5", "99999999999999999999", "Sun, 06 Nov GMT"] {
            assert_eq!(retry_after_ms(header, now), None, "{header:?}");
        }
    }
}
