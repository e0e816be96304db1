//! The rules of what numbers mean, in the order in which they are tried.

use khabar_extractor::{Example, RuleInfo};
use khabar_lexicon::rule::{Rule, infos, joined};

use super::amount::{Amount, Amounts, Measured};
use super::join::{Join, coins, half};
use super::relation::{Relation, Relations};

/// What a number counts.
type AmountRule = fn(&mut Amounts<'_>, Measured<'_>) -> Option<Amount>;
/// How a number and the next one are related.
type RelationRule = fn(&Relations<'_>, usize) -> Option<Relation>;

/// Whether an amount begins with a number or is a dual noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberForm {
    Number,
    Dual,
}

/// How many numbers a relation takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    One,
    Two,
}

/// What a number counts; the first that has something to say counts.
pub(super) const AMOUNTS: [Rule<AmountRule, NumberForm>; 10] = [
    Rule::new(
        RuleInfo::new(
            "percent.word",
            "%, بالمئة, في المئة and نقطة مئوية behind a number make it a percentage.",
            Example::new("⟦number.percent=5|⟦number.cardinal=5|خمسة⟧ بالمئة⟧"),
        ),
        NumberForm::Number,
        |amounts, measured| amounts.percent(measured),
    ),
    Rule::new(
        RuleInfo::new(
            "percent.basis_points",
            "نقطة أساس is a hundredth of a percent.",
            Example::new("خفض الفائدة ⟦number.percent=0.25|⟦number.cardinal=25|25⟧ نقطة أساس⟧"),
        ),
        NumberForm::Number,
        |amounts, measured| amounts.basis_points(measured),
    ),
    Rule::new(
        RuleInfo::new(
            "percent.sign_before",
            "A percent sign may stand before its digits.",
            Example::new("⟦number.percent=5|٪⟦number.cardinal=5|٥⟧⟧"),
        ),
        NumberForm::Number,
        |amounts, measured| amounts.percent_behind_sign(measured.number),
    ),
    Rule::new(
        RuleInfo::new(
            "money.sign_before",
            "The sign or code of a currency may stand before its digits.",
            Example::new("⟦number.money=50;currency=EUR|€⟦number.cardinal=50|50⟧⟧"),
        ),
        NumberForm::Number,
        |amounts, measured| amounts.behind_sign(measured.number),
    ),
    Rule::new(
        RuleInfo::new(
            "quantity.unit",
            "A unit behind a number is what it counts.",
            Example::new("⟦number.quantity=5;unit=kilometer|⟦number.cardinal=5|5⟧ كيلومترات⟧"),
        ),
        NumberForm::Number,
        |amounts, measured| amounts.quantity(measured),
    ),
    Rule::new(
        RuleInfo::new(
            "money.millions",
            "م د behind a number is so many million dinars.",
            Example::new("⟦number.money=8500000;currency=TND|⟦number.cardinal=8.5|8.5⟧ م د⟧"),
        ),
        NumberForm::Number,
        |amounts, measured| amounts.millions(measured),
    ),
    Rule::new(
        RuleInfo::new(
            "money.currency",
            "A currency, a coin or a sign behind a number is what it counts.",
            Example::new("كلفة ⟦number.money=3000000;currency=USD|⟦number.cardinal=3000000|3 ملايين⟧ دولار⟧"),
        ),
        NumberForm::Number,
        |amounts, measured| amounts.money(measured),
    ),
    Rule::new(
        RuleInfo::new(
            "amount.noun_before_one",
            "The noun of a unit or a currency stands before its واحد.",
            Example::new("⟦number.quantity=1;unit=kilogram|كيلوغرام ⟦number.cardinal=1|واحد⟧⟧"),
        ),
        NumberForm::Number,
        |amounts, measured| amounts.behind_noun(measured.number),
    ),
    Rule::new(
        RuleInfo::new(
            "quantity.dual",
            "The dual of a unit is two of it.",
            Example::new("⟦number.cardinal=2;unit=لتر|⟦number.quantity=2;unit=liter|لترين⟧⟧ من الماء"),
        ),
        NumberForm::Dual,
        |amounts, measured| amounts.quantity(measured),
    ),
    Rule::new(
        RuleInfo::new(
            "money.dual",
            "The dual of a currency or a coin is two of it.",
            Example::new("⟦number.cardinal=2;unit=دولار|⟦number.money=2;currency=USD|دولارين⟧⟧"),
        ),
        NumberForm::Dual,
        |amounts, measured| amounts.money(measured),
    ),
];

