//! Names that are known, and those that quotation marks show.

use khabar_core::TokenClass;
use khabar_extractor::{Cancel, ExtractError};
use khabar_lexicon::inflect::has_adjective_ending;

use super::Grammar;
use super::rules::{self, QUOTED_STARTS};
use crate::kind::Kind;
use crate::lexicon::{Lexicon, TriggerFlag, TriggerFlags};
use crate::mention::{Mention, RuleId, Source};

/// What a head in front of quotation marks is head of, the first that it has.
const QUOTED_KINDS: [(TriggerFlag, Kind); 5] = [
    (TriggerFlag::Org, Kind::Org),
    (TriggerFlag::Gpe, Kind::Gpe),
    (TriggerFlag::Event, Kind::Event),
    (TriggerFlag::Fac, Kind::Fac),
    (TriggerFlag::Product, Kind::Product),
];

/// What begins a known name.
const FIRSTS: TriggerFlags = TriggerFlags::of(&[TriggerFlag::First, TriggerFlag::WorldFirst]);

impl Grammar<'_> {
    pub(super) fn is_on(&self, rule: RuleId) -> bool {
        !self.disabled.contains(rule.place())
    }

    /// The names of the lexicon, the longest at each place; a weak one where the words before it say that it is a name.
    /// `known` are the places of segments of which the lexicon knows something.
    pub(crate) fn known_names(
        &self,
        lexicon: &Lexicon,
        known: impl Iterator<Item = usize>,
        mentions: &mut Vec<Mention>,
        cancel: Cancel<'_>,
    ) -> Result<(), ExtractError> {
        let mut end = 0;
        for (step, at) in known.enumerate() {
            cancel.check_at(step)?;
            let word = self.segments[at].known;
            if at < end || !word.flags.intersects(FIRSTS) {
                continue;
            }
            let following =
                self.segments.get(at + 1..).unwrap_or_default().iter().take_while(|segment| !segment.starts_sentence);
            let (is_introduced, names_count) =
                (self.is_introduced(at) && self.is_on(rules::INTRODUCED), self.is_on(rules::KNOWN));
            let name = lexicon.longest_name(word.form, following.map(|segment| segment.hash), |name| {
                name.user || if name.weak { is_introduced } else { names_count }
            });
            if let Some((name, more)) = name {
                end = at + 1 + more;
                let kind = lexicon.kind(name.thing);
                let rule = if name.weak { rules::INTRODUCED } else { rules::KNOWN };
                let source = if name.user { Source::User } else { Source::Lexicon(rule) };
                let mention = Mention::new(at..end, word.skip, kind, source).of(name.thing);
                if lexicon.is_of_world(name.thing) && matches!(kind, Kind::Org | Kind::Fac | Kind::Event) {
                    // الأرشيف الوطني الأميركي
                    end = if kind == Kind::Org { self.known_adjectives(end) } else { end };
                    mentions.push(Mention { end: end as u32, ..mention });
                    mentions.extend(self.inner_place(lexicon, at + 1..end));
                } else {
                    mentions.push(mention);
                }
            }
        }
        Ok(())
    }

    /// The known place at the end of the name of a body: قسنطينة of شباب قسنطينة.
    fn inner_place(&self, lexicon: &Lexicon, words: std::ops::Range<usize>) -> Option<Mention> {
        words.clone().find_map(|at| {
            let word = self.segments.get(at)?.known;
            let following = self.segments.get(at + 1..words.end)?.iter().map(|segment| segment.hash);
            let place = |thing| lexicon.kind(thing) == Kind::Gpe;
            let (name, more) = lexicon.longest_name(word.form, following, |name| place(name.thing))?;
            let found = Mention::new(at..at + 1 + more, word.skip, Kind::Gpe, Source::Lexicon(rules::KNOWN));
            (at + 1 + more == words.end && word.skip == 0).then(|| found.of(name.thing))
        })
    }

    /// A head that names follow stands before the segment.
    fn is_introduced(&self, at: usize) -> bool {
        const INTRODUCE: TriggerFlags = TriggerFlags::of(&[TriggerFlag::Name, TriggerFlag::Club, TriggerFlag::Inside]);
        at.checked_sub(1).is_some_and(|before| self.flags(before).intersects(INTRODUCE))
    }

    /// Names in quotation marks after a head: صحيفة "كوميرسانت", منصته الاجتماعية "تروث سوشال", قناتي "العربية" و"الحدث".
    pub(crate) fn quoted_names(
        &self,
        known: impl Iterator<Item = usize>,
        mentions: &mut Vec<Mention>,
        cancel: Cancel<'_>,
    ) -> Result<(), ExtractError> {
        if !self.is_on(rules::QUOTED) {
            return Ok(());
        }
        let lexical = mentions.len();
        for (step, at) in known.enumerate() {
            cancel.check_at(step)?;
            let flags = self.flags(at);
            if !flags.intersects(QUOTED_STARTS) {
                continue;
            }
            let Some((_, kind)) = QUOTED_KINDS.into_iter().find(|(flag, _)| flags.contains(*flag)) else { continue };
            // One adjective may stand between: منصته الاجتماعية "تروث سوشال".
            let is_adjective =
                self.class(at + 1) == Some(TokenClass::Arabic) && has_adjective_ending(self.text(at + 1));
            let mut open = if is_adjective { at + 2 } else { at + 1 };
            while let Some(end) = self.quoted_once(open) {
                mentions.push(Mention::new(open + 1..end, 0, kind, Source::Quoted(rules::QUOTED)));
                if !self.is_and(end + 1) {
                    break;
                }
                open = end + 2;
            }
        }
        adopt_things(mentions, lexical);
        Ok(())
    }

    /// Adds the peoples at a place: nisbas and nouns, unless they are a language.
    pub(crate) fn norp(&self, lexicon: &Lexicon, at: usize) -> Option<Mention> {
        let word = self.segments.get(at)?.known;
        let is_language = at.checked_sub(1).is_some_and(|before| self.has(before, TriggerFlag::Language));
        if !word.has(TriggerFlag::Norp) || !self.is_on(rules::NISBA) || is_language && self.is_on(rules::LANGUAGE) {
            return None;
        }
        Some(
            Mention::new(at..at + 1, word.skip, Kind::Norp, Source::Norp(rules::NISBA))
                .of(lexicon.entry(word.form).norp),
        )
    }
}

/// What quotation marks found takes the place of known names inside it, and the thing of one that covers it.
fn adopt_things(mentions: &mut Vec<Mention>, known: usize) {
    let (lexical, quoted) = mentions.split_at_mut(known);
    for q in quoted.iter_mut() {
        let at = lexical.partition_point(|m| m.start < q.start);
        if let Some(m) = lexical.get(at).filter(|m| (m.start, m.end, m.kind) == (q.start, q.end, q.kind)) {
            (q.thing, q.skip) = (m.thing, m.skip);
        }
    }
    let quoted: Vec<Mention> = quoted.to_vec();
    mentions.retain(|m| {
        !matches!(m.source, Source::Lexicon(_)) || {
            let at = quoted.partition_point(|q| q.end <= m.start);
            quoted.get(at).is_none_or(|q| m.end <= q.start)
        }
    });
    mentions.sort_by_key(|m| (m.start, m.end));
}
