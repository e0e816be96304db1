//! The rules of the grammar, in the order in which they are tried.

use khabar_extractor::{Example, RuleInfo};
use khabar_lexicon::rule::{Rule, infos, joined, row};

use super::{Parse, Parser, Reading, Verdict};
use crate::lexicon::{Opening, Openings};

/// What may begin at a number token: the numbers of some tokens, or that there are none.
type Production = fn(&Parser<'_>, usize) -> Option<Reading>;
/// What a cardinal may go on with.
type Continuation = fn(&Parser<'_>, Parse) -> Option<Parse>;
/// What the words around a number say of it.
type Fact = fn(&Parser<'_>, usize, &Parse) -> Option<Verdict>;

const DIGITS: Openings = Opening::Digits.set();
const CARDINAL: Openings = Opening::Cardinal.set();

/// What begins at a number token; the first that has something to say counts.
#[rustfmt::skip]
pub(super) const PRODUCTIONS: [Rule<Production, Openings>; 21] = [
    row("exclusion.name_part", DIGITS, |parser, at| parser.name_part(at),
        "Digits that a letter or a dash ties to a word are part of a name.",
        "طائرة F16"),
    row("exclusion.clock_time", DIGITS, |parser, at| parser.clock_time(at),
        "Behind الساعة two digits after a point are minutes; agencies write minutes, ر and the hour.",
        "الساعة 16.00"),
    row("exclusion.case_number", DIGITS, |parser, at| parser.case_number(at),
        "A slash between larger figures in brackets names a law or a case.",
        "مشروع القانون (51/17) المعدل"),
    row("exclusion.edition", DIGITS, |parser, at| parser.edition(at),
        "A year behind a competition's name tells which one it is.",
        "تصفيات كأس العالم 2026 لكرة القدم"),
    row("exclusion.service_number", DIGITS, |parser, at| parser.service_number(at),
        "Digits behind الرقم الموحد and the like are called.",
        "الرقم الموحد 940"),
    row("exclusion.date", DIGITS, |parser, at| parser.date(at),
        "A year and a month joined by a dash are a date.",
        "نشر في 2017-03"),
    row("exclusion.phone", DIGITS, |parser, at| parser.phone(at),
        "Digits behind + or a word of telephones, and long ones with a leading zero, name a line.",
        "الهاتف 71234567"),
    row("digits.pair", DIGITS, |parser, at| parser.pair(at),
        "A dash or a slash between digits parts two numbers.",
        "⟦number.range;low=1000;high=5000|⟦number.cardinal=1000|1000⟧-⟦number.cardinal=5000|5000⟧⟧ شخص"),
    row("digits.fraction", DIGITS, |parser, at| parser.slash(at),
        "A slash between digits makes a fraction, but for days and years.",
        "⟦number.fraction=3/4|3/4⟧ المساحة"),
    row("digits.cardinal", DIGITS, |parser, at| parser.digits(at),
        "Digits with separators, spaced groups, an exponent, a sign or scale words are a number.",
        "بلغ العدد ⟦number.cardinal=12500|12 ألفا و500⟧"),
    row("cardinal.negative", Opening::Minus.set(), |parser, at| parser.negative(at),
        "سالب and ناقص make the number behind them negative.",
        "⟦number.cardinal=-5|سالب خمسة⟧"),
    row("ordinal.words", Opening::Ordinal.set(), |parser, at| parser.decided(at, parser.ordinal(at)),
        "An ordinal goes on with عشر, with tens, and with بعد and hundreds.",
        "في اليوم ⟦number.ordinal=22|الثاني والعشرين⟧"),
    row("fraction.words", Opening::Part.set(), |parser, at| parser.decided(at, parser.fraction(at)),
        "نصف, ثلثا and the like are a share, or count the scale word behind them.",
        "قرأ ⟦number.fraction=2/3|ثلثي⟧ الكتاب"),
    row("indefinite.plural", Opening::Indefinite.set(), |parser, at| parser.decided(at, parser.indefinite(at)),
        "The plural of a scale word alone is no definite number.",
        "⟦number.cardinal=null;magnitude=10000|عشرات الآلاف⟧ من الزوار"),
    row("fraction.part_of", Opening::Share.set(), |parser, at| parser.decided(at, parser.share(at)),
        "جزء من and a round number is one part of so many.",
        "⟦number.fraction=1/100|جزء من مئة⟧"),
    row("score.goal_count", Opening::Goals.set(), |parser, at| parser.decided(at, parser.goal_count(at)),
        "هدف, ثنائية and the like are so many goals where a score follows.",
        "⟦number.score=1-0|هدف دون مقابل⟧"),
    row("exclusion.percent_base", CARDINAL, |parser, at| parser.percent_base(at),
        "The hundred of بالمئة and في المئة is the base of a percentage.",
        "⟦number.percent=5|⟦number.cardinal=5|5⟧ بالمئة⟧"),
    row("cardinal.dozen", CARDINAL, |parser, at| parser.decided(at, parser.dozen(at)),
        "دزينة is twelve, its dual twenty-four.",
        "اشترى ⟦number.cardinal=24|دزينتين⟧"),
    row("fraction.counted_parts", CARDINAL, |parser, at| parser.decided(at, parser.counted_parts(at)),
        "A number before أرباع, أخماس and the like counts parts.",
        "⟦number.fraction=3/4|ثلاثة أرباع⟧ السكان"),
    row("ordinal.definite", CARDINAL, |parser, at| parser.decided(at, parser.definite(at)),
        "A definite cardinal that an ordinal or بعد goes on from is an ordinal.",
        "الكتاب ⟦number.ordinal=125|المئة والخامسة والعشرون⟧"),
    row("cardinal.words", CARDINAL, |parser, at| parser.decided(at, parser.words(at)),
        "Number words joined by و, or multiplied by scale words, are one number.",
        "حضر ⟦number.cardinal=325|ثلاثمئة وخمسة وعشرون⟧ مدعوا"),
];

/// What a cardinal goes on with; each is tried on what those before it made.
#[rustfmt::skip]
pub(super) const CONTINUATIONS: [Rule<Continuation>; 4] = [
    row("cardinal.decimal_words", (), |parser, parse| parser.decimals(parse),
        "Behind فاصلة stand the digits of a decimal.",
        "⟦number.cardinal=5.2|خمسة فاصلة اثنان⟧"),
    row("cardinal.dozens", (), |parser, parse| parser.dozens(parse),
        "A number before دزينات counts twelves.",
        "⟦number.cardinal=36|ثلاث دزينات⟧"),
    row("fraction.mixed", (), |parser, parse| parser.mixed(parse),
        "A fraction joined by و to a whole number is added to it.",
        "⟦number.fraction=3/2|واحد ونصف⟧"),
    row("fraction.out_of", (), |parser, parse| parser.out_of(parse),
        "A number with من or على before a larger one is a share of it.",
        "⟦number.fraction=1/20|واحد على عشرين⟧"),
];

/// What the words around a number say of it; the first that has something to say counts.
#[rustfmt::skip]
pub(super) const FACTS: [Rule<Fact>; 11] = [
    row("exclusion.idiom", (), |parser, at, parse| parser.excluded(at, parse),
        "In names, dates and idioms of the list a number word is no number.",
        "نصف النهائي"),
    row("exclusion.weekday", (), |parser, at, parse| parser.weekday(at, parse),
        "الاثنين is Monday, unless a definite dual stands before it.",
        "يوم الاثنين"),
    row("exclusion.negation", (), |parser, at, parse| parser.negation(at, parse),
        "لست is \"I am not\", unless a plural follows that six counts.",
        "لست متأكدا"),
    row("fraction.of_noun", (), |parser, at, parse| parser.share_of_noun(at, parse),
        "خمس, سبع, تسع and عشر before a definite singular are a share, since a number would count a plural.",
        "نحو ⟦number.fraction=1/5;mod=APPROX|خمس⟧ السكان"),
    row("ordinal.tens", (), |parser, at, parse| parser.definite_tens(at, parse),
        "Definite tens and hundreds behind a singular rank it.",
        "القرن ⟦number.ordinal=20|العشرين⟧"),
    row("exclusion.preliminary", (), |parser, at, parse| parser.preliminary(at, parse),
        "الأولي with its dots is preliminary, not first.",
        "الفحص الأولي"),
    row("exclusion.second_of_time", (), |parser, at, parse| parser.second_of_time(at, parse),
        "ثانية behind a number is a second of time.",
        "بعد ⟦number.cardinal=14|14⟧ ثانية"),
    row("exclusion.water", (), |parser, at, parse| parser.water(at, parse),
        "مية alone is water.",
        "شرب مية"),
    row("exclusion.pronoun", (), |parser, at, parse| parser.pronoun(at, parse),
        "واحد من is a pronoun, except behind the noun that it counts.",
        "واحد من أشهر اللاعبين"),
    row("exclusion.month_of_safar", (), |parser, at, parse| parser.month_of_safar(at, parse),
        "صفر before a Hijri year is the month.",
        "في صفر ⟦number.cardinal=1438|1438⟧"),
    row("exclusion.freezing_point", (), |parser, at, parse| parser.freezing_point(at, parse),
        "The zero of تحت الصفر is a point, no number.",
        "تحت الصفر"),
];

/// Dual nouns, by [`DualRule`](super::dual::DualRule).
#[rustfmt::skip]
pub(super) const DUALS: [RuleInfo; 4] = [
    RuleInfo::new("exclusion.name_behind_kunya",
        "What ends like a dual behind أبو or ابن is a name.",
        Example::new("أبو ولدين")),
    RuleInfo::new("exclusion.agreeing_dual",
        "A dual behind a dual is its adjective.",
        Example::new("وصل ⟦number.cardinal=2;unit=مهندس|مهندسان⟧ أمريكيان")),
    RuleInfo::new("dual.noun",
        "The dual of a noun is two of it.",
        Example::new("قبل ⟦number.cardinal=2;unit=يوم|يومين⟧")),
    RuleInfo::new("dual.before_two",
        "A noun that ends like a dual before اثنين is one, whatever else it may be.",
        Example::new("و⟦number.cardinal=2;unit=مصري|مصريين⟧ ⟦number.cardinal=2|اثنين⟧")),
];

/// The rules before [`DUALS`] in the list.
pub(super) const BEFORE_DUALS: usize = PRODUCTIONS.len() + CONTINUATIONS.len() + FACTS.len();

/// All rules of the grammar.
pub(crate) const INFOS: [RuleInfo; BEFORE_DUALS + DUALS.len()] =
    joined(&[&infos(&PRODUCTIONS), &infos(&CONTINUATIONS), &infos(&FACTS), &DUALS]);
