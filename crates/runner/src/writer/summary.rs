//! A value in a few words, for tables.

use serde_json::Value as Json;

/// Summarises a value: its `value` with currency or unit, the bounds of a range, an entity's name, a quotation's speaker;
/// empty if it has none of these.
pub(super) fn summary(value: &[u8]) -> String {
    let value: Json = serde_json::from_slice(value).unwrap_or_default();
    let text = |key: &str| match &value[key] {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let mut words = Vec::new();
    words.extend(text("mod").map(|hedge| hedge.to_lowercase()));
    match (text("value"), text("low"), text("high")) {
        (Some(value), ..) => words.push(value),
        (None, Some(low), Some(high)) => words.push(format!("{low} to {high}")),
        _ => words.extend(text("magnitude").map(|magnitude| format!("n × {magnitude}"))),
    }
    words.extend(text("currency").or_else(|| text("unit")));
    words.extend(text("name"));
    words.extend(text("id").map(|id| format!("[{id}]")));
    words.extend(value["speaker"]["text"].as_str().map(str::to_owned));
    words.extend(text("speaker_id").map(|speaker| format!("[{speaker}]")));
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gist_of_a_value() {
        for (value, gist) in [
            (r#"{"value":"3000000","currency":"USD","mod":"APPROX"}"#, "approx 3000000 USD"),
            (r#"{"low":"3","high":"5","unit":"kilometer"}"#, "3 to 5 kilometer"),
            (r#"{"value":null,"magnitude":"1000"}"#, "n × 1000"),
            (r#"{"id":"Q22686","name":"دونالد ترامب"}"#, "دونالد ترامب [Q22686]"),
            (r#"{"speaker":{"start":1,"end":5,"text":"ترامب"},"speaker_id":"Q1","cue":null}"#, "ترامب [Q1]"),
            (r#"{"speaker":null,"cue":null,"source":[]}"#, ""),
            ("{}", ""),
            ("not JSON", ""),
        ] {
            assert_eq!(summary(value.as_bytes()), gist);
        }
    }
}
