// The replay: one recorded day, two designs, the same posts.

var SPEEDS = [[60, "1 min a second"], [300, "5 min a second"], [900, "15 min a second"], [3600, "1 h a second"]];

function replay() {
  var home = document.getElementById("replay");
  if (!home || !data.replay || !data.replay.days.length) return null;
  home.hidden = false;
  var count = data.designs.length;
  var state = { day: data.replay.days[0], now: 0, playing: false, speed: 900, chosen: null, last: null };
  var head = el("h2", {}, "One day, the same posts");
  var words = el("p", { class: "soft" });
  var time = el("output", { class: "clock", "aria-label": "Clock" });
  var play = button("Play", function () { toggle(); }, { class: "main", "aria-keyshortcuts": "Space" });
  var step = button("Step", function () { stop(); move(state.now + 300); }, { title: "Five minutes on (→)", "aria-keyshortcuts": "ArrowRight" });
  var again = button("From the start", function () { stop(); move(0); }, { title: "R", "aria-keyshortcuts": "R" });
  var slider = el("input", { type: "range", min: "0", step: "60", class: "time", "aria-label": "Time of the day", input: function () { stop(); move(Number(slider.value)); } });
  var speed = choose("Speed", SPEEDS.map(function (of) { return [of[0], of[1]]; }), 900, function (value) { state.speed = Number(value); });
  var which = choose("Day", data.replay.days.map(function (day, at) { return [at, day.name]; }), 0, function (value) { setDay(Number(value)); });
  var stages = [0, Math.min(1, count - 1)].map(function (number, side) {
    var box = el("div", { class: "stage" }), told = el("p", { class: "tally" });
    var pickDesign = choose(side ? "and" : "Watch", data.designs.map(function (design, at) { return [at, design.name]; }), number, function (value) { stage.show(Number(value)); draw(); });
    var column = el("div", { class: "column" }, [el("div", { class: "columnhead" }, [pickDesign.label, told]), el("div", { class: "wide" }, box)]);
    var stage = new Stage(box, picked);
    stage.told = told;
    stage.column = column;
    stage.first = number;
    return stage;
  });
  if (count < 2) stages.length = 1;
  var detail = el("div", { class: "detail", role: "region", "aria-label": "What you clicked", "aria-live": "polite" },
    el("p", { class: "soft" }, "Click a post for its life, a role for its card. Space plays, → steps, R begins again."));
  var key = legend();
  home.append(
    el("div", { class: "replayhead" }, [head, which.label]),
    words,
    el("div", { class: "controls" }, [play, step, again, time, slider, speed.label]),
    el("div", { class: "stages" }, stages.map(function (stage) { return stage.column; })),
    key, detail
  );
  stages.forEach(function (stage) { stage.show(stage.first); });
  setDay(0);

  function choose(label, options, chosen, act) {
    var list = el("select", { change: function () { act(list.value); } }, options.map(function (of) {
      return el("option", { value: of[0], selected: of[0] === chosen }, of[1]);
    }));
    return { list: list, label: el("label", { class: "choose" }, [el("span", {}, label), list]) };
  }

  function setDay(at) {
    stop();
    state.day = data.replay.days[at];
    state.chosen = null;
    var day = state.day;
    words.textContent = day.words.charAt(0).toUpperCase() + day.words.slice(1) + "." +
      (1 < day.every ? " One in " + day.every + " posts is drawn; the numbers at the desks count all." : "");
    slider.max = String(day.seconds);
    which.list.value = String(at);
    // people come at some time in the morning: begin a little before
    move(day.kind === "ordinary" && 8 * 3600 < day.seconds ? 7 * 3600 : 0);
  }

  function move(to) {
    state.now = Math.max(0, Math.min(state.day.seconds, to));
    slider.value = String(state.now);
    draw();
    if (state.day.seconds <= state.now) stop();
  }

  function draw() {
    var travel = calm.matches ? 0 : Math.min(240, state.speed * 0.35);
    time.textContent = clock(state.day, state.now);
    slider.setAttribute("aria-valuetext", time.textContent);
    stages.forEach(function (stage) {
      var design = unpackDesign(state.day, stage.number);
      stage.day = state.day;
      stage.draw(state.day, state.now, travel, state.chosen);
      var of = counts(state.day, design, state.now);
      var text = of.answered + " of " + of.came + " answered, " + of.quick + " within 1h · " + of.waiting + " wait";
      if (of.lost) text += " · " + of.lost + " gave up";
      if (of.seen) text += " · mentions " + of.touched + " reached, " + of.faded + " lost";
      if (stage.told.textContent !== text) stage.told.textContent = text;
    });
  }

  function toggle() { if (state.playing) stop(); else start(); }
  function start() {
    if (state.day.seconds <= state.now) move(0);
    state.playing = true;
    state.last = null;
    play.textContent = "Pause";
    play.setAttribute("aria-pressed", "true");
    if (calm.matches) { state.timer = setInterval(function () { move(state.now + 900); }, 1000); return; }
    requestAnimationFrame(frame);
  }
  function stop() {
    state.playing = false;
    clearInterval(state.timer);
    play.textContent = "Play";
    play.setAttribute("aria-pressed", "false");
  }
  function frame(stamp) {
    if (!state.playing) return;
    if (state.last !== null) move(state.now + (Math.min(100, stamp - state.last) / 1000) * state.speed);
    state.last = stamp;
    if (state.playing) requestAnimationFrame(frame);
  }

  function picked(kind, number, stage) {
    stop();
    detail.textContent = "";
    if (kind === "role") {
      state.chosen = null;
      var card = document.getElementById("card-" + stage.number + "-" + number);
      if (card) {
        var copy = card.cloneNode(true);
        copy.removeAttribute("id");
        detail.append(el("p", { class: "soft" }, data.designs[stage.number].name), copy);
      }
    } else {
      state.chosen = number;
      detail.append(postCard(state.day, number, stages.map(function (of) { return of.number; })));
    }
    draw();
  }

  window.addEventListener("resize", function () { stages.forEach(function (stage) { stage.resize(); }); draw(); });
  document.addEventListener("keydown", function (event) {
    var own = /^(INPUT|SELECT|BUTTON|TEXTAREA|SUMMARY|A)$/.test(event.target.tagName) || event.ctrlKey || event.metaKey || event.altKey;
    var frame_ = home.getBoundingClientRect();
    var seen = frame_.top < window.innerHeight && 0 < frame_.bottom;
    if (own || !seen) return;
    if (event.key === " ") toggle();
    else if (event.key === "ArrowRight") { stop(); move(state.now + 300); }
    else if (event.key === "ArrowLeft") { stop(); move(state.now - 300); }
    else if (event.key === "r" || event.key === "R") { stop(); move(0); }
    else return;
    event.preventDefault();
  });
  return { redraw: function () { stages.forEach(function (stage) { stage.resize(); }); draw(); } };
}

