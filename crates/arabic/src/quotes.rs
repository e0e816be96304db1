//! Quotation marks: which opens, which closes, what stands between them.
//!
//! `«»` and `“”` say by their shape what they are, `"` does not, and scraped text uses all of them the wrong way round now
//! and then. The neighbours of a mark decide: a mark after a space and before a letter opens, one after a letter and
//! before a space or a comma closes, proclitics before a mark count as a space (`بـ"التحريضية"`). Where they do not say,
//! the marks take turns. Roles are settled a line at a time, so that one lost mark spoils no more than its line.

use khabar_core::{Span, Token, TokenClass, TokenFlags};

/// What stands between two quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The quotation with its marks, in bytes of the original text.
    pub outer: Span,
    /// What stands between the marks without the white space at its ends; empty for `""`.
    pub inner: Span,
    /// The token that opens it.
    pub open: u32,
    /// The token that closes it; `None` where the closing mark is missing: `outer` then ends with the line.
    pub close: Option<u32>,
    /// In how many closed quotations this one stands.
    pub depth: u32,
}

/// Finds the quotations in analysed tokens, ordered by their opening marks. `found` is emptied first and keeps its
/// memory from call to call.
///
/// They nest, and may run over sentences. A guillemet or curly mark may close up to four lines after it opened, unless
/// another one opens on the way; a straight mark closes within its line.
///
/// ```
/// use khabar_arabic::{Analysis, quotations};
///
/// let text = "صرح لوكالة «رويترز»: \"لن نتراجع. هذا قرارنا\".";
/// let mut analysis = Analysis::default();
/// analysis.analyze(text);
/// let mut found = Vec::new();
/// quotations(text, analysis.tokens(), &mut found);
/// let inner: Vec<_> = found.iter().filter_map(|q| q.inner.of(text)).collect();
/// assert_eq!(inner, ["رويترز", "لن نتراجع. هذا قرارنا"]);
/// ```
pub fn quotations(text: &str, tokens: &[Token], found: &mut Vec<Quotation>) {
    let marks = tokens.iter().enumerate().filter(|(_, t)| {
        t.has(TokenFlags::LINE_START) || matches!(t.class(), TokenClass::QuoteOpen | TokenClass::QuoteClose)
    });
    pair(text, tokens, marks.map(|(at, _)| at as u32), found);
}

/// Longest way between two marks of one quotation.
const MOST_LINES: u32 = 4;

/// Which marks go together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Straight,
    Curly,
    Guillemet,
    Single,
}

/// What a mark's shape says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Open,
    Close,
    Either,
}

fn mark(text: &str, token: Token) -> (Family, Role) {
    match text.get(token.span().range()).and_then(|mark| mark.chars().next()) {
        Some('«') => (Family::Guillemet, Role::Open),
        Some('»') => (Family::Guillemet, Role::Close),
        Some('“' | '„' | '‟') => (Family::Curly, Role::Open),
        Some('”') => (Family::Curly, Role::Close),
        Some('‹' | '‘' | '‚') => (Family::Single, Role::Open),
        Some('›' | '’') => (Family::Single, Role::Close),
        _ => (Family::Straight, Role::Either),
    }
}

/// A straight and a curly mark make a pair as well: typing programs replace one of two.
fn go_together(a: Family, b: Family) -> bool {
    a == b || matches!((a, b), (Family::Straight, Family::Curly) | (Family::Curly, Family::Straight))
}

/// Gives every quotation mark its role. Among `marks` are the tokens that are quotation marks or begin a line, in order.
pub(crate) fn assign_roles(text: &str, tokens: &mut [Token], marks: &[u32]) {
    let mut rest = marks;
    while !rest.is_empty() {
        let next = rest[1..].iter().position(|m| tokens[*m as usize].has(TokenFlags::LINE_START));
        let (line, following) = rest.split_at(next.map_or(rest.len(), |at| at + 1));
        assign_line(text, tokens, line);
        rest = following;
    }
}

fn is_quote(class: TokenClass) -> bool {
    matches!(class, TokenClass::QuoteOpen | TokenClass::QuoteClose)
}

