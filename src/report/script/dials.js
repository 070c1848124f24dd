// The dials: what the answer would be, were an input another. Everything said was swept when the page was made.

var STATES = {
  cannot_tell: "Cannot tell",
  too_small: "Hardly matters",
  none: "No design copes",
};

var NOT_ENOUGH = "No design is enough";

/** The verdict in a word or two. */
function bigWord(state, best) {
  if (state === "best") return best;
  if (state === "alone") return "Only " + best;
  return STATES[state] || "Cannot tell";
}

/** Most designs that are named where it hardly matters which of them one takes. */
var MOST_NAMED = 3;

/** The same where the best differ too little at some values: who they are, unless they are all. */
function hardly(answers) {
  var sets = answers.map(function (of) {
    var alike = [of.best].concat(of.rivals);
    return data.designs.map(function (design) { return design.name; }).filter(function (name) { return 0 <= alike.indexOf(name); });
  });
  var all = sets.every(function (set) { return set.length === data.designs.length; });
  if (all) return STATES.too_small;
  var one = sets.every(function (set) { return set.join("\n") === sets[0].join("\n"); });
  if (!one || MOST_NAMED < sets[0].length) return "The best hardly differ";
  return listed(sets[0], " or ");
}

/** The same of a stretch of a dial; where most customers give up whatever the design, that is no small matter. */
function wordOf(dial, of, from, to) {
  var within = dial.points.filter(function (point, at) {
    var place = dial.kind === "values" ? at : point.place;
    return from - 1e-6 <= place && place <= to + 1e-6;
  });
  if (!within.length) within = [nearest(dial, from)];
  var lost = within.every(function (point) { return point.most_give_up === true; });
  if (lost && of.state !== "best" && of.state !== "alone") return NOT_ENOUGH;
  if (of.state !== "too_small" || !of.score) return bigWord(of.state, of.best);
  var little = function (of) { return of && of.state === "too_small"; };
  var there = within.map(function (point) { return pointScore(point, of.score); }).filter(little);
  if (!there.length) there = [headlineOf(of.score).answer].filter(little);
  return there.length ? hardly(there) : STATES.too_small;
}

/** What is said of a dial that turns no answer. */
function unmoved(dial, score) {
  if (dial.changes_nothing) return "Changes nothing.";
  if (dial.points.every(function (point) { return point.yours; })) return "Was not swept.";
  var holds = dial.holds && dial.holds[score];
  if (holds === false) return "At some values others come to the front, though nobody is clearly best.";
  if (holds !== true) return "Luck does not let us tell whether it changes this answer.";
  if (ownAnswer(score).state === "cannot_tell") return "Luck does not let us tell who is best, whatever its value.";
  return "Changes no answer here.";
}

function designAt(name) {
  return data.designs.map(function (design) { return design.name; }).indexOf(name);
}

/** The band or the point that holds at a place of a dial. */
function verdictAt(dial, score, place) {
  if (dial.kind === "values") {
    return pointScore(dial.points[place], score);
  }
  var found = bandsOf(dial, score).filter(function (band) { return band.from <= place && place <= band.to; });
  var told = found.filter(function (band) { return band.state !== "cannot_tell"; });
  return told[told.length - 1] || found[0] || { state: "cannot_tell", best: null };
}

function pointScore(point, score) {
  return point.scores.filter(function (of) { return of.score === score; })[0] || { state: "none", best: null };
}

function headlineOf(score) {
  return data.dials.scores.filter(function (of) { return of.score === score; })[0] || {};
}

/** The answer itself: state and winner. */
function ownAnswer(score) {
  var of = headlineOf(score);
  return verdict(of.answer ? of.answer : { state: "cannot_tell", best: null });
}

/** State and winner of an answer; only a winner is named. */
function verdict(of) {
  var wins = of.state === "best" || of.state === "alone";
  return { state: wins ? "best" : of.state, best: wins ? of.best : null };
}

function same(a, b) {
  return a.state === b.state && a.best === b.best;
}

