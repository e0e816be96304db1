//! Makes a self-contained, right-to-left page of mistakes, each in its sentence.
//!
//! ```
//! use khabar_report::mistakes::{Mistake, Page, Side, Sort, page};
//!
//! let gold = Side { kind: "number.percent", start: 6, end: 10, text: "100%", value: r#"{"value":"100"}"#.into() };
//! let missed = Mistake { sort: Sort::Missed, document: "a", sentence: "بنسبة 100%", gold: Some(gold), found: None };
//! let html = page(&Page { title: "gold.jsonl", mistakes: vec![missed], ..Page::default() });
//! assert!(html.contains("data-gold=\"6-10\""));
//! ```

use std::collections::BTreeSet;

use crate::{STYLE, escape};

/// The most mistakes of one sort that are shown; the rest is counted.
const SHOWN: usize = 2_000;

/// The content of the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page<'a> {
    /// What was compared with what.
    pub title: &'a str,
    /// Rows of figures, totals among them.
    pub figures: Vec<Figures<'a>>,
    /// How often each gold kind was found as which kind.
    pub confusion: Vec<Confused<'a>>,
    /// The mistakes, in the order in which they are shown within their sort.
    pub mistakes: Vec<Mistake<'a>>,
}

/// The figures of a kind or of several.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures<'a> {
    /// The kind, or the name of the total.
    pub name: &'a str,
    /// Whether it is the sum of other rows.
    pub total: bool,
    /// Annotations of gold.
    pub gold: usize,
    /// Precision, 0 to 1.
    pub precision: f64,
    /// Recall, 0 to 1.
    pub recall: f64,
    /// F1, 0 to 1.
    pub f1: f64,
    /// Share of gold that was found with the right value, 0 to 1, if gold has values.
    pub right: Option<f64>,
}

/// How often a gold kind was found as another kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Confused<'a> {
    /// The kind in gold; `None` for spurious annotations.
    pub gold: Option<&'a str>,
    /// The kind found; `None` for missed annotations.
    pub found: Option<&'a str>,
    /// Whether the spans are the same too.
    pub same_span: bool,
    /// How often.
    pub count: usize,
}

/// The sort of a mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sort {
    /// Gold has it, nothing was found.
    Missed,
    /// It was found, gold has nothing.
    Spurious,
    /// The span is right, the kind is not.
    Kind,
    /// The kind is right, the span is not.
    Span,
    /// Only the value is not right.
    Value,
}

/// One mistake in its sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Mistake<'a> {
    /// Its sort.
    pub sort: Sort,
    /// The document's id.
    pub document: &'a str,
    /// The sentence around it, or a part of it.
    pub sentence: &'a str,
    /// What gold has.
    pub gold: Option<Side<'a>>,
    /// What was found.
    pub found: Option<Side<'a>>,
}

/// One side of a mistake.
#[derive(Clone, Debug, PartialEq)]
pub struct Side<'a> {
    /// The kind.
    pub kind: &'a str,
    /// First UTF-16 unit of the sentence.
    pub start: usize,
    /// First UTF-16 unit after it.
    pub end: usize,
    /// The words.
    pub text: &'a str,
    /// The value, formatted for display.
    pub value: String,
}

/// Each sort with its name in addresses, in Arabic and in English.
const SORTS: [(Sort, &str, &str, &str); 5] = [
    (Sort::Missed, "missed", "فائت", "missed"),
    (Sort::Spurious, "spurious", "زائد", "spurious"),
    (Sort::Kind, "kind", "نوع آخر", "wrong kind"),
    (Sort::Span, "span", "حدود أخرى", "wrong span"),
    (Sort::Value, "value", "قيمة أخرى", "wrong value"),
];

/// Makes the page.
pub fn page(page: &Page<'_>) -> String {
    let (mut nav, mut body) = (String::new(), String::new());
    for (sort, name, arabic, english) in SORTS {
        let count = page.mistakes.iter().filter(|mistake| mistake.sort == sort).count();
        if count != 0 {
            nav.push_str(&format!("<a href=\"#{name}\" title=\"{english}\">{arabic} <b>{count}</b></a>"));
        }
    }
    body.push_str("<h2><bdi>");
    escape::html(page.title, &mut body);
    body.push_str("</bdi></h2>\n");
    figures(&page.figures, &mut body);
    confusion(&page.confusion, &mut body);
    filter(&page.mistakes, &mut body);
    for (sort, name, arabic, english) in SORTS {
        let of_sort: Vec<&Mistake<'_>> = page.mistakes.iter().filter(|mistake| mistake.sort == sort).collect();
        section(
            &of_sort,
            name,
            &format!("{arabic} <small dir=\"ltr\">{english} · {}</small>", of_sort.len()),
            &mut body,
        );
    }
    fill(
        PAGE,
        &[("{style}", &[STYLE, MISTAKES_STYLE].concat()), ("{nav}", &nav), ("{body}", &body), ("{script}", SCRIPT)],
    )
}

