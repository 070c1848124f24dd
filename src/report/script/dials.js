// The dials: what the answer would be, were an input another. Everything said was swept when the page was made.

var STATES = {
  cannot_tell: "Cannot tell",
  too_small: "Hardly matters",
  none: "No design copes",
};

/** The verdict in a word or two. */
function bigWord(state, best) {
  if (state === "best") return best;
  if (state === "alone") return "Only " + best;
  return STATES[state] || "Cannot tell";
}

function designAt(name) {
  return data.designs.map(function (design) { return design.name; }).indexOf(name);
}

/** The band or the point that holds at a place of a dial. */
function verdictAt(dial, score, place) {
  if (dial.kind === "values") {
    return pointScore(dial.points[place], score);
  }
  var bands = (dial.bands && dial.bands[score]) || [];
  var found = bands.filter(function (band) { return band.from <= place && place <= band.to; });
  return found[found.length - 1] || { state: "cannot_tell", best: null };
}

function pointScore(point, score) {
  return point.scores.filter(function (of) { return of.score === score; })[0] || { state: "none", best: null };
}

/** The point nearest to a place. */
function nearest(dial, place) {
  if (dial.kind === "values") return dial.points[place];
  var best = dial.points[0];
  dial.points.forEach(function (point) {
    if (Math.abs(point.place - place) < Math.abs(best.place - place)) best = point;
  });
  return best;
}

/** A value between two that were run, in the author's way of writing. */
function valueText(dial, place) {
  if (dial.kind === "values") return dial.points[place].text;
  var before = null, after = null;
  dial.points.forEach(function (point) {
    if (point.place <= place + 1e-9) before = point;
    if (after === null && place - 1e-9 <= point.place) after = point;
  });
  if (before === null) return after.text;
  if (after === null || before === after || after.place - before.place < 1e-9) return before.text;
  var shape = /^([^\d]*)([\d.,]+)(.*)$/;
  var a = shape.exec(before.text), b = shape.exec(after.text);
  if (!a || !b || a[1] !== b[1] || a[3] !== b[3]) return "between " + before.text + " and " + after.text;
  var low = Number(a[2].replace(/,/g, "")), high = Number(b[2].replace(/,/g, ""));
  var value = low + ((high - low) * (place - before.place)) / (after.place - before.place);
  var digits = Math.abs(value) < 10 && Math.abs(high - low) < 10 ? 1 : 0;
  return a[1] + value.toFixed(digits).replace(/\.0$/, "") + a[3];
}

/** What is measured near a place, in a sentence. */
function dialSentence(dial, score, place) {
  var verdict = verdictAt(dial, score, place);
  var point = nearest(dial, place);
  var at = pointScore(point, score);
  var of = function (name) {
    var design = point.designs.filter(function (of) { return of.design === name; })[0];
    return design && design.values && design.values[score];
  };
  var unit = data.dials.scores.filter(function (of) { return of.score === score; })[0].unit;
  var number = function (value) {
    if (!value) return "no value";
    return unit === "share" ? share(value.mean, value.half_width) : String(Math.round(value.mean));
  };
  var head = verdict.state === "cannot_tell" && at.state !== "cannot_tell" && dial.kind !== "values"
    ? "Somewhere here the answer turns; between the values that were run nothing is known. "
    : "";
  if (!at.best) return head + "At " + point.text + " no design copes.";
  var text = "At " + point.text + ": " + at.best + " " + number(of(at.best));
  if (at.second) text += ", " + at.second + " " + number(of(at.second));
  var fallen = point.designs.filter(function (design) { return design.falls_behind; });
  if (fallen.length) {
    text += ". " + fallen.map(function (design) { return design.design; }).join(" and ") + " falls behind for good";
  }
  return head + text + ".";
}

