// The stage on which a design plays its day: what stands still is drawn once, what moves is drawn anew.

var CHANNEL_COLORS = ["#0072B2", "#D55E00", "#009E73", "#AA4499", "#C98A00", "#3A9BD6", "#6B6B6B", "#857A00"];

function channelColor(channel) {
  return CHANNEL_COLORS[channel % CHANNEL_COLORS.length];
}

/** What is written on a box, whose color is light in every theme. */
var BOX_INK = "#1f2328";

/** A count in few letters: 950, 2.1k, 20k. */
function brief(count) {
  if (count < 1000) return String(count);
  return (count < 9950 ? (count / 1000).toFixed(1).replace(/\.0$/, "") : Math.round(count / 1000)) + "k";
}

/** Words are drawn as narrow as this before they are cut. */
var NARROWEST = 0.72;

/** Write words into a text that stands in the page: narrower, or cut, where they would be wider than there is room. */
function fit(text, words, room) {
  text.removeAttribute("textLength");
  var letters = Array.from(words).length;
  for (var most = letters; 1 < most; most -= 1) {
    text.textContent = cut(words, most);
    var wide = text.getComputedTextLength();
    if (wide <= room) return;
    if (NARROWEST * wide <= room) {
      text.setAttribute("textLength", room);
      text.setAttribute("lengthAdjust", "spacingAndGlyphs");
      return;
    }
  }
}

/** Words cut to fit so many letters. */
function cut(text, most) {
  var letters = Array.from(text);
  return letters.length <= most ? text : letters.slice(0, most - 1).join("") + "…";
}

/** A path as points, evenly along it. */
function along(d, both) {
  var path = svg("path", { d: d }), length = path.getTotalLength(), list = [];
  var parts = Math.max(2, Math.min(40, Math.ceil(length / 16)));
  for (var i = 0; i <= parts; i += 1) {
    var point = path.getPointAtLength((length * i) / parts);
    list.push([point.x, point.y]);
  }
  return both ? list.slice().reverse() : list;
}

/** The drawing of one design; `pick(kind, number)` is called for a post or a role that is clicked. */
function Stage(home, pick) {
  this.home = home;
  this.pick = pick;
}

Stage.prototype.show = function (number) {
  var stage = this, graph = data.replay.graphs[number];
  this.number = number;
  this.graph = graph;
  this.home.textContent = "";
  this.tracks = {};
  var width = graph.size[0], height = graph.size[1], writings = [];
  function write(attributes, words, room, into) {
    var text = svg("text", attributes, words);
    into.append(text);
    writings.push([text, words, room]);
  }
  var picture = svg("svg", { viewBox: "0 0 " + width + " " + height, class: "still", role: "group", "aria-label": data.designs[number].name });
  graph.frames.forEach(function (frame) {
    var at = frame[0];
    picture.append(svg("rect", { x: at[0], y: at[1], width: at[2], height: at[3], rx: 10, class: "frame" }));
    write({ x: at[0] + 12, y: at[1] + 20, class: "unit" }, frame[1], at[2] - 20, picture);
  });
  graph.lines.forEach(function (line) { picture.append(svg("path", { d: line[1], class: "line " + line[0] })); });
  graph.tags.forEach(function (at, channel) {
    picture.append(svg("rect", { x: at[0], y: at[1], width: at[2], height: at[3], rx: at[3] / 2, class: "tag", stroke: channelColor(channel) }));
    var tag = svg("g", {}, svg("title", {}, data.replay.channels[channel]));
    write({ x: at[0] + at[2] / 2, y: at[1] + at[3] / 2 + 6, class: "channel" }, data.replay.channels[channel], at[2] - 10, tag);
    picture.append(tag);
  });
  this.boxes = graph.boxes.map(function (at, role) {
    var card = data.cards[number][role], unit = card.unit || "";
    var name = card.role;
    if (unit && name.indexOf(unit + " ") === 0) name = name.slice(unit.length + 1);
    var byHand = false;
    var group = svg("g", {
      class: "role", tabindex: "0", role: "button",
      click: function () { stage.pick("role", role, stage); },
      pointerdown: function () { byHand = true; },
      blur: function () { byHand = false; },
      keydown: function (event) {
        // after a click the space bar plays; who came by keyboard presses a button with it
        if (event.key !== "Enter" && !(event.key === " " && !byHand)) return;
        stage.pick("role", role, stage);
        event.preventDefault();
      },
    });
    var rect = svg("rect", { x: at[0], y: at[1], width: at[2], height: at[3], rx: 8 });
    group.append(svg("title", {}, card.role), rect);
    write({ x: at[0] + at[2] / 2, y: at[1] + 24, class: "name" }, name, at[2] - 12, group);
    picture.append(group);
    return { rect: rect, group: group, load: "" };
  });
  graph.tracks.forEach(function (track) {
    stage.tracks[track[0] + ">" + track[1]] = along(track[4], false);
    if (!stage.tracks[track[1] + ">" + track[0]]) stage.tracks[track[1] + ">" + track[0]] = along(track[4], true);
  });
  this.canvas = el("canvas", { "aria-hidden": "true" });
  this.sheet = el("div", { class: "sheet", click: function (event) { stage.clicked(event); } }, [picture, this.canvas]);
  this.home.append(this.sheet);
  this.writings = writings;
  this.resize();
};

