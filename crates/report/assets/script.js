"use strict";
// The page of a report. Highlights are painted over untouched text nodes with the CSS Custom Highlight API: an element
// around a word would break letter joining and could reorder a right-to-left line.

const articles = [...document.querySelectorAll("#reader > article")];
const documents = articles.map(article => JSON.parse(article.querySelector("script").textContent));
articles.forEach((article, index) => { article.id = "d" + index; article.hidden = true; });
const $ = id => document.getElementById(id);
const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
};
const svg = (tag, attributes, ...children) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};
const bdi = text => make("bdi", {}, String(text));

// ---- words of the interface ----
const WORDS = {
  ar: { language: "English", skip: "إلى النص", reader: "المقالات", entities: "الكيانات", quotes: "الاقتباسات", timeline: "الخط الزمني",
    corpus: "المدوّنة", previous: "السابق", next: "التالي", numbers: "الأعداد", dates: "التواريخ", name: "الاسم", type: "النوع",
    variants: "الصيغ", mentions: "مرات الذكر", articles: "المقالات", unknown: "متحدث غير مذكور", date: "تاريخ المقال", given: "معطى",
    inferred: "مستنتج من النص", between: "بين", confidence: "الثقة", source: "المصدر", value: "القيمة", none: "لا شيء هنا",
    conflict: "يناقض النص التاريخ المعطى", filter: "أنواع الإشارات: اضغط لإظهار النوع أو إخفائه", of: "من", article: "المقال",
    hidden: "مخفي", shown: "ظاهر", unsupported: "هذا المتصفح لا يعرض الإبراز؛ القوائم الجانبية كاملة.", errors: "أخطاء" },
  en: { language: "العربية", skip: "To the text", reader: "Articles", entities: "Entities", quotes: "Quotations", timeline: "Timeline",
    corpus: "Corpus", previous: "Previous", next: "Next", numbers: "Numbers", dates: "Dates", name: "Name", type: "Type",
    variants: "Variants", mentions: "Mentions", articles: "Articles", unknown: "No speaker named", date: "Article date", given: "given",
    inferred: "inferred from the text", between: "between", confidence: "Confidence", source: "Source", value: "Value", none: "Nothing here",
    conflict: "the text contradicts the given date", filter: "Kinds of annotation: press to show or hide", of: "of", article: "Article",
    hidden: "hidden", shown: "shown", unsupported: "This browser does not paint highlights; the lists beside the text are complete.", errors: "Errors" },
};
// kind: [Arabic name, English name, hue, how it is painted, priority]
const KINDS = {
  "quote.speech": ["اقتباس", "Quotation", 45, "wash", 0], "quote.indirect": ["كلام منقول", "Indirect speech", 45, "faint", 0],
  "quote.term": ["مصطلح", "Term", 60, "wash", 0],
  "entity.title": ["منصب", "Title", 300, "dotted", 1], "entity.event": ["حدث", "Event", 355, "fill", 2],
  "entity.org": ["منظمة", "Organisation", 215, "fill", 2], "entity.product": ["منتج", "Product", 25, "fill", 2],
  "entity.fac": ["منشأة", "Facility", 275, "fill", 3], "entity.loc": ["مكان", "Place", 175, "fill", 3],
  "entity.gpe": ["دولة أو مدينة", "Country or city", 130, "fill", 3], "entity.person": ["شخص", "Person", 80, "fill", 3],
  "entity.norp": ["انتماء", "Nationality or group", 195, "dotted", 4], "entity.misc": ["متفرقات", "Miscellaneous", 0, "dotted", 4],
  "timex.date": ["تاريخ", "Date", 150, "line", 5], "timex.time": ["وقت", "Time", 150, "line", 5],
  "timex.duration": ["مدة", "Duration", 165, "line", 5], "timex.set": ["تكرار", "Set", 165, "line", 5],
  "number.cardinal": ["عدد", "Cardinal", 235, "thin", 6], "number.ordinal": ["ترتيب", "Ordinal", 235, "thin", 6],
  "number.fraction": ["كسر", "Fraction", 250, "thin", 6], "number.percent": ["نسبة مئوية", "Percent", 20, "line", 6],
  "number.money": ["مبلغ", "Money", 100, "line", 6], "number.quantity": ["كمية", "Quantity", 260, "line", 6],
  "number.range": ["مدى", "Range", 260, "thin", 5], "number.score": ["نتيجة", "Score", 260, "line", 6],
  "number.ratio": ["نسبة", "Ratio", 260, "thin", 5],
};
const LAYERS = ["entity", "timex", "number", "quote"];

