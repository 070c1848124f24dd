// What all parts of the page use. Everything shown is text: nothing here ever parses markup.
var data = JSON.parse(document.getElementById("page-data").textContent);
var SVG = "http://www.w3.org/2000/svg";
var calm = window.matchMedia("(prefers-reduced-motion: reduce)");

/** An element with attributes and children; a child that is text is text. */
function el(tag, attributes, children) {
  return dress(document.createElement(tag), attributes, children);
}

/** The same for drawings. */
function svg(tag, attributes, children) {
  return dress(document.createElementNS(SVG, tag), attributes, children);
}

function dress(node, attributes, children) {
  Object.keys(attributes || {}).forEach(function (name) {
    var value = attributes[name];
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  });
  [].concat(children === undefined ? [] : children).forEach(function (child) {
    node.append(child);
  });
  return node;
}

function all(selector, within) {
  return Array.prototype.slice.call((within || document).querySelectorAll(selector));
}

/** A share in percent with its luck, as the tables write it. */
function share(mean, half) {
  var percent = 100 * mean;
  var fine = 0.05 <= Math.abs(percent) && Math.abs(percent) < 9.95;
  var text = minus(percent.toFixed(fine ? 1 : 0).replace(/^-0$/, "0"));
  return text + luck(half === null || half === undefined ? null : 100 * half, !fine) + "%";
}

/** A number below zero with a sign as wide as the plus. */
function minus(text) {
  return text.replace(/^-/, "−");
}

function luck(half, whole) {
  if (half === null) return "";
  if (0.95 <= half) return " ±" + half.toFixed(whole ? 0 : 1);
  if (half <= 0) return " ±0";
  return " ±." + Math.min(9, Math.max(1, Math.ceil(10 * half)));
}

/** Minutes as people say them. */
function duration(minutes) {
  if (minutes < 1) return Math.round(60 * minutes) + "s";
  if (minutes < 60) return Math.round(minutes) + " min";
  var hours = Math.floor(minutes / 60 + 1e-9);
  var rest = Math.round(minutes - 60 * hours);
  if (rest === 60) { hours += 1; rest = 0; }
  if (hours < 48) return hours + "h" + (rest ? " " + rest + "m" : "");
  return Math.floor(hours / 24) + "d" + (hours % 24 ? " " + (hours % 24) + "h" : "");
}

/** Offer a file made here. Nothing leaves the page but into the reader's own folder. */
function offer(name, blob) {
  var url = URL.createObjectURL(blob);
  var link = el("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(function () { URL.revokeObjectURL(url); }, 10000);
}

/** A cell of a table for spreadsheets; what would be taken for a formula is not. */
function cell(value) {
  var text = value === null || value === undefined ? "" : String(value);
  if (/^[\s"'`“”„‘’＂]*[=+\-@＝＋－＠]/.test(text) && isNaN(Number(text))) text = "'" + text;
  return /[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
}

function csv(head, rows) {
  var lines = [head].concat(rows).map(function (row) { return row.map(cell).join(","); });
  return new Blob([lines.join("\r\n") + "\r\n"], { type: "text/csv;charset=utf-8" });
}

function button(label, act, attributes) {
  var own = { type: "button", click: act };
  Object.keys(attributes || {}).forEach(function (name) { own[name] = attributes[name]; });
  return el("button", own, label);
}

