// A recorded day, unpacked: where every post is at every second, in each design.

/** Letter, number, more numbers; all in base 36. */
function steps(text) {
  var all = [], pattern = /([A-Z])([0-9a-z]*)((?:\.[0-9a-z]+)*)/g, found;
  while ((found = pattern.exec(text))) {
    all.push({
      letter: found[1],
      after: found[2] ? parseInt(found[2], 36) : 0,
      more: found[3] ? found[3].slice(1).split(".").map(function (of) { return parseInt(of, 36); }) : [],
    });
  }
  return all;
}

/** The posts of a day, the same for every design. */
function unpackPosts(day) {
  var posts = [];
  for (var i = 0; i < day.posts.length; i += 5) {
    posts.push({
      at: day.posts[i], channel: day.posts[i + 1], topic: day.posts[i + 2],
      unit: day.posts[i + 3] - 1, needs: (day.posts[i + 4] & 1) === 1, matter: (day.posts[i + 4] & 2) === 2,
    });
  }
  return posts;
}

/**
 * Where a post is from when on: a list of stays. `place` is a role, or a channel as −1 − its number; `how` is
 * one of new, line, work, asked, approval, way, out (with the customer) and gone.
 */
function unpackStory(post, text) {
  var stays = [{ from: post.at, place: -1 - post.channel, how: "new" }];
  var life = { stays: stays, steps: [], replied: null, ended: null, end: null, waits: [], hands: 0, theirs: 0 };
  var at = post.at, sent = null, outlives = /Z/.test(text);
  function stay(place, how) {
    var last = stays[stays.length - 1];
    if (last.from === at && last.how !== "new" && last.place === place) { last.how = how; return; }
    stays.push({ from: at, place: place, how: how });
  }
  steps(text).forEach(function (step) {
    var one = step.more[0] || 0, two = step.more[1] || 0;
    if (step.letter === "C") { life.waits.push([one, step.after]); return; }
    if (step.letter === "W") { life.hands = step.after; return; }
    if (step.letter === "T") { life.theirs = step.after; return; }
    at += step.after;
    life.steps.push({ at: at, letter: step.letter, one: one, two: two });
    switch (step.letter) {
      case "Q": stay(one, sent && sent.to === one ? sent.how : "line"); break;
      case "S": stay(one, "work"); sent = sent && sent.to === one ? sent : null; break;
      case "X": sent = { to: one, how: "asked" }; break;
      case "V": sent = { to: one, how: "approval" }; break;
      case "B": sent = null; break;
      case "H": sent = null; stay(one, "way"); break;
      case "R":
        sent = null;
        if (life.replied === null) life.replied = at;
        stay(-1 - post.channel, "out");
        break;
      case "A": stay(-1 - post.channel, "new"); break;
      case "E":
        life.ended = at;
        life.end = one;
        // a customer who left in silence is still worked on
        if (!outlives) stay(stays[stays.length - 1].place, "gone");
        break;
      case "Z": stay(stays[stays.length - 1].place, "gone"); break;
    }
  });
  return life;
}

/** What became of a mention: seconds of being taken up, touched or faded. */
function unpackSighting(mention, text) {
  var of = { at: mention.at, channel: mention.channel, taken: null, role: null, over: null, touched: false };
  steps(text).forEach(function (step) {
    if (step.letter === "U") { of.taken = mention.at + step.after; of.role = step.more[0] || 0; }
    if (step.letter === "P") { of.taken = null; of.role = null; }
    if (step.letter === "T") { of.over = mention.at + step.after; of.touched = true; }
    if (step.letter === "F") of.over = mention.at + step.after;
  });
  return of;
}

