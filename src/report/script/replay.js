// The replay: one recorded day, two designs, the same posts.

/** Pictures are drawn between these sizes: names can still be read, and a small organization is not blown up. */
var SMALLEST = 0.36, SMALLEST_ON_A_PHONE = 0.5, LARGEST = 1.15, PHONE = 640;

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
  // which designs to watch follows the tab until the reader chooses
  var chosen = false;
  var stages = bestAndLast(shownScore).map(function (number, side) {
    var box = el("div", { class: "stage" }), told = el("p", { class: "tally" });
    var pickDesign = choose(side ? "and" : "Watch", data.designs.map(function (design, at) { return [at, design.name]; }), number, function (value) { chosen = true; watch(stage, Number(value)); draw(); });
    var top = el("div", { class: "columnhead" }, [pickDesign.label, told]);
    var column = el("div", { class: "column" }, [top, el("div", { class: "wide" }, box)]);
    var stage = new Stage(box, picked);
    stage.top = top;
    stage.told = told;
    stage.column = column;
    stage.first = number;
    stage.list = pickDesign.list;
    return stage;
  });
  if (count < 2) stages.length = 1;
  var detail = el("div", { class: "detail", role: "region", "aria-label": "What you clicked", "aria-live": "polite" },
    el("p", { class: "soft" }, "Click a post for its life, a role for its card. Space plays and pauses, → and ← step by five minutes, R begins again."));
  var key = legend();
  var controls = el("div", { class: "controls" }, [play, step, again, time, slider, speed.label]);
  var above = el("div", { class: "above" }), pictures = el("div", { class: "stages" }, stages.map(function (stage) { return stage.column; }));
  home.append(el("div", { class: "replayhead" }, [head, which.label]), words, above, controls, pictures, detail, key);
  stages.forEach(function (stage) { watch(stage, stage.first); });
  setDay(0);
  onScore.push(function (score) {
    if (chosen) return;
    var pair = bestAndLast(score);
    stages.forEach(function (stage, side) { if (stage.number !== pair[side]) watch(stage, pair[side]); });
    draw();
  });

  function watch(stage, number) {
    stage.list.value = String(number);
    stage.show(number);
    stage.column.style.flexGrow = String(stage.graph.size[0]);
    if (stages.every(function (of) { return of.graph; })) size();
  }

  /** Both pictures in one size, side by side or one above the other, so that all of both is seen below the controls. */
  function size() {
    // how high a head is depends on how wide its column is
    for (var times = 0; times < 2; times += 1) arrange();
    stages.forEach(function (stage) { stage.resize(); });
  }
  function arrange() {
    var least = window.innerWidth < PHONE ? SMALLEST_ON_A_PHONE : SMALLEST, gap = 16, frame = 14;
    var height = function (node) { return node.getBoundingClientRect().height; };
    var room = window.innerHeight - height(controls) - gap - 4, across = pictures.clientWidth;
    var of = function (what) { return stages.map(what); };
    var sum = function (all) { return all.reduce(function (sum, of) { return sum + of; }, 0); };
    var most = function (all) { return Math.max.apply(null, all); };
    var wide = of(function (stage) { return stage.graph.size[0]; }), high = of(function (stage) { return stage.graph.size[1]; });
    var heads = of(function (stage) { return height(stage.top); }), n = stages.length;
    var beside = [(across - gap * (n - 1) - frame * n) / sum(wide), (room - most(heads) - frame) / most(high)];
    var below = [(across - frame) / most(wide), (room - sum(heads) - frame * n - gap * (n - 1)) / sum(high)];
    var smaller = function (sizes) { return Math.min(sizes[0], sizes[1]); };
    // where all of both cannot be seen in any case, side by side is better, if there is room
    var stacked = Math.max(smaller(beside), smaller(below)) < least ? beside[0] < least : smaller(beside) < smaller(below);
    var scale = Math.min(LARGEST, Math.max(least, smaller(stacked ? below : beside)));
    pictures.classList.toggle("stacked", stacked);
    stages.forEach(function (stage) {
      stage.home.style.setProperty("--scale", scale);
      stage.home.style.width = Math.floor(stage.graph.size[0] * scale) + frame - 4 + "px";
    });
  }

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
      (1 < day.every ? " One in " + day.every + " posts is drawn, and counted above the pictures." : "") +
      " The numbers at the desks count all that lies there, with what needs no reply and what was left by its customer.";
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
      var text = of.answered + " of " + of.came + (1 < state.day.every ? " posts drawn" : "") + " answered, " + of.quick + " within 1h · " + of.waiting + " wait";
      if (of.before) text += ", and " + of.before + " from before";
      if (of.lost) text += " · " + of.lost + " left unanswered";
      if (of.seen) text += " · mentions " + of.touched + " reached, " + of.faded + " lost";
      if (stage.told.textContent !== text) stage.told.textContent = text;
    });
  }

  function toggle() { if (state.playing) stop(); else start(); }
  function start() {
    if (state.day.seconds <= state.now) move(0);
    state.playing = true;
    state.last = null;
    // what plays is to be seen
    if (window.innerHeight < pictures.getBoundingClientRect().bottom) above.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
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
    // it opens below the pictures
    detail.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
  }

  window.addEventListener("resize", function () { size(); draw(); });
  document.addEventListener("keydown", function (event) {
    var target = event.target, inside = home.contains(target), space = event.key === " ";
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    var frame_ = home.getBoundingClientRect();
    if (window.innerHeight <= frame_.top || frame_.bottom <= 0) return;
    // what has a use for keys of its own keeps them; of the day's own things, buttons keep the space bar and lists all
    if (/^(SELECT|TEXTAREA)$/.test(target.tagName) || (target.tagName === "INPUT" && target !== slider)) return;
    if (space && target.closest("button, summary, a")) return;
    if (!inside && target.closest(".scroll, .picture")) return;
    if (space) toggle();
    else if (event.key === "ArrowRight") { stop(); move(state.now + 300); }
    else if (event.key === "ArrowLeft") { stop(); move(state.now - 300); }
    else if (event.key === "r" || event.key === "R") { stop(); move(0); }
    else return;
    event.preventDefault();
  });
  return { redraw: function () { size(); draw(); } };
}