Stage.prototype.resize = function () {
  var width = this.sheet.clientWidth || 600, dense = Math.min(2, window.devicePixelRatio || 1);
  var scale = width / this.graph.size[0];
  this.canvas.width = Math.round(width * dense);
  this.canvas.height = Math.round(this.graph.size[1] * scale * dense);
  this.scale = scale;
  // in a small picture words are written larger than they would be
  this.writings.forEach(function (of) { fit(of[0], of[1], of[2]); });
  this.pen = this.canvas.getContext("2d");
  this.pen.setTransform(scale * dense, 0, 0, scale * dense, 0, 0);
  var style = getComputedStyle(document.body);
  this.ink = style.getPropertyValue("--ink").trim() || "#1f2328";
  this.soft = style.getPropertyValue("--soft").trim() || "#57606a";
  this.paper = style.getPropertyValue("--paper").trim() || "#ffffff";
};

/** Where the n-th case in line at a role is drawn; those beyond the room are counted. */
function linePlace(box, n) {
  return [box[0] + 14 + (n % 11) * 14, box[1] + 65 + Math.floor(n / 11) * 13];
}

/** Where the n-th of so many people is drawn. */
function seat(box, n, of) {
  var room = box[2] - 28, step = Math.min(20, room / Math.max(1, of - 1));
  return [box[0] + 14 + n * step, box[1] + 43];
}

Stage.prototype.draw = function (day, now, travel, chosen) {
  var stage = this, pen = this.pen, graph = this.graph, design = unpackDesign(day, this.number);
  pen.clearRect(0, 0, graph.size[0], graph.size[1]);
  this.dots = [];
  this.now = now;
  var lines = graph.boxes.map(function () { return []; }), works = graph.boxes.map(function () { return []; });
  var arriving = graph.tags.map(function () { return 0; }), moving = [];
  design.lives.forEach(function (life, at) {
    if (!life || now < day.all[at].at && 0 <= day.all[at].at) return;
    var where = whereabouts(life, now, travel);
    if (!where) return;
    var place = where.stay.place, how = where.stay.how;
    if (how === "gone") {
      // a customer who leaves unanswered is seen to go
      if (life.replied === null && day.all[at].needs && now - where.stay.from < 3 * travel) moving.push([at, place, where, "left"]);
      return;
    }
    if (how === "out" && 1 <= where.way) return;
    if (where.way < 1) moving.push([at, place, where, how]);
    else if (place < 0) { if (how === "new") moving.push([at, place, where, "new"]); }
    else if (how === "work") works[place].push([at, where.stay.from]);
    else lines[place].push([at, where.stay.from, how]);
  });
  graph.boxes.forEach(function (box, role) {
    var crews = design.crews[role] || [], of = crews[lastUpTo(crews, "minute", Math.floor(now / 60))];
    stage.people(box, role, of, works[role]);
    lines[role].sort(function (a, b) { return a[1] - b[1]; });
    var shown = Math.min(lines[role].length, 22);
    var total = Math.max(lines[role].length, of ? of.Q : 0);
    if (shown < total) shown = Math.min(shown, 18);
    lines[role].slice(0, shown).forEach(function (one, n) {
      var at = linePlace(box, n);
      stage.dot(at[0], at[1], 5, one[0], day, one[2]);
    });
    if (shown < total) {
      // where the row has no room for the count it begins the next
      var last = linePlace(box, 7 < shown % 11 ? 11 * Math.ceil(shown / 11) : shown);
      stage.text("+" + brief(total - shown), last[0] - 5, last[1] + 6, 19, BOX_INK, "left");
    }
  });
  moving.forEach(function (one) {
    var at = stage.onTheWay(one[1], one[2], arriving, one[3]);
    if (one[3] === "left") { stage.cross(at[0], at[1]); return; }
    stage.dot(at[0], at[1], 6, one[0], day, one[3]);
  });
  stage.sightings(day, design, now, travel);
  if (chosen !== null) {
    this.dots.forEach(function (dot) {
      if (dot[2] !== chosen) return;
      [["#ffffff", 6], [BOX_INK, 3]].forEach(function (ring) {
        pen.strokeStyle = ring[0];
        pen.lineWidth = ring[1];
        pen.beginPath();
        pen.arc(dot[0], dot[1], 12, 0, 7);
        pen.stroke();
      });
    });
  }
};

