use super::*;
use std::io::Write;

// As `--config` reads it.
fn read(text: &str) -> Result<Config, Vec<String>> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    Config::read(Some(file.path()))
}

const TENANT: &str =
    "[tenants.acme]\nomneo = \"https://api.acme.getomneo.com\"\nomneo_token = \"t\"\nomneo_id = true\n";

#[test]
fn little_is_asked_for_and_the_rest_has_a_value() {
    let config = read(&format!("admin_key = \"k\"\n{TENANT}")).unwrap();
    assert_eq!((config.listen.port(), config.limits.records, config.tenants["acme"].rate), (8790, 100, 10.0));
    assert!(!config.is_postgres());
}

#[test]
fn the_demo_s_settings_are_good() {
    assert!(read(DEMO).is_ok());
}

#[test]
fn a_mistake_names_the_setting_the_value_and_what_is_accepted() {
    let own = |line: &str| format!("admin_key = \"k\"\n{TENANT}{line}\n");
    let all = |line: &str| format!("admin_key = \"k\"\n{line}\n{TENANT}");
    for (text, wanted) in [
        (String::from(TENANT), &["`admin_key` is missing"][..]),
        (all("lisen = \"127.0.0.1:1\""), &["lisen", "listen"]),
        (all("listen = \"nowhere\""), &["\"nowhere\"", "listen", "127.0.0.1:8790"]),
        (all("trusted_proxies = [\"x\"]"), &["\"x\"", "trusted_proxies", "127.0.0.1/32"]),
        (all("limits = { records = 0 }"), &["`limits.records` is 0", "1 to 100"]),
        (all("limits = { records = 50, customer_burst = 10 }"), &["`limits.customer_burst` is 10", "50 to"]),
        (all("database = \"postgres://@:x/\""), &["`database`", "postgres://user@host/database"]),
        (all("admin_key_file = \"/no/such/file\""), &["`admin_key_file` is /no/such/file", "cannot be read"]),
        (own("rate = 0"), &["`tenants.acme.rate` is 0", "0.1 to 10000"]),
        (
            own("keys.x = { sha256 = [\"abc\"], scopes = [\"profiles\"] }"),
            &["`tenants.acme.keys.x.sha256`", "64 digits"],
        ),
        (own("keys.x = { sha256 = [], scopes = [\"everything\"] }"), &["everything", "profiles"]),
        (own("[[tenants.acme.jwt]]\nissuer = \"i\"\naudience = \"a\"\nalgorithm = \"none\""), &["none", "HS256"]),
        (
            own("[tenants.other]\nomneo = \"ftp://x\"\nomneo_token = \"t\"\nomneo_id = true"),
            &["`tenants.other.omneo` is \"ftp://x\"", "https://"],
        ),
        (
            own("[tenants.other]\nomneo = \"https://x\"\nomneo_token = \"t\"\nomneo_id = true"),
            &["`tenants.acme.hosts` is empty"],
        ),
    ] {
        let said = read(&text).err().unwrap_or_else(|| panic!("it is taken: {text}")).join("\n");
        assert!(wanted.iter().all(|part| said.contains(part)), "{said}\nwanted: {wanted:?}");
    }
}

#[test]
fn a_secret_comes_from_its_file_and_is_not_shown() {
    let mut secret = tempfile::NamedTempFile::new().unwrap();
    secret.write_all(b"hush\n").unwrap();
    let text = format!("admin_key_file = {:?}\n{TENANT}", secret.path());
    let config = read(&text).unwrap();
    assert_eq!(config.admin_key.as_ref().map(Secret::expose), Some("hush"));
    assert!(!format!("{config:?}").contains("hush"));
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let settings = format!("database = \"postgres://relay:hush@db/relay\"\nadmin_key = \"hush\"\n{TENANT}");
    file.write_all(settings.as_bytes()).unwrap();
    let shown = shown(Some(file.path())).unwrap();
    assert!(!shown.contains("hush") && shown.contains("(hidden)") && shown.contains("relay:"), "{shown}");
}
