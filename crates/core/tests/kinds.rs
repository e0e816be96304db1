//! The JSON of every kind: its form, and that a value comes back from it.

#![expect(clippy::expect_used, reason = "tests end with the first thing that is not as it should be")]

use std::fmt::Debug;

use khabar_core::kinds::*;
use khabar_core::{Country, Decimal, DocDate, Layer, Span, Value};
use proptest::option::of;
use proptest::prelude::*;
use serde::Deserialize;

/// The JSON of a value, as a layer holds it.
fn json<V: Value>(value: &V) -> String {
    let mut layer = Layer::default();
    layer.push(Span::new(0, 1), 0, 1.0, value).expect("a value");
    String::from_utf8(layer.heap().to_vec()).expect("UTF-8")
}

/// Checks that a value is read back from its JSON, which is a buffer that the value read may borrow from.
fn comes_back<'a, V>(value: V, text: &'a mut String) -> Result<(), TestCaseError>
where
    V: Value + Deserialize<'a> + PartialEq + Debug,
{
    *text = json(&value);
    let text = text.as_str();
    let read: V = serde_json::from_str(text).map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
    prop_assert_eq!(&read, &value);
    // Numbers that are equal may differ in their zeros.
    prop_assert_eq!(json(&read), text);
    Ok(())
}

