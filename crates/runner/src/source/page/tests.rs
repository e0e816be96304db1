use proptest::prelude::*;

use super::*;

const LEAD: &str = "قال وزير الخارجية الروسي سيرغي لافروف، الثلاثاء، إن بلاده ستدفع ثلاثة ملايين دولار لإعادة إعمار المدينة التي دمرتها الحرب.";

fn news(head: &str) -> String {
    let links = "<li><a href=/a>رياضة</a></li>".repeat(20);
    let body = format!("<p>{LEAD}</p><p>وأضاف &laquo;نعم&raquo;،\n   {LEAD}</p><p>وتابع<br>{LEAD}</p>");
    format!(
        "<!doctype html><html lang=ar><head>{head}</head><body><nav><ul>{links}</ul></nav><article><h1>موسكو ستدفع</h1>{body}</article><script>x()</script><footer>حقوق النشر محفوظة</footer></body></html>"
    )
}

fn read(html: &str) -> Page {
    article::read(html).unwrap_or_else(|error| panic!("{error}: {html}"))
}

#[test]
fn headline_and_paragraphs() {
    let page = read(&news("<title>موسكو ستدفع ثلاثة ملايين لإعمار المدينة | وكالة</title>"));
    let wanted = format!("موسكو ستدفع ثلاثة ملايين لإعمار المدينة\n\n{LEAD}\n\nوأضاف «نعم»، {LEAD}\n\nوتابع\n{LEAD}\n");
    assert_eq!(page.text, wanted);
    assert_eq!(page.published, None);
}

#[test]
fn what_a_page_tells_of_itself() {
    let head = "<title>موسكو ستدفع</title><meta property=article:published_time content=2025-08-06T10:00:00+03:00><meta name=author content='أحمد علي'><meta property=og:site_name content=وكالة>";
    let page = read(&news(head));
    assert!(page.text.starts_with("موسكو ستدفع\n\nقال"), "the headline is not said twice: {}", page.text);
    let keep = ["*".to_owned()];
    let html = news(head);
    let record = parse(&html, &keep);
    assert_eq!(record.date.map(|date| date.to_string()).as_deref(), Some("2025-08-06T10:00:00+03:00"));
    let kept: Vec<String> = record.extra.iter().map(|extra| format!("{}={}", extra.name, extra.value)).collect();
    for field in ["byline=\"أحمد علي\"", "language=\"ar\"", "site=\"وكالة\"", "title=\"موسكو ستدفع\""]
    {
        assert!(kept.contains(&field.to_owned()), "{field}");
    }
    let record = parse(&news(&head.replace("2025-08-06T10:00:00+03:00", "أمس")), &[]);
    assert!(record.text.is_ok() && record.date.is_none());
    assert_eq!((record.ignored[0].code, record.extra.len()), (IssueCode::BadDate, 0));
}

#[test]
fn pages_without_an_article() {
    let refused = |html: &str| article::read(html).map(|page| page.text);
    for html in ["", " ", "<html></html>", "<!doctype html><script>var x</script>", "<img src=a>", "<!-- خبر -->"] {
        assert!(refused(html).is_err_and(|error| error.starts_with("found no article")), "{html}");
    }
    assert_eq!(refused("<p>خبر</p>").as_deref(), Ok("خبر\n"));
    assert_eq!(
        refused("<p>خ\0بر &#0; &amp;lt;b&gt; &nosuch; <b>قص").as_deref(),
        Ok("خبر \u{fffd} &lt;b> &nosuch; قص\n")
    );
}

#[test]
fn pages_that_would_take_square_time_are_refused() {
    let unclosed: String = (0..20_000).map(|n| format!("<p><b id={n}>")).collect();
    for html in [
        "<div>".repeat(200_000),
        format!("<p>x</p><table>{}", "<div>".repeat(100_000)),
        unclosed,
        "<svg><g>".repeat(100_000),
    ] {
        let error = article::read(&html).expect_err("refused");
        assert!(error.contains("nested more than"), "{error}");
    }
    let deep = format!("{}<p>{}", "<div>".repeat(500), LEAD.repeat(5_000));
    assert!(article::read(&deep).is_err_and(|error| error.contains("deeply nested")));
    let flat = "<div>خبر</div>".repeat(5_000);
    assert!(article::read(&flat).is_ok());
    let nested = format!("{}<p>{LEAD}{}", "<div>".repeat(300), "</div>".repeat(300));
    assert!(read(&nested).text.contains(LEAD));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_page_is_read_the_same_way_twice(
        html in "(<[a-z/!]{1,5}( [a-z]=['\"]?[a-z>]{0,3}['\"]?)?>|[ا-ي ]{1,30}|&[a-z#0-9]{1,5};|[<>\"'&\0]){0,60}"
    ) {
        let page = article::read(&html);
        prop_assert_eq!(&page, &article::read(&html));
        if let Ok(page) = page {
            prop_assert!(!page.text.trim().is_empty() && page.text.ends_with('\n'));
        }
    }
}
