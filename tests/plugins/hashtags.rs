// The plugin of README.md, which `tests/readme.rs` compares with this file.

use khabar_extractor::{Doc, Example, ExtractError, Extractor, Output, Plugin, Scratch, TokenClass, Value};

#[derive(serde::Serialize)]
struct Hashtag { tag: String }
impl Value for Hashtag { const KIND: &'static str = "acme.hashtag"; }

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {}

struct Hashtags;
impl Extractor for Hashtags {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, _: &mut Scratch) -> Result<(), ExtractError> {
        for (at, token) in doc.tokens.iter().enumerate().filter(|(_, token)| token.class() == TokenClass::Hashtag) {
            out.push(token.span(), 1.0, &Hashtag { tag: doc.folded(at).replace(['#', '_'], " ").trim().into() })?;
        }
        Ok(())
    }
}
impl Plugin for Hashtags {
    const NAME: &'static str = "acme.hashtags";
    const VERSION: &'static str = "0.1.0";
    const PROVIDES: &'static [&'static str] = &[Hashtag::KIND];
    const EXAMPLES: &'static [Example] = &[Example::new("تغطية ⟦acme.hashtag;tag=قمه موسكو|#قمة_موسكو⟧ مباشرة")];
    type Config = Config;
    fn create(_: Config) -> Result<Self, ExtractError> { Ok(Self) }
}