/** What the marks mean. */
function legend() {
  var mark = function (shape, words) {
    var picture = svg("svg", { width: 18, height: 18, viewBox: "0 0 18 18", "aria-hidden": "true" });
    if (shape === "square") picture.append(svg("rect", { x: 4, y: 4, width: 10, height: 10, class: "full" }));
    else if (shape === "ring") picture.append(svg("circle", { cx: 9, cy: 9, r: 5, class: "ring" }));
    else if (shape === "pale") picture.append(svg("circle", { cx: 9, cy: 9, r: 5, class: "full", opacity: ".35" }));
    else if (shape === "hollow") picture.append(svg("circle", { cx: 9, cy: 9, r: 5, class: "hollow" }));
    else if (shape === "under") picture.append(svg("circle", { cx: 9, cy: 7, r: 5, class: "full" }), svg("path", { d: "M4 16H14", class: "under" }));
    else if (shape === "load") {
      ["l0", "l1", "l2", "l3", "l4"].forEach(function (load, at) { picture.append(svg("rect", { x: at * 9, y: 3, width: 9, height: 12, class: load })); });
      picture.setAttribute("width", 46);
      picture.setAttribute("viewBox", "0 0 46 18");
    } else if (shape === "closed") picture.append(svg("rect", { x: 1, y: 3, width: 16, height: 12, rx: 3, class: "closed" }));
    else if (shape === "cross") picture.append(svg("path", { d: "M4 4L14 14M14 4L4 14", class: "cross" }));
    else picture.append(svg("circle", { cx: 9, cy: 9, r: 5, class: "full" }));
    return el("li", {}, [picture, words]);
  };
  return el("ul", { class: "legend", "aria-label": "What the marks mean" }, [
    mark("dot", "a post that needs a reply; its color is its channel"),
    mark("square", "only its unit can know the answer"),
    mark("hollow", "needs none"),
    mark("under", "waits for an expert or an approval"),
    mark("ring", "a mention, paling"),
    mark("load", "people there who are occupied: few to all"),
    mark("closed", "nobody there"),
    mark("pale", "its customer has left, and nobody knows"),
    mark("cross", "a customer gives up"),
  ]);
}

