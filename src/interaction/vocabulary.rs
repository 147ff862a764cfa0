//! The closed vocabularies of an interaction, in the order of Omneo's documentation.

/// The kinds of action that can take place.
pub const ACTIONS: &[&str] =
    &["broadcast", "disclose", "feedback", "product", "reach", "refer", "service", "visit", "view"];

/// Where an action can happen.
pub const CHANNELS: &[&str] = &["app", "email", "location", "push", "sms", "social", "support", "website"];

/// The sentiments of an action: positive, neutral, negative.
pub const SIGNALS: &[&str] = &["1", "0", "-1"];
