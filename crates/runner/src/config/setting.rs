//! `--set EXTRACTOR.KEY=VALUE`.

use std::str::FromStr;

use serde_json::{Map, Value as Json};

use crate::ConfigError;

/// A configuration key that the command line overrides.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// `EXTRACTOR.KEY`. Only the plan knows where the name ends, since names may have dots too.
    path: String,
    pub(super) value: Json,
    written: String,
}

impl FromStr for Setting {
    type Err = ConfigError;

    /// The value is a TOML literal (`true`, `3`, `"x"`, `[1, 2]`), else a string.
    fn from_str(written: &str) -> Result<Self, ConfigError> {
        let refuse = |reason: &str| ConfigError::Setting { setting: written.to_owned(), reason: reason.to_owned() };
        let (path, value) =
            written.split_once('=').ok_or_else(|| refuse("missing `=`: expected EXTRACTOR.KEY=VALUE"))?;
        let path = path.trim();
        if path.split('.').count() < 2 || path.split('.').any(str::is_empty) {
            return Err(refuse("missing key: expected EXTRACTOR.KEY=VALUE"));
        }
        let literal = toml::from_str::<toml::Table>(&format!("value = {value}")).ok();
        let literal = literal.filter(|table| table.len() == 1).and_then(|mut table| table.remove("value"));
        let value = literal.map_or_else(|| Json::from(value), json);
        Ok(Self { path: path.to_owned(), value, written: written.to_owned() })
    }
}

impl Setting {
    /// The path of the key in the configuration of the extractor `name`, if the setting is for it.
    pub(crate) fn key_of(&self, name: &str) -> Option<&str> {
        self.path.strip_prefix(name)?.strip_prefix('.')
    }

    /// Sets the value in a configuration, under a key such as `list.inner`.
    pub(crate) fn apply(&self, key: &str, config: &mut Map<String, Json>) -> Result<(), ConfigError> {
        let mut table = config;
        let mut steps = key.split('.').peekable();
        while let Some(step) = steps.next() {
            if steps.peek().is_none() {
                table.insert(step.to_owned(), self.value.clone());
                break;
            }
            match table.entry(step).or_insert_with(|| Json::Object(Map::new())) {
                Json::Object(inner) => table = inner,
                _ => return Err(self.refuse(format!("{step} is not a table"))),
            }
        }
        Ok(())
    }

    pub(crate) fn refuse(&self, reason: String) -> ConfigError {
        ConfigError::Setting { setting: self.written.clone(), reason }
    }
}

/// Converts a TOML value to JSON; dates become strings, numbers that JSON lacks become null.
pub(super) fn json(value: toml::Value) -> Json {
    match value {
        toml::Value::String(text) => Json::String(text),
        toml::Value::Integer(number) => Json::from(number),
        toml::Value::Float(number) => Json::from(number),
        toml::Value::Boolean(truth) => Json::Bool(truth),
        toml::Value::Datetime(date) => Json::String(date.to_string()),
        toml::Value::Array(items) => items.into_iter().map(json).collect(),
        toml::Value::Table(table) => Json::Object(table.into_iter().map(|(key, value)| (key, json(value))).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(written: &str) -> Json {
        written.parse::<Setting>().expect("parses").value
    }

    #[test]
    fn literals_and_strings() {
        assert_eq!(value("dates.direction=future"), Json::from("future"));
        assert_eq!(value("dates.direction=\"future\""), Json::from("future"));
        assert_eq!(value("entities.misc=true"), Json::from(true));
        assert_eq!(value("a.b=[1, 2]"), serde_json::json!([1, 2]));
        assert_eq!(value("a.b=1\nc = 2"), Json::from("1\nc = 2"));
        assert_eq!(value("a.b="), Json::from(""));
        assert_eq!(value("a.b=x=y"), Json::from("x=y"));
        for bad in ["a", "a=1", ".b=1", "a..b=1", "a.=1"] {
            assert!(bad.parse::<Setting>().is_err(), "{bad}");
        }
    }

    #[test]
    fn nested_keys() {
        let setting: Setting = "acme.tickers.list.size=3".parse().expect("parses");
        let key = setting.key_of("acme.tickers").expect("is meant for it");
        assert_eq!((key, setting.key_of("acme.tick")), ("list.size", None));
        let mut config = Map::new();
        setting.apply(key, &mut config).expect("applies");
        assert_eq!(Json::Object(config.clone()), serde_json::json!({"list": {"size": 3}}));
        let deeper: Setting = "acme.tickers.list.size.x=3".parse().expect("parses");
        assert!(deeper.apply("list.size.x", &mut config).is_err());
    }
}
