//! What holds for every day, not for chosen ones.

use jiff::ToSpan;
use jiff::civil::Date;
use khabar_dates::{Reference, find_iter, resolve};
use proptest::prelude::*;

const EGYPTIAN: [&str; 12] =
    ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"];
const SYRIAC: [&str; 12] = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
];
const MAGHREBI: [&str; 12] =
    ["جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"];
const HIJRI: [&str; 12] = [
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الثاني",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
];
const WEEKDAYS: [&str; 7] = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"];

fn value(text: &str, reference: Reference) -> Option<String> {
    resolve(text, reference).map(|timex| timex.value)
}

/// Every way to write a day in figures and names.
fn written(day: Date) -> Vec<String> {
    let (y, m, d) = (day.year(), day.month(), day.day());
    let at = m as usize - 1;
    let arabic: String = format!("{d}/{m}/{y}")
        .chars()
        .map(|c| c.to_digit(10).and_then(|n| char::from_u32(0x660 + n)).unwrap_or(c))
        .collect();
    vec![
        format!("{d} {} {y}", EGYPTIAN[at]),
        format!("{d} {} {y}", SYRIAC[at]),
        format!("{d:02} {} {y}", MAGHREBI[at]),
        format!("{d} {}/{} {y}", SYRIAC[at], EGYPTIAN[at]),
        format!("{d} {} ({}) {y}", EGYPTIAN[at], SYRIAC[at]),
        format!("{d} من شهر {} {y}", MAGHREBI[at]),
        format!("{d} من {} من سنة {y}", EGYPTIAN[at]),
        format!("{} {d} {} {y}", WEEKDAYS[day.weekday().to_monday_zero_offset() as usize], EGYPTIAN[at]),
        format!("{y:04}-{m:02}-{d:02}"),
        format!("{y:04}/{m}/{d}"),
        format!("{d}-{m}-{y:04}"),
        format!("{d:02}.{m:02}.{y:04}"),
        format!("{d} / {m} / {y:04}م"),
        arabic,
    ]
}

#[test]
fn every_day_in_every_writing() {
    let mut day = jiff::civil::date(1900, 1, 1);
    let last = jiff::civil::date(2100, 12, 31);
    let reference = Reference::new(jiff::civil::date(2025, 8, 6));
    let mut turn = 0;
    // One writing a day, each writing every fourteenth day: all months, ends of months and leap years meet each.
    while day <= last {
        let all = written(day);
        let text = &all[turn % all.len()];
        assert_eq!(value(text, reference), Some(day.to_string()), "{text}");
        turn += 1;
        day = day.checked_add(1.day()).expect("a day");
    }
}

#[test]
fn every_hijri_month() {
    let reference = Reference::new(jiff::civil::date(2025, 8, 6));
    for year in 1300..=1500 {
        for (at, name) in HIJRI.iter().enumerate() {
            let day = 1 + (year * 7 + at * 5) % 29;
            let words = resolve(&format!("{day} {name} {year} هـ"), reference).expect("a date");
            let figures = resolve(&format!("{day}/{}/{year}هـ", at + 1), reference).expect("a date");
            let hijri = format!("{year}-{:02}-{day:02}", at + 1);
            assert_eq!(words.hijri.as_deref(), Some(hijri.as_str()));
            assert_eq!((words.value, words.hijri), (figures.value, figures.hijri), "{hijri}");
        }
    }
}

fn any_day() -> impl Strategy<Value = Date> {
    (1950_i16..2090, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| jiff::civil::date(y, m, d))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn relative_days_move_with_the_reference(day in any_day(), by in 0_i32..400) {
        let later = day.checked_add(by.days()).expect("a day");
        for phrase in ["اليوم", "أمس", "غدا", "بعد غد", "أول أمس", "قبل ثلاثة أيام", "قبل أسبوعين"] {
            let at = |day: Date| -> Date {
                value(phrase, Reference::new(day)).expect("a value").parse().expect("a day")
            };
            prop_assert_eq!(at(day).checked_add(by.days()).expect("a day"), at(later), "{}", phrase);
        }
    }

    #[test]
    fn weekday_phrases_give_that_weekday(day in any_day(), weekday in 0_usize..7) {
        let name = WEEKDAYS[weekday];
        for phrase in [name.to_owned(), format!("يوم {name}"), format!("{name} الماضي"), format!("{name} المقبل")] {
            let found: Date = value(&phrase, Reference::new(day)).expect("a value").parse().expect("a day");
            prop_assert_eq!(found.weekday().to_monday_zero_offset() as usize, weekday, "{}", phrase);
            let days = day.until(found).expect("a span").get_days();
            prop_assert!(days.abs() <= 7);
            prop_assert!(!phrase.ends_with("الماضي") || days < 0);
            prop_assert!(!phrase.ends_with("المقبل") || 0 < days);
        }
    }

    #[test]
    fn no_value_is_no_date(a in 0_u32..100, b in 0_u32..100, c in 0_u32..100_000, month in 0_usize..12) {
        let texts = [
            format!("{a}/{b}/{c}"), format!("{a} {} {c}", EGYPTIAN[month]), format!("{c}-{a}-{b}"),
            format!("من {a} إلى {b} {}", SYRIAC[month]), format!("الساعة {a}:{b}"), format!("قبل {c} سنة"),
            format!("بعد {a}{b}{c}{c} قرنا"), format!("عام {c} هـ"), format!("الأسبوع {a} من عام {b}"),
        ];
        for text in texts {
            for (span, found) in find_iter(&text, Reference::new(jiff::civil::date(2025, 8, 6))) {
                prop_assert!(span.of(&text).is_some());
                let value = &found.timex().value;
                for part in value.split('/').filter(|part| part.len() == 10 && !part.contains('X')) {
                    prop_assert!(part.parse::<Date>().is_ok(), "{} in {}", value, text);
                }
            }
        }
    }
}

#[test]
fn one_that_is_cancelled_comes_back_though_it_finds_nothing() {
    let mut rig = khabar_extractor::testing::Rig::default().with::<khabar_dates::Dates>();
    let text = "كلمة أخرى ".repeat(100);
    let sample = khabar_extractor::testing::Sample { text: &text, ..Default::default() };
    assert_eq!(rig.run(&sample).expect("runs"), []);
    assert!(matches!(rig.cancelled(&sample), Err(khabar_extractor::ExtractError::Cancelled)));
    assert_eq!(rig.run(&sample).expect("runs"), []);
}
