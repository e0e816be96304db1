//! The rules of the grammar, in the order in which they are tried.

use khabar_extractor::{Example, RuleInfo};
use khabar_lexicon::rule::{Rule, infos, joined};

use super::{Parse, Parser, Reading, Verdict};
use crate::lexicon::{Opening, Openings};

/// What may begin at a number token: the numbers of some tokens, or that there are none.
type Production = fn(&Parser<'_>, usize) -> Option<Reading>;
/// What a cardinal may go on with.
type Continuation = fn(&Parser<'_>, Parse) -> Option<Parse>;
/// What the words around a number say of it.
type Fact = fn(&Parser<'_>, usize, &Parse) -> Option<Verdict>;

const DIGITS: Openings = Opening::Digits.set();

/// What begins at a number token; the first that has something to say counts.
pub(super) const PRODUCTIONS: [Rule<Production, Openings>; 18] = [
    Rule::new(
        RuleInfo::new(
            "exclusion.name_part",
            "Digits that a letter or a dash ties to a word are part of a name.",
            Example::new("طائرة F16"),
        ),
        DIGITS,
        |parser, at| parser.name_part(at),
    ),
    Rule::new(
        RuleInfo::new(
            "exclusion.clock_time",
            "Behind الساعة two digits after a point are minutes.",
            Example::new("الساعة 16.00"),
        ),
        DIGITS,
        |parser, at| parser.clock_time(at),
    ),
    Rule::new(
        RuleInfo::new(
            "exclusion.date",
            "A year and a month joined by a dash are a date.",
            Example::new("نشر في 2017-03"),
        ),
        DIGITS,
        |parser, at| parser.date(at),
    ),
    Rule::new(
        RuleInfo::new(
            "exclusion.phone",
            "Digits behind + or a word of telephones, and long ones with a leading zero, name a line.",
            Example::new("الهاتف 71234567"),
        ),
        DIGITS,
        |parser, at| parser.phone(at),
    ),
    Rule::new(
        RuleInfo::new(
            "digits.pair",
            "A dash or a slash between digits parts two numbers.",
            Example::new(
                "⟦number.range;low=1000;high=5000|⟦number.cardinal=1000|1000⟧-⟦number.cardinal=5000|5000⟧⟧ شخص",
            ),
        ),
        DIGITS,
        |parser, at| parser.pair(at),
    ),
    Rule::new(
        RuleInfo::new(
            "digits.fraction",
            "A slash between digits makes a fraction, but for days and years.",
            Example::new("⟦number.fraction=3/4|3/4⟧ المساحة"),
        ),
        DIGITS,
        |parser, at| parser.slash(at),
    ),
    Rule::new(
        RuleInfo::new(
            "digits.cardinal",
            "Digits with separators, spaced groups, an exponent, a sign or scale words are a number.",
            Example::new("بلغ العدد ⟦number.cardinal=12500|12 ألفا و500⟧"),
        ),
        DIGITS,
        |parser, at| parser.digits(at),
    ),
    Rule::new(
        RuleInfo::new(
            "cardinal.negative",
            "سالب and ناقص make the number behind them negative.",
            Example::new("⟦number.cardinal=-5|سالب خمسة⟧"),
        ),
        Opening::Minus.set(),
        |parser, at| parser.negative(at),
    ),
    Rule::new(
        RuleInfo::new(
            "ordinal.words",
            "An ordinal goes on with عشر, with tens, and with بعد and hundreds.",
            Example::new("في اليوم ⟦number.ordinal=22|الثاني والعشرين⟧"),
        ),
        Opening::Ordinal.set(),
        |parser, at| parser.decided(at, parser.ordinal(at)),
    ),
    Rule::new(
        RuleInfo::new(
            "fraction.words",
            "نصف, ثلثا and the like are a share, or count the scale word behind them.",
            Example::new("قرأ ⟦number.fraction=2/3|ثلثي⟧ الكتاب"),
        ),
        Opening::Part.set(),
        |parser, at| parser.decided(at, parser.fraction(at)),
    ),
    Rule::new(
        RuleInfo::new(
            "indefinite.plural",
            "The plural of a scale word alone is no definite number.",
            Example::new("⟦number.cardinal=null;magnitude=10000|عشرات الآلاف⟧ من الزوار"),
        ),
        Opening::Indefinite.set(),
        |parser, at| parser.decided(at, parser.indefinite(at)),
    ),
    Rule::new(
        RuleInfo::new(
            "fraction.part_of",
            "جزء من and a round number is one part of so many.",
            Example::new("⟦number.fraction=1/100|جزء من مئة⟧"),
        ),
        Opening::Share.set(),
        |parser, at| parser.decided(at, parser.share(at)),
    ),
    Rule::new(
        RuleInfo::new(
            "score.goal_count",
            "هدف, ثنائية and the like are so many goals where a score follows.",
            Example::new("⟦number.score=1-0|هدف دون مقابل⟧"),
        ),
        Opening::Goals.set(),
        |parser, at| parser.decided(at, parser.goal_count(at)),
    ),
    Rule::new(
        RuleInfo::new(
            "exclusion.percent_base",
            "The hundred of بالمئة and في المئة is the base of a percentage.",
            Example::new("⟦number.percent=5|⟦number.cardinal=5|5⟧ بالمئة⟧"),
        ),
        Opening::Cardinal.set(),
        |parser, at| parser.percent_base(at),
    ),
    Rule::new(
        RuleInfo::new(
            "cardinal.dozen",
            "دزينة is twelve, its dual twenty-four.",
            Example::new("اشترى ⟦number.cardinal=24|دزينتين⟧"),
        ),
        Opening::Cardinal.set(),
        |parser, at| parser.decided(at, parser.dozen(at)),
    ),
    Rule::new(
        RuleInfo::new(
            "fraction.counted_parts",
            "A number before أرباع, أخماس and the like counts parts.",
            Example::new("⟦number.fraction=3/4|ثلاثة أرباع⟧ السكان"),
        ),
        Opening::Cardinal.set(),
        |parser, at| parser.decided(at, parser.counted_parts(at)),
    ),
    Rule::new(
        RuleInfo::new(
            "ordinal.definite",
            "A definite cardinal that an ordinal or بعد goes on from is an ordinal.",
            Example::new("الكتاب ⟦number.ordinal=125|المئة والخامسة والعشرون⟧"),
        ),
        Opening::Cardinal.set(),
        |parser, at| parser.decided(at, parser.definite(at)),
    ),
    Rule::new(
        RuleInfo::new(
            "cardinal.words",
            "Number words joined by و, or multiplied by scale words, are one number.",
            Example::new("حضر ⟦number.cardinal=325|ثلاثمئة وخمسة وعشرون⟧ مدعوا"),
        ),
        Opening::Cardinal.set(),
        |parser, at| parser.decided(at, parser.words(at)),
    ),
];

/// What a cardinal goes on with; each is tried on what those before it made.
pub(super) const CONTINUATIONS: [Rule<Continuation>; 4] = [
    Rule::new(
        RuleInfo::new(
            "cardinal.decimal_words",
            "Behind فاصلة stand the digits of a decimal.",
            Example::new("⟦number.cardinal=5.2|خمسة فاصلة اثنان⟧"),
        ),
        (),
        |parser, parse| parser.decimals(parse),
    ),
    Rule::new(
        RuleInfo::new(
            "cardinal.dozens",
            "A number before دزينات counts twelves.",
            Example::new("⟦number.cardinal=36|ثلاث دزينات⟧"),
        ),
        (),
        |parser, parse| parser.dozens(parse),
    ),
    Rule::new(
        RuleInfo::new(
            "fraction.mixed",
            "A fraction joined by و to a whole number is added to it.",
            Example::new("⟦number.fraction=3/2|واحد ونصف⟧"),
        ),
        (),
        |parser, parse| parser.mixed(parse),
    ),
    Rule::new(
        RuleInfo::new(
            "fraction.out_of",
            "A number with من or على before a larger one is a share of it.",
            Example::new("⟦number.fraction=1/20|واحد على عشرين⟧"),
        ),
        (),
        |parser, parse| parser.out_of(parse),
    ),
];

/// What the words around a number say of it; the first that has something to say counts.
pub(super) const FACTS: [Rule<Fact>; 11] = [
    Rule::new(
        RuleInfo::new(
            "exclusion.idiom",
            "In names, dates and idioms of the list a number word is no number.",
            Example::new("نصف النهائي"),
        ),
        (),
        |parser, at, parse| parser.excluded(at, parse),
    ),
    Rule::new(
        RuleInfo::new(
            "exclusion.weekday",
            "الاثنين is Monday, unless a definite dual stands before it.",
            Example::new("يوم الاثنين"),
        ),
        (),
        |parser, at, parse| parser.weekday(at, parse),
    ),
    Rule::new(
        RuleInfo::new(
            "exclusion.negation",
            "لست is \"I am not\", unless a plural follows that six counts.",
            Example::new("لست متأكدا"),
        ),
        (),
        |parser, at, parse| parser.negation(at, parse),
    ),
    Rule::new(
        RuleInfo::new(
            "fraction.of_noun",
            "خمس, سبع, تسع and عشر before a definite singular are a share, since a number would count a plural.",
            Example::new("نحو ⟦number.fraction=1/5;mod=APPROX|خمس⟧ السكان"),
        ),
        (),
        |parser, at, parse| parser.share_of_noun(at, parse),
    ),
    Rule::new(
        RuleInfo::new(
            "ordinal.tens",
            "Definite tens and hundreds behind a singular rank it.",
            Example::new("القرن ⟦number.ordinal=20|العشرين⟧"),
        ),
        (),
        |parser, at, parse| parser.definite_tens(at, parse),
    ),
    Rule::new(
        RuleInfo::new(
            "exclusion.preliminary",
            "الأولي with its dots is preliminary, not first.",
            Example::new("الفحص الأولي"),
        ),
        (),
        |parser, at, parse| parser.preliminary(at, parse),
    ),
    Rule::new(
        RuleInfo::new(
            "exclusion.second_of_time",
            "ثانية behind a number is a second of time.",
            Example::new("بعد ⟦number.cardinal=14|14⟧ ثانية"),
        ),
        (),
        |parser, at, parse| parser.second_of_time(at, parse),
    ),
    Rule::new(
        RuleInfo::new("exclusion.water", "مية alone is water.", Example::new("شرب مية")),
        (),
        |parser, at, parse| parser.water(at, parse),
    ),
    Rule::new(
        RuleInfo::new(
            "exclusion.pronoun",
            "واحد من is a pronoun, except behind the noun that it counts.",
            Example::new("واحد من أشهر اللاعبين"),
        ),
        (),
        |parser, at, parse| parser.pronoun(at, parse),
    ),
    Rule::new(
        RuleInfo::new(
            "exclusion.month_of_safar",
            "صفر before a Hijri year is the month.",
            Example::new("في صفر ⟦number.cardinal=1438|1438⟧"),
        ),
        (),
        |parser, at, parse| parser.month_of_safar(at, parse),
    ),
    Rule::new(
        RuleInfo::new(
            "exclusion.freezing_point",
            "The zero of تحت الصفر is a point, no number.",
            Example::new("تحت الصفر"),
        ),
        (),
        |parser, at, parse| parser.freezing_point(at, parse),
    ),
];

/// Dual nouns, by [`DualRule`](super::dual::DualRule).
pub(super) const DUALS: [RuleInfo; 4] = [
    RuleInfo::new(
        "exclusion.name_behind_kunya",
        "What ends like a dual behind أبو or ابن is a name.",
        Example::new("أبو ولدين"),
    ),
    RuleInfo::new(
        "exclusion.agreeing_dual",
        "A dual behind a dual is its adjective.",
        Example::new("وصل ⟦number.cardinal=2;unit=مهندس|مهندسان⟧ أمريكيان"),
    ),
    RuleInfo::new(
        "dual.noun",
        "The dual of a noun is two of it.",
        Example::new("قبل ⟦number.cardinal=2;unit=يوم|يومين⟧"),
    ),
    RuleInfo::new(
        "dual.before_two",
        "A noun that ends like a dual before اثنين is one, whatever else it may be.",
        Example::new("و⟦number.cardinal=2;unit=مصري|مصريين⟧ ⟦number.cardinal=2|اثنين⟧"),
    ),
];

/// The rules before [`DUALS`] in the list.
pub(super) const BEFORE_DUALS: usize = PRODUCTIONS.len() + CONTINUATIONS.len() + FACTS.len();

/// All rules of the grammar.
pub(crate) const INFOS: [RuleInfo; BEFORE_DUALS + DUALS.len()] =
    joined(&[&infos(&PRODUCTIONS), &infos(&CONTINUATIONS), &infos(&FACTS), &DUALS]);