/// The same for the marks of one line.
fn assign_line(text: &str, tokens: &mut [Token], marks: &[u32]) {
    // How many are open, by family; straight and curly marks count together.
    let mut depth = [0_u32; 4];
    let quotes = || marks.iter().map(|m| *m as usize);
    let mut turned = false;
    let mut left = quotes().filter(|m| is_quote(tokens[*m].class())).count();
    for (at, mark_at) in quotes().enumerate() {
        if !is_quote(tokens[mark_at].class()) {
            continue;
        }
        left -= 1;
        let (family, shape) = mark(text, tokens[mark_at]);
        let place = place(text, tokens, mark_at);
        let family = if family == Family::Curly { Family::Straight } else { family } as usize;
        let following = |tokens: &[Token]| {
            let next = marks[at + 1..].iter().map(|m| *m as usize).find(|m| is_quote(tokens[*m].class()));
            next.map(|next| self::place(text, tokens, next))
        };
        // `” نعم “`: both marks the wrong way round, with spaces on both sides.
        let is_turned = |tokens: &[Token]| {
            let next = marks[at + 1..].iter().map(|m| *m as usize).find(|m| is_quote(tokens[*m].class()));
            next.is_some_and(|next| {
                mark(text, tokens[next]).1 == Role::Open && self::place(text, tokens, next) != Role::Open
            })
        };
        let opens = match (shape, place) {
            // `„نعم“`, `»نعم«`: shapes the other way round.
            (Role::Open, Role::Close) if 0 < depth[family] => false,
            (Role::Open, Role::Either) if turned => false,
            (Role::Open, _) => true,
            (Role::Close, Role::Either) if depth[family] == 0 && is_turned(tokens) => {
                turned = true;
                true
            }
            (Role::Close, Role::Open) if depth[family] == 0 && 0 < left => true,
            (Role::Close, _) => false,
            // `منك"، معتبرا أنه "جيد"`: a mark that punctuation follows at once opens nothing; its partner is lost.
            (Role::Either, Role::Close) if depth[family] == 0 && punctuation_follows(text, tokens, mark_at) => false,
            // `كلمة" نص"`: the space went to the wrong side, its partner follows.
            (Role::Either, Role::Close) if depth[family] == 0 => match following(tokens) {
                Some(Role::Close) => true,
                Some(Role::Open) => false,
                _ => left % 2 == 1,
            },
            (Role::Either, _) if depth[family] == 0 => true,
            // `"إن "العربية" نقلت"`: nested, if the next one closes.
            (Role::Either, Role::Open) => following(tokens) == Some(Role::Close),
            (Role::Either, _) => false,
        };
        if opens {
            depth[family] += 1;
        } else {
            turned = false;
            depth[family] = depth[family].saturating_sub(1);
        }
        let class = if opens { TokenClass::QuoteOpen } else { TokenClass::QuoteClose };
        tokens[mark_at].class = class as u8;
    }
}

/// Whether a comma, a full stop or the like follows a token without a space.
fn punctuation_follows(text: &str, tokens: &[Token], at: usize) -> bool {
    tokens
        .get(at + 1)
        .filter(|t| glued(t) && t.class() == TokenClass::Punctuation)
        .is_some_and(|t| surface(text, *t).starts_with(['،', ',', '؛', ';', '.', ':', '؟', '?', '!', '…', '۔']))
}

/// What a mark's neighbours say; straight marks next to it (`""`) are looked through.
fn place(text: &str, tokens: &[Token], at: usize) -> Role {
    let straight = |t: &&Token| is_quote(t.class()) && surface(text, **t) == "\"";
    let marks_after = tokens[at + 1..].iter().take(MOST_MARKS).take_while(|t| glued(t) && straight(t)).count();
    let open_after = match tokens.get(at + 1 + marks_after).filter(|t| glued(t)) {
        Some(next) => match next.class() {
            TokenClass::Punctuation => surface(text, *next).starts_with(['(', '[', '{', '-']),
            class => !is_quote(class),
        },
        None => false,
    };
    let marks_before = {
        let pairs = tokens[..at].iter().rev().zip(tokens[..=at].iter().rev()).take(MOST_MARKS);
        pairs.take_while(|(before, this)| glued(this) && straight(before)).count()
    };
    let first = at - marks_before;
    let before = first.checked_sub(1).filter(|_| glued(&tokens[first])).map(|at| tokens[at]);
    match before {
        None if open_after => Role::Open,
        None => Role::Either,
        Some(before) => match before.class() {
            class if is_quote(class) => Role::Either,
            TokenClass::Punctuation if open_after => Role::Open,
            TokenClass::Punctuation if surface(text, before).starts_with(['(', '[', '{']) => Role::Open,
            TokenClass::Arabic if open_after && is_proclitic(surface(text, before)) => Role::Open,
            _ if open_after => Role::Either,
            _ => Role::Close,
        },
    }
}

