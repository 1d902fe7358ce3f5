// Takes the passage that a reader has selected along with the report. Without it the form works all the same.
(() => {
  "use strict";
  const text = document.getElementById("text");
  const form = document.getElementById("report-form");
  if (!text || !form) return;
  const AROUND = 64;
  const LONGEST = 2000;
  const field = (name) => form.elements.namedItem(name);
  let typed = false;

  const take = () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount || typed) return;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return;
    const passage = range.toString();
    if (!passage.trim()) return;
    const before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    const after = document.createRange();
    after.selectNodeContents(text);
    after.setStart(range.endContainer, range.endOffset);
    const first = range.startContainer;
    const element = first.nodeType === Node.ELEMENT_NODE ? first : first.parentElement;
    const block = element && element.closest("[id]");
    const start = before.toString();
    field("passage").value = passage.slice(0, LONGEST);
    field("prefix").value = start.slice(-AROUND);
    field("suffix").value = after.toString().slice(0, AROUND);
    field("position").value = String([...start].length);
    field("block").value = block && block !== text ? block.id : "";
  };

  document.addEventListener("selectionchange", take);
  field("passage").addEventListener("input", () => {
    typed = true;
    for (const name of ["prefix", "suffix", "position", "block"]) field(name).value = "";
  });
})();
