//! The extractor of khabar.

use khabar_extractor::{
    Doc, Evidence, Example, ExtractError, Extractor, LexiconFile, Output, Plugin, Reason, RuleInfo, Scratch,
};

use crate::api::Numbers;
use crate::config::Config;
use crate::emit::{Finder, Found, RULES, sorted};
use crate::lexicon;
use crate::number::Number;

impl Extractor for Numbers {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, scratch: &mut Scratch) -> Result<(), ExtractError> {
        let finder: &mut Finder = scratch.get();
        finder.find(doc, &self.0, out.cancel(), |found| {
            if self.gives_out(&found) { found.number.push(found.span, 1.0, out) } else { Ok(()) }
        })
    }

    fn reasons(&self, doc: &Doc<'_>) -> Vec<Reason> {
        let found = sorted(doc, &self.0).into_iter().filter(|found| self.gives_out(found));
        let reason = |Found { span, number, rule }| Reason {
            span,
            kind: Number::kind(&number).to_owned(),
            evidence: Evidence::Rule(rule),
        };
        found.map(reason).collect()
    }
}

impl Numbers {
    /// Whether the configuration asks for numbers of a kind.
    fn gives_out(&self, found: &Found) -> bool {
        let kinds = &self.0.config.kinds;
        kinds.is_empty() || kinds.iter().any(|kind| kind == found.number.kind())
    }
}

impl Plugin for Numbers {
    const NAME: &'static str = "numbers";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const PROVIDES: &'static [&'static str] = Self::KINDS;
    const EXAMPLES: &'static [Example] = &[
        Example::new("بلغ العدد ⟦number.cardinal=1250|١٢٥٠⟧ ثم ⟦number.cardinal=12500|12 ألفا و500⟧"),
        Example::new(
            "ارتفع بنسبة ⟦number.percent=4.75|%⟦number.cardinal=4.75|4,75⟧⟧ بعد ⟦number.cardinal=2;unit=يوم|يومين⟧",
        ),
        Example::new("بكلفة ⟦number.money=27000000;currency=TND|⟦number.cardinal=27000000|27 مليون⟧ دينار⟧")
            .from_country("TN"),
        Example::new("على ⟦number.quantity=5;unit=square-kilometer|⟦number.cardinal=5|خمسة⟧ كيلومترات مربعة⟧"),
        Example::new(
            "تتراوح ⟦number.range;low=5000000;high=7000000|بين ⟦number.cardinal=5|خمسة⟧ و⟦number.cardinal=7000000|سبعة ملايين⟧⟧",
        ),
        Example::new("بنتيجة ⟦number.score=2-1|⟦number.cardinal=2|هدفين⟧ لهدف⟧"),
        Example::new("أنقذ ⟦number.ratio=7/22|⟦number.cardinal=7|7⟧ من جملة ⟦number.cardinal=22|22⟧ مهاجرا⟧"),
        Example::new("في اليوم ⟦number.ordinal=22|الثاني والعشرين⟧ قرأ ⟦number.fraction=3/4|ثلاثة أرباع⟧ الكتاب"),
        Example::new(
            "ارتفع السعر بنسبة ⟦number.percent=7.5|⟦number.cardinal=7.5|7.5⟧%⟧ إلى \
             ⟦number.money=3000000;currency=USD|⟦number.cardinal=3000000|3 ملايين⟧ دولار⟧",
        ),
        Example::new(
            "على بعد ⟦number.quantity=5;unit=kilometer|⟦number.cardinal=5|5⟧ كيلومترات⟧ تنمو \
             ⟦number.range;low=3;high=5|بين ⟦number.cardinal=3|3⟧ و⟦number.cardinal=5|5⟧⟧ أشجار",
        ),
        Example::new(
            "فاز الفريق ⟦number.score=2-1|⟦number.cardinal=2|2⟧-⟦number.cardinal=1|1⟧⟧ ووافق \
             ⟦number.ratio=7/22|⟦number.cardinal=7|7⟧ من جملة ⟦number.cardinal=22|22⟧ نائبا⟧",
        ),
    ];
    const RULES: &'static [RuleInfo] = &RULES;
    const LEXICONS: &'static [LexiconFile] = lexicon::FILES;
    type Config = Config;

    fn create(config: Config) -> Result<Self, ExtractError> {
        Self::new(config)
    }
}
