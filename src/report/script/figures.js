// Pictures to take away, and the numbers behind them.

/** The picture as a file of its own. */
function pictureText(figure) {
  var picture = figure.querySelector("svg").cloneNode(true);
  picture.setAttribute("xmlns", SVG);
  return '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(picture);
}

/** The picture in pixels, twice its own. */
function picturePixels(figure, done) {
  var picture = figure.querySelector("svg");
  var width = Number(picture.getAttribute("width")), height = Number(picture.getAttribute("height"));
  var image = new Image();
  image.onload = function () {
    var canvas = el("canvas", { width: 2 * width, height: 2 * height });
    canvas.getContext("2d").drawImage(image, 0, 0, 2 * width, 2 * height);
    canvas.toBlob(done, "image/png");
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(pictureText(figure));
}

function takeAway(figure) {
  var of = data.figures[Number(figure.dataset.figure)];
  var buttons = el("span", { class: "takes" }, [
    button("SVG", function () {
      offer(of.name + ".svg", new Blob([pictureText(figure)], { type: "image/svg+xml" }));
    }, { "aria-label": "Take the picture away as SVG: " + of.title }),
    button("PNG", function () {
      picturePixels(figure, function (blob) { offer(of.name + ".png", blob); });
    }, { "aria-label": "Take the picture away as PNG: " + of.title }),
    button("CSV", function () {
      offer(of.name + ".csv", csv(of.head, of.rows));
    }, { "aria-label": "Take the numbers away as CSV: " + of.title }),
  ]);
  figure.querySelector("figcaption").append(buttons);
}

/** All measures of all scopes, a row each. */
function allNumbers() {
  var rows = [];
  data.results.designs.forEach(function (design) {
    design.scopes.forEach(function (scope) {
      Object.keys(scope.measures).forEach(function (id) {
        var of = scope.measures[id];
        rows.push([design.name, scope.scope, scope.kind, id, of && of.mean, of && of.half_width]);
      });
    });
  });
  return csv(["design", "scope", "kind", "measure", "value", "half_width"], rows);
}

/** All that was swept, a row for each dial, point, design and score. */
function allDials() {
  var rows = [];
  data.dials.dials.forEach(function (dial) {
    dial.points.forEach(function (point) {
      point.designs.forEach(function (design) {
        Object.keys(design.values || {}).forEach(function (score) {
          var of = design.values[score];
          rows.push([dial.what, point.text, design.design, score, of && of.mean, of && of.half_width]);
        });
      });
    });
  });
  return csv(["input", "value", "design", "score", "mean", "half_width"], rows);
}

function figures() {
  all("figure").forEach(takeAway);
  var take = document.getElementById("take");
  if (!take) return;
  take.append(button("All numbers (CSV)", function () { offer("numbers.csv", allNumbers()); }));
  if (data.dials) {
    take.append(button("All that was swept (CSV)", function () { offer("dials.csv", allDials()); }));
  }
  take.append(button("This page as data (JSON)", function () {
    offer("page.json", new Blob([JSON.stringify(data, null, 1)], { type: "application/json" }));
  }));
}

