// Copies a text that stands on the page. Without script the text can be selected.
"use strict";

const status = document.querySelector("[data-copy-status]");
const TWO_SECONDS = 2000;

for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;

async function copy(source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    // No clipboard without https: select it, and copy the old way.
    getSelection().selectAllChildren(source);
    return document.execCommand("copy");
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const words = [...button.childNodes];
  button.addEventListener("click", async () => {
    if (!(await copy(document.getElementById(button.dataset.copy)))) return;
    button.replaceChildren(button.dataset.copied);
    status.textContent = button.dataset.copied;
    setTimeout(() => {
      button.replaceChildren(...words);
      status.textContent = "";
    }, TWO_SECONDS);
  });
}