#[test]
fn the_form_of_every_kind() {
    let (first, second) = (Span::new(0, u32::MAX), Span::new(7, 10));
    let usd = CurrencyCode::new(*b"USD");
    let day: Option<DocDate> = "2025-08-06".parse().ok();
    let decimal = |text: &str| text.parse::<Decimal>().expect("a decimal");
    let forms = [
        (json(&Cardinal::new(7)), r#"{"value":"7"}"#),
        (
            json(&Cardinal::new(2).with_unit("شخص".to_owned()).with_modifier(Modifier::EqualOrMore)),
            r#"{"value":"2","unit":"شخص","mod":"EQUAL_OR_MORE"}"#,
        ),
        (json(&Cardinal::indefinite(1000)), r#"{"value":null,"magnitude":"1000"}"#),
        (json(&Ordinal::new(8).with_modifier(Modifier::Approx)), r#"{"value":"8","mod":"APPROX"}"#),
        (json(&Fraction::new(Quotient::new(3, 2))), r#"{"value":"3/2"}"#),
        (json(&Percent::new(decimal("-4.750"))), r#"{"value":"-4.750"}"#),
        (
            json(&Money::new(decimal("18446744073709551616"), usd).with_modifier(Modifier::LessThan)),
            r#"{"value":"18446744073709551616","currency":"USD","mod":"LESS_THAN"}"#,
        ),
        (json(&Money::new(None, None)), r#"{"value":null,"currency":null}"#),
        (json(&Quantity::new(Decimal::from(5), "kilometer")), r#"{"value":"5","unit":"kilometer"}"#),
        (json(&Range::new(3, 5).with_currency(usd)), r#"{"low":"3","high":"5","currency":"USD"}"#),
        (
            json(&Range::new(3, 5).with_unit("percent".to_owned()).with_modifier(Modifier::MoreThan)),
            r#"{"low":"3","high":"5","unit":"percent","mod":"MORE_THAN"}"#,
        ),
        (json(&Score::new(Points::new(2, 1))), r#"{"value":"2-1"}"#),
        (json(&Ratio::new(Quotient::new(7, 22))), r#"{"value":"7/22"}"#),
        (
            json(&Date(
                Timex::new("2023-04-06")
                    .with_modifier(TimexModifier::LessThan)
                    .with_hijri("1444-09-15".to_owned())
                    .with_alternatives(vec!["2022".to_owned()]),
            )),
            r#"{"value":"2023-04-06","mod":"LESS_THAN","hijri":"1444-09-15","alternatives":["2022"]}"#,
        ),
        (json(&Duration(Timex::new("P2D").with_anchor(Anchor::Before))), r#"{"value":"P2D","anchor":"BEFORE"}"#),
        (
            json(&Title(Entity::new("a\"\\", "م\n").with_holder("Q1"))),
            r#"{"id":"a\"\\","name":"م\n","linked":true,"holder":"Q1"}"#,
        ),
        (
            json(&Speech(
                Quote::new(first, second)
                    .with_speaker_id("Q1".to_owned())
                    .with_speaker_confidence(0.95)
                    .with_source(vec![second]),
            )),
            concat!(
                r#"{"speaker":{"start":0,"end":4294967295},"speaker_id":"Q1","speaker_confidence":0.95,"cue":{"start":7,"end":10},"#,
                r#""source":[{"start":7,"end":10}]}"#
            ),
        ),
        (json(&Indirect(Quote::default())), r#"{"speaker":null,"cue":null,"source":[]}"#),
        (json(&Term::default()), "{}"),
        (
            json(&DocumentDate::new(DateSource::Inferred, 0.95).with_bounds(day, None).with_evidence(vec![second])),
            concat!(
                r#"{"value":null,"source":"inferred","confidence":0.95,"earliest":"2025-08-06","latest":null,"#,
                r#""weekday":null,"evidence":[{"start":7,"end":10}],"conflict":false}"#
            ),
        ),
        (
            json(&DocumentDate::given("2025-08-06T15:30Z".parse().expect("a date")).with_conflict(true)),
            concat!(
                r#"{"value":"2025-08-06","source":"given","confidence":1.0,"earliest":"2025-08-06","#,
                r#""latest":"2025-08-06","weekday":"wednesday","evidence":[],"conflict":true}"#
            ),
        ),
    ];
    for (json, form) in forms {
        assert_eq!(json, form);
    }
}

#[test]
fn currencies_are_three_capitals() {
    for text in ["", "usd", "US", "USDT", "US1", "د.ت"] {
        assert!(text.parse::<CurrencyCode>().is_err(), "{text}");
    }
    let refused = "usd".parse::<CurrencyCode>().expect_err("small letters").to_string();
    assert_eq!(refused, "invalid currency code \"usd\": expected three capital letters as in ISO 4217: TND");
    assert!(serde_json::from_str::<Money>(r#"{"value":"1","currency":"usd"}"#).is_err());
}

#[test]
fn what_is_not_known_is_passed_over_and_what_is_missing_is_none() {
    let cardinal: Cardinal = serde_json::from_str(r#"{"more":[1],"value":"7"}"#).expect("a cardinal");
    assert_eq!(cardinal, Cardinal::new(7));
    assert_eq!(serde_json::from_str::<Money>("{}").expect("money"), Money::new(None, None));
    assert_eq!(serde_json::from_str::<Quote>("{}").expect("a quotation"), Quote::default());
}

#[test]
fn a_key_of_a_name_links_to_nothing() {
    assert!(Entity::new("Q7747", "فلاديمير بوتين").linked);
    assert!(!Entity::new("khabar:person/smir.khuri", "سمير خوري").linked);
}

#[test]
fn entities_are_read_without_a_copy() {
    let json = r#"{"id":"Q7747","name":"فلاديمير بوتين"}"#;
    let Person(entity) = serde_json::from_str(json).expect("a person");
    assert!(matches!((&entity.id, &entity.name), (std::borrow::Cow::Borrowed(_), std::borrow::Cow::Borrowed(_))));
    assert_eq!(entity.clone().into_owned(), entity);
}

fn decimal() -> impl Strategy<Value = Decimal> {
    (any::<i64>(), 0..=28_u32).prop_map(|(mantissa, scale)| Decimal::from_i128_with_scale(mantissa.into(), scale))
}

fn span() -> impl Strategy<Value = Span> {
    any::<(u32, u32)>().prop_map(|(start, end)| Span::new(start, end))
}

fn currency() -> impl Strategy<Value = Option<CurrencyCode>> {
    of("[A-Z]{3}".prop_map(|code| code.parse().expect("a code")))
}

fn modifier() -> impl Strategy<Value = Option<Modifier>> {
    use Modifier::{Approx, EqualOrLess, EqualOrMore, LessThan, MoreThan};
    of(proptest::sample::select(vec![Approx, MoreThan, LessThan, EqualOrMore, EqualOrLess]))
}

fn timex() -> impl Strategy<Value = Timex> {
    use TimexModifier::{Approx, End, LessThan, Mid, MoreThan, Start};
    let modifier = of(proptest::sample::select(vec![Start, Mid, End, Approx, LessThan, MoreThan]));
    let anchor = of(proptest::sample::select(vec![Anchor::Before, Anchor::After]));
    (".{0,9}", modifier, anchor, of(".{0,9}"), proptest::collection::vec(".{0,9}", 0..3)).prop_map(
        |(value, modifier, anchor, hijri, alternatives)| {
            let timex = Timex::new(value).with_modifier(modifier).with_anchor(anchor);
            timex.with_hijri(hijri).with_alternatives(alternatives)
        },
    )
}

fn entity() -> impl Strategy<Value = Entity<'static>> {
    (".{0,9}", ".{0,9}", of(".{0,9}")).prop_map(|(id, name, holder)| {
        let entity = Entity::new(id, name);
        match holder {
            Some(holder) => entity.with_holder(holder),
            None => entity,
        }
    })
}

fn quote() -> impl Strategy<Value = Quote> {
    let sure = of((0..=100u8).prop_map(|sure| f32::from(sure) / 100.0));
    (of(span()), of(".{0,9}"), sure, of(span()), proptest::collection::vec(span(), 0..3)).prop_map(
        |(speaker, id, sure, cue, source)| {
            Quote::new(speaker, cue).with_speaker_id(id).with_speaker_confidence(sure).with_source(source)
        },
    )
}

fn doc_date() -> impl Strategy<Value = DocDate> {
    let time = of((0..24_u8, 0..60_u8, 0..60_u8));
    (1..=9999_i16, 1..=12_u8, 1..=28_u8, time, of(-1079..=1079_i16)).prop_map(|(year, month, day, time, offset)| {
        DocDate { year, month, day, time, offset: offset.filter(|_| time.is_some()) }
    })
}

fn document_date() -> impl Strategy<Value = DocumentDate> {
    use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    let source = proptest::sample::select(vec![DateSource::Given, DateSource::Inferred]);
    let weekdays = vec![Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday];
    let weekday = of(proptest::sample::select(weekdays));
    let days = [of(doc_date()), of(doc_date()), of(doc_date())];
    let evidence = proptest::collection::vec(span(), 0..3);
    (source, 0.0..=1.0_f32, days, weekday, evidence, any::<bool>()).prop_map(
        |(source, confidence, [value, earliest, latest], weekday, evidence, conflict)| {
            let date = DocumentDate::new(source, confidence).with_value(value).with_bounds(earliest, latest);
            date.with_weekday(weekday).with_evidence(evidence).with_conflict(conflict)
        },
    )
}

proptest! {
    #[test]
    fn numbers_come_back(
        (a, b) in (decimal(), decimal()),
        (none, unit) in (any::<bool>(), of(".{0,9}")),
        (currency, modifier) in (currency(), modifier()),
    ) {
        let value = (!none).then_some(a);
        let cardinal = if none { Cardinal::indefinite(b) } else { Cardinal::new(a) };
        comes_back(cardinal.with_unit(unit.clone()).with_modifier(modifier), &mut String::new())?;
        comes_back(Ordinal::new(a).with_modifier(modifier), &mut String::new())?;
        comes_back(Fraction::new(Quotient::new(a, b)).with_modifier(modifier), &mut String::new())?;
        comes_back(Percent::new(a).with_modifier(modifier), &mut String::new())?;
        comes_back(Money::new(value, currency).with_modifier(modifier), &mut String::new())?;
        comes_back(Quantity::new(value, unit.clone().unwrap_or_default()).with_modifier(modifier), &mut String::new())?;
        comes_back(Range::new(a, b).with_currency(currency).with_unit(unit).with_modifier(modifier), &mut String::new())?;
        comes_back(Score::new(Points::new(a, b)), &mut String::new())?;
        comes_back(Ratio::new(Quotient::new(a, b)), &mut String::new())?;
    }

    #[test]
    fn times_come_back(timex in timex()) {
        comes_back(Date(timex.clone()), &mut String::new())?;
        comes_back(Time(timex.clone()), &mut String::new())?;
        comes_back(Duration(timex.clone()), &mut String::new())?;
        comes_back(Set(timex), &mut String::new())?;
    }

    #[test]
    fn entities_come_back(entity in entity()) {
        comes_back(Person(entity.clone()), &mut String::new())?;
        comes_back(Title(entity.clone()), &mut String::new())?;
        comes_back(Org(entity.clone()), &mut String::new())?;
        comes_back(Gpe(entity.clone()), &mut String::new())?;
        comes_back(Loc(entity.clone()), &mut String::new())?;
        comes_back(Fac(entity.clone()), &mut String::new())?;
        comes_back(Norp(entity.clone()), &mut String::new())?;
        comes_back(Event(entity.clone()), &mut String::new())?;
        comes_back(Product(entity.clone()), &mut String::new())?;
        comes_back(Misc(entity), &mut String::new())?;
    }

    #[test]
    fn quotations_come_back(quote in quote()) {
        comes_back(Speech(quote.clone()), &mut String::new())?;
        comes_back(Indirect(quote), &mut String::new())?;
        comes_back(Term::default(), &mut String::new())?;
    }

    #[test]
    fn dates_of_documents_come_back(date in document_date()) {
        comes_back(date, &mut String::new())?;
    }

    #[test]
    fn dates_and_countries_come_back(date in doc_date(), country in "[A-Z]{2}") {
        let text = serde_json::to_string(&date).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<DocDate>(&text).ok(), Some(date));
        let country: Country = country.parse().expect("a code");
        let text = serde_json::to_string(&country).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<Country>(&text).ok(), Some(country));
    }
}
