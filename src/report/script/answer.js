// The first screen: a tab for each score, and the guess before the answer.

var shownScore = null;
var onScore = [];

/** Show the panel of one score. */
function showScore(score) {
  shownScore = score;
  all(".panel").forEach(function (panel) {
    var chosen = panel.dataset.score === score;
    panel.hidden = !chosen;
  });
  all(".tabs button").forEach(function (tab) {
    var chosen = tab.dataset.score === score;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  });
  onScore.forEach(function (tell) { tell(score); });
}

function tabs() {
  var panels = all(".panel");
  if (!panels.length) return;
  var bar = el("div", { class: "tabs", role: "tablist", "aria-label": "What do you want most?" });
  panels.forEach(function (panel) {
    var score = panel.dataset.score, id = "panel-" + score;
    panel.id = id;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", "tab-" + score);
    panel.setAttribute("tabindex", "0");
    panel.querySelector("h2").hidden = true;
    bar.append(button(panel.dataset.tab, function () { showScore(score); }, {
      role: "tab", id: "tab-" + score, "data-score": score, "aria-controls": id,
    }));
  });
  bar.addEventListener("keydown", function (event) {
    var step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    var own = all("button", bar), at = own.indexOf(document.activeElement);
    var next = own[(at + step + own.length) % own.length];
    showScore(next.dataset.score);
    next.focus();
    event.preventDefault();
    event.stopPropagation();
  });
  panels[0].parentNode.insertBefore(bar, panels[0]);
  bars();
  showScore(panels[0].dataset.score);
}

/** Lengths of the bars beside values. */
function bars() {
  data.answer.scores.forEach(function (score) {
    var means = score.values.map(function (value) { return value.mean || 0; });
    var most = Math.max.apply(null, means.concat(1e-9));
    all('.panel[data-score="' + score.score + '"] li').forEach(function (item, at) {
      var bar = item.querySelector(".bar");
      bar.style.setProperty("--part", (100 * means[at]) / most + "%");
      bar.style.setProperty("--color", data.designs[at].color);
    });
  });
}

/** Hide the answer until everybody has guessed, under each tab anew. */
function guessFirst() {
  var answer = document.getElementById("answer");
  if (!answer || data.designs.length < 2 || !data.answer.scores.length) return null;
  var asked = el("div", { class: "guess", hidden: true });
  answer.querySelector(".tabs").after(asked);
  var asking = false, guessed = {};
  /** Hide what would tell: all under a tab that nobody has guessed yet, and what is told of all tabs until the last. */
  function hide() {
    var body = document.body.classList;
    body.toggle("guessing", asking && !guessed[shownScore]);
    body.toggle("moretabs", asking && !!guessed[shownScore]);
  }
  function shown() { return data.answer.scores.filter(function (of) { return of.score === shownScore; })[0]; }
  function end(guess) {
    asked.textContent = "";
    var score = shown();
    guessed[shownScore] = true;
    asking = guess !== undefined && data.answer.scores.some(function (of) { return !guessed[of.score]; });
    hide();
    // of several that are best, each is a right guess
    var some = 0 < score.alike.length && score.alike.length < data.designs.length;
    var named = guess !== null && (score.big === guess || score.big === "Only " + guess);
    var right = score.clear || score.big.indexOf("Only ") === 0 ? named : some ? 0 <= score.alike.indexOf(guess) : guess === null;
    if (guess !== undefined) {
      asked.append(el("p", { class: "guessed", role: "status" },
        (guess === null ? "You guessed: no real difference. " : "You guessed: " + guess + ". ") +
        (right ? "So it is." : "Look again: what did you expect to happen that did not?")));
    }
    asked.hidden = guess === undefined;
    ask.setAttribute("aria-pressed", String(asking));
  }
  function begin() {
    asking = true;
    guessed = {};
    hide();
    ask.setAttribute("aria-pressed", "true");
    question();
    asked.querySelector(".choices button").focus();
  }
  function question() {
    asked.hidden = false;
    asked.textContent = "";
    var score = shown();
    asked.append(el("p", { class: "overall" }, "Guess first: which is best " + score.tab + "?"));
    asked.append(el("p", { class: "soft" }, "Measured as: " + score.measure_name + "."));
    var row = el("div", { class: "choices" });
    data.designs.forEach(function (design) {
      row.append(button(design.name, function () { end(design.name); }));
    });
    row.append(button("No real difference", function () { end(null); }));
    asked.append(row);
    asked.append(button("Show the answer", function () { end(undefined); }, { class: "quiet" }));
  }
  // another tab is another question; what was said of the last guess belongs to its own
  onScore.push(function () {
    hide();
    if (asking && !guessed[shownScore]) question();
    else { asked.hidden = true; asked.textContent = ""; }
  });
  var ask = button("Guess first", function () {
    if (asking) end(undefined); else begin();
  }, { "aria-pressed": "false" });
  return ask;
}

