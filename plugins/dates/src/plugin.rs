//! The extractor as khabar sees it.

use khabar_core::Value;
use khabar_core::kinds::{Date, DocumentDate, Duration, Set, Time};
use khabar_extractor::{
    Cancel, Doc, Example, ExtractError, Extractor, LexiconFile, Output, Plugin, Reason, RuleInfo, Scratch,
};

use crate::config::{Config, Dates};
use crate::emit;
use crate::finder::Work;
use crate::grammar::RULES;
use crate::lexicon::FILES;

impl Extractor for Dates {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, scratch: &mut Scratch) -> Result<(), ExtractError> {
        let cancel = out.cancel();
        self.find_all(doc, scratch.get::<Work>(), cancel, |finding| emit::push(out, finding))
    }

    fn reasons(&self, doc: &Doc<'_>) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let found = self.find_all(doc, &mut Work::default(), Cancel::NEVER, |finding| {
            reasons.extend(emit::reason(&finding));
            Ok(())
        });
        // Nobody cancels it, so that it does not fail.
        found.map_or_else(|_| Vec::new(), |()| reasons)
    }
}

impl Plugin for Dates {
    const NAME: &'static str = "dates";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const PROVIDES: &'static [&'static str] = &[Date::KIND, Time::KIND, Duration::KIND, Set::KIND, DocumentDate::KIND];
    const REQUIRES: &'static [&'static str] = &["number.cardinal", "number.ordinal"];
    const EXAMPLES: &'static [Example] = &[
        Example::new(
            "انتهى اللقاء ⟦timex.date=2025-08-06|اليوم الأربعاء⟧ بعد ⟦timex.duration=PT3H;mod=APPROX|نحو ثلاث ساعات⟧",
        )
        .on("2025-08-06"),
        Example::new("مستمرة منذ ⟦timex.date=2022-02|شباط/فبراير 2022⟧").on("2025-08-06"),
        Example::new("تقام ⟦timex.date=2017-11-04/2017-11-11|من 4 إلى 11 نوفمبر 2017⟧").on("2017-05-20"),
        Example::new("يعود ⟦timex.time=2016-07-21T15:30|يوم الخميس 21 جويلية الساعة الثالثة والنصف⟧").on("2016-07-18"),
        Example::new("انعقد ⟦timex.date=2015-07-05;hijri=1436-09-18|يوم الأحد 18-9-1436⟧").on("2015-08-03"),
        Example::new("يجتمع ⟦timex.set=P2W|كل أسبوعين⟧ منذ ⟦timex.duration=P3Y6M|ثلاث سنوات ونصف⟧"),
        Example::new("وقال ⟦timex.date=2025-08-05|يوم الثلاثاء⟧: \"لدينا اجتماع ⟦timex.date=2025-08-06|غدا⟧\"")
            .on("2025-08-06"),
        Example::new("قال الوزير ⟦timex.date=2025-08-05|الثلاثاء⟧ إن بلاده ستدفع").on("2025-08-06"),
        Example::new("من المقرر أن يعقد اللقاء ⟦timex.date=2025-08-12|الثلاثاء⟧").on("2025-08-06"),
        Example::new(
            "⟦document.date=2016-08-27;weekday=saturday|⟦timex.date=2016-08-27|اليوم السبت 27 أوت 2016⟧⟧ بجندوبة",
        ),
    ];
    const RULES: &'static [RuleInfo] = &RULES;
    const LEXICONS: &'static [LexiconFile] = FILES;
    type Config = Config;

    fn create(config: Config) -> Result<Self, ExtractError> {
        Self::new(&config)
    }
}
