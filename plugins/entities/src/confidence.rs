//! How sure a mention is: the share of mentions with the same evidence that were right.
//!
//! The shares were counted on one half of 46 annotated articles of today's press (554 mentions), smoothed by four mentions of
//! which 85 % are right; on the other half the mean gap between confidence and share was 0.008. The rules were written with an
//! eye on such articles, the model never saw them.

use crate::kind::Kind;
use crate::mention::{Mention, Source};

/// What speaks for a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Evidence {
    /// An entry of the user.
    User,
    /// A name or a people that is known.
    Known,
    /// A rule of the grammar, or what the document says of its names.
    Rule,
    /// Quotation marks behind a head.
    Quoted,
    /// A title beside the name of who holds it.
    HeldTitle,
    /// A title alone.
    Title,
    /// A name of several words beside a title, by the model.
    TitledPerson,
    /// A person's name of several words, by the model.
    Person,
    /// A person's name of one word, by the model.
    Surname,
    /// A name of several words of another kind, by the model.
    Words,
    /// A name of one word of another kind, by the model.
    Word,
}

impl Evidence {
    fn of(mention: &Mention, is_beside_title: bool) -> Self {
        let is_one_word = mention.is_one_word();
        match (mention.source, mention.kind) {
            (Source::User, _) => Self::User,
            (_, Kind::Title) if is_beside_title => Self::HeldTitle,
            (_, Kind::Title) => Self::Title,
            (Source::Norp(_), Kind::Norp) => Self::Known,
            _ if mention.thing.is_some() => Self::Known,
            (Source::Grammar(_) | Source::Lexicon(_), _) => Self::Rule,
            (Source::Quoted(_), _) => Self::Quoted,
            (_, Kind::Person) if is_one_word => Self::Surname,
            (_, Kind::Person) if is_beside_title => Self::TitledPerson,
            (_, Kind::Person) => Self::Person,
            _ if is_one_word => Self::Word,
            _ => Self::Words,
        }
    }

    const fn confidence(self) -> f32 {
        match self {
            Self::User => 1.0,
            Self::HeldTitle => 0.99,
            Self::Known => 0.98,
            Self::Quoted => 0.96,
            Self::Rule => 0.95,
            Self::TitledPerson => 0.93,
            Self::Person => 0.91,
            Self::Surname => 0.9,
            Self::Title => 0.88,
            Self::Words => 0.85,
            Self::Word => 0.8,
        }
    }
}

/// Notes on every mention how sure it is, once the holders of titles are known.
pub(crate) fn rate(mentions: &mut [Mention]) {
    let mut has_title = vec![false; mentions.len()];
    for holder in mentions.iter().filter_map(|m| m.holder) {
        if let Some(has_title) = has_title.get_mut(holder as usize) {
            *has_title = true;
        }
    }
    for (mention, has_title) in mentions.iter_mut().zip(has_title) {
        let is_beside_title = has_title || mention.holder.is_some();
        mention.confidence = Evidence::of(mention, is_beside_title).confidence();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_evidence_is_surer() {
        let mut mentions = [
            Mention::new(0..1, 0, Kind::Title, Source::Model),
            Mention::new(1..3, 0, Kind::Person, Source::Model),
            Mention::new(4..6, 0, Kind::Person, Source::Model),
            Mention::new(7..8, 0, Kind::Person, Source::Model),
            Mention::new(9..10, 0, Kind::Title, Source::Model),
            Mention::new(11..12, 0, Kind::Gpe, Source::Model).of(0),
            Mention::new(13..14, 0, Kind::Gpe, Source::Model),
            Mention::new(15..16, 0, Kind::Gpe, Source::User),
        ];
        mentions[0].holder = Some(1);
        rate(&mut mentions);
        let [held, titled, person, surname, title, known, word, user] = mentions.map(|m| m.confidence);
        assert!(title < held && surname < person && person < titled && word < known && known < user);
    }
}
