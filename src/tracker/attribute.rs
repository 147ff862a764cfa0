//! Which attributes of the script tag are settings.
//!
//! A tag carries what others write onto it as well: consent platforms, optimisers, routers. What is none of ours is theirs, and no
//! mistake. What is nearly called like a setting was probably meant to be one.

use super::settings::NAMES;

/// The setting that the attribute `name` of a script tag stands for, without `data-` and as its `dataset` has it: the one of that very
/// name, or the one that is nearly called so. `None`: it is somebody else's.
pub fn setting_for(name: &str) -> Option<&'static str> {
    let given = match name.split_at_checked(OWN.len()) {
        Some((own, rest)) if own.eq_ignore_ascii_case(OWN) => rest,
        _ => name,
    };
    let mut near = None;
    for setting in NAMES.iter().chain(OTHERS) {
        if *setting == name {
            return Some(setting);
        }
        if near.is_none() && is_near(given.as_bytes(), setting.as_bytes()) {
            near = Some(*setting);
        }
    }
    near
}

// Whether all in which they differ lies together: a letter or two too few, too many, others, or two in each other's place.
fn is_near(given: &[u8], setting: &[u8]) -> bool {
    let is_same = |(one, other): &(&u8, &u8)| one.eq_ignore_ascii_case(other);
    let front = given.iter().zip(setting).take_while(is_same).count();
    let (given, setting) = (&given[front..], &setting[front..]);
    let behind = given.iter().rev().zip(setting.iter().rev()).take_while(is_same).count();
    let (given, setting) = (&given[..given.len() - behind], &setting[..setting.len() - behind]);
    let is_swapped = matches!((given, setting), ([a, b], [c, d]) if is_same(&(a, d)) && is_same(&(b, c)));
    is_swapped || given.len().max(setting.len()) <= ((front + behind) / 4).clamp(1, MOST)
}

/// The settings that `js/` reads, and the start.
const OTHERS: &[&str] =
    &["token", "tokenUrl", "module", "events", "product", "forms", "load", "signedIn", "beforeConsent", "inspect"];

/// What some write before their own names.
const OWN: &str = "omneo";

/// How far away a name may be, however long.
const MOST: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_itself() {
        for name in NAMES.iter().chain(OTHERS) {
            assert_eq!(setting_for(name), Some(*name));
        }
    }

    #[test]
    fn what_is_nearly_a_setting_means_it() {
        for (name, setting) in [
            ("tennant", "tenant"),
            ("tenants", "tenant"),
            ("tokenurl", "tokenUrl"),
            ("token_url", "tokenUrl"),
            ("tokenUri", "tokenUrl"),
            ("capure", "capture"),
            ("concent", "consent"),
            ("cosnent", "consent"),
            ("signedin", "signedIn"),
            ("signedInn", "signedIn"),
            ("beforeConcent", "beforeConsent"),
            ("globalprivacycontrol", "globalPrivacyControl"),
            ("globalPrivcyControl", "globalPrivacyControl"),
            ("donottrack", "doNotTrack"),
            ("polciy", "policy"),
            ("Route", "route"),
            ("omneoTenant", "tenant"),
            ("omneoTokenUrl", "tokenUrl"),
        ] {
            assert_eq!(setting_for(name), Some(setting), "{name}");
        }
    }

    #[test]
    fn what_others_write_onto_scripts_is_theirs() {
        for name in [
            "wpStrategy",
            "rh",
            "cfasync",
            "cfBeacon",
            "turboTrack",
            "turboEval",
            "nscript",
            "astroRerun",
            "hxHistoryElt",
            "cookieconsent",
            "otIgnore",
            "otVendor",
            "category",
            "cookiecategory",
            "usercentrics",
            "cmpVendor",
            "cmpAb",
            "cmpSrc",
            "purposes",
            "service",
            "name",
            "src",
            "type",
            "optimized",
            "rocketSrc",
            "rocketStatus",
            "lazySrc",
            "noOptimize",
            "noMinify",
            "pagespeedNoDefer",
            "precedence",
            "vmid",
            "hid",
            "nHead",
            "nextHead",
            "vMeta",
            "svelte",
            "sveltekitFetched",
            "emotion",
            "styled",
            "iubPurposes",
            "borlabsCookieId",
            "borlabsScriptBlockerId",
            "complianz",
            "tarteaucitron",
            "wpfcOriginalSrc",
            "jetpackBoost",
            "ampExecuted",
            "domain",
            "domainScript",
            "websiteId",
            "siteId",
            "testid",
            "status",
            "role",
            "key",
            "version",
            "website",
            "action",
            "skip",
            "loaded",
            "greeting",
            "dtconfig",
            "minify",
            "defer",
            "isAsync",
            "ngAppId",
            "beasties",
            "ssrId",
            "once",
            "reload",
            "",
            "x",
            "adminToken",
            "blockingmode",
            "cookieblockSrc",
            "gtmYahoo",
            "ignore",
            "hash",
        ] {
            assert_eq!(setting_for(name), None, "{name}");
        }
        assert_eq!(setting_for(&"tenant".repeat(10_000)), None);
    }
}
