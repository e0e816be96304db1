//! The article of a page, by the heuristics of Mozilla's Readability.

use dom_query::{Document, NodeData, NodeRef};
use dom_smoothie::{Article, Config, Readability, TextMode};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use khabar_abi::contain;

use super::{Page, tags};

/// The maximum nesting of elements, the same as in browsers.
const DEEPEST: usize = 512;
/// The maximum number of elements and texts, whose tree takes some 200 MB.
const MOST: usize = 1_000_000;
/// The maximum of bytes of text times elements around them: the text of each element is scanned, which takes some seconds at
/// this limit.
const COSTLIEST: usize = 500_000_000;
/// Bytes of text counted for an element without text.
const ELEMENT: usize = 16;
/// Bytes parsed between two checks of the tree.
const STEP: usize = 1 << 14;

pub(super) fn read(html: &str) -> Result<Page, String> {
    // A panic of a parser costs this page only.
    contain(|| article(html)).unwrap_or_else(|panic| Err(format!("cannot read the page: {panic}")))
}

fn article(html: &str) -> Result<Page, String> {
    let none = || "found no article in this page; give its text as .txt".to_owned();
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let mut readability = Readability::with_document(tree(html)?, None, Some(config)).map_err(|_| none())?;
    let article = readability.parse().map_err(|_| none())?;
    // Spaces at the ends of lines come from the formatter.
    let lines: Vec<&str> = article.text_content.trim().lines().map(str::trim).collect();
    let body = lines.join("\n");
    if body.is_empty() {
        return Err(none());
    }
    let title = one_line(&article.title);
    let text = if title.is_empty() || one_line(&body).starts_with(&title) {
        format!("{body}\n")
    } else {
        format!("{title}\n\n{body}\n")
    };
    Ok(Page { text, about: about(&article), published: article.published_time })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The metadata of a page, by name.
fn about(article: &Article) -> Vec<(&'static str, String)> {
    let fields = [
        ("byline", &article.byline),
        ("description", &article.excerpt),
        ("image", &article.image),
        ("language", &article.lang),
        ("modified", &article.modified_time),
        ("published", &article.published_time),
        ("site", &article.site_name),
        ("title", &Some(article.title.clone()).filter(|title| !title.is_empty())),
        ("url", &article.url),
    ];
    fields.into_iter().filter_map(|(name, content)| Some((name, content.clone()?))).collect()
}

/// Parses the tree of a page. By the rules of HTML, nested or unclosed elements can take time and memory that grow with the
/// square of the page's size, so such a page is refused as soon as it shows.
fn tree(html: &str) -> Result<Document, String> {
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() },
        ..ParseOpts::default()
    };
    if tags::are_crowded(html) {
        return Err("a tag has thousands of attributes, or a text hundreds of thousands of characters".into());
    }
    let mut parser = parse_document(Document::default(), options);
    let mut rest = html;
    while !rest.is_empty() {
        let end = (0..=STEP.min(rest.len())).rfind(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        parser.process(StrTendril::from(part));
        let page = &parser.tokenizer.sink.sink;
        if MOST < page.tree.len() {
            return Err(format!("more than {MOST} elements and texts"));
        }
        // Every element and text in the source has at least a byte; more can only be copies of unclosed elements.
        if html.len() - rest.len() + STEP < page.tree.len() || DEEPEST < depth(page) {
            return Err(format!("elements are nested more than {DEEPEST} deep, or never closed"));
        }
    }
    let page = parser.finish();
    if COSTLIEST < cost(&page) {
        return Err("too much text in deeply nested elements".to_owned());
    }
    Ok(page)
}

/// The cost of scanning the text of every element: each text counts for all elements around it.
fn cost(page: &Document) -> usize {
    let (mut cost, mut depth) = (0_usize, 0_usize);
    let mut next = Some(page.root());
    while let Some(node) = next {
        let text = node.query_or(ELEMENT, |node| match &node.data {
            NodeData::Text { contents } => contents.len(),
            _ => ELEMENT,
        });
        cost = cost.saturating_add(depth.saturating_mul(text));
        next = node.first_child().inspect(|_| depth += 1);
        let mut done = Some(node);
        while let (None, Some(node)) = (&next, done) {
            next = node.next_sibling();
            done = node.parent().inspect(|_| depth -= usize::from(next.is_none()));
        }
    }
    cost
}

/// The depth at which the next element will be inserted.
fn depth(page: &Document) -> usize {
    let mut deepest = 0;
    let mut open: Vec<(NodeRef<'_>, usize)> = vec![(page.root(), 0)];
    while let Some((node, depth)) = open.pop() {
        deepest = deepest.max(depth);
        if DEEPEST < deepest {
            break;
        }
        open.extend(node.last_child().map(|child| (child, depth + 1)));
        // Elements that are not allowed in a table are moved before it.
        if node.has_name("table") {
            open.extend(node.prev_sibling().map(|before| (before, depth)));
        }
    }
    deepest
}