let language = "ar";
const word = key => WORDS[language][key];
const style = kind => {
  if (KINDS[kind]) return KINDS[kind];
  let hue = 7; // kinds of other extractors: a colour made of the name
  for (const c of kind) hue = (hue * 31 + c.codePointAt(0)) % 360;
  return [kind, kind, hue, "fill", 4];
};
const label = kind => style(kind)[language === "ar" ? 0 : 1];
const highlightName = kind => "k-" + kind.replace(/[^a-z0-9]/g, "-");

// ---- what there is ----
const all = []; // every annotation with its document
documents.forEach((doc, index) => doc.annotations.forEach(a => all.push(Object.assign(a, { doc: index }))));
const rank = kind => { const at = LAYERS.indexOf(kind.split(".")[0]); return at < 0 ? 9 : at; };
const counts = new Map();
for (const a of all) counts.set(a.kind, (counts.get(a.kind) || 0) + 1);
const kinds = [...counts.keys()].sort((a, b) => rank(a) - rank(b) || counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
const off = new Set();

const entities = new Map();
for (const a of all) {
  if (!a.kind.startsWith("entity.")) continue;
  const id = (a.value && a.value.id) || a.kind + ":" + a.text;
  if (!entities.has(id)) entities.set(id, { id, name: (a.value && a.value.name) || a.text, kind: a.kind, variants: new Map(), documents: new Set(), mentions: [] });
  const entity = entities.get(id);
  entity.variants.set(a.text, (entity.variants.get(a.text) || 0) + 1);
  entity.documents.add(a.doc);
  entity.mentions.push(a);
}
const speakerName = quote => {
  const value = quote.value || {};
  const entity = value.speaker_id && entities.get(value.speaker_id);
  return entity ? entity.name : value.speaker ? value.speaker.text : null;
};

// ---- painting ----
const supported = typeof CSS !== "undefined" && CSS.highlights && typeof Highlight === "function";
const paint = document.head.appendChild(make("style"));
paint.textContent = kinds.map(kind => {
  const [, , hue, how] = style(kind);
  const light = (l, c) => `oklch(${l}% ${c} ${hue})`;
  const two = (a, b) => `light-dark(${a}, ${b})`;
  const body = {
    fill: `background-color: ${two(light(90, 0.085), light(38, 0.085))}`,
    wash: `background-color: ${two(light(95, 0.04), light(28, 0.03))}`,
    faint: `background-color: ${two(light(97.5, 0.018), light(25, 0.015))}`,
    dotted: `text-decoration: underline dotted 2px ${two(light(60, 0.14), light(72, 0.12))}`,
    line: `text-decoration: underline solid 2.5px ${two(light(60, 0.15), light(72, 0.13))}`,
    thin: `text-decoration: underline solid 1.5px ${two(light(62, 0.12), light(70, 0.11))}`,
  }[how];
  return `::highlight(${highlightName(kind)}) { ${body} }`;
}).join("\n") + "\n::highlight(k-focus) { background-color: light-dark(#ffd54a, #a06a00); color: light-dark(#000, #fff) }";
const swatch = kind => {
  const [, , hue, how] = style(kind);
  const strong = how !== "fill" && how !== "wash" && how !== "faint";
  const color = strong ? `light-dark(oklch(60% .15 ${hue}), oklch(72% .13 ${hue}))` : `light-dark(oklch(88% .09 ${hue}), oklch(42% .09 ${hue}))`;
  return make("i", { class: "swatch", style: `background:${color}`, "aria-hidden": "true" });
};

let current = 0;
const paragraphs = () => [...$("d" + current).querySelectorAll(".text p")].map(p => ({ node: p.firstChild, at: Number(p.dataset.at) }));
function rangeOf(annotation, places) {
  const range = document.createRange();
  let from = null, to = null;
  for (const { node, at } of places) {
    const length = node.length;
    if (from === null && annotation.start < at + length && at <= Math.max(annotation.start, at)) from = [node, Math.max(0, annotation.start - at)];
    if (at < annotation.end) to = [node, Math.min(length, annotation.end - at)];
  }
  if (!from || !to) return null;
  range.setStart(...from);
  range.setEnd(...to);
  return range;
}
function repaint() {
  if (!supported) return;
  CSS.highlights.clear();
  const places = paragraphs();
  for (const kind of kinds) {
    if (off.has(kind)) continue;
    const ranges = documents[current].annotations.filter(a => a.kind === kind).map(a => rangeOf(a, places)).filter(Boolean);
    if (!ranges.length) continue;
    const highlight = new Highlight(...ranges);
    highlight.priority = style(kind)[4];
    CSS.highlights.set(highlightName(kind), highlight);
  }
}
function focusOn(annotation) {
  if (annotation.doc !== current || $("reader").hidden) show("reader", annotation.doc);
  const range = rangeOf(annotation, paragraphs());
  if (!range) return;
  if (supported) {
    const highlight = new Highlight(range);
    highlight.priority = 99;
    CSS.highlights.set("k-focus", highlight);
  }
  const box = range.getBoundingClientRect();
  window.scrollTo({ top: window.scrollY + box.top - window.innerHeight / 3 });
  $("live").textContent = `${label(annotation.kind)}: ${annotation.text}. ${plain(annotation.value)}`;
}

// ---- values ----
const shown = value => value === null || value === undefined ? "—" : Array.isArray(value) ? value.map(shown).join(" ← ") || "—" :
  typeof value === "object" ? ("text" in value ? value.text : JSON.stringify(value)) : String(value);
const plain = value => {
  if (!value || typeof value !== "object") return shown(value);
  const parts = ["value", "low", "high", "currency", "unit", "name"].filter(key => value[key] !== undefined && value[key] !== null).map(key => value[key]);
  return parts.join(" ");
};
function card(annotation) {
  const rows = [];
  for (const [key, value] of Object.entries(annotation.value || {})) {
    if (value !== null && !(Array.isArray(value) && !value.length)) rows.push(make("dt", {}, key), make("dd", {}, bdi(shown(value))));
  }
  rows.push(make("dt", {}, word("confidence")), make("dd", {}, Math.round(annotation.confidence * 100) + "%"));
  rows.push(make("dt", {}, word("source")), make("dd", {}, bdi(annotation.source)));
  const text = annotation.text.length > 120 ? annotation.text.slice(0, 117) + "…" : annotation.text;
  return [make("h4", {}, swatch(annotation.kind), label(annotation.kind) + ": ", bdi(text)), make("dl", {}, ...rows)];
}
function underPointer(event) {
  const caret = document.caretPositionFromPoint ? document.caretPositionFromPoint(event.clientX, event.clientY) : null;
  const [node, offset] = caret ? [caret.offsetNode, caret.offset] : (() => {
    const range = document.caretRangeFromPoint && document.caretRangeFromPoint(event.clientX, event.clientY);
    return range ? [range.startContainer, range.startOffset] : [null, 0];
  })();
  const paragraph = node && node.nodeType === 3 && node.parentElement.closest(".text p");
  if (!paragraph) return [];
  const at = Number(paragraph.dataset.at) + offset, places = paragraphs();
  const inBox = a => {
    const range = rangeOf(a, places);
    return range && [...range.getClientRects()].some(r => r.left <= event.clientX && event.clientX <= r.right && r.top <= event.clientY && event.clientY <= r.bottom);
  };
  return documents[current].annotations
    .filter(a => a.start <= at && at <= a.end && !off.has(a.kind) && inBox(a))
    .sort((a, b) => (a.end - a.start) - (b.end - b.start));
}
function hover(event) {
  const found = underPointer(event), box = $("card");
  box.hidden = !found.length;
  if (!found.length) return;
  box.replaceChildren(...found.slice(0, 4).flatMap((a, i) => i ? [make("hr"), ...card(a)] : card(a)));
  const { width, height } = box.getBoundingClientRect();
  box.style.left = Math.max(8, Math.min(event.clientX - width / 2, window.innerWidth - width - 8)) + "px";
  box.style.top = (event.clientY + 22 + height < window.innerHeight ? event.clientY + 22 : Math.max(8, event.clientY - height - 14)) + "px";
}

// ---- beside the text ----
const jump = (annotation, ...content) => make("li", {}, make("button", { type: "button", onclick: () => focusOn(annotation) }, ...content));
function section(title, items) {
  return [make("h3", {}, title), items.length ? make("ul", {}, ...items) : make("p", { class: "quiet" }, word("none"))];
}
function side() {
  const mine = documents[current].annotations;
  const here = [...entities.values()].map(e => [e, e.mentions.filter(m => m.doc === current)]).filter(([, m]) => m.length).sort((a, b) => b[1].length - a[1].length);
  const people = here.map(([entity, mentions]) => {
    let turn = 0;
    return make("li", {}, make("button", { type: "button", onclick: () => focusOn(mentions[turn++ % mentions.length]) },
      make("span", {}, swatch(entity.kind), bdi(entity.name)), make("span", { class: "value" }, label(entity.kind) + (mentions.length > 1 ? " ×" + mentions.length : ""))));
  });
  const pair = a => jump(a, make("span", {}, swatch(a.kind), bdi(a.text)), make("span", { class: "value", dir: "ltr" }, plain(a.value)));
  const times = mine.filter(a => a.kind.startsWith("timex.")).sort((a, b) => String(a.value && a.value.value).localeCompare(String(b.value && b.value.value)));
  const numbers = mine.filter(a => a.kind.startsWith("number."));
  const quotes = mine.filter(a => a.kind === "quote.speech");
  const said = quotes.map(a => jump(a, make("span", {}, make("strong", {}, bdi(speakerName(a) || word("unknown"))), ": «", bdi(a.text.length > 90 ? a.text.slice(0, 87) + "…" : a.text), "»"), ""));
  $("side").replaceChildren(make("div", {}, ...section(word("entities"), people), ...section(word("quotes"), said), ...section(word("dates"), times.map(pair)), ...section(word("numbers"), numbers.map(pair))));
}
function facts() {
  const { date, errors } = documents[current];
  const parts = [];
  if (date) {
    const day = date.value || `${word("between")} ${date.earliest || "…"} – ${date.latest || "…"}${date.weekday ? " · " + weekday(date.weekday) : ""}`;
    parts.push(make("span", {}, word("date") + ": ", make("b", { dir: "ltr", class: "value" }, day), ` (${word(date.source)}${date.conflict ? "، " + word("conflict") : ""})`));
  }
  if (errors.length) parts.push(make("p", { role: "alert" }, word("errors") + ": ", bdi(errors.map(e => e.message).join("; "))));
  if (!supported) parts.push(make("p", { role: "alert" }, word("unsupported")));
  $("facts").replaceChildren(...parts);
}
const weekday = name => {
  const at = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].indexOf(name);
  return new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2024, 0, 1 + at)));
};

