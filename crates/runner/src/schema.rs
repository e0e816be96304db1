//! The JSON Schema of the output.

use serde_json::Value as Json;

/// The schema of a line of [`Jsonl`](crate::writer::Jsonl).
pub const OUTPUT: &str = include_str!("schema/output.json");

/// The schema of the values of a built-in kind: a description and the fields; `None` for other kinds.
pub fn of_kind(kind: &str) -> Option<Json> {
    let mut schema: Json = serde_json::from_str(OUTPUT).ok()?;
    let definition = schema["$defs"].get_mut(kind).filter(|_| kind.contains('.'))?;
    Some(definition.take())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin::builtins;
    use crate::plan::DOCUMENT_DATE;

    #[test]
    fn every_kind_that_is_linked_in_is_described() {
        for builtin in builtins() {
            for kind in builtin.offer.info.provides.iter().filter(|kind| *kind != DOCUMENT_DATE) {
                let definition = of_kind(kind);
                assert!(definition.is_some_and(|d| d["description"].is_string()), "{kind} is not in the schema");
            }
        }
        let schema: Json = serde_json::from_str(OUTPUT).expect("is JSON");
        let codes: Vec<&str> = crate::IssueCode::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(schema["$defs"]["error"]["properties"]["code"]["enum"], serde_json::json!(codes));
        assert_eq!(of_kind("acme.ticker"), None);
        assert_eq!(of_kind("span"), None);
    }
}
