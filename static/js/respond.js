// Keeps a draft of the form in this tab, and counts for screen readers.
// Everything on the page works without it.
"use strict";

const form = document.getElementById("antwoorden");
const thanks = document.querySelector("[data-thanks]");

function store(token) {
  const name = `leercultuur:${token}`;
  return {
    read() {
      try {
        return JSON.parse(sessionStorage.getItem(name)) || {};
      } catch {
        return {};
      }
    },
    write(draft) {
      try {
        sessionStorage.setItem(name, JSON.stringify(draft));
      } catch {
        // A full or forbidden storage only costs the draft.
      }
    },
    wipe() {
      sessionStorage.removeItem(name);
    },
  };
}

function isAnswer(input) {
  if (input.type === "textarea") return input.value.trim() !== "";
  return input.checked && !input.closest(".choice-none");
}

function answersOf(element) {
  const inputs = [...element.querySelectorAll("input, textarea")];
  return inputs.filter(isAnswer).map(({ name, value }) => [name, value]);
}

function fill(form, answers) {
  for (const [name, value] of answers) {
    const field = form.elements[name];
    if (!field) continue;
    const inputs = field instanceof RadioNodeList ? [...field] : [field];
    for (const input of inputs) {
      if (input.type === "textarea") input.value = value;
      else if (input.value === value) input.checked = true;
    }
  }
}

function keepDraft(form) {
  const draft = store(form.dataset.draft);
  const key = form.elements.sleutel;
  const line = document.querySelector("[data-draft-line]");
  const alreadySent = document.querySelector("[data-already-sent]");
  const remembered = draft.read();

  if (remembered.key && !("filledIn" in form.dataset)) {
    // The same key again, so that a form that comes back counts once.
    key.value = remembered.key;
    fill(form, remembered.answers || []);
  }
  alreadySent.hidden = !remembered.sent;
  line.hidden = answersOf(form).length === 0;

  form.addEventListener("input", () => {
    line.hidden = false;
    draft.write({ key: key.value, sent: draft.read().sent, answers: answersOf(form) });
  });
  form.addEventListener("submit", () => {
    draft.write({ key: key.value, sent: draft.read().sent, answers: answersOf(form) });
  });
  document.querySelector("[data-wipe]").addEventListener("click", () => {
    const { sent } = draft.read();
    for (const input of form.querySelectorAll("input:checked")) input.checked = false;
    for (const text of form.querySelectorAll("textarea")) text.value = "";
    if (sent) draft.write({ key: key.value, sent });
    else draft.wipe();
    line.hidden = true;
    report(form);
    form.querySelector("input[type=radio]").focus();
  });
  alreadySent.querySelector("[data-someone-else]").addEventListener("click", () => {
    draft.wipe();
    form.reset();
    location.replace(`${location.pathname}?nieuw=${Date.now()}`);
  });
}

function report(form) {
  const questions = [...form.querySelectorAll(".question")];
  const answered = questions.filter((question) => answersOf(question).length).length;
  const count = form.querySelector("[data-progress] .answered");
  count.classList.add("counted");
  count.textContent = answered;
  form.querySelector(".blocks").innerHTML =
    "<b></b>".repeat(answered) + "<i></i>".repeat(questions.length - answered);
}

let sentAt = -Infinity;

function ignoreDoubleClicks(event) {
  if (event.timeStamp - sentAt < 1000) event.preventDefault();
  else sentAt = event.timeStamp;
}

if (form) {
  if (form.dataset.draft) keepDraft(form);
  report(form);
  form.querySelector("[data-progress]").setAttribute("role", "status");
  form.addEventListener("input", () => report(form));
  form.addEventListener("submit", ignoreDoubleClicks);
  window.addEventListener("pageshow", () => report(form));
}

if (thanks) {
  // Keep the key, forget the answers: going back and sending again counts once.
  const draft = store(thanks.dataset.thanks);
  draft.write({ key: draft.read().key, sent: true });
  const someoneElse = document.querySelector("[data-someone-else]");
  if (someoneElse) someoneElse.addEventListener("click", () => draft.wipe());
}