/** The people of a role: there or not, with a case, on mentions, in meetings; and how full the role is. */
Stage.prototype.people = function (box, role, of, works) {
  var pen = this.pen, stage = this, persons = this.graph.persons[role];
  var there = of ? of.P : 0, working = Math.max(works.length, of ? of.W : 0);
  var mentions = of ? of.M : 0, away = of ? of.A : 0;
  var load = 0 < there - away ? Math.min(1, (working + mentions) / Math.max(1, there - away)) : 0;
  var kind = there === 0 && working === 0 ? "closed" : persons === null ? "l1" : "l" + Math.min(4, Math.floor(load * 4.999));
  var own = this.boxes[role];
  if (own.load !== kind) {
    own.load = kind;
    own.rect.setAttribute("class", kind);
    own.group.setAttribute("class", "role " + kind);
  }
  if (persons === null) {
    works.slice(0, 8).forEach(function (one, n) { var at = seat(box, n, 8); stage.dot(at[0], at[1], 7, one[0], stage.day, "work"); });
    return;
  }
  var count = Math.min(persons, 12);
  var part = persons / count;
  for (var n = 0; n < count; n += 1) {
    var at = seat(box, n, count), number = n * part;
    pen.lineWidth = 1.6;
    pen.beginPath();
    pen.arc(at[0], at[1], 7, 0, 7);
    if (there <= number && working <= number) {
      pen.strokeStyle = "#5b6570";
      pen.setLineDash([2, 3]);
      pen.stroke();
      pen.setLineDash([]);
      continue;
    }
    pen.fillStyle = number < working + mentions ? BOX_INK : "#ffffff";
    pen.strokeStyle = BOX_INK;
    if (there - away <= number && working + mentions <= number) { pen.fillStyle = "#97a1ac"; }
    pen.fill();
    pen.stroke();
    if (number < working && works[Math.floor(number)]) stage.dot(at[0], at[1], 5, works[Math.floor(number)][0], stage.day, "work");
    else if (working <= number && number < working + mentions) {
      pen.strokeStyle = "#5fd3ac";
      pen.beginPath();
      pen.arc(at[0], at[1], 3.4, 0, 7);
      pen.stroke();
    }
  }
};

/** Where a post is on its way, or at its channel. */
Stage.prototype.onTheWay = function (place, where, arriving, how) {
  var graph = this.graph, before = where.before ? where.before.place : place;
  var track = where.way < 1 && this.tracks[before + ">" + place];
  if (track) {
    var along_ = where.way * (track.length - 1), i = Math.min(track.length - 2, Math.floor(along_)), rest = along_ - i;
    return [track[i][0] + rest * (track[i + 1][0] - track[i][0]), track[i][1] + rest * (track[i + 1][1] - track[i][1])];
  }
  var from = this.middle(before), to = this.middle(place);
  if (place < 0 && 1 <= where.way) {
    var tag = graph.tags[-1 - place], n = how === "new" ? arriving[-1 - place]++ : 0;
    return [tag[0] + tag[2] + 8 + (n % 4) * 11, tag[1] + tag[3] / 2 + (n < 4 ? 0 : 9)];
  }
  return [from[0] + where.way * (to[0] - from[0]), from[1] + where.way * (to[1] - from[1])];
};