/// How many marks in a row are taken for one mark written twice.
const MOST_MARKS: usize = 2;

fn glued(token: &Token) -> bool {
    !token.has(TokenFlags::SPACE_BEFORE)
}

fn surface(text: &str, token: Token) -> &str {
    text.get(token.span().range()).unwrap_or_default()
}

/// Proclitics that stand before a mark without a word of their own: `ب"`, `بـ"`, `ال"`, `ول"`.
fn is_proclitic(word: &str) -> bool {
    let folded = crate::fold(word);
    let rest = folded.strip_prefix(['و', 'ف']).unwrap_or(&folded);
    let rest = rest.strip_prefix(['ب', 'ل', 'ك', 'س', 'ا']).unwrap_or(rest);
    matches!(rest, "" | "ل" | "ال")
}

/// Pairs marks whose roles are known.
pub(crate) fn pair(text: &str, tokens: &[Token], marks: impl Iterator<Item = u32>, found: &mut Vec<Quotation>) {
    found.clear();
    // Of a quotation that is still open, `depth` holds the line in which it opened. The open ones among `found` are
    // chained by `outer.end`, which holds the place of the one before plus one; both are set right when it closes.
    let (mut top, mut line) = (0_u32, 0_u32);
    for at in marks {
        let token = tokens[at as usize];
        if token.has(TokenFlags::LINE_START) {
            line += 1;
        }
        match token.class() {
            TokenClass::QuoteOpen => {
                let (family, _) = mark(text, token);
                while let Some(last) = top.checked_sub(1).map(|last| found[last as usize]) {
                    let (open_family, _) = mark(text, tokens[last.open as usize]);
                    if last.depth == line || !go_together(open_family, family) {
                        break;
                    }
                    top = last.outer.end;
                }
                found.push(Quotation {
                    outer: Span::new(token.start, top),
                    inner: Span::new(token.end, token.end),
                    open: at,
                    close: None,
                    depth: line,
                });
                top = found.len() as u32;
            }
            TokenClass::QuoteClose => {
                let (family, _) = mark(text, token);
                let mut link = top;
                // Unclosed quotations above the partner stay open for good.
                for _ in 0..MOST_OPEN {
                    let Some(candidate) = link.checked_sub(1) else { break };
                    let quotation = &mut found[candidate as usize];
                    let (open_family, _) = mark(text, tokens[quotation.open as usize]);
                    let near = quotation.depth == line
                        || (open_family != Family::Straight && line - quotation.depth <= MOST_LINES);
                    link = quotation.outer.end;
                    if near && go_together(open_family, family) {
                        quotation.close = Some(at);
                        top = link;
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    finish(tokens, found);
}

/// How many open quotations a closing mark looks at; deeper nesting is noise, and would cost quadratic time.
const MOST_OPEN: usize = 8;

/// Sets spans and depths once all partners are known.
fn finish(tokens: &[Token], found: &mut [Quotation]) {
    // Ends of the closed quotations around the current one. They nest, but a lost mark may make them overlap.
    let mut around = [0_u32; MOST_OPEN];
    let mut depth = 0;
    let mut line_end = 0;
    for quotation in found {
        while depth != 0 && around[depth - 1] < quotation.open {
            depth -= 1;
        }
        quotation.depth = depth as u32;
        let first = quotation.open as usize + 1;
        let last = match quotation.close {
            Some(close) => {
                quotation.outer.end = tokens[close as usize].end;
                if depth < MOST_OPEN {
                    around[depth] = close;
                    depth += 1;
                }
                close as usize
            }
            None => {
                // Every line is looked through once, however many marks it leaves open.
                if line_end < first {
                    let more = tokens[first..].iter().take_while(|t| !t.has(TokenFlags::LINE_START)).count();
                    line_end = first + more;
                }
                quotation.outer.end = tokens[line_end - 1].end;
                line_end
            }
        };
        quotation.inner = match tokens.get(first..last) {
            Some([one]) => one.span(),
            Some([first, .., last]) => first.span().cover(last.span()),
            _ => Span::new(quotation.inner.start, quotation.inner.start),
        };
    }
}

#[cfg(test)]
mod tests {
    use crate::Analysis;

    use super::*;

    /// The text with `<` and `>` around what stands between matched marks, and a `<` alone for one that is not closed.
    fn marked(text: &str) -> String {
        let mut analysis = Analysis::default();
        analysis.analyze(text);
        let mut found = Vec::new();
        quotations(text, analysis.tokens(), &mut found);
        let mut cuts: Vec<(u32, &str)> = Vec::new();
        for quotation in &found {
            cuts.push((quotation.inner.start, "<"));
            if quotation.close.is_some() {
                cuts.push((quotation.inner.end, ">"));
            }
        }
        cuts.sort_by_key(|(at, _)| *at);
        let (mut marked, mut last) = (String::new(), 0);
        for (at, sign) in cuts {
            marked.push_str(&text[last..at as usize]);
            marked.push_str(sign);
            last = at as usize;
        }
        marked + &text[last..]
    }

    #[track_caller]
    fn check(expected: &str) {
        assert_eq!(marked(&expected.replace(['<', '>'], "")), expected);
    }

    #[test]
    fn pairs_by_shape() {
        check("قال «<نعم>» ثم “<لا>” و‹<ربما>›");
        check("«<قال إن «<العربية>» نقلت>»");
        check("„<نعم>“ و”<نعم>“ و»<نعم>«");
    }

    #[test]
    fn straight_marks_open_and_close_by_their_neighbours() {
        check("وُصفت ب\"<التحريضية>\" من قبل");
        check("بـ\"<التحريضية>\" وال\"<ناتو>\"، و\"<الحدث>\".");
        check("قناتي \"<العربية>\" و\"<الحدث>\".");
        check("قال \"<إن \"<العربية>\" نقلت>\" ثم");
        check("قال \" <نعم> \" ثم \" <لا> \".");
        check("كلمة\" <نص>\" ثم \"<آخر>\"");
        check("\"<لا>\"،\"<نعم>\":\"<كلا>\"");
        check("(\"<لا>\") [\"<نعم>\"]");
        check("\"<نص.>\" ثم \"<نص؟>\"");
        check("\"<واحد>” و“<اثنان>\"");
    }

    #[test]
    fn lost_marks_spoil_no_more_than_their_line() {
        check("شاشة 15\" ثم \"<نعم>\" هنا");
        check("ولا شيء منك\"، معتبرا أنه \"<جيد>\". وقال");
        check("قال ولا شيء منك\" ثم \"<جيد>\" و\"<حسن>\".");
        check("وقال\" <لا شيء منك>\"، معتبرا أنه: \"<جيد>\"");
        check("قال \"<نعم\nثم \"<لا>\"");
        check("قال «<نعم\nثم لا>» هنا\n«<نعم>»");
        check("قال «<نعم\nثم «<لا>»");
        check("نعم» ثم «<لا>»");
        check("\"<\"<وه>\".. فيلم");
    }

    #[test]
    fn depth_and_places() {
        let text = "قال «إن \"العربية\" هنا» و«لا»";
        let mut analysis = Analysis::default();
        analysis.analyze(text);
        let mut found = Vec::new();
        quotations(text, analysis.tokens(), &mut found);
        let facts: Vec<_> = found.iter().map(|q| (q.outer.of(text), q.depth)).collect();
        assert_eq!(facts, [(Some("«إن \"العربية\" هنا»"), 0), (Some("\"العربية\""), 1), (Some("«لا»"), 0)]);
    }
}
