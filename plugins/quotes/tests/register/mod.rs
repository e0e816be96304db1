//! A stand-in for the entity layer: a few names, found wherever they stand.

use khabar_core::kinds::{Entity, Fac, Gpe, Org, Person, Title};
use khabar_extractor::{Doc, ExtractError, Extractor, Output, Plugin, Scratch, Span, Value};
use serde::Deserialize;

const NAMES: &[(&str, &str, &str)] = &[
    ("person", "سامر النجار", "samer"),
    ("person", "النجار", "samer"),
    ("person", "هالة درويش", "hala"),
    ("person", "درويش", "hala"),
    ("person", "ماركو فيري", "marco"),
    ("person", "فيري", "marco"),
    ("title", "مستشار فيري", "adviser-of-marco"),
    ("title", "وزيرة النقل", "minister-of-transport"),
    ("title", "الناطقة باسم البلدية", "spokeswoman"),
    ("org", "وكالة الضفاف للأنباء", "difaf"),
    ("org", "الميناء الجديد", "new-port"),
    ("org", "نسمات", "nasamat"),
    ("org", "الأمم المتحدة", "un"),
    ("fac", "قصر الرمال", "sand-palace"),
    ("gpe", "طرابلس", "tripoli"),
];

/// Finds the names.
pub(crate) struct Register;

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
/// Nothing can be set.
pub(crate) struct Nothing {}

impl Extractor for Register {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, _: &mut Scratch) -> Result<(), ExtractError> {
        for (kind, name, id) in NAMES {
            for (at, _) in doc.text.match_indices(name) {
                let longer = NAMES.iter().any(|(k, n, _)| {
                    let inside = |(p, _): (usize, _)| p <= at && at + name.len() <= p + n.len();
                    k == kind && name.len() < n.len() && doc.text.match_indices(n).any(inside)
                });
                if longer {
                    continue;
                }
                let span = Span::from(at..at + name.len());
                let entity = Entity::new(*id, *name);
                match *kind {
                    "person" => out.push(span, 1.0, &Person(entity))?,
                    "title" => out.push(span, 1.0, &Title(entity))?,
                    "org" => out.push(span, 1.0, &Org(entity))?,
                    "fac" => out.push(span, 1.0, &Fac(entity))?,
                    _ => out.push(span, 1.0, &Gpe(entity))?,
                }
            }
        }
        Ok(())
    }
}

impl Plugin for Register {
    const NAME: &'static str = "test.register";
    const VERSION: &'static str = "0.1.0";
    const PROVIDES: &'static [&'static str] = &[Person::KIND, Title::KIND, Org::KIND, Gpe::KIND, Fac::KIND];
    type Config = Nothing;

    fn create(_: Nothing) -> Result<Self, ExtractError> {
        Ok(Self)
    }
}