/** Where the author's own value lies on a range; none if it was not stated. */
function ownPlace(dial) {
  return dial.yours && typeof dial.yours.place === "number" ? dial.yours.place : null;
}

/**
 * The stretches of a range as they are painted and told. Where the answer is known to hold over the whole range, few
 * repetitions that cannot tell do not contradict it; at the author's own value it is the answer; and a value at
 * which another verdict was found than on both sides of it keeps a stretch wide enough to be seen.
 */
function bandsOf(dial, score) {
  dial.painted = dial.painted || {};
  if (dial.painted[score]) return dial.painted[score];
  var own = ownAnswer(score), held = dial.holds && dial.holds[score] === true, place = ownPlace(dial);
  var settled = function (of) { return held && of.state === "cannot_tell" ? own : verdict(of); };
  var bands = [];
  ((dial.bands && dial.bands[score]) || []).forEach(function (band) {
    var of = settled(band), last = bands[bands.length - 1];
    if (last && same(last, of)) { last.to = band.to; last.to_text = band.to_text; return; }
    bands.push({ from: band.from, to: band.to, from_text: band.from_text, to_text: band.to_text, state: of.state, best: of.best });
  });
  var spots = dial.points.map(function (point) {
    var yours = place !== null && Math.abs(point.place - place) < 1e-6;
    return { place: point.place, text: point.text, of: yours ? own : settled(pointScore(point, score)), yours: yours };
  });
  if (place !== null && dial.yours.inside !== false && !spots.some(function (spot) { return Math.abs(spot.place - place) < 1e-6; })) {
    spots.push({ place: place, text: dial.yours.text, of: own, yours: true });
  }
  spots.forEach(function (spot) {
    if (spot.of.state === "cannot_tell") return;
    // a value in the middle at which it hardly matters is no stretch of its own
    if (spot.of.state === "too_small" && !spot.yours && 0 < spot.place && spot.place < 1) return;
    var seen = bands.some(function (band) {
      return band.from - 1e-6 <= spot.place && spot.place <= band.to + 1e-6 && same(band, spot.of) && 0.01 < band.to - band.from;
    });
    if (!seen) bands = insert(bands, spot);
  });
  dial.painted[score] = apart(dial, bands);
  dial.painted[score].forEach(function (band) { band.score = score; });
  return dial.painted[score];
}

/** Bands without a winner, cut where half of the customers or more begin or cease to give up whatever the design. */
function apart(dial, bands) {
  for (var at = 1; at < dial.points.length; at += 1) {
    var before = dial.points[at - 1], after = dial.points[at], middle = (before.place + after.place) / 2;
    if ((before.most_give_up === true) === (after.most_give_up === true)) continue;
    bands = [].concat.apply([], bands.map(function (band) {
      if (band.state === "best" || middle <= band.from + 1e-6 || band.to - 1e-6 <= middle) return [band];
      var of = { state: band.state, best: band.best };
      return [
        Object.assign({ from: band.from, to: middle, from_text: band.from_text, to_text: before.text }, of),
        Object.assign({ from: middle, to: band.to, from_text: after.text, to_text: band.to_text }, of),
      ];
    }));
  }
  return bands;
}

