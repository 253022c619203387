// The big screen: counts again every five seconds; keys walk from slide to slide.
// Without script the page has links for both.
"use strict";

const FIVE_SECONDS = 5000;

const counter = document.querySelector("[data-count-address]");
const closing = document.querySelector("[data-closes-from]");
const slides = [...document.querySelectorAll(".slide")];

async function count() {
  try {
    const answer = await fetch(counter.dataset.countAddress, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    const counted = await answer.json();
    if (counted.is_finished) return location.reload();
    counter.querySelector("[data-responses]").textContent = counted.responses;
    if (closing) closing.hidden = counted.responses < Number(closing.dataset.closesFrom);
    const headcount = counter.querySelector("[data-headcount]");
    if (headcount) headcount.textContent = counted.headcount;
  } catch {
    // No connection for a moment: the next count tries again.
  }
}

if (counter) setInterval(count, FIVE_SECONDS);

function current() {
  const distance = (slide) => Math.abs(slide.getBoundingClientRect().top);
  return slides.reduce((nearest, slide) => (distance(slide) < distance(nearest) ? slide : nearest));
}

function show(place) {
  const slide = slides[Math.max(0, Math.min(place, slides.length - 1))];
  history.replaceState(null, "", `#${slide.id}`);
  slide.scrollIntoView();
  slide.focus({ preventScroll: true });
}

// On a small or enlarged screen a slide is taller than the window: then up and down scroll.
const fits = () => current().offsetHeight <= innerHeight + 1;

const KEYS = {
  ArrowRight: (place) => place + 1,
  ArrowLeft: (place) => place - 1,
  PageDown: (place) => fits() && place + 1,
  PageUp: (place) => fits() && place - 1,
  ArrowDown: (place) => fits() && place + 1,
  ArrowUp: (place) => fits() && place - 1,
  Home: () => 0,
  End: () => slides.length - 1,
};

if (slides.length) {
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const place = KEYS[event.key]?.(slides.indexOf(current()));
    if (typeof place !== "number") return;
    event.preventDefault();
    show(place);
  });
}
