//! The rules by which entities are found, in the order in which they are tried. The statistical model finds names beside them.

use std::ops::Range;

use khabar_extractor::{Example, RuleInfo};
use khabar_lexicon::rule::{Rule, infos};

use super::{Grammar, organisation, thing, title};
use crate::kind::Kind;
use crate::lexicon::{TriggerFlag, TriggerFlags};
use crate::mention::RuleId;

/// A production: the end of the phrase whose head is at a place, as deep as it stands in others.
pub(super) type Production = fn(&Grammar<'_>, usize, usize) -> Option<usize>;

/// What a rule does.
#[derive(Clone, Copy)]
pub(super) enum Parse {
    /// It finds names or nisbas, a stage of its own; or it decides what becomes of them.
    Stage,
    /// A production of titles.
    Title(Production),
    /// A production of organisations.
    Organisation(Production),
    /// A production of places, events and products.
    Thing(Production),
}

impl Parse {
    /// The kind of what a production finds, where that does not depend on the head, and the production.
    pub(super) fn production(self) -> Option<(Option<Kind>, Production)> {
        match self {
            Self::Stage => None,
            Self::Title(production) => Some((Some(Kind::Title), production)),
            Self::Organisation(production) => Some((Some(Kind::Org), production)),
            Self::Thing(production) => Some((None, production)),
        }
    }
}

const FIRST: TriggerFlags = TriggerFlag::First.set();
const TITLE: TriggerFlags = TriggerFlag::Title.set();
const ORG: TriggerFlags = TriggerFlag::Org.set();
const NORP: TriggerFlags = TriggerFlag::Norp.set();
const THING: TriggerFlags =
    TriggerFlags::of(&[TriggerFlag::Fac, TriggerFlag::Loc, TriggerFlag::Event, TriggerFlag::Product]);
const QUOTABLE: TriggerFlags =
    TriggerFlags::of(&[TriggerFlag::Org, TriggerFlag::Gpe, TriggerFlag::Event, TriggerFlag::Fac, TriggerFlag::Product]);

const fn rule(
    name: &'static str,
    begins: TriggerFlags,
    parse: Parse,
    description: &'static str,
    example: &'static str,
) -> Rule<Parse, TriggerFlags> {
    Rule::new(RuleInfo::new(name, description, Example::new(example)), begins, parse)
}

/// The rules.
#[rustfmt::skip]
pub(super) const RULES: [Rule<Parse, TriggerFlags>; 47] = {
    use Parse::{Organisation, Stage, Thing, Title};
    [
        rule("name.known", FIRST, Stage,
            "A name of the word lists is that thing.",
            "وصل إلى ⟦entity.gpe;id=Q956|بكين⟧ أمس"),
        rule("name.introduced", FIRST, Stage,
            "A name that is also another word counts behind a head that names follow: صور is Tyre in مدينة صور.",
            "في مدينة ⟦entity.gpe:صور⟧ أمس"),
        rule("name.quoted", QUOTABLE, Stage,
            "A name stands in quotation marks behind a head.",
            "نقلت صحيفة «⟦entity.org:اليوم السابع⟧» الخبر"),
        rule("name.person", FIRST, Stage,
            "One word that is a known name without an article is a person's name where the model says so.",
            "قالت ⟦entity.person:صوفيا⟧ إنها سعيدة"),
        rule("person.initial", FIRST, Stage,
            "Initials belong to a name, though a dot stands behind them.",
            "اغتيل ⟦entity.person:جون إف. كينيدي⟧ أمس"),
        rule("person.given_title", FIRST, Stage,
            "A title without an article before a person's name is that person's given name.",
            "انتقل ⟦entity.person:أمير عادل⟧ إلى ناد آخر"),
        rule("person.not_luck", FIRST, Stage,
            "Before الحظ a given name is what it says.",
            "ولحسن الحظ لم يصب أحد"),
        rule("person.not_adjective", FIRST, Stage,
            "Behind an indefinite nisba a word is an adjective, though it is a given name elsewhere.",
            "استقبلهم بوجه دبلوماسي هادئ أمس"),
        rule("name.hyphen", FIRST, Stage,
            "Names that a hyphen joins without spaces are one.",
            "وصل إلى جزيرة ⟦entity.loc:سانت-مارغريت⟧ أمس"),
        rule("name.kind_of_head", FIRST, Stage,
            "The word before a name tells of what kind it is.",
            "أعلن ⟦entity.title:وزير الخارجية ⟦entity.norp:البريطاني⟧⟧ يوم الأربعاء عبر منصة ⟦entity.product:إكس⟧ عن استيائه."),
        rule("gpe.title_and_name", TriggerFlag::Gpe.set(), Stage,
            "Behind the head of a place's name a title and a person's name are the place's name.",
            "في مدينة ⟦entity.gpe:الشيخ عثمان⟧ أمس"),
        rule("gpe.also_adjective", FIRST, Stage,
            "A country's name that is an adjective as well is one behind a noun that places do not follow.",
            "حصل على دعم مالي من الدولة"),
        rule("org.not_currency", FIRST, Stage,
            "A currency is no club where money is counted.",
            "بلغت قيمة الصفقة 45 مليون ريال أمس"),
        rule("org.outlet_adjective", ORG, Stage,
            "The adjective that says what sort of outlet it is stands outside of its name.",
            "أكد المدير في تصريح لجريدة ⟦entity.org:هسبريس⟧ الإلكترونية، أن هذا الإشكال انتهى"),
        rule("person.titled", TITLE, Stage,
            "Words behind a title that occur hardly anywhere are a person's name.",
            "أجرى اتصالات مع ⟦entity.title:وزير خارجية ⟦entity.gpe:النرويج⟧⟧، ⟦entity.person:إسبن غورسم إيدن⟧، أمس"),
        rule("org.gloss", ORG, Stage,
            "A word in marks behind a body's name is its short name.",
            "أعلنت ⟦entity.org:الهيئة العامة للأرصاد⟧ (⟦entity.org:زمفر⟧) ذلك"),
        rule("name.repeated", FIRST, Stage,
            "A short name of a body and a surname are that name everywhere in the document.",
            "أعلنت ⟦entity.org:الهيئة العامة للأرصاد⟧ (⟦entity.org:زمفر⟧) ذلك، وقالت ⟦entity.org:زمفر⟧ إنها تتابع"),
        rule("org.inner", ORG, Stage,
            "A body that is known stands inside the name of another one.",
            "قال ⟦entity.org:مكتب ⟦entity.org:الأمم المتحدة⟧ لتنسيق الشؤون الإنسانية⟧ ذلك"),
        rule("gpe.unknown", TriggerFlag::Gpe.set(), Stage,
            "A word behind the head of a place's name that occurs hardly anywhere is the name of that place.",
            "واندلع حريق في بلدة ⟦entity.gpe:حومين⟧ فجرا"),
        rule("org.score", FIRST, Stage,
            "Goals are no part of a club's name.",
            "نتائج المباريات: ⟦entity.org:اتحاد ⟦entity.gpe:طنجة⟧⟧ 4-2"),
        rule("norp.person", NORP, Stage,
            "One word that is a nisba is a people, though the model says that it is a person.",
            "قال علماء ⟦entity.norp:سويسريون⟧ إن الهواتف الذكية قد تصبح أداة"),
        rule("title.possessed", TITLE, Title(title::possessed),
            "A title with a pronoun of possession stands for a person.",
            "عاد إلى ⟦entity.title:رئيسه⟧ ⟦entity.person:دونالد ترامب⟧"),
        rule("title.definite_preposition", TITLE, Title(title::definite_preposition),
            "A definite title goes on with a complement with باسم, لدى, ل, في or إلى.",
            "صرح ⟦entity.title:المتحدث باسم ⟦entity.fac:البيت الأبيض⟧⟧ بذلك"),
        rule("title.definite_adjective", TITLE, Title(title::definite_adjective),
            "A definite title goes on with definite adjectives.",
            "التقى ⟦entity.title:الرئيس ⟦entity.norp:المصري⟧⟧ نظراءه"),
        rule("title.before_person", TITLE, Title(title::before_person),
            "A definite title stands before a person's name.",
            "قال ⟦entity.title:الأمير⟧ ⟦entity.person:محمد بن سلمان⟧ ذلك"),
        rule("title.definite_alone", TITLE, Title(title::definite_alone),
            "The heads of some titles stand for a person alone, with the article.",
            "قال ⟦entity.title:الوزير⟧ ذلك"),
        rule("title.head_complement", TITLE, Title(title::head_complement),
            "An indefinite title is head of a name, an organisation, another title, or of what ministers are of.",
            "وصل ⟦entity.title:مبعوث ⟦entity.title:الرئيس ⟦entity.norp:الأمريكي⟧⟧⟧ أمس"),
        rule("title.head_preposition", TITLE, Title(title::head_preposition),
            "An indefinite title goes on with a complement with a preposition.",
            "قال ⟦entity.title:مستشار في ⟦entity.fac:الكرملين⟧⟧ ذلك"),
        rule("title.predicate", TriggerFlag::TitlePredicate.set(), Title(title::predicate),
            "A title in the accusative is a predicate, with ل and what it is of.",
            "انتخب ⟦entity.title:رئيسا ل⟦entity.org:لبرلمان⟧⟧ أمس"),
        rule("title.of_two", TriggerFlag::TitlePredicate.set(), Title(title::of_two),
            "A title of two people stands before the name of the first.",
            "وصل ⟦entity.title:وزيرا الدفاع⟧ ⟦entity.person:دونالد ترامب⟧ وزميله"),
        rule("org.quoted", ORG, Organisation(organisation::quoted),
            "Names in quotation marks behind a head are what a title is of.",
            "أفاد ⟦entity.title:مراسل قناة \"⟦entity.org:النيل⟧⟧\" بذلك"),
        rule("org.numbered", TriggerFlag::Numbered.set(), Organisation(organisation::numbered),
            "A number tells channels and units from others.",
            "ذكرت ⟦entity.org:القناة 12⟧ أن الاجتماع انتهى"),
        rule("org.club", TriggerFlag::Club.set(), Organisation(organisation::club),
            "A club's name is a word that clubs have and the name of a place.",
            "فاز ⟦entity.org:وفاق ⟦entity.gpe:القاهرة⟧⟧ أمس"),
        rule("org.definite_field", ORG, Organisation(organisation::definite_field),
            "What a body is concerned with belongs to its name, behind ل.",
            "أعلن ⟦entity.org:المركز الوطني للبحوث الجيولوجية⟧ ذلك"),
        rule("org.definite_adjective", ORG, Organisation(organisation::definite_adjective),
            "The definite head of an organisation goes on with definite adjectives that tell it from others.",
            "تقدم ⟦entity.org:الجيش ⟦entity.norp:السوري⟧⟧ ليلا"),
        rule("org.definite_alone", ORG, Organisation(organisation::definite_alone),
            "The heads of some organisations stand for one alone, with the article.",
            "قالت ⟦entity.org:الحكومة⟧ إنها ستدرس"),
        rule("org.head_name", ORG, Organisation(organisation::head_name),
            "The head of an organisation is head of a name.",
            "قررت ⟦entity.org:إدارة ⟦entity.person:ترامب⟧⟧ ذلك"),
        rule("org.head_complement", ORG, Organisation(organisation::head_complement),
            "The head of an organisation is head of a definite noun or another organisation.",
            "أعلنت ⟦entity.org:هيئة الموانئ ⟦entity.norp:اليمنية⟧⟧ النتائج"),
        rule("org.portfolio", TriggerFlag::Portfolio.set(), Organisation(organisation::portfolio),
            "What a ministry is for stands for the ministry, with a nationality in the same gender.",
            "استدعت ⟦entity.org:الخارجية ⟦entity.norp:التونسية⟧⟧ ⟦entity.title:السفير⟧"),
        rule("event.against", TriggerFlag::Event.set(), Thing(thing::against),
            "Whom a war is against belongs to its name.",
            "منذ ⟦entity.event:الحرب ⟦entity.norp:الروسية⟧ على ⟦entity.gpe:أوكرانيا⟧⟧ قبل أعوام"),
        rule("event.definite_nisba", TriggerFlag::Event.set(), Thing(thing::definite_nisba),
            "The definite head of an event goes on with a nisba.",
            "منذ ⟦entity.event:الحرب الأهلية ⟦entity.norp:الكينية⟧⟧"),
        rule("thing.head_name", THING, Thing(thing::head_name),
            "The head of a place or event is head of a name.",
            "هبطت في ⟦entity.fac:مطار ⟦entity.gpe:كييف⟧⟧ أمس"),
        rule("thing.head_definite", THING, Thing(thing::head_definite),
            "The head of a place is head of a definite noun.",
            "أغلقت ⟦entity.fac:قاعدة العمليات⟧ أمس"),
        rule("norp.nisba", NORP, Stage,
            "A nisba of a country, religion or creed, or the noun of its people, is that people.",
            "نساء ⟦entity.norp:سوريات⟧ في الحفل"),
        rule("norp.language", NORP, Stage,
            "A nisba behind لغة is a language, and no people.",
            "يتحدث اللغة الفرنسية بطلاقة"),
        rule("title.counterpart_team", TriggerFlag::TitlePronounOnly.set(), Stage,
            "Where a sentence speaks of teams, نظيره is another team and no title.",
            "واجه ⟦entity.org:منتخب ⟦entity.gpe:غانا⟧⟧ نظيره ⟦entity.norp:السنغالي⟧ أمس"),
        rule("title.inner", TITLE, Stage,
            "A title inside another one counts where it stands for a person, with the article or a pronoun.",
            "شغل منصب ⟦entity.title:نائب رئيس ⟦entity.org:مجلس الدولة ⟦entity.norp:المصري⟧⟧⟧"),
    ]
};

/// The rules as `khabar rules` lists them.
pub(crate) static INFOS: [RuleInfo; RULES.len()] = infos(&RULES);

pub(crate) const KNOWN: RuleId = of("name.known");
pub(crate) const INTRODUCED: RuleId = of("name.introduced");
pub(crate) const QUOTED: RuleId = of("name.quoted");
pub(crate) const PERSON: RuleId = of("name.person");
pub(crate) const NORP_NOT_PERSON: RuleId = of("norp.person");
pub(crate) const NISBA: RuleId = of("norp.nisba");
pub(crate) const LANGUAGE: RuleId = of("norp.language");
pub(crate) const INITIAL: RuleId = of("person.initial");
pub(crate) const GIVEN: RuleId = of("person.given_title");
pub(crate) const LUCK: RuleId = of("person.not_luck");
pub(crate) const SECOND_ADJECTIVE: RuleId = of("person.not_adjective");
pub(crate) const HYPHEN: RuleId = of("name.hyphen");
pub(crate) const KIND: RuleId = of("name.kind_of_head");
pub(crate) const SHEIKH: RuleId = of("gpe.title_and_name");
pub(crate) const ALSO_ADJECTIVE: RuleId = of("gpe.also_adjective");
pub(crate) const CURRENCY: RuleId = of("org.not_currency");
pub(crate) const OUTLET: RuleId = of("org.outlet_adjective");
pub(crate) const TITLED: RuleId = of("person.titled");
pub(crate) const GLOSS: RuleId = of("org.gloss");
pub(crate) const REPEATED: RuleId = of("name.repeated");
pub(crate) const INNER_ORG: RuleId = of("org.inner");
pub(crate) const UNKNOWN_PLACE: RuleId = of("gpe.unknown");
pub(crate) const SCORE: RuleId = of("org.score");
pub(crate) const INNER: RuleId = of("title.inner");
pub(crate) const COUNTERPART_TEAM: RuleId = of("title.counterpart_team");

/// The rule with a name; a name that no rule has does not compile.
const fn of(name: &str) -> RuleId {
    let mut at = 0;
    while !is_same(RULES[at].info.name, name) {
        at += 1;
    }
    RuleId::at(at)
}

/// The name of a rule.
pub(crate) fn name(rule: RuleId) -> &'static str {
    INFOS.get(rule.place()).map_or("", |info| info.name)
}