/** One dial: its track, its thumb, its words. `moved(place)` is called with every move. */
function makeDial(dial, number, moved) {
  var range = dial.kind !== "values";
  var own = range ? (dial.yours ? dial.yours.place : null) : ownPoint(dial);
  var value = el("output", { class: "value" });
  var words = el("p", { class: "soft" });
  var box = el("div", { class: "dial", "data-what": dial.what });
  box.append(el("div", { class: "dialhead" }, [el("span", { class: "label", id: "dial-" + number }, dial.label), value]));
  var input = null, track = null;
  function now() { return range ? Number(input.value) / 1000 : all("input", box).findIndex(function (of) { return of.checked; }); }
  function tell(place) {
    var yours = own !== null && place !== null && Math.abs(own - place) < 0.001;
    var text = place === null ? "not stated" : yours && dial.yours ? dial.yours.text : valueText(dial, place);
    value.textContent = text + (yours ? ", as you said" : dial.yours ? " (you said " + dial.yours.text + ")" : "");
    if (range) {
      var verdict = verdictAt(dial, shownScore, place === null ? 0 : place);
      input.setAttribute("aria-valuetext", text + ": " + bigWord(verdict.state, verdict.best));
    }
  }
  if (range) {
    track = el("div", { class: "track", "aria-hidden": "true" });
    input = el("input", {
      type: "range", min: "0", max: "1000", step: "1", "aria-labelledby": "dial-" + number,
      input: function () { snap(); moved(now()); },
    });
    var snap = function () {
      // within a hair of the author's own value the dial is at it
      if (own !== null && Math.abs(now() - own) < 0.012) input.value = String(1000 * own);
      tell(now());
    };
    input.value = String(1000 * (own === null ? 0 : own));
    box.append(el("div", { class: "slide" }, [track, input]));
    box.append(el("div", { class: "ends" }, [el("span", {}, dial.from || dial.points[0].text), el("span", {}, dial.to || dial.points[dial.points.length - 1].text)]));
  } else {
    var choices = el("div", { class: "segments", role: "radiogroup", "aria-labelledby": "dial-" + number });
    dial.points.forEach(function (point, at) {
      var choice = el("input", { type: "radio", name: "dial-" + number, value: String(at), change: function () { tell(at); moved(at); } });
      choice.checked = at === own;
      choices.append(el("label", {}, [choice, el("span", {}, point.text + (at === own ? " (yours)" : ""))]));
    });
    box.append(choices);
  }
  box.append(words);
  function paint(score) {
    var told = dial.tipping_points.filter(function (of) { return of.score === score; }).map(function (of) { return of.sentence; });
    var overloads = (dial.overloads || []).map(function (of) { return of.design + " " + of.side + " " + of.from_text + " to " + of.to_text; });
    if (overloads.length) told.push("Falls behind for good: " + overloads.join("; ") + ".");
    if (!range) told = told.concat(elsewhere(dial, score, own));
    words.textContent = told.join(" ") || dial.note || (dial.changes_nothing ? "Changes nothing." : "Changes no answer here.");
    if (!track) {
      all("label", box).forEach(function (label, at) {
        var of = pointScore(dial.points[at], score), design = of.state === "best" || of.state === "alone" ? designAt(of.best) : -1;
        label.style.setProperty("--color", 0 <= design ? data.designs[design].color : "transparent");
        label.title = bigWord(of.state, of.best);
      });
      return;
    }
    track.textContent = "";
    ((dial.bands && dial.bands[score]) || []).forEach(function (band) {
      var clear = band.state === "best" || band.state === "alone";
      var piece = el("span", { class: clear ? "band" : "band unclear" }, el("i", {}, bigWord(band.state, band.best)));
      piece.style.left = 100 * band.from + "%";
      piece.style.width = 100 * (band.to - band.from) + "%";
      if (clear) piece.style.setProperty("--color", data.designs[designAt(band.best)].color);
      if (band.to - band.from < 0.13) piece.classList.add("narrow");
      track.append(piece);
    });
    if (own !== null) {
      var mark = el("b", { class: "yours" }, "you");
      mark.style.left = 100 * own + "%";
      track.append(mark);
    }
  }
  function reset() {
    if (range) input.value = String(1000 * (own === null ? 0 : own));
    else all("input", box).forEach(function (choice, at) { choice.checked = at === own; });
    tell(own);
  }
  tell(own);
  return { box: box, paint: paint, reset: reset, own: own, dial: dial };
}