/** Bands with a narrow one around a value that was run. */
function insert(bands, spot) {
  var half = 0.016, from = Math.max(0, spot.place - half), to = Math.min(1, spot.place + half);
  if (from === 0) to = Math.max(to, 2 * half);
  if (to === 1) from = Math.min(from, 1 - 2 * half);
  var all = [];
  var put = function (band, left, right) {
    if (right - left < 1e-6) return;
    var copy = {};
    Object.keys(band).forEach(function (key) { copy[key] = band[key]; });
    copy.from = left;
    copy.to = right;
    all.push(copy);
  };
  bands.forEach(function (band) { put(band, band.from, Math.min(band.to, from)); });
  put({ state: spot.of.state, best: spot.of.best, from_text: spot.text, to_text: spot.text }, from, to);
  bands.forEach(function (band) { put(band, Math.max(band.from, to), band.to); });
  return all;
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

var SHAPE = /^([^\d]*)([\d.,]+)(.*)$/;

/** The points between which a place lies; the same twice if it is one. */
function around(dial, place) {
  var before = null, after = null;
  dial.points.forEach(function (point) {
    if (point.place <= place + 1e-9) before = point;
    if (after === null && place - 1e-9 <= point.place) after = point;
  });
  return [before || after, after || before];
}

/** A value between two that were run, in the author's way of writing. */
function valueText(dial, place) {
  if (dial.kind === "values") return dial.points[place].text;
  var between = around(dial, place), before = between[0], after = between[1];
  if (before === after || after.place - before.place < 1e-9) return before.text;
  var a = SHAPE.exec(before.text), b = SHAPE.exec(after.text);
  if (!a || !b || a[1] !== b[1] || a[3] !== b[3]) return "between " + before.text + " and " + after.text;
  var low = Number(a[2].replace(/,/g, "")), high = Number(b[2].replace(/,/g, ""));
  var value = low + ((high - low) * (place - before.place)) / (after.place - before.place);
  var digits = Math.abs(value) < 10 && Math.abs(high - low) < 10 ? 1 : 0;
  var text = value.toFixed(digits).replace(/\.0$/, "");
  // thousands apart, unless the author writes them together
  if (!/\d{4}/.test(a[2] + " " + b[2])) text = text.replace(/\B(?=(\d{3})+$)/, ",");
  return a[1] + text + a[3];
}

/** `46–53%`: two values as one bracket. */
function bracket(from, to) {
  if (from === to) return from;
  var a = SHAPE.exec(from), b = SHAPE.exec(to);
  if (!a || !b || a[1] !== b[1] || a[3] !== b[3]) return from + " to " + to;
  return a[1] + a[2] + "–" + b[2] + b[3];
}

/** `A`, `A and B`, `A, B and C`. */
function listed(names, last) {
  return names.length < 2 ? names.join("") : names.slice(0, -1).join(", ") + (last || " and ") + names[names.length - 1];
}

/** Who falls behind: one does, several do. */
function behind(names) {
  return listed(names) + (names.length === 1 ? " falls" : " fall") + " behind for good";
}

var NONE_COPES = "no design copes: all fall behind for good";

/** A limit somewhere between two values that were run: what is so beyond it, and not yet, or no more, on its other side. */
function beyond(of, what) {
  var above = of.side === "above";
  return (above ? "From " + of.to_text + " on " : "Up to " + of.from_text + " ") + what + ", but " +
    (above ? "not yet at " + of.from_text : "no longer at " + of.to_text) + ".";
}

function pointOf(dial, text) {
  return dial.points.filter(function (point) { return point.text === text; })[0];
}

/** Whether several designs were run at a value and all of them fall behind: then nobody is best there. */
function noneCopes(point) {
  return Boolean(point && point.designs) && 1 < point.designs.length && point.designs.every(function (design) { return design.withheld; });
}

/** Whether the bracket of a limit is closer than that of another which ends at the same value. */
function isNearer(dial, of, than) {
  var at = function (text) { return dial.points.indexOf(pointOf(dial, text)); };
  return of.side === "above" ? at(than.from_text) < at(of.from_text) : at(of.to_text) < at(than.to_text);
}

/** Where designs begin or cease to fall behind, those at the same place together; where none is left, that. */
function overloadWords(dial) {
  var places = [];
  (dial.overloads || []).forEach(function (of) {
    var there = of.side === "above" ? of.to_text : of.from_text;
    var none = noneCopes(pointOf(dial, there));
    var where = of.side + " " + there + (none ? "" : " " + of.from_text + " " + of.to_text);
    var known = places.filter(function (place) { return place.where === where; })[0];
    if (known) {
      known.names.push(of.design);
      if (isNearer(dial, of, known.of)) known.of = of;
    } else places.push({ where: where, of: of, names: [of.design], none: none });
  });
  places.sort(function (a, b) { return Number(b.none) - Number(a.none); });
  return places.map(function (place) { return beyond(place.of, place.none ? NONE_COPES : behind(place.names)); });
}

/** Where half of the customers or more begin or cease to give up whatever the design. */
function giveUpWords(dial) {
  return (dial.give_ups || []).map(function (of) {
    return beyond(of, "no design is enough: half of the customers or more give up in each that keeps up");
  });
}

/** What is measured near a place, in a sentence. */
function dialSentence(dial, score, place) {
  var point = nearest(dial, place);
  var at = pointScore(point, score);
  var of = function (name) {
    var design = point.designs.filter(function (of) { return of.design === name; })[0];
    return design && design.values && design.values[score];
  };
  var unit = data.dials.scores.filter(function (of) { return of.score === score; })[0].unit;
  var named = data.answer.scores.filter(function (of) { return of.score === score; })[0];
  var number = function (value) {
    if (!value) return "no value";
    return unit === "share" ? share(value.mean, value.half_width) : String(Math.round(value.mean));
  };
  var exact = dial.kind === "values" || Math.abs(point.place - place) < 0.002;
  var measured = at.best && named && named.measure_name ? ", " + named.measure_name : "";
  var text = (exact ? "At " : "Nearest value that was run, ") + point.text + measured + ": ";
  var fallen = point.designs.filter(function (design) { return design.falls_behind; }).map(function (design) { return design.design; });
  if (point.most_give_up && !noneCopes(point)) text += "half of the customers or more give up in each that keeps up; ";
  if (at.best) {
    text += at.best + " " + number(of(at.best));
    if (at.second) text += ", " + at.second + " " + number(of(at.second));
    if (fallen.length) text += ". " + behind(fallen);
  } else if (noneCopes(point)) {
    text += NONE_COPES;
  } else {
    text += fallen.length ? behind(fallen) : "no design has a value here";
  }
  return turning(dial, score, place) + text + ".";
}

/** Said where the answer turns between two values that were run, and only there. */
function turning(dial, score, place) {
  if (dial.kind === "values" || verdictAt(dial, score, place).state !== "cannot_tell") return "";
  var between = around(dial, place);
  if (between[0] === between[1]) return "";
  var a = verdict(pointScore(between[0], score)), b = verdict(pointScore(between[1], score));
  if (same(a, b)) return "";
  if (a.state === "cannot_tell" || b.state === "cannot_tell") return "Too close to tell between " + bracket(between[0].text, between[1].text) + ". ";
  return "Somewhere at " + bracket(between[0].text, between[1].text) + " the answer turns; between these values nothing was run. ";
}

/** One dial: its track, its thumb, its words. `moved(place)` is called with every move. */
function makeDial(dial, number, moved) {
  var range = dial.kind !== "values";
  var own = range ? ownPlace(dial) : ownPoint(dial);
  var value = el("output", { class: "value" });
  var words = el("p", { class: "soft" });
  var assumed = Boolean(dial.yours && dial.yours.assumed);
  var box = el("div", { class: "dial", "data-what": dial.what });
  box.append(el("div", { class: "dialhead" }, [el("span", { class: "label", id: "dial-" + number }, dial.label), value]));
  var input = null, track = null, current = own;
  var known = dial.points.map(function (point) { return point.place; }).concat(own === null ? [] : [own]);
  function now() {
    if (!range) return all("input", box).findIndex(function (of) { return of.checked; });
    // steps of the slider are coarser than places; what is meant is the value that was run
    var place = Number(input.value) / 1000;
    return known.filter(function (of) { return Math.abs(of - place) < 0.00051; })[0] || place;
  }
  function tell(place) {
    current = place;
    var yours = own !== null && place !== null && Math.abs(own - place) < 0.001;
    var whose = assumed ? "assumption:" : "you said", said = assumed ? ", an assumption" : ", as you said";
    var text = place === null ? (/\*|^designs/.test(dial.what) ? "differs by design" : "not stated") : yours && dial.yours ? dial.yours.text : valueText(dial, place);
    value.textContent = text + (yours ? said : dial.yours ? " (" + whose + " " + dial.yours.text + ")" : "");
    if (range) {
      var of = verdictAt(dial, shownScore, place === null ? 0 : place);
      input.setAttribute("aria-valuetext", text + ": " + wordOf(dial, of, place === null ? 0 : place, place === null ? 0 : place));
      label(place === null ? 0 : place);
    }
  }
  if (range) {
    track = el("div", { class: "track", "aria-hidden": "true" });
    input = el("input", {
      type: "range", min: "0", max: "1000", step: "1", "aria-labelledby": "dial-" + number,
      input: function () { snap(); moved(now()); },
      keydown: function (event) {
        var step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
        if (!step || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
        // with the arrows from one value that was run to the next
        event.preventDefault();
        var here = now();
        var ahead = known.filter(function (of) { return 0.0005 < step * (of - here); });
        if (!ahead.length) return;
        var next = step < 0 ? Math.max.apply(null, ahead) : Math.min.apply(null, ahead);
        input.value = String(1000 * next);
        tell(next);
        moved(next);
      },
    });
    var snap = function () {
      // within a hair of the author's own value the dial is at it
      if (own !== null && Math.abs(now() - own) < 0.012) input.value = String(1000 * own);
      tell(now());
    };
    input.value = String(1000 * (own === null ? 0 : own));
    box.append(el("div", { class: "slide" }, [track, input]));
    var narrow = el("span", { class: "narrows" });
    box.append(el("div", { class: "ends" }, [el("span", {}, dial.from || dial.points[0].text), narrow, el("span", {}, dial.to || dial.points[dial.points.length - 1].text)]));
  } else {
    var choices = el("div", { class: "segments", role: "radiogroup", "aria-labelledby": "dial-" + number });
    dial.points.forEach(function (point, at) {
      var choice = el("input", { type: "radio", name: "dial-" + number, value: String(at), change: function () { tell(at); moved(at); } });
      choice.checked = at === own;
      choices.append(el("label", {}, [choice, el("span", {}, point.text + (at === own ? (assumed ? " (assumed)" : " (yours)") : ""))]));
    });
    box.append(choices);
  }
  box.append(words);
  /** Names stand in their bands, beside the thumb. */
  function label(place) {
    all(".band", track).forEach(function (piece) {
      var from = Number(piece.dataset.from), wide = Number(piece.dataset.to) - from, name = piece.firstChild;
      var at = (place - from) / wide;
      name.style.marginLeft = name.style.marginRight = "";
      if (at < -0.02 || 1.02 < at) return;
      if (0.5 < at) name.style.marginRight = "calc(" + 100 * Math.max(0, 1 - at) + "% + 8px)";
      else name.style.marginLeft = "calc(" + 100 * Math.max(0, at) + "% + 8px)";
    });
  }
  function paint(score) {
    // whoever ends to be best where no design copes: that is told of all
    var tells = function (of) { return of.score === score && !(of.kind === "fades" && noneCopes(pointOf(dial, of.to_text))); };
    var told = dial.tipping_points.filter(tells).map(function (of) { return of.sentence.replace(/ \((you said|assumption:) [^)]*\)/g, ""); });
    told = told.concat(overloadWords(dial), giveUpWords(dial));
    if (!range) told = ((dial.elsewhere && dial.elsewhere[score]) || []).concat(told);
    words.textContent = told.join(" ") || dial.note || unmoved(dial, score);
    if (!track) {
      all("label", box).forEach(function (label, at) {
        var of = pointScore(dial.points[at], score), design = of.state === "best" || of.state === "alone" ? designAt(of.best) : -1;
        if (0 <= design) label.style.setProperty("--color", data.designs[design].color);
        else label.style.removeProperty("--color");
        label.title = wordOf(dial, of, at, at);
      });
      return;
    }
    track.textContent = "";
    narrow.textContent = "";
    bandsOf(dial, score).forEach(function (band) {
      var clear = band.state === "best", word = wordOf(dial, band, band.from, band.to);
      var kind = clear ? "band" : band.state === "cannot_tell" ? "band unclear" : "band unclear plain";
      var piece = el("span", { class: kind, "data-from": band.from, "data-to": band.to, title: bracket(band.from_text, band.to_text) + ": " + word }, el("i", {}, word));
      piece.style.left = 100 * band.from + "%";
      piece.style.width = 100 * (band.to - band.from) + "%";
      if (clear) piece.style.setProperty("--color", data.designs[designAt(band.best)].color);
      if (band.to - band.from < 0.014 * (5 + word.length)) {
        piece.classList.add("narrow");
        if (clear || band.state === "none") {
          var named = swatch(band, clear, word);
          if (1 < band.from + band.to && !all(".right", narrow).length) named.classList.add("right");
          narrow.append(named);
        }
      }
      track.append(piece);
    });
    if (own !== null) {
      var mark = el("b", { class: "yours" }, assumed ? "assumed" : "you");
      mark.style.left = 100 * own + "%";
      track.append(mark);
    }
    tell(current);
  }
  /** A band too narrow for its name is named below. */
  function swatch(band, clear, word) {
    var mark = el("span", { class: clear ? "swatch filled" : "swatch plain", "aria-hidden": "true" });
    if (clear) mark.style.setProperty("--color", data.designs[designAt(band.best)].color);
    return el("span", { class: "narrowname" }, [mark, bracket(band.from_text, band.to_text) + " " + word]);
  }
  function reset() {
    if (range) input.value = String(1000 * (own === null ? 0 : own));
    else all("input", box).forEach(function (choice, at) { choice.checked = at === own; });
    tell(own);
  }
  tell(own);
  return { box: box, paint: paint, reset: reset, own: own, dial: dial };
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
  var about = el("span", { class: "printed" });
  home.append(el("div", { class: "dialtop" }, [
    el("h2", {}, ["It depends", el("span", { class: "screen" }, ": turn a dial"), about, el("span", { class: "soft" }, 1 < made.length ? " one at a time" : "")]), back,
  ]));
  made.forEach(function (of) { home.append(of.box); });
  // on paper there are no tabs: the bands say what they are about, and below stands what there is to say of all, once
  var sentences = data.dials.sentences || [], once = sentences.length ? " screen" : "";
  if (sentences.length) all(".dial > p", home).forEach(function (words) { words.classList.add("screen"); });
  if (data.dials.together && data.dials.together.strong.length) home.append(el("p", { class: "soft" + once }, data.dials.together.sentence));
  home.append(el("div", { class: "printed" }, sentences.map(function (sentence) { return el("p", {}, sentence); })));
  home.append(live);
  /** Turn one dial; none to go back to the answer itself. */
  function turn(number, place) {
    made.forEach(function (of, at) { if (at !== number) of.reset(); });
    var at = number === null ? null : made[number];
    var home_ = at === null || (at.own !== null && Math.abs(at.own - place) < 0.001);
    back.hidden = home_;
    // what is said beside the dials is said of the author's own values
    document.querySelector(".first").classList.toggle("moved", !home_);
    Object.keys(panels).forEach(function (score) {
      var panel = panels[score];
      if (home_) {
        write(panel, panel.own.big, panel.own.clear, panel.own.sentence, panel.own.values.map(function (value) { return [value.text, value.mean]; }));
        return;
      }
      var there = verdictAt(at.dial, score, place), point = nearest(at.dial, place);
      var values = data.designs.map(function (design) {
        var of = point.designs.filter(function (of) { return of.design === design.name; })[0];
        var value = of && of.values && of.values[score];
        return value ? [share(value.mean, value.half_width), value.mean] : ["–", 0];
      });
      var clear = there.state === "best" || there.state === "alone";
      write(panel, wordOf(at.dial, there, place, place), clear, dialSentence(at.dial, score, place), values);
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
  function paint(score) {
    var shown = data.answer.scores.filter(function (of) { return of.score === score; })[0];
    about.textContent = shown && 1 < data.answer.scores.length ? ": the bands say who is best if you want " + shown.tab : "";
    made.forEach(function (of) { of.paint(score); });
  }
  onScore.push(paint);
  paint(shownScore);
}