const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// The sorts of productions.
#[derive(Clone, Copy)]
enum Sort {
    Title,
    Organisation,
    Thing,
}

impl Sort {
    const fn has(self, parse: Parse) -> bool {
        matches!(
            (self, parse),
            (Self::Title, Parse::Title(_))
                | (Self::Organisation, Parse::Organisation(_))
                | (Self::Thing, Parse::Thing(_))
        )
    }

    /// Where the productions of a sort stand, all together.
    const fn places(self) -> Range<usize> {
        let mut from = 0;
        while !self.has(RULES[from].parse) {
            from += 1;
        }
        let mut end = from;
        while end < RULES.len() && self.has(RULES[end].parse) {
            end += 1;
        }
        let mut rest = end;
        while rest < RULES.len() {
            assert!(!self.has(RULES[rest].parse), "productions of one sort stand together");
            rest += 1;
        }
        from..end
    }
}

/// The productions of titles.
pub(super) const TITLES: Range<usize> = Sort::Title.places();
/// The productions of organisations.
pub(super) const ORGANISATIONS: Range<usize> = Sort::Organisation.places();
/// The productions of places, events and products.
pub(super) const THINGS: Range<usize> = Sort::Thing.places();

/// What a phrase begins with: that of any production.
pub(super) const PHRASE_STARTS: TriggerFlags = {
    let (mut starts, mut at) = (TriggerFlags::EMPTY, 0);
    while at < RULES.len() {
        if !matches!(RULES[at].parse, Parse::Stage) {
            starts = starts.union(RULES[at].begins);
        }
        at += 1;
    }
    starts
};

/// What a name of an organisation begins with.
pub(super) const ORGANISATION_STARTS: TriggerFlags = {
    let (mut starts, mut at) = (TriggerFlags::EMPTY, ORGANISATIONS.start);
    while at < ORGANISATIONS.end {
        starts = starts.union(RULES[at].begins);
        at += 1;
    }
    starts
};

/// What the names in quotation marks stand behind.
pub(super) const QUOTED_STARTS: TriggerFlags = RULES[QUOTED.place()].begins;
