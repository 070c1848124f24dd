// What the dials of a page say, sentence by sentence, without a browser: node --test .ci/page/words.js
import { readFileSync } from "node:fs";
import { test } from "node:test";
import assert from "node:assert/strict";
import vm from "node:vm";

const scripts = new URL("../../src/report/script/", import.meta.url);

/** The functions of the page, over this data; what they would need of a browser is not there. */
function page(data) {
  const document = { getElementById: () => ({ textContent: JSON.stringify(data) }) };
  const context = vm.createContext({ document, window: { matchMedia: () => ({}) } });
  for (const file of ["base.js", "dials.js"]) vm.runInContext(readFileSync(new URL(file, scripts), "utf8"), context);
  return context;
}

const RESPONSIVE = "responsive", NAMES = ["Hub", "Units"];
const { unmoved, overloadWords, dialSentence } = page({
  designs: NAMES.map((name) => ({ name })),
  dials: { scores: [{ score: RESPONSIVE, unit: "share", answer: { state: "best", best: "Hub" } }] },
  answer: { scores: [{ score: RESPONSIVE, measure_name: "answered within an hour" }] },
});

/** A value that was run: its state, who is best and second there, and who falls behind. */
function point(text, place, { state = "best", best = "Hub", second = null, behind = [], gives = false } = {}) {
  const values = (name) => ({ [RESPONSIVE]: behind.includes(name) ? null : { mean: name === "Hub" ? 0.62 : 0.5, half_width: 0.01 } });
  const design = (name) => ({ design: name, withheld: behind.includes(name), falls_behind: behind.includes(name), values: values(name) });
  return { text, place, designs: NAMES.map(design), most_give_up: gives, scores: [{ score: RESPONSIVE, state, best, second }] };
}

/** A range that was run at these values. */
function range(points, more) {
  return { kind: "range", points, yours: null, ...more };
}

test("a dial that turns no answer says how sure that is", () => {
  const same = [point("100", 0), point("200", 1)];
  const open = [point("100", 0), point("200", 1, { state: "cannot_tell", best: null })];
  assert.equal(unmoved(range(same, { changes_nothing: true }), RESPONSIVE), "Changes nothing.");
  assert.equal(unmoved(range(same, { holds: { [RESPONSIVE]: true } }), RESPONSIVE), "Changes no answer here.");
  const others = "At some values others come to the front, though nobody is clearly best.";
  assert.equal(unmoved(range(open, { holds: { [RESPONSIVE]: false } }), RESPONSIVE), others);
  assert.equal(unmoved(range(open), RESPONSIVE), "Luck does not let us tell whether it changes this answer.");
  assert.equal(unmoved(range(open, { holds: { [RESPONSIVE]: true } }), RESPONSIVE), "Changes no answer here.");
});

test("where only the best hardly differ, the word is their names", () => {
  const names = ["Hub", "Units", "Center"];
  const three = page({
    designs: names.map((name) => ({ name })),
    dials: { scores: [{ score: RESPONSIVE, unit: "share", answer: { state: "too_small", best: "Center", rivals: ["Hub"] } }] },
    answer: { scores: [{ score: RESPONSIVE }] },
  });
  const close = (place, best, rivals) => ({ text: String(place), place, scores: [{ score: RESPONSIVE, state: "too_small", best, rivals }] });
  const band = { score: RESPONSIVE, state: "too_small", best: null };
  const word = (points) => three.wordOf(range(points), band, 0, 1);
  assert.equal(word([close(0, "Hub", ["Units", "Center"]), close(1, "Units", ["Center", "Hub"])]), "Hardly matters");
  assert.equal(word([close(0, "Center", ["Hub"]), close(1, "Hub", ["Center"])]), "Hub or Center");
  assert.equal(word([close(0, "Center", ["Hub"]), close(1, "Hub", ["Units"])]), "The best hardly differ");
  // at the author's own value it is the answer that tells
  assert.equal(word([{ text: "0", place: 0, scores: [{ score: RESPONSIVE, state: "cannot_tell", best: null, rivals: [] }] }]), "Hub or Center");
});

