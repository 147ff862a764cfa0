//! How much one customer may ask for.

use super::Fault;
use crate::subject::Subject;
use crate::tenant::Tenant;
use governor::InsufficientCapacity;
use governor::clock::{Clock, DefaultClock};
use std::num::NonZeroU32;

/// Counts so many records, or requests to Omneo, of a customer.
///
/// # Errors
/// 429, where there were too many.
pub fn welcome(tenant: &Tenant, subject: &Subject, records: u32) -> Result<(), Fault> {
    let Some(records) = NonZeroU32::new(records) else { return Ok(()) };
    match tenant.customers.check_key_n(&subject.as_str().into(), records) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(until)) => Err(Fault::TooMany(until.wait_time_from(DefaultClock::default().now()).as_secs() + 1)),
        Err(InsufficientCapacity(_)) => Err(Fault::TooMany(60)),
    }
}