/** The best and the last design by a score; those that fall behind for good are last. */
function bestAndLast(score) {
  var of = (data.results.scores || []).filter(function (of) { return of.score === score; })[0];
  var ranking = of && of.ranking ? of.ranking.map(designAt).filter(function (at) { return 0 <= at; }) : [];
  data.designs.forEach(function (design, at) { if (ranking.length && ranking.indexOf(at) < 0) ranking.push(at); });
  if (data.designs.length < 2) return [0];
  return ranking.length < 2 ? [0, 1] : [ranking[0], ranking[ranking.length - 1]];
}

/** What the marks mean. */
function legend() {
  var shapes = {
    dot: function () { return [svg("circle", { cx: 9, cy: 9, r: 5, class: "full" })]; },
    square: function () { return [svg("rect", { x: 4, y: 4, width: 10, height: 10, class: "full" })]; },
    hollow: function () { return [svg("circle", { cx: 9, cy: 9, r: 5, class: "hollow" })]; },
    under: function () { return [svg("circle", { cx: 9, cy: 7, r: 5, class: "full" }), svg("path", { d: "M4 16H14", class: "under" })]; },
    pale: function () { return [svg("circle", { cx: 9, cy: 9, r: 5, class: "full", opacity: ".35" })]; },
    cross: function () { return [svg("path", { d: "M4 4L14 14M14 4L4 14", class: "cross" })]; },
    ring: function () { return [svg("circle", { cx: 9, cy: 9, r: 5, class: "ring" })]; },
    free: function () { return [svg("circle", { cx: 9, cy: 9, r: 6, class: "person free" })]; },
    busy: function () { return [svg("circle", { cx: 9, cy: 9, r: 6, class: "person busy" }), svg("circle", { cx: 9, cy: 9, r: 3.6, class: "case" })]; },
    listens: function () { return [svg("circle", { cx: 9, cy: 9, r: 6, class: "person busy" }), svg("circle", { cx: 9, cy: 9, r: 3, class: "listens" })]; },
    away: function () { return [svg("circle", { cx: 9, cy: 9, r: 6, class: "person away" })]; },
    absent: function () { return [svg("circle", { cx: 9, cy: 9, r: 6, class: "person absent" })]; },
    load: function () { return ["l0", "l1", "l2", "l3", "l4"].map(function (load, at) { return svg("rect", { x: at * 9, y: 3, width: 9, height: 12, class: load }); }); },
    closed: function () { return [svg("rect", { x: 1, y: 3, width: 16, height: 12, rx: 3, class: "closed" })]; },
  };
  var mark = function (shape, words) {
    var wide = shape === "load" ? 46 : 18;
    return el("li", {}, [svg("svg", { width: wide, height: 18, viewBox: "0 0 " + wide + " 18", "aria-hidden": "true", class: /free|busy|listens|away|absent/.test(shape) ? "onbox" : null }, shapes[shape]()), words]);
  };
  var row = function (name, marks) {
    return el("div", {}, [el("b", {}, name), el("ul", {}, marks.map(function (of) { return mark(of[0], of[1]); }))]);
  };
  return el("div", { class: "legend", role: "group", "aria-label": "What the marks mean" }, [
    row("Posts", [
      ["dot", "needs a reply; its color is its channel"], ["square", "only its unit can know the answer"], ["hollow", "needs none"],
      ["under", "waits for an expert or an approval"], ["pale", "its customer has left, and nobody knows"], ["cross", "a customer leaves"],
      ["ring", "a mention nobody tagged, paling"],
    ]),
    row("People", [
      ["free", "free"], ["busy", "at work on a post"], ["listens", "on a mention"], ["away", "in a meeting or absent"], ["absent", "off duty"],
    ]),
    row("Roles", [["load", "few to all of its people are occupied"], ["closed", "nobody there"]]),
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
    box.append(el("p", {}, outcome(day, post, life)));
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
    var told = el("ol", { class: "steps" }), lines = toldSteps(day, life.steps, names);
    // the end of a long life is never left out
    var left = lines.length <= MOST_STEPS ? 0 : lines.length - MOST_STEPS;
    lines.forEach(function (line, at) {
      var from = MOST_STEPS - LAST_STEPS;
      if (left && at === from) told.append(el("li", { class: "left" }, "… " + left + " more …"));
      if (left && from <= at && at < from + left) return;
      told.append(el("li", { value: String(at + 1) }, [el("time", {}, line[0]), " " + line[1]]));
    });
    box.append(el("details", {}, [el("summary", {}, "Step by step"), told]));
  });
  return box;
}