// ---- pages over all documents ----
const titleOf = index => $("d" + index).querySelector("h2").textContent || documents[index].id;
const toDocument = index => make("button", { type: "button", onclick: () => show("reader", index) }, bdi(titleOf(index)));
const table = (heads, rows) => make("div", { class: "scroll" }, make("table", {}, make("thead", {}, make("tr", {}, ...heads.map(h => make("th", { scope: "col" }, h)))), make("tbody", {}, ...rows)));
const cell = (content, attributes = {}) => make("td", attributes, content);
const PAGES = {
  corpus: () => [make("h2", {}, word("corpus")), table([word("article"), word("date"), word("entities"), word("quotes"), word("dates"), word("numbers")],
    documents.map((doc, index) => {
      const count = layer => String(doc.annotations.filter(a => a.kind.startsWith(layer)).length);
      const day = doc.date ? doc.date.value || `${doc.date.earliest || "…"} – ${doc.date.latest || "…"}` : "—";
      return make("tr", {}, cell(toDocument(index)), cell(bdi(day), { class: "number" }), ...["entity.", "quote.speech", "timex.", "number."].map(l => cell(count(l), { class: "number" })));
    }))],
  entities: () => [make("h2", {}, word("entities")), table([word("name"), word("type"), word("variants"), word("mentions"), word("articles")],
    [...entities.values()].sort((a, b) => b.mentions.length - a.mentions.length || a.name.localeCompare(b.name, "ar")).map(e => {
      const variants = [...e.variants].sort((a, b) => b[1] - a[1]).map(([text, n]) => `${text}${n > 1 ? " ×" + n : ""}`).join("، ");
      const first = make("button", { type: "button", title: e.id, onclick: () => focusOn(e.mentions[0]) }, bdi(e.name));
      return make("tr", {}, cell(first), cell(make("span", {}, swatch(e.kind), label(e.kind))), cell(bdi(variants)), cell(String(e.mentions.length), { class: "number" }), cell(String(e.documents.size), { class: "number" }));
    }))],
  quotes: () => {
    const bySpeaker = new Map();
    for (const a of all.filter(a => a.kind === "quote.speech")) {
      const name = speakerName(a) || word("unknown");
      bySpeaker.set(name, [...(bySpeaker.get(name) || []), a]);
    }
    const groups = [...bySpeaker].sort((a, b) => b[1].length - a[1].length);
    return [make("h2", {}, word("quotes")), ...(groups.length ? groups.flatMap(([name, quotes]) => [make("h3", {}, bdi(name), ` (${quotes.length})`),
      ...quotes.map(a => make("blockquote", { dir: "auto" }, bdi(a.text), make("footer", { class: "quiet" }, a.value && a.value.cue ? bdi(a.value.cue.text + " · ") : "", make("button", { type: "button", onclick: () => focusOn(a) }, bdi(titleOf(a.doc))))))]) : [make("p", {}, word("none"))])];
  },
  timeline: () => {
    const points = all.filter(a => a.kind === "timex.date" || a.kind === "timex.time").map(a => {
      const match = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec((a.value && a.value.value) || "");
      return match && { a, day: match[0], x: Date.UTC(match[1], (match[2] || 1) - 1, match[3] || 1) };
    }).filter(Boolean).sort((a, b) => a.x - b.x);
    if (!points.length) return [make("h2", {}, word("timeline")), make("p", {}, word("none"))];
    const width = 960, height = 220, pad = 40, low = points[0].x, high = Math.max(points.at(-1).x, low + 864e5);
    // The axis runs from right to left with the page.
    const place = x => width - pad - (x - low) / (high - low) * (width - 2 * pad);
    const stacks = new Map();
    const dots = points.map(({ a, x, day }) => {
      const column = Math.round(place(x) / 9), level = stacks.get(column) || 0;
      stacks.set(column, level + 1);
      return svg("circle", { cx: column * 9, cy: height - 34 - level * 10, r: 4.2, tabindex: 0, role: "button", "aria-label": `${day} ${a.text}` }, svg("title", {}, `${day} · ${a.text}`));
    });
    dots.forEach((dot, i) => { dot.addEventListener("click", () => focusOn(points[i].a)); dot.addEventListener("keydown", e => { if (e.key === "Enter") focusOn(points[i].a); }); });
    const ticks = [0, 1, 2, 3, 4].map(i => { const x = low + (high - low) * i / 4; return svg("text", { x: place(x), y: height - 10, "text-anchor": "middle", direction: "ltr" }, new Date(x).toISOString().slice(0, 10)); });
    const rows = points.map(({ a, day }) => make("tr", {}, cell(bdi(day), { class: "number" }), cell(make("button", { type: "button", onclick: () => focusOn(a) }, bdi(a.text))), cell(bdi(titleOf(a.doc)))));
    return [make("h2", {}, word("timeline")), make("figure", {}, svg("svg", { viewBox: `0 0 ${width} ${height}`, width: "100%", role: "group", "aria-label": word("timeline") }, svg("line", { class: "axis", x1: pad / 2, x2: width - pad / 2, y1: height - 26, y2: height - 26 }), ...ticks, ...dots)), table([word("date"), word("name"), word("article")], rows)];
  },
};

