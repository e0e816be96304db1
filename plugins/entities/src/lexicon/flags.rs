//! What a word can do in a name or a title.

use serde::Deserialize;

khabar_lexicon::classes! {
    /// A part that a word form can play.
    pub(crate) enum TriggerFlag {
        /// The form has the article.
        Definite,
        /// The form has a pronoun of possession.
        Pronoun,
        /// The head of a title.
        Title,
        /// The definite head alone stands for a person.
        TitleBare,
        /// The head counts before a name alone.
        TitleLone,
        /// The head counts with a complement alone.
        TitleComplement,
        /// A complement with في may follow the title; of a preposition: it follows only such titles.
        TitleIn,
        /// The same with إلى.
        TitleTo,
        /// The indefinite head takes a complement, though the definite one counts before a name alone: شيخ الأزهر.
        TitleConstruct,
        /// The form is in the accusative, as a predicate is: رئيسا.
        TitlePredicate,
        /// The form is a dual or sound plural, which counts before a name alone: القاضيين.
        TitleDual,
        /// No title before a person's name, but a given name: أمير.
        TitleGiven,
        /// The head counts with a pronoun alone.
        TitlePronounOnly,
        /// Stands after a definite head of a title.
        Adjective,
        /// Stands after an indefinite head of a title.
        Indefinite,
        /// The office is no longer held.
        Former,
        /// What ministers are of.
        Portfolio,
        /// What bodies work on, behind ل: لكرة القدم.
        Field,
        /// What is no complement behind ل and the article: للمرة.
        Occasion,
        /// A letter of another alphabet, as names have initials: إف.
        Initial,
        /// باسم, لدى, في, إلى.
        Preposition,
        /// و apart from the word behind it.
        And,
        /// A definite word that is never part of a name.
        Stop,
        /// The head of a language's name.
        Language,
        /// A nisba adjective or the name of a people.
        Norp,
        /// The head of the name of an organisation.
        Org,
        /// The head of the name of a building.
        Fac,
        /// The head of the name of a landscape.
        Loc,
        /// The head of the name of a place with a government.
        Gpe,
        /// The head of the name of an event.
        Event,
        /// What is before the name of a thing that is made.
        Product,
        /// The head belongs to the name.
        Phrase,
        /// What follows the head is the name.
        Name,
        /// The definite head alone is an entity.
        Bare,
        /// The first word of a known name.
        First,
        /// The first word of a name of the register of the world.
        WorldFirst,
        /// A country's name.
        Country,
        /// على, ضد: whom a war is against.
        Against,
        /// Written with the alef of the article cut off.
        Cut,
        /// Complements joined by و follow the first: وزارة الزراعة والري.
        Joined,
        /// Also a common noun, so that its complement has to be a name or a nisba.
        Strict,
        /// An adjective that makes no name of its noun: المركز الثاني.
        Ordinary,
        /// Behind ب the head is no body: برئاسة.
        Presiding,
        /// A number tells one of these from others: القناة 12.
        Numbered,
        /// With a nationality alone it is any of that country: الشركة الألمانية.
        Common,
        /// What makes the word before it no name: حسن الحظ.
        Luck,
        /// What is one with the word behind it in a person's name: أبو, عبد, آل.
        Kin,
        /// A country whose name is an adjective as well: مالي.
        AlsoAdjective,
        /// What stands before places and other things: في, من.
        Place,
        /// What stands before places above all: شمال.
        Inside,
        /// A verbal noun as well, whose person is no part of a place: سجن.
        Verbal,
        /// A currency, which is a club elsewhere: ريال.
        Currency,
        /// What counts money: مليون.
        Scale,
        /// A team or its competition.
        Team,
        /// The head of a club's name, before the name of a place.
        Club,
        /// Clubs of which alone a country's name may follow: شباب تونس are its youths.
        Local,
    }
    /// The parts that a word form can play.
    pub(crate) struct TriggerFlags(u64);
}

/// How the head of a title is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum TitleUse {
    /// The definite head alone stands for a person: الرئيس.
    Bare,
    /// Head + pronoun stands for a person: رئيسه.
    Pronoun,
    /// The head counts with a pronoun alone: نظيره.
    PronounOnly,
    /// The head counts before a name alone: الدكتور.
    Lone,
    /// The head counts with a complement alone: كبير المفاوضين.
    Complement,
    /// The indefinite head takes a complement, though the definite one counts before a name alone: شيخ الأزهر.
    Construct,
    /// Its feminine is another word: محافظة.
    Masculine,
    /// Before a person's name it is a given name: أمير.
    Given,
    /// A complement with في or ب may follow.
    In,
    /// A complement with إلى may follow.
    To,
    /// Complements joined by و may follow.
    Joined,
    /// The office is told apart by its country.
    OfCountry,
    /// So, and the list of people names its holders.
    President,
}

impl TitleUse {
    /// What the forms of such a head can do.
    pub(super) const fn flags(self) -> TriggerFlags {
        match self {
            Self::Bare => TriggerFlag::TitleBare.set(),
            Self::PronounOnly => TriggerFlag::TitlePronounOnly.set(),
            Self::Lone => TriggerFlag::TitleLone.set(),
            Self::Complement => TriggerFlag::TitleComplement.set(),
            Self::Construct => TriggerFlag::TitleConstruct.set(),
            Self::Given => TriggerFlag::TitleGiven.set(),
            Self::In => TriggerFlag::TitleIn.set(),
            Self::To => TriggerFlag::TitleTo.set(),
            Self::Joined => TriggerFlag::Joined.set(),
            Self::Pronoun | Self::Masculine | Self::OfCountry | Self::President => TriggerFlags::EMPTY,
        }
    }
}

/// How the head of a name is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum HeadUse {
    /// The head belongs to the name, complements follow.
    Phrase,
    /// What follows the head is the name.
    Name,
    /// The definite head alone is an entity.
    Bare,
    /// Only what stands in quotation marks is the name.
    Quoted,
    /// Complements joined by و may follow.
    Joined,
    /// Also a common noun: its complement has to be a name or to have a nisba.
    Strict,
    /// Behind ب it is no body: برئاسة.
    Presiding,
    /// With a nationality alone it is any of that country: الشركة الألمانية.
    Common,
    /// A number tells one from others: القناة 12.
    Numbered,
    /// A verbal noun as well: سجن.
    Verbal,
    /// A team.
    Team,
    /// A club, before the name of a place.
    Club,
    /// A club, before the name of a place that is no country.
    Local,
}

impl HeadUse {
    /// What the forms of such a head can do. A name in quotation marks may follow any.
    pub(super) const fn flags(self) -> TriggerFlags {
        match self {
            Self::Phrase => TriggerFlag::Phrase.set(),
            Self::Name => TriggerFlag::Name.set(),
            Self::Bare => TriggerFlag::Bare.set(),
            Self::Joined => TriggerFlag::Joined.set(),
            Self::Strict => TriggerFlag::Strict.set(),
            Self::Presiding => TriggerFlag::Presiding.set(),
            Self::Common => TriggerFlag::Common.set(),
            Self::Numbered => TriggerFlag::Numbered.set(),
            Self::Verbal => TriggerFlag::Verbal.set(),
            Self::Team => TriggerFlag::Team.set(),
            Self::Club => TriggerFlag::Club.set(),
            Self::Local => TriggerFlags::of(&[TriggerFlag::Club, TriggerFlag::Local]),
            Self::Quoted => TriggerFlags::EMPTY,
        }
    }
}