var MOST_STEPS = 40, LAST_STEPS = 12;
/** What is said of whoever leaves so, by the id of the end, which stays when its name is worded anew. */
var LEAVES = {
  "gave up silently": "Left without a word",
  "gave up, said so": "Gave up and said so",
  "turned away": "Was turned away",
  "wrongly left unanswered": "Wrongly left unanswered",
  "lost": "Was lost",
};

/** `Thu 21:17`. */
function shortClock(day, at) {
  return clock(day, at).replace(/^(...)\w*/, "$1");
}

/** What came of a post, first things first: a customer who had left got no reply, whatever was sent later. */
function outcome(day, post, life) {
  var reply = life.replied === null ? null : duration((life.replied - post.at) / 60);
  if (!post.needs && life.replied === null) return "Needed no reply, and got none.";
  if (!leftBefore(life)) return reply === null ? "No reply in the days that were watched." : "First reply after " + reply + ".";
  var end = data.replay.ends[life.end];
  var words = LEAVES[data.replay.end_ids[life.end]] || end.charAt(0).toUpperCase() + end.slice(1);
  return words + " on " + shortClock(day, life.ended) + ", after " + duration((life.ended - post.at) / 60) +
    (reply === null ? "." : "; the first reply was sent on " + shortClock(day, life.replied) + ", when nobody waited for it.");
}

/** Steps as pairs of time and words. Work that is put aside and taken up again at one role is told once. */
function toldSteps(day, steps, names) {
  var lines = [];
  for (var i = 0; i < steps.length; i += 1) {
    var step = steps[i], words = STEP_WORDS[step.letter];
    if (!words) continue;
    var pieces = 1, last = i;
    while (step.letter === "S" && again(steps, last, step)) { last += 3; pieces += 1; }
    var text = words(step, names);
    if (1 < pieces) {
      if (steps[last + 1] && steps[last + 1].letter === "I") last += 1;
      var until = steps[last].letter === "I" || !steps[last + 1] ? steps[last] : steps[last + 1];
      text += ", in " + pieces + " pieces until " + shortClock(day, until.at);
    }
    lines.push([shortClock(day, step.at), text]);
    i = last;
  }
  return lines;
}

/** Whether the work that begins at a step is put aside, waits in line, and goes on at the same role. */
function again(steps, at, work) {
  var aside = steps[at + 1], line = steps[at + 2], next = steps[at + 3];
  return next && aside.letter === "I" && line.letter === "Q" && line.one === work.one &&
    next.letter === "S" && next.one === work.one && next.two === work.two;
}
