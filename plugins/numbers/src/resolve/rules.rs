//! The rules of what numbers mean, in the order in which they are tried.

use khabar_extractor::RuleInfo;
use khabar_lexicon::rule::{Rule, infos, joined, row};

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
#[rustfmt::skip]
pub(super) const AMOUNTS: [Rule<AmountRule, NumberForm>; 10] = [
    row("percent.word", NumberForm::Number, |amounts, measured| amounts.percent(measured),
        "%, بالمئة, في المئة and نقطة مئوية behind a number make it a percentage.",
        "⟦number.percent=5|⟦number.cardinal=5|خمسة⟧ بالمئة⟧"),
    row("percent.basis_points", NumberForm::Number, |amounts, measured| amounts.basis_points(measured),
        "نقطة أساس is a hundredth of a percent.",
        "خفض الفائدة ⟦number.percent=0.25|⟦number.cardinal=25|25⟧ نقطة أساس⟧"),
    row("percent.sign_before", NumberForm::Number, |amounts, measured| amounts.percent_behind_sign(measured.number),
        "A percent sign may stand before its digits.",
        "⟦number.percent=5|٪⟦number.cardinal=5|٥⟧⟧"),
    row("money.sign_before", NumberForm::Number, |amounts, measured| amounts.behind_sign(measured.number),
        "The sign or code of a currency may stand before its digits.",
        "⟦number.money=50;currency=EUR|€⟦number.cardinal=50|50⟧⟧"),
    row("quantity.unit", NumberForm::Number, |amounts, measured| amounts.quantity(measured),
        "A unit behind a number is what it counts.",
        "⟦number.quantity=5;unit=kilometer|⟦number.cardinal=5|5⟧ كيلومترات⟧"),
    row("money.millions", NumberForm::Number, |amounts, measured| amounts.millions(measured),
        "م د behind a number is so many million dinars.",
        "⟦number.money=8500000;currency=TND|⟦number.cardinal=8.5|8.5⟧ م د⟧"),
    row("money.currency", NumberForm::Number, |amounts, measured| amounts.money(measured),
        "A currency, a coin or a sign behind a number is what it counts.",
        "كلفة ⟦number.money=3000000;currency=USD|⟦number.cardinal=3000000|3 ملايين⟧ دولار⟧"),
    row("amount.noun_before_one", NumberForm::Number, |amounts, measured| amounts.behind_noun(measured.number),
        "The noun of a unit or a currency stands before its واحد.",
        "⟦number.quantity=1;unit=kilogram|كيلوغرام ⟦number.cardinal=1|واحد⟧⟧"),
    row("quantity.dual", NumberForm::Dual, |amounts, measured| amounts.quantity(measured),
        "The dual of a unit is two of it.",
        "⟦number.cardinal=2;unit=لتر|⟦number.quantity=2;unit=liter|لترين⟧⟧ من الماء"),
    row("money.dual", NumberForm::Dual, |amounts, measured| amounts.money(measured),
        "The dual of a currency or a coin is two of it.",
        "⟦number.cardinal=2;unit=دولار|⟦number.money=2;currency=USD|دولارين⟧⟧"),
];

/// What makes one amount of two; each is tried on what those before it made.
#[rustfmt::skip]
pub(super) const JOINS: [Rule<Join>; 2] = [
    row("money.coins", (), coins,
        "Coins behind money of their currency are part of it.",
        "⟦number.money=20.43;currency=USD|⟦number.cardinal=20|20⟧ دولارا و⟦number.cardinal=43|43⟧ سنتا⟧"),
    row("amount.half", (), half,
        "A fraction joined by و to an amount is added to it.",
        "⟦number.quantity=6.5;unit=kilometer|⟦number.cardinal=6|ستة⟧ كيلومترات و⟦number.fraction=1/2|نصف⟧⟧"),
];

/// How numbers are related; the first that has something to say counts.
#[rustfmt::skip]
pub(super) const RELATIONS: [Rule<RelationRule, Width>; 7] = [
    row("score.figures", Width::Two, |relations, at| relations.score_in_figures(at),
        "Two small numbers parted by a dash or مقابل are a score.",
        "⟦number.score=2-1|⟦number.cardinal=2|2⟧-⟦number.cardinal=1|1⟧⟧"),
    row("score.words", Width::Two, |relations, at| relations.score_in_words(at),
        "Goals before ل or مقابل and a number are a score.",
        "بنتيجة ⟦number.score=2-1|⟦number.cardinal=2;unit=هدف|هدفين⟧ لهدف⟧"),
    row("ratio.out_of", Width::Two, |relations, at| relations.ratio(at),
        "من أصل, من جملة and the like stand between a part and its whole.",
        "⟦number.ratio=7/22|⟦number.cardinal=7|7⟧ من جملة ⟦number.cardinal=22|22⟧ مهاجرا⟧"),
    row("range.bounds", Width::Two, |relations, at| relations.bounded(at),
        "A lower and an upper bound joined by و are a range.",
        "⟦number.range;low=100;high=300|أكبر من ⟦number.cardinal=100;mod=MORE_THAN|100⟧ وأصغر من ⟦number.cardinal=300;mod=LESS_THAN|300⟧⟧"),
    row("range.dash", Width::Two, |relations, at| relations.dashed(at),
        "A dash between two numbers in digits makes a range.",
        "⟦number.range;low=1000;high=5000|⟦number.cardinal=1000|1000⟧-⟦number.cardinal=5000|5000⟧⟧ شخص"),
    row("range.from_to", Width::Two, |relations, at| relations.opened(at),
        "بين … و and من … إلى open and join a range.",
        "⟦number.range;low=1;high=5|من ⟦number.cardinal=1|1⟧ إلى ⟦number.cardinal=5|5⟧⟧ أفراد"),
    row("score.one_side", Width::One, |relations, at| relations.unanswered(at),
        "نظيفة, دون رد and لمثلهما behind goals say what the other side scored.",
        "ب⟦number.score=4-0|رباعية نظيفة⟧"),
];

/// All rules of the stage.
pub(crate) const INFOS: [RuleInfo; AMOUNTS.len() + JOINS.len() + RELATIONS.len()] =
    joined(&[&infos(&AMOUNTS), &infos(&JOINS), &infos(&RELATIONS)]);