/** How a role was, minute by minute: people there, away, on mentions; cases in work, in line. */
function unpackCrew(text) {
  var now = { minute: 0, P: 0, A: 0, M: 0, W: 0, Q: 0 }, list = [];
  (text ? text.split(",") : []).forEach(function (part) {
    var gap = /^[0-9a-z]*/.exec(part)[0];
    var next = { minute: now.minute + parseInt(gap || "0", 36), P: now.P, A: now.A, M: now.M, W: now.W, Q: now.Q };
    var pattern = /([PAMWQ])([0-9a-z]+)/g, found;
    while ((found = pattern.exec(part))) next[found[1]] = parseInt(found[2], 36);
    list.push(next);
    now = next;
  });
  return list;
}

/** The last entry of a list in order whose `key` is not after `value`; −1 for none. */
function lastUpTo(list, key, value) {
  var low = 0, high = list.length;
  while (low < high) {
    var middle = (low + high) >> 1;
    if (list[middle][key] <= value) low = middle + 1; else high = middle;
  }
  return low - 1;
}

/** One design's day. Unpacked when it is first looked at. */
function unpackDesign(day, number) {
  day.unpacked = day.unpacked || [];
  if (day.unpacked[number]) return day.unpacked[number];
  day.all = day.all || unpackPosts(day);
  var own = day.designs[number];
  var stories = own.stories.split(";"), sightings = own.sightings.split(";"), mentions = [];
  for (var i = 0; i < day.mentions.length; i += 2) {
    mentions.push(unpackSighting({ at: day.mentions[i], channel: day.mentions[i + 1] }, sightings[i / 2] || ""));
  }
  var lives = day.all.map(function (post, at) {
    // a post of before that is over here is told by an empty story
    if (post.at < 0 && !stories[at]) return null;
    return unpackStory(post, stories[at] || "");
  });
  day.unpacked[number] = { lives: lives, mentions: mentions, crews: own.crews.map(unpackCrew) };
  return day.unpacked[number];
}

/**
 * What has come of the day's posts by now. A reply counts while its customer is still there; who has left
 * without one is lost for good, whatever is sent afterwards. Those of before the day only wait.
 */
function counts(day, design, now) {
  var of = { came: 0, answered: 0, waiting: 0, before: 0, quick: 0, lost: 0, seen: 0, touched: 0, faded: 0 };
  design.lives.forEach(function (life, at) {
    var post = day.all[at];
    if (!life || !post.needs || now < post.at) return;
    var ended = life.ended !== null && life.ended <= now;
    var answered = life.replied !== null && life.replied <= now && !leftBefore(life);
    if (!answered && !ended) { if (post.at < 0) of.before += 1; else of.waiting += 1; }
    if (post.at < 0) return;
    of.came += 1;
    if (answered) of.answered += 1;
    if (answered && life.replied - post.at <= 3600) of.quick += 1;
    if (ended && !answered) of.lost += 1;
  });
  design.mentions.forEach(function (mention) {
    if (now < mention.at) return;
    of.seen += 1;
    if (mention.over !== null && mention.over <= now) { if (mention.touched) of.touched += 1; else of.faded += 1; }
  });
  return of;
}

/** Whether the customer had left before the first reply came, or none ever came. */
function leftBefore(life) {
  return life.ended !== null && (life.replied === null || life.ended < life.replied);
}

/** `Saturday 14:20`. */
function clock(day, seconds) {
  var names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
  var minute = Math.floor(day.minute_of_week + seconds / 60);
  minute = ((minute % 10080) + 10080) % 10080;
  var two = function (n) { return (n < 10 ? "0" : "") + n; };
  return names[Math.floor(minute / 1440)] + " " + two(Math.floor((minute % 1440) / 60)) + ":" + two(minute % 60);
}

/** Where a post is, and how far on its way there, 0 to 1; `travel` is how long a way is shown to take. */
function whereabouts(life, now, travel) {
  var at = lastUpTo(life.stays, "from", now);
  if (at < 0) return null;
  var stay = life.stays[at], before = at ? life.stays[at - 1] : null;
  var way = before && before.place !== stay.place && 0 < travel ? Math.min(1, (now - stay.from) / travel) : 1;
  return { stay: stay, before: before, way: way };
}

