// Keys for typing sheets: 1, 2 and 0 for yes and no, letters for options, Enter to go on.
// Without script the page is an ordinary form.
"use strict";

const sheet = document.querySelector("[data-sheet]");
const questions = [...sheet.querySelectorAll("[data-question]")];

for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;
for (const question of questions) question.tabIndex = -1;

function goTo(question) {
  const target = question || sheet.querySelector("[type=submit]");
  target.focus();
  target.scrollIntoView({ block: "nearest" });
}

function inputFor(question, key) {
  const inputs = [...question.querySelectorAll("input")];
  if (inputs[0].type === "radio") {
    if (key === "0") return inputs.at(-1);
    return /^[1-9]$/.test(key) ? inputs.slice(0, -1)[Number(key) - 1] : undefined;
  }
  return /^[a-z]$/.test(key) ? inputs[key.charCodeAt(0) - "a".charCodeAt(0)] : undefined;
}

function press(question, input) {
  input.checked = input.type === "radio" || !input.checked;
  if (input.checked && "other" in input.closest("label").dataset) {
    question.querySelector("textarea").focus();
  }
}

sheet.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.repeat) {
    // A key held down skips no question and saves nothing.
    event.preventDefault();
    return;
  }
  const question = event.target.closest("[data-question]");
  if (!question || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;

  if (event.key === "Enter") {
    event.preventDefault();
    goTo(questions[questions.indexOf(question) + (event.shiftKey ? -1 : 1)]);
    return;
  }
  if (event.target.matches("textarea")) return;
  const input = inputFor(question, event.key.toLowerCase());
  if (!input) return;
  event.preventDefault();
  press(question, input);
});

// A page that comes back from the browser's memory must not offer a sheet that was saved.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// What is wrong comes first; Enter goes on from there, to the first thing to mend.
const summary = document.getElementById("fouten");
if (summary) {
  summary.focus();
  summary.addEventListener("keydown", (event) => {
    if (event.target !== summary || event.key !== "Enter" || event.repeat) return;
    event.preventDefault();
    summary.querySelector("a").click();
  });
} else {
  goTo(questions[0]);
}