/** What the answer is at the values that are not the author's, where it is another. */
function elsewhere(dial, score, own) {
  var here = own === null ? null : pointScore(dial.points[own], score);
  var told = dial.points.filter(function (point) {
    var there = pointScore(point, score);
    return here !== null && (there.state !== here.state || there.best !== here.best);
  }).map(function (point) {
    var there = pointScore(point, score);
    return point.text + ": " + bigWord(there.state, there.best);
  });
  return told.length ? ["Otherwise: " + told.join("; ") + "."] : [];
}

function ownPoint(dial) {
  var at = dial.points.findIndex(function (point) { return point.yours; });
  return at < 0 ? null : at;
}

function dials() {
  var home = document.getElementById("dials");
  if (!home || !data.dials) return;
  var declared = data.dials.dials.filter(function (dial) { return dial.declared && dial.points.length; });
  if (!declared.length) return;
  home.textContent = "";
  var panels = {};
  data.answer.scores.forEach(function (score) {
    var panel = document.querySelector('.panel[data-score="' + score.score + '"]');
    panels[score.score] = { big: panel.querySelector(".big"), sentence: panel.querySelector(".sentence"), own: score, values: all("li b", panel), bars: all("li .bar", panel) };
  });
  var back = button("Back to your values", function () { turn(null, null); }, { class: "quiet", hidden: true });
  var live = el("p", { class: "unseen", role: "status" });
  var made = declared.map(function (dial, number) {
    return makeDial(dial, number, function (place) { turn(number, place); });
  });
  home.append(el("div", { class: "dialtop" }, [el("h2", {}, "It depends: turn a dial"), back]));
  made.forEach(function (of) { home.append(of.box); });
  home.append(el("p", { class: "soft" }, data.dials.together && data.dials.together.strong.length
    ? data.dials.together.sentence
    : "Swept one at a time: turning one dial puts the others back to your values. Nothing is said about two turned together."));
  home.append(live);
  /** Turn one dial; none to go back to the answer itself. */
  function turn(number, place) {
    made.forEach(function (of, at) { if (at !== number) of.reset(); });
    var at = number === null ? null : made[number];
    var home_ = at === null || (at.own !== null && Math.abs(at.own - place) < 0.001);
    back.hidden = home_;
    Object.keys(panels).forEach(function (score) {
      var panel = panels[score];
      if (home_) {
        write(panel, panel.own.big, panel.own.clear, panel.own.sentence, panel.own.values.map(function (value) { return [value.text, value.mean]; }));
        return;
      }
      var verdict = verdictAt(at.dial, score, place), point = nearest(at.dial, place);
      var values = data.designs.map(function (design) {
        var of = point.designs.filter(function (of) { return of.design === design.name; })[0];
        var value = of && of.values && of.values[score];
        return value ? [share(value.mean, value.half_width), value.mean] : ["–", 0];
      });
      var clear = verdict.state === "best" || verdict.state === "alone";
      write(panel, bigWord(verdict.state, verdict.best), clear, dialSentence(at.dial, score, place), values);
    });
    var now = panels[shownScore];
    live.textContent = now.big.textContent + ". " + now.sentence.textContent;
  }
  function write(panel, big, clear, sentence, values) {
    panel.big.textContent = big;
    panel.big.classList.toggle("unclear", !clear);
    panel.sentence.textContent = sentence;
    var most = Math.max.apply(null, values.map(function (value) { return value[1] || 0; }).concat(1e-9));
    values.forEach(function (value, design) {
      panel.values[design].textContent = value[0];
      panel.bars[design].style.setProperty("--part", (100 * (value[1] || 0)) / most + "%");
    });
  }
  onScore.push(function (score) { made.forEach(function (of) { of.paint(score); }); });
  made.forEach(function (of) { of.paint(shownScore); });
}