// ---- the frame ----
let page = "reader";
function show(name, index = current) {
  page = name;
  $("reader").hidden = name !== "reader";
  $("pages").hidden = name === "reader";
  document.body.classList.toggle("wide", name !== "reader");
  $("card").hidden = true;
  if (documents.length && name === "reader") {
    $("d" + current).hidden = true;
    current = index;
    $("d" + current).hidden = false;
    $("documents").value = String(current);
    $("previous").disabled = current === 0;
    $("next").disabled = current === documents.length - 1;
    facts(); side(); legend(); repaint();
    window.scrollTo(0, 0);
  } else if (name !== "reader") {
    $("pages").replaceChildren(make("div", { class: "page" }, ...PAGES[name]()));
  }
  for (const tab of $("tabs").children) tab.setAttribute("aria-selected", String(tab.dataset.page === name));
}
function legend() {
  const mine = new Map();
  for (const a of documents[current].annotations) mine.set(a.kind, (mine.get(a.kind) || 0) + 1);
  $("legend").setAttribute("aria-label", word("filter"));
  $("legend").replaceChildren(...kinds.filter(kind => mine.has(kind)).map(kind => make("button", {
    type: "button", "data-kind": kind, "aria-pressed": String(!off.has(kind)), title: kind,
    onclick: event => {
      if (off.has(kind)) off.delete(kind); else off.add(kind);
      event.currentTarget.setAttribute("aria-pressed", String(!off.has(kind)));
      $("live").textContent = `${label(kind)}: ${word(off.has(kind) ? "hidden" : "shown")}`;
      repaint();
    },
  }, swatch(kind), label(kind), make("b", {}, String(mine.get(kind))))));
}
function frame() {
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
  document.querySelectorAll("[data-t]").forEach(e => { e.textContent = word(e.dataset.t); });
  document.querySelectorAll("article").forEach(e => { e.dir = "rtl"; e.lang = "ar"; });
  $("language").textContent = word("language");
  $("language").lang = language === "ar" ? "en" : "ar";
  $("previous").textContent = word("previous");
  $("next").textContent = word("next");
  $("documents").setAttribute("aria-label", word("articles"));
  $("tabs").replaceChildren(...["reader", "corpus", "entities", "quotes", "timeline"].map(name =>
    make("button", { type: "button", role: "tab", "data-page": name, onclick: () => show(name) }, word(name))));
  $("documents").replaceChildren(...documents.map((_, i) => make("option", { value: i }, `${i + 1} ${word("of")} ${documents.length} · ${titleOf(i)}`)));
  show(page, current);
}
document.querySelectorAll(".text p").forEach(p => {
  if (p.textContent.trim().length < 90 && !/[.؟!:…»"]\s*$/.test(p.textContent)) p.classList.add("heading");
});
$("language").addEventListener("click", () => { language = language === "ar" ? "en" : "ar"; frame(); });
$("documents").addEventListener("change", event => show("reader", Number(event.target.value)));
$("previous").addEventListener("click", () => show("reader", current - 1));
$("next").addEventListener("click", () => show("reader", current + 1));
$("reader").addEventListener("pointermove", hover);
$("reader").addEventListener("click", hover);
$("reader").addEventListener("pointerleave", () => { $("card").hidden = true; });
document.addEventListener("keydown", event => { if (event.key === "Escape") { $("card").hidden = true; if (supported) CSS.highlights.delete("k-focus"); } });
frame();