var STEP_WORDS = {
  Q: function (step, names) { return "in line at " + names[step.one]; },
  S: function (step, names) { return names[step.one] + ": " + (data.replay.works[step.two] || "work"); },
  I: function () { return "put aside"; },
  H: function (step, names) { return "handed over to " + names[step.one] + (step.two ? " (it had come to a wrong desk)" : ""); },
  X: function (step, names) { return "a question goes to " + names[step.one]; },
  V: function (step, names) { return "a draft goes to " + names[step.one] + " for approval"; },
  B: function () { return "sent back by the reviewer"; },
  R: function (step) { return "reply " + step.one + (step.two ? ", a wrong one" : ""); },
  A: function () { return "the customer writes again"; },
  D: function () { return "the customer writes a second time about the same"; },
  E: function (step) { return data.replay.ends[step.one]; },
  Z: function () { return "nobody works on it any more"; },
};

/** The life of a post in each design that is watched: a strip of its waits, and its steps. */
function postCard(day, number, designs) {
  var post = day.all[number];
  var about = data.replay.topics[post.topic] + " on " + data.replay.channels[post.channel];
  if (0 <= post.unit && data.replay.units[post.unit]) about += ", about " + data.replay.units[post.unit];
  var box = el("div", { class: "life" }, [
    el("h3", {}, about),
    el("p", { class: "soft" }, "Came in on " + clock(day, post.at) + (post.matter ? "; only its unit can know the answer" : "") + (post.needs ? "." : "; needs no reply.")),
  ]);
  designs.filter(function (of, at) { return designs.indexOf(of) === at; }).forEach(function (design) {
    var life = unpackDesign(day, design).lives[number];
    var names = data.cards[design].map(function (card) { return card.role; });
    box.append(el("h4", {}, data.designs[design].name));
    if (!life || !life.steps.length) { box.append(el("p", {}, "Nothing happened to it for three days.")); return; }
    var reply = life.replied === null ? "No reply in the days that were watched." : "First reply after " + duration((life.replied - post.at) / 60) + ".";
    box.append(el("p", {}, reply));
    var parts = life.waits.map(function (of) { return [data.replay.causes[of[0]], of[1], "wait c" + of[0]]; });
    if (life.hands) parts.push(["hands-on work", life.hands, "hands"]);
    if (life.theirs) parts.push(["the customer's own time", life.theirs, "theirs"]);
    var sum = parts.reduce(function (sum, of) { return sum + of[1]; }, 0);
    if (sum) {
      var strip = el("div", { class: "strip" }), list = el("ul", { class: "stripkey" });
      parts.forEach(function (of) {
        var piece = el("span", { class: of[2] });
        piece.style.width = (100 * of[1]) / sum + "%";
        strip.append(piece);
        list.append(el("li", {}, [el("span", { class: "swatch " + of[2], "aria-hidden": "true" }), of[0] + " " + duration(of[1] / 60)]));
      });
      box.append(strip, list);
    }
    var told = el("ol", { class: "steps" });
    life.steps.slice(0, 40).forEach(function (step) {
      var words = STEP_WORDS[step.letter];
      if (words) told.append(el("li", {}, [el("time", {}, clock(day, step.at).replace(/^(...)\w*/, "$1")), " " + words(step, names)]));
    });
    box.append(el("details", {}, [el("summary", {}, "Step by step"), told]));
  });
  return box;
}

