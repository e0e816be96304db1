// Opens a page in headless Chromium and takes down what must not happen: errors, dialogs, requests.
// The browser is /usr/bin/chromium, or the one that CHROMIUM names.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export async function open(file) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  const trouble = [];
  page.on("pageerror", error => trouble.push(String(error)));
  page.on("console", message => message.type() === "error" && trouble.push(message.text()));
  page.on("dialog", dialog => { trouble.push("a dialog: " + dialog.message()); dialog.dismiss(); });
  page.on("request", request => request.url().startsWith("file:") || trouble.push("a request to " + request.url()));
  await page.goto(pathToFileURL(resolve(file)).href);
  // The last look: the page fits a phone, and nothing happened that must not.
  const close = async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `the page is ${wide} px wider than a phone`);
    assert.deepEqual(trouble, [], "no error, dialog or request");
    await browser.close();
  };
  return { page, close };
}
