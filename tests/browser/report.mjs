// Opens a report in headless Chromium and checks what a reader sees: every highlight's text is its annotation's, filters
// and pages work, nothing in a text acts. usage: node report.mjs REPORT.html [SCREENSHOT-FOLDER]
import assert from "node:assert/strict";
import { join } from "node:path";
import { open } from "./open.mjs";

const [file, shots] = process.argv.slice(2);
assert.ok(file, "usage: node report.mjs REPORT.html [SCREENSHOT-FOLDER]");
const { page, close } = await open(file);

// What stands under each highlight, and what the annotations say, without line breaks (a range over paragraphs has none).
const painted = () => page.evaluate(() => [...CSS.highlights].filter(([name]) => name !== "k-focus")
  .flatMap(([name, ranges]) => [...ranges].map(range => name + " " + range.toString().replace(/[\r\n]/g, ""))).sort());
const wanted = index => page.evaluate(index => documents[index].annotations
  .map(a => highlightName(a.kind) + " " + a.text.replace(/[\r\n]/g, "").replace(/\0/g, "␀")).sort(), index);

const count = await page.evaluate(() => documents.length);
assert.ok(count, "the report has documents");
for (let index = 0; index < count; index++) {
  await page.selectOption("#documents", String(index));
  assert.deepEqual(await painted(), await wanted(index), `highlights of document ${index + 1}`);
  const unread = await page.evaluate(() => document.querySelectorAll("article:not([hidden])").length);
  assert.equal(unread, 1, "one article is open");
}

// Filters take a kind away and bring it back.
await page.selectOption("#documents", "0");
const before = await painted();
const kinds = await page.$$eval("#legend button", buttons => buttons.map(b => b.dataset.kind));
for (const kind of kinds) {
  const name = await page.evaluate(kind => highlightName(kind), kind);
  await page.click(`#legend button[data-kind="${kind}"]`);
  assert.deepEqual(await painted(), before.filter(row => !row.startsWith(name + " ")), `${kind} is hidden`);
  await page.click(`#legend button[data-kind="${kind}"]`);
  assert.deepEqual(await painted(), before, `${kind} is back`);
}

// A pointer on a highlight shows its card.
const spot = await page.evaluate(() => {
  const [range] = [...CSS.highlights].filter(([name]) => name !== "k-focus")[0][1];
  document.querySelector("article:not([hidden]) p[data-at]").scrollIntoView();
  const box = range.getClientRects()[0];
  window.scrollBy(0, box.top - 400);
  const { left, top, width, height } = range.getClientRects()[0];
  return { x: left + width / 2, y: top + height / 2, text: range.toString() };
});
await page.mouse.move(spot.x, spot.y);
await page.waitForSelector("#card:not([hidden])");
assert.ok((await page.textContent("#card")).includes(spot.text.slice(0, 40)), "the card names what lies under the pointer");
await page.keyboard.press("Escape");
assert.ok(await page.isHidden("#card"), "Escape closes the card");

// The lists beside the text lead to their mention; every page opens; the language changes.
await page.click("#side li button");
assert.ok(await page.evaluate(() => CSS.highlights.has("k-focus")), "a mention is in focus");
for (const name of ["corpus", "entities", "quotes", "timeline"]) {
  await page.click(`#tabs button[data-page=${name}]`);
  assert.ok((await page.textContent("#pages h2")).length, `page ${name}`);
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`) });
}
await page.click("#language");
assert.equal(await page.getAttribute("html", "dir"), "ltr");
await page.click("#language");
await page.click("#tabs button[data-page=reader]");
if (shots) {
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(shots, "desk.png") });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: join(shots, "dark.png") });
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: join(shots, "phone.png") });
}
await close();
console.log(`${count} documents: highlights, filters, cards and pages hold`);