const PAGE: &str = include_str!("../assets/mistakes.html");
const MISTAKES_STYLE: &str = include_str!("../assets/mistakes.css");
const SCRIPT: &str = include_str!("../assets/mistakes.js");

/// Fills the placeholders of a template, given in their order; contents are not scanned again.
fn fill(frame: &str, contents: &[(&str, &str)]) -> String {
    let (mut out, mut rest) = (String::new(), frame);
    for (name, content) in contents {
        let (before, after) = rest.split_once(name).unwrap_or((rest, ""));
        out.extend([before, content]);
        rest = after;
    }
    out + rest
}

/// Appends a table: its header row, then the rows that `rows` appends.
fn table(heads: &[&str], out: &mut String, rows: impl FnOnce(&mut String)) {
    out.push_str("<div class=\"scroll\"><table><thead><tr>");
    for head in heads {
        out.push_str("<th scope=\"col\"><bdi>");
        escape::html(head, out);
        out.push_str("</bdi></th>");
    }
    out.push_str("</tr></thead><tbody>\n");
    rows(out);
    out.push_str("</tbody></table></div>\n");
}

fn code(text: &str, out: &mut String) {
    out.push_str("<code dir=\"ltr\">");
    escape::html(text, out);
    out.push_str("</code>");
}

fn figures(rows: &[Figures<'_>], out: &mut String) {
    let heads = ["النوع", "العدد", "الدقة P", "الاستدعاء R", "F1", "صحيح القيمة"];
    let with_values = rows.iter().any(|row| row.right.is_some());
    table(&heads[..heads.len() - usize::from(!with_values)], out, |out| {
        for row in rows {
            out.push_str(if row.total { "<tr class=\"total\"><td>" } else { "<tr><td>" });
            code(row.name, out);
            out.push_str(&format!("</td><td class=\"number\">{}</td>", row.gold));
            let shares = [Some(row.precision), Some(row.recall), Some(row.f1), row.right];
            for share in &shares[..shares.len() - usize::from(!with_values)] {
                let share = share.map(|share| format!("{:.2}", 100.0 * share)).unwrap_or_default();
                out.push_str(&format!("<td class=\"number\">{share}</td>"));
            }
            out.push_str("</tr>\n");
        }
    });
}

fn confusion(cells: &[Confused<'_>], out: &mut String) {
    // Kinds that are never mistaken are left out.
    let mistaken: Vec<&Confused<'_>> = cells.iter().filter(|cell| cell.gold != cell.found || !cell.same_span).collect();
    let mut found: BTreeSet<&str> = mistaken.iter().filter_map(|cell| cell.found).collect();
    let gold: BTreeSet<Option<&str>> = mistaken.iter().map(|cell| cell.gold).collect();
    found.extend(gold.iter().copied().flatten());
    if mistaken.is_empty() {
        return;
    }
    out.push_str("<h2 id=\"confusion\">ما أُخذ على أنه غيره <small dir=\"ltr\">confusion</small></h2>\n");
    let heads: Vec<&str> =
        ["المرجع \\ ما وُجد"].into_iter().chain(found.iter().copied()).chain(["حدود أخرى", "فائت"]).collect();
    let sum = |gold, found, same_span| {
        let same = |cell: &&Confused<'_>| (cell.gold, cell.found, cell.same_span) == (gold, found, same_span);
        cells.iter().filter(same).map(|cell| cell.count).sum::<usize>()
    };
    table(&heads, out, |out| {
        // Spurious annotations come last.
        for gold in gold.iter().filter(|gold| gold.is_some()).chain(gold.get(&None)) {
            out.push_str("<tr><td>");
            match gold {
                Some(kind) => code(kind, out),
                None => out.push_str("زائد"),
            }
            out.push_str("</td>");
            for kind in &found {
                number(sum(*gold, Some(*kind), gold.is_some()), *gold == Some(*kind), out);
            }
            number(if gold.is_some() { sum(*gold, *gold, false) } else { 0 }, false, out);
            number(sum(*gold, None, false), false, out);
            out.push_str("</tr>\n");
        }
    });
}

/// A cell with a count; empty for 0.
fn number(count: usize, right: bool, out: &mut String) {
    let count = if count == 0 { String::new() } else { count.to_string() };
    out.push_str(&format!("<td class=\"number{}\">{count}</td>", if right { " most" } else { "" }));
}

fn filter(mistakes: &[Mistake<'_>], out: &mut String) {
    let kinds: BTreeSet<&str> = mistakes.iter().flat_map(kinds_of).collect();
    out.push_str("<p class=\"filter\"><label>النوع <select id=\"choice\"><option value=\"\">الكل</option>");
    for kind in kinds {
        out.push_str("<option dir=\"ltr\">");
        escape::html(kind, out);
        out.push_str("</option>");
    }
    out.push_str(
        "</select></label> <span class=\"key gold\">المرجع</span> <span class=\"key found\">ما وُجد</span></p>\n",
    );
}

fn kinds_of<'a>(mistake: &'a Mistake<'_>) -> impl Iterator<Item = &'a str> {
    [&mistake.gold, &mistake.found].into_iter().flatten().map(|side| side.kind)
}

fn section(mistakes: &[&Mistake<'_>], name: &str, heading: &str, out: &mut String) {
    if mistakes.is_empty() {
        return;
    }
    out.push_str(&format!("<section><h2 id=\"{name}\">{heading}</h2>\n"));
    for mistake in mistakes.iter().take(SHOWN) {
        one(mistake, out);
    }
    if SHOWN < mistakes.len() {
        out.push_str(&format!("<p class=\"quiet\">و{} غيرها</p>\n", mistakes.len() - SHOWN));
    }
    out.push_str("</section>\n");
}

fn one(mistake: &Mistake<'_>, out: &mut String) {
    let kinds: Vec<&str> = kinds_of(mistake).collect();
    out.push_str("<article data-kinds=\"");
    escape::html(&kinds.join(" "), out);
    out.push_str("\"><p class=\"sentence\" dir=\"auto\"");
    let sides = [("gold", "المرجع", &mistake.gold), ("found", "ما وُجد", &mistake.found)];
    for (name, _, side) in sides {
        if let Some(Side { start, end, .. }) = side {
            out.push_str(&format!(" data-{name}=\"{start}-{end}\""));
        }
    }
    out.push('>');
    escape::html(mistake.sentence, out);
    out.push_str("</p><dl class=\"sides\">");
    for (name, arabic, side) in sides {
        let Some(side) = side else { continue };
        out.push_str(&format!("<dt class=\"{name}\">{arabic}</dt><dd>"));
        code(side.kind, out);
        out.push_str(" <bdi>");
        escape::html(side.text, out);
        out.push_str("</bdi> ");
        code(&side.value, out);
        out.push_str("</dd>");
    }
    out.push_str("</dl><p class=\"where\"><bdi>");
    escape::html(mistake.document, out);
    out.push_str("</bdi></p></article>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side<'a>(kind: &'a str, text: &'a str) -> Option<Side<'a>> {
        Some(Side { kind, start: 0, end: text.encode_utf16().count(), text, value: "{}".to_owned() })
    }

    #[test]
    fn every_sort_has_its_section() {
        let mistake = |sort, gold, found| Mistake { sort, document: "d", sentence: "نص", gold, found };
        let mistakes = vec![
            mistake(Sort::Value, side("n.a", "نص"), side("n.a", "نص")),
            mistake(Sort::Kind, side("n.a", "نص"), side("n.b", "نص")),
            mistake(Sort::Missed, side("n.a", "نص"), None),
        ];
        let confused = |gold, found, same_span, count| Confused { gold, found, same_span, count };
        let confusion = vec![
            confused(Some("n.a"), Some("n.a"), true, 7),
            confused(Some("n.a"), Some("n.b"), true, 1),
            confused(Some("n.a"), None, false, 1),
            confused(Some("n.z"), Some("n.z"), true, 9),
            confused(None, Some("n.b"), false, 3),
        ];
        let figures = vec![Figures { name: "n.a", gold: 9, precision: 0.5, ..Figures::default() }];
        let html = page(&Page { title: "gold", figures, confusion, mistakes });
        let places: Vec<Option<usize>> =
            ["missed", "kind", "value"].iter().map(|id| html.find(&format!("<h2 id=\"{id}\">"))).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
        assert!(!html.contains("id=\"spurious\"") && !html.contains("n.z"), "nothing to show of these");
        assert!(html.contains("<td class=\"number most\">7</td><td class=\"number\">1</td>"), "{html}");
        assert!(html.contains("<option dir=\"ltr\">n.b</option>") && html.contains("data-kinds=\"n.a n.b\""));
    }

    #[test]
    fn nothing_in_a_text_can_act() {
        let nasty =
            "</script><script>alert(1)</script><img src=x onerror=alert(1)> \" & ' {script} {body}\u{0}\u{202e}";
        let side = || side(nasty, nasty).map(|side| Side { value: nasty.to_owned(), ..side });
        let mistake = Mistake { sort: Sort::Value, document: nasty, sentence: nasty, gold: side(), found: side() };
        let figures = vec![Figures { name: nasty, ..Figures::default() }];
        let confusion = vec![Confused { gold: Some(nasty), found: None, same_span: false, count: 1 }];
        let html = page(&Page { title: nasty, figures, confusion, mistakes: vec![mistake] });
        assert_eq!((html.matches("<script").count(), html.matches("</script").count()), (1, 1));
        assert!(!html.contains("<img") && !html.contains('\u{0}'));
        assert!(html.trim_end().ends_with("</html>") && html.contains("{script} {body}"));
    }
}
