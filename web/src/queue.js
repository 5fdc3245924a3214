// Parts of the page that are made after the first sight of it: one after the other while the browser is idle,
// at once when they come near the screen, are linked to, or are printed.

const waiting = new Map(); // element -> what makes its content

function fill(element) {
  const make = waiting.get(element);
  if (!make) return;
  waiting.delete(element);
  observer.unobserve(element);
  element.append(...[make()].flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false));
}

const observer = new IntersectionObserver((entries) => entries.filter((e) => e.isIntersecting).forEach((e) => fill(e.target)), { rootMargin: "800px" });

/** The element, which gets what make() returns later. */
export function later(element, make) {
  waiting.set(element, make);
  observer.observe(element);
  return element;
}

/** The part that `element` lies in, or is, at once. */
export function fillAround(element) {
  for (let e = element; e; e = e.parentElement) fill(e);
}

export const fillAll = () => [...waiting.keys()].forEach(fill);

/** Fills while nothing else is to be done, and calls done in the end. */
export function fillWhenIdle(done) {
  const idle = window.requestIdleCallback ?? ((f) => setTimeout(() => f({ timeRemaining: () => 10 }), 20));
  const step = (deadline) => {
    do {
      const [next] = waiting.keys();
      if (!next) return done();
      fill(next);
    } while (deadline.timeRemaining() > 4);
    idle(step);
  };
  idle(step);
}
