"use strict";
// Highlights are painted over whole text nodes: elements around words would break the joining of their letters.
const sides = ["gold", "found"];
if (window.CSS && CSS.highlights && window.Highlight) {
  const ranges = { gold: [], found: [] };
  document.querySelectorAll(".sentence").forEach(sentence => sides.forEach(side => {
    const [start, end] = (sentence.dataset[side] || "").split("-").map(Number);
    const text = sentence.firstChild;
    if (!text || !(end <= text.length)) return;
    const range = new Range();
    range.setStart(text, start);
    range.setEnd(text, end);
    ranges[side].push(range);
  }));
  sides.forEach(side => CSS.highlights.set(side, new Highlight(...ranges[side])));
}
const choice = document.getElementById("choice");
choice.addEventListener("change", () => {
  document.querySelectorAll(".sheet section").forEach(section => {
    let shown = 0;
    section.querySelectorAll("article").forEach(article => {
      article.hidden = choice.value !== "" && !article.dataset.kinds.split(" ").includes(choice.value);
      shown += article.hidden ? 0 : 1;
    });
    section.hidden = shown === 0;
  });
});
