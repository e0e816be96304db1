// Opens a page of `khabar eval --html` and checks what a reader sees: every mark lies on its words, sections and the
// choice of a kind work, nothing in a text acts. usage: node mistakes.mjs PAGE.html
import assert from "node:assert/strict";
import { open } from "./open.mjs";

const [file] = process.argv.slice(2);
assert.ok(file, "usage: node mistakes.mjs PAGE.html");
const { page, close } = await open(file);

const sections = await page.$$eval("section h2", heads => heads.map(head => head.id));
assert.deepEqual(sections, ["missed", "spurious", "kind", "span", "value"]);
const links = await page.$$eval("nav a", links => links.map(link => link.getAttribute("href").slice(1)));
assert.deepEqual(links, sections);

// Line ends in a text are as they were, a NUL is shown as its picture.
const plain = text => text.replace(/\r/g, "").replace(/\0/g, "␀");
for (const side of ["gold", "found"]) {
  const painted = await page.evaluate(side => [...CSS.highlights.get(side)].map(range => range.toString()), side);
  const wanted = await page.$$eval(`article:has([data-${side}]) dt.${side} + dd bdi`, words => words.map(word => word.textContent));
  assert.ok(painted.length, `marks of ${side}`);
  assert.deepEqual(painted.map(plain), wanted.map(plain), `marks of ${side}`);
}

const kinds = await page.$$eval("#choice option", options => options.map(option => option.value));
for (const kind of kinds.slice(1)) {
  await page.selectOption("#choice", kind);
  const shown = await page.$$eval("article:not([hidden])", articles => articles.map(article => article.dataset.kinds.split(" ")));
  assert.ok(shown.length && shown.every(kinds => kinds.includes(kind)), kind);
}
await page.selectOption("#choice", "");
const hidden = await page.$$eval("article[hidden], section[hidden]", all => all.length);
assert.equal(hidden, 0, "all are back");
await close();
console.log(`${kinds.length - 1} kinds: marks, sections and the choice hold`);