Stage.prototype.middle = function (place) {
  var at = place < 0 ? this.graph.tags[-1 - place] : this.graph.boxes[place];
  return at ? [at[0] + at[2] / 2, at[1] + at[3] / 2] : [0, 0];
};

/** A post: its color is its channel's; filled if it needs a reply, square if only its unit can know. */
Stage.prototype.dot = function (x, y, r, at, day, how) {
  var pen = this.pen, post = day.all[at], color = channelColor(post.channel);
  var life = unpackDesign(day, this.number).lives[at];
  // its customer has gone, and nobody here knows
  pen.globalAlpha = life.ended !== null && life.ended <= this.now ? 0.35 : 1;
  pen.beginPath();
  if (post.matter) pen.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8); else pen.arc(x, y, r, 0, 7);
  pen.lineWidth = 1.6;
  pen.strokeStyle = post.needs ? "#ffffff" : color;
  pen.fillStyle = post.needs ? color : "#ffffff";
  pen.fill();
  pen.stroke();
  if (how === "approval" || how === "asked") {
    // waits for somebody else's word
    pen.strokeStyle = r < 6 ? BOX_INK : this.ink;
    pen.lineWidth = 1.4;
    pen.beginPath();
    pen.moveTo(x - r, y + r + 2);
    pen.lineTo(x + r, y + r + 2);
    pen.stroke();
  }
  pen.globalAlpha = 1;
  this.dots.push([x, y, at]);
};

Stage.prototype.cross = function (x, y) {
  var pen = this.pen;
  pen.strokeStyle = "#c0392b";
  pen.lineWidth = 3;
  pen.beginPath();
  pen.moveTo(x - 6, y - 6); pen.lineTo(x + 6, y + 6);
  pen.moveTo(x + 6, y - 6); pen.lineTo(x - 6, y + 6);
  pen.stroke();
};

Stage.prototype.text = function (words, x, y, size, color, align) {
  var pen = this.pen;
  pen.font = "600 " + size + "px system-ui, sans-serif";
  pen.fillStyle = color;
  pen.textAlign = align;
  pen.fillText(words, x, y);
};

/** Mentions nobody tagged: rings beside their channel that pale until somebody takes them up. */
Stage.prototype.sightings = function (day, design, now, travel) {
  var stage = this, pen = this.pen, graph = this.graph, beside = graph.tags.map(function () { return 0; });
  design.mentions.forEach(function (mention) {
    if (now < mention.at || (mention.over !== null && mention.over <= now)) return;
    if (mention.taken !== null && mention.taken <= now) return;
    var tag = graph.tags[mention.channel], n = beside[mention.channel]++;
    if (!tag || 7 < n) return;
    var until = mention.over === null ? day.seconds : mention.over;
    var age = (now - mention.at) / Math.max(1, until - mention.at);
    pen.globalAlpha = Math.max(0.15, 1 - age);
    pen.strokeStyle = channelColor(mention.channel);
    pen.lineWidth = 2.4;
    pen.beginPath();
    pen.setLineDash([3, 2]);
    pen.arc(tag[0] + 10 + n * 13, tag[1] + tag[3] + 8, 4.6, 0, 7);
    pen.stroke();
    pen.setLineDash([]);
    pen.globalAlpha = 1;
  });
  beside.forEach(function (many, channel) {
    var tag = graph.tags[channel];
    if (tag && 8 < many) stage.text("+" + brief(many - 8), tag[0] + 112, tag[1] + tag[3] + 14, 16, stage.ink, "left");
  });
};

/** A click on the sheet: the nearest post, if one is near. */
Stage.prototype.clicked = function (event) {
  var frame = this.canvas.getBoundingClientRect();
  var x = (event.clientX - frame.left) / this.scale, y = (event.clientY - frame.top) / this.scale;
  var near = null, least = 14;
  this.dots.forEach(function (dot) {
    var away = Math.hypot(dot[0] - x, dot[1] - y);
    if (away < least) { least = away; near = dot[2]; }
  });
  if (near !== null) {
    event.stopPropagation();
    this.pick("post", near, this);
  }
};