test("designs that fall behind in one bracket are told together", () => {
  const points = [point("100", 0), point("200", 0.5), point("300", 1, { behind: ["Hub"] })];
  const from = (design, from_text, to_text, side = "above") => ({ design, side, from_text, to_text });
  const told = (dial) => Array.from(overloadWords(dial));
  assert.deepEqual(told(range(points)), []);
  assert.deepEqual(told(range(points, { overloads: [from("Hub", "200", "300")] })), [
    "From 300 on Hub falls behind for good, but not yet at 200.",
  ]);
  assert.deepEqual(told(range(points, { overloads: [from("Hub", "200", "300"), from("Units", "200", "300")] })), [
    "From 300 on Hub and Units fall behind for good, but not yet at 200.",
  ]);
  const below = [point("100", 0, { behind: ["Units"] }), point("200", 1)];
  assert.deepEqual(told(range(below, { overloads: [from("Units", "100", "200", "below")] })), [
    "Up to 100 Units falls behind for good, but no longer at 200.",
  ]);
});

test("where no design copes that is told first, from the closest value at which one does", () => {
  const points = [point("100", 0), point("200", 0.5, { behind: ["Units"] }), point("300", 1, { behind: NAMES })];
  const overloads = [
    { design: "Units", side: "above", from_text: "100", to_text: "200" },
    { design: "Units", side: "above", from_text: "100", to_text: "300" },
    { design: "Hub", side: "above", from_text: "200", to_text: "300" },
  ];
  assert.deepEqual(Array.from(overloadWords(range(points, { overloads }))), [
    "From 300 on no design copes: all fall behind for good, but not yet at 200.",
    "From 200 on Units falls behind for good, but not yet at 100.",
  ]);
});

test("what was measured is told of the value that was run", () => {
  const bands = { [RESPONSIVE]: [{ from: 0, to: 1, state: "best", best: "Hub" }] };
  const dial = range([point("100/day", 0, { second: "Units" }), point("200/day", 1, { behind: ["Units"] })], { bands });
  assert.equal(dialSentence(dial, RESPONSIVE, 0), "At 100/day, answered within an hour: Hub 62 ±1%, Units 50 ±1%.");
  assert.equal(
    dialSentence(dial, RESPONSIVE, 0.9),
    "Nearest value that was run, 200/day, answered within an hour: Hub 62 ±1%. Units falls behind for good.",
  );
});

test("where nobody is best it is told why", () => {
  const nobody = { state: "none", best: null };
  const dial = { kind: "values", points: [
    point("always", 0, { ...nobody, behind: NAMES }),
    point("weekdays", 0, { ...nobody, behind: ["Hub"] }),
    point("daily", 0, nobody),
    point("never", 0, { ...nobody, gives: true }),
  ] };
  const told = dial.points.map((_, at) => dialSentence(dial, RESPONSIVE, at));
  assert.deepEqual(told, [
    "At always: no design copes: all fall behind for good.",
    "At weekdays: Hub falls behind for good.",
    "At daily: no design has a value here.",
    "At never: half of the customers or more give up in each that keeps up; no design has a value here.",
  ]);
});

test("between two values with other answers it is told that the answer turns", () => {
  const bands = { [RESPONSIVE]: [
    { from: 0, to: 0.4, state: "best", best: "Hub" },
    { from: 0.4, to: 0.6, state: "cannot_tell", best: null },
    { from: 0.6, to: 1, state: "best", best: "Units" },
  ] };
  const dial = range([point("40%", 0.4), point("60%", 0.6, { best: "Units" })], { bands });
  assert.equal(
    dialSentence(dial, RESPONSIVE, 0.5),
    "Somewhere at 40–60% the answer turns; between these values nothing was run. " +
      "Nearest value that was run, 40%, answered within an hour: Hub 62 ±1%.",
  );
});