/// What makes one amount of two; each is tried on what those before it made.
pub(super) const JOINS: [Rule<Join>; 2] = [
    Rule::new(
        RuleInfo::new(
            "money.coins",
            "Coins behind money of their currency are part of it.",
            Example::new(
                "⟦number.money=20.43;currency=USD|⟦number.cardinal=20|20⟧ دولارا و⟦number.cardinal=43|43⟧ سنتا⟧",
            ),
        ),
        (),
        coins,
    ),
    Rule::new(
        RuleInfo::new(
            "amount.half",
            "A fraction joined by و to an amount is added to it.",
            Example::new(
                "⟦number.quantity=6.5;unit=kilometer|⟦number.cardinal=6|ستة⟧ كيلومترات و⟦number.fraction=1/2|نصف⟧⟧",
            ),
        ),
        (),
        half,
    ),
];

/// How numbers are related; the first that has something to say counts.
pub(super) const RELATIONS: [Rule<RelationRule, Width>; 7] = [
    Rule::new(
        RuleInfo::new(
            "score.figures",
            "Two small numbers parted by a dash or مقابل are a score.",
            Example::new("⟦number.score=2-1|⟦number.cardinal=2|2⟧-⟦number.cardinal=1|1⟧⟧"),
        ),
        Width::Two,
        |relations, at| relations.score_in_figures(at),
    ),
    Rule::new(
        RuleInfo::new(
            "score.words",
            "Goals before ل or مقابل and a number are a score.",
            Example::new("بنتيجة ⟦number.score=2-1|⟦number.cardinal=2;unit=هدف|هدفين⟧ لهدف⟧"),
        ),
        Width::Two,
        |relations, at| relations.score_in_words(at),
    ),
    Rule::new(
        RuleInfo::new(
            "ratio.out_of",
            "من أصل, من جملة and the like stand between a part and its whole.",
            Example::new("⟦number.ratio=7/22|⟦number.cardinal=7|7⟧ من جملة ⟦number.cardinal=22|22⟧ مهاجرا⟧"),
        ),
        Width::Two,
        |relations, at| relations.ratio(at),
    ),
    Rule::new(
        RuleInfo::new(
            "range.bounds",
            "A lower and an upper bound joined by و are a range.",
            Example::new(
                "⟦number.range;low=100;high=300|أكبر من ⟦number.cardinal=100;mod=MORE_THAN|100⟧ وأصغر من ⟦number.cardinal=300;mod=LESS_THAN|300⟧⟧",
            ),
        ),
        Width::Two,
        |relations, at| relations.bounded(at),
    ),
    Rule::new(
        RuleInfo::new(
            "range.dash",
            "A dash between two numbers in digits makes a range.",
            Example::new(
                "⟦number.range;low=1000;high=5000|⟦number.cardinal=1000|1000⟧-⟦number.cardinal=5000|5000⟧⟧ شخص",
            ),
        ),
        Width::Two,
        |relations, at| relations.dashed(at),
    ),
    Rule::new(
        RuleInfo::new(
            "range.from_to",
            "بين … و and من … إلى open and join a range.",
            Example::new("⟦number.range;low=1;high=5|من ⟦number.cardinal=1|1⟧ إلى ⟦number.cardinal=5|5⟧⟧ أفراد"),
        ),
        Width::Two,
        |relations, at| relations.opened(at),
    ),
    Rule::new(
        RuleInfo::new(
            "score.one_side",
            "نظيفة, دون رد and لمثلهما behind goals say what the other side scored.",
            Example::new("ب⟦number.score=4-0|رباعية نظيفة⟧"),
        ),
        Width::One,
        |relations, at| relations.unanswered(at),
    ),
];

/// All rules of the stage.
pub(crate) const INFOS: [RuleInfo; AMOUNTS.len() + JOINS.len() + RELATIONS.len()] =
    joined(&[&infos(&AMOUNTS), &infos(&JOINS), &infos(&RELATIONS)]);
