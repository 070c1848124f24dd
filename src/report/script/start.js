// The page begins.

tabs();
dials();
figures();
var played = replay();

(function () {
  var tools = document.getElementById("tools");
  var guess = guessFirst();
  if (guess) tools.append(guess);
  tools.append(button("Projector", function (event) {
    var on = document.documentElement.classList.toggle("projector");
    event.currentTarget.setAttribute("aria-pressed", String(on));
    if (played) played.redraw();
  }, { "aria-pressed": "false", title: "Big type, for a room" }));
  tools.append(button("Open all", function (event) {
    var parts = all("details.part"), open = parts.some(function (part) { return !part.open; });
    parts.forEach(function (part) { part.open = open; });
    event.currentTarget.textContent = open ? "Fold all" : "Open all";
  }));
  tools.hidden = false;
  document.body.classList.add("scripted");
})();

/** A link into a folded part opens it. */
function openTarget() {
  var target = location.hash.length < 2 ? null : document.getElementById(decodeURIComponent(location.hash.slice(1)));
  var part = target && target.closest("details.part");
  if (part && !part.open) { part.open = true; target.scrollIntoView(); }
}
window.addEventListener("hashchange", openTarget);
openTarget();

// On paper everything is unfolded, and folded again afterwards.
var folded = [];
window.addEventListener("beforeprint", function () {
  folded = all("details").filter(function (of) { return !of.open; });
  folded.forEach(function (of) { of.open = true; });
});
window.addEventListener("afterprint", function () { folded.forEach(function (of) { of.open = false; }); });
document.documentElement.dataset.ready = "yes";
