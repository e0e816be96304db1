//! Since when people hold an office: a text that calls them by it is no older than that.

use jiff::civil::Date;
use khabar_core::Span;
use khabar_extractor::{Cancel, ExtractError};

use crate::lexicon::Since;
use crate::text::Text;

/// The latest day on which somebody came into an office by which the text calls them, and where it does, unless it is
/// cancelled.
pub(crate) fn latest(text: &Text<'_>, cancel: Cancel<'_>) -> Result<Option<(Date, Span)>, ExtractError> {
    let mut latest: Option<(Date, Span)> = None;
    for (at, token) in text.doc.tokens.iter().enumerate() {
        cancel.check_at(at)?;
        let Some((Since(since), start)) = text.office(at) else { continue };
        if latest.is_none_or(|(known, _)| known < since) {
            latest = Some((since, Span::new(start, token.end)));
        }
    }
    Ok(latest)
}

#[cfg(test)]
mod tests {
    use khabar_arabic::Analysis;
    use khabar_extractor::Doc;

    use super::*;
    use crate::text::Buffers;

    fn since(text: &str) -> Option<String> {
        let mut analysis = Analysis::default();
        analysis.analyze(text);
        let doc = Doc::new("", text, &analysis);
        let mut buffers = Buffers::default();
        let text = Text::new(&doc, &mut buffers, false, Cancel::NEVER).expect("nobody cancels it");
        latest(&text, Cancel::NEVER).expect("nobody cancels it").map(|(since, _)| since.to_string())
    }

    #[test]
    fn the_latest_of_several_counts() {
        assert_eq!(since("التقى الرئيس الأميركي دونالد ترامب نظيره").as_deref(), Some("2016-11-08"));
        assert_eq!(since("بين الرئيس بوتين والرئيس الأوكراني زيلينسكي").as_deref(), Some("2019-04-21"));
        assert_eq!(since("رسالة للرئيس الأمريكي جو بايدن").as_deref(), Some("2020-11-03"));
    }

    #[test]
    fn a_name_without_its_title_tells_nothing() {
        for text in ["رجل الأعمال دونالد ترامب", "المرشح جو بايدن", "الرئيس الأمريكي السابق\nترامب", "سعيد", ""]
        {
            assert_eq!(since(text), None, "{text}");
        }
    }
}
