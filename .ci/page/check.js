// Opens finished reports in a real browser and uses them as a reader would.
//
//   node check.js NAME=FOLDER ... [--shots FOLDER]
//
// FOLDER is a run's: it holds report.html and results.json. Says what it measured; ends with 1 if anything is wrong.
import { readFileSync, mkdirSync, statSync } from "node:fs";
import { resolve, join } from "node:path";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browserPath = process.env.CHROMIUM || "/usr/bin/chromium";
const QUIET = ["--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const LARGEST = 1_000_000;

const words = process.argv.slice(2);
const at = words.indexOf("--shots");
const shots = at < 0 ? null : words.splice(at, 2)[1];
if (shots) mkdirSync(shots, { recursive: true });
const faults = [];

/** Numbers as the page writes them, by unit: the value, and how much rounding may have taken from it. */
const readers = {
  share: (text) => [Number(/[\d.]+/.exec(text)[0]) / 100, /\d\.\d/.test(text) ? 0.0005 : 0.005],
  money: (text) => {
    const digits = /\d[\d,.]*/.exec(text)[0].replace(/,/g, "");
    return [Number(digits), digits.includes(".") ? 0.005 : 0.5];
  },
  minutes: (text) => {
    const sizes = { d: 1440, h: 60, m: 1, min: 1, s: 1 / 60 };
    let sum = 0, least = 1440;
    for (const [, many, unit] of text.matchAll(/([\d.,]+)\s*(min|d|h|m|s)(?![a-z])/g)) {
      sum += Number(many.replace(/,/g, "")) * sizes[unit];
      least = sizes[unit];
    }
    return [sum, least];
  },
};

const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox", ...QUIET] });
for (const word of words) {
  const [name, folder] = word.split("=");
  await check(name, resolve(folder));
}
await browser.close();
if (faults.length) {
  console.error("\n" + faults.map((fault) => "✗ " + fault).join("\n"));
  process.exit(1);
}
console.log("every report does what it says");

async function check(name, folder) {
  const file = join(folder, "report.html");
  const results = JSON.parse(readFileSync(join(folder, "results.json"), "utf8"));
  const fault = (what) => faults.push(`${name}: ${what}`);
  const same = (what, is, should) => { if (is !== should) fault(`${what} is ${JSON.stringify(is)} and should be ${JSON.stringify(should)}`); };
  const truth = (what, is) => { if (!is) fault(what); };

  const size = statSync(file).size;
  truth(`the page has ${size} bytes, more than ${LARGEST}`, size < LARGEST);
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, acceptDownloads: true });
  const page = await context.newPage();
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) fault(`the console says: ${message.text()}`); });
  page.on("pageerror", (error) => fault(`the script fails: ${error}`));
  page.on("dialog", (dialog) => { fault(`a dialog opens: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    const url = request.url();
    if (url !== "file://" + file && !url.startsWith("data:") && !url.startsWith("blob:")) fault(`it asks for ${url}`);
  });
  await page.goto("file://" + file);
  const told = await page.evaluate(() => {
    const timing = performance.getEntriesByType("navigation")[0];
    return { load: timing.loadEventEnd, ready: document.documentElement.dataset.ready, data: JSON.parse(document.getElementById("page-data").textContent) };
  });
  same("the script's end", told.ready, "yes");
  const data = told.data;
  if (shots) await picture(page, name, "screen");

  // numbers on the page are those of the results
  const cells = await page.$$eval("td[data-measure]", (all) => all.map((td) => [td.dataset.measure, Number(td.dataset.design), td.textContent]));
  let compared = 0;
  for (const [measure, design, text] of cells) {
    const of = results.designs[design].scopes[0]?.measures[measure];
    const unit = results.measures.find((known) => known.id === measure).unit;
    const read = readers[unit];
    if (!of || of.mean === undefined || !read) continue;
    if (of.mean === null) { truth(`${measure} of design ${design} says ${text}, and results.json has no value`, !/\d/.test(text)); continue; }
    const [value, rough] = read(text.replace(/^[-−]/, "").split(" ±")[0]);
    truth(`${measure} of design ${design} says ${text}, and results.json ${of.mean}`, Math.abs(value - Math.abs(of.mean)) <= rough + 1e-9);
    compared += 1;
  }
  // goals: in how many repetitions each design met each
  for (const goal of results.goals) {
    const row = page.locator("#part-goals tbody tr").filter({ has: page.locator("th", { hasText: shown(goal.objective) + ":" }) }).first();
    if (!(await row.count())) { fault(`the goal ${goal.objective} is not in the table of goals`); continue; }
    const marks = await row.locator("td").allTextContents();
    goal.designs.forEach((of, design) => {
      if (typeof of.met !== "number") return;
      truth(`goal ${goal.objective} of design ${design} says ${marks[design]}, and results.json ${of.met} of ${of.of}`, (marks[design] ?? "").includes(`${of.met} of ${of.of}`));
      compared += 1;
    });
  }
  if (!results.plain_network) truth("no number was compared", 0 < compared);
  same("designs on the page", data.designs.length, results.designs.length);
  same("what the page carries", JSON.stringify(data.results.scores), JSON.stringify(shown(results.scores)));

  // tabs, one per score, never blended
  const tabs = await page.$$('[role="tab"]');
  same("tabs", tabs.length, results.plain_network ? 0 : results.scores.length);
  let interaction = null;
  for (const [number, tab] of tabs.entries()) {
    const began = Date.now();
    await tab.click();
    await page.waitForFunction((n) => [...document.querySelectorAll(".panel")].findIndex((of) => !of.hidden) === n, number);
    if (number === 1) interaction = Date.now() - began;
    same("open panels", await page.$$eval(".panel", (all) => all.filter((of) => !of.hidden).length), 1);
  }
  if (tabs.length) await tabs[0].click();

  await turnDials(page, data, fault, same, truth);
  await playDay(page, data, fault, same, truth, name);
  await seenAtOnce(page, data, truth);

  // guess first
  const guess = page.getByRole("button", { name: "Guess first" });
  if (await guess.count()) {
    await guess.click();
    const hidden = async (when) => {
      for (const what of [".panel:not([hidden])", ".side", "#argument", "#replay", ".warning"]) {
        for (const one of await page.locator(what).all()) truth(`${what} is seen ${when}`, !(await one.isVisible()));
      }
    };
    await hidden("before the guess");
    for (const [number, tab] of tabs.entries()) {
      await tab.click();
      await hidden("on another tab before the guess");
      truth("the question is about another score than the tab", (await page.locator(".guess").textContent()).includes(data.answer.scores[number].tab + "?"));
    }
    await tabs[0].click();
    await page.locator(".choices button").first().click();
    truth("the answer is not shown after the guess", await page.locator(".panel:not([hidden])").isVisible());
    for (const tab of tabs.slice(1)) {
      truth("what is told of all tabs is seen before the last guess", !(await page.locator(".overall").first().isVisible()));
      await tab.click();
      await hidden("on a tab that nobody has guessed yet");
      await page.locator(".choices button").first().click();
      truth("the answer is not shown after a later guess", await page.locator(".panel:not([hidden])").isVisible());
    }
    truth("the answer stays hidden after the last guess", await page.locator(".answer > .overall").first().isVisible());
    if (tabs.length) await tabs[0].click();
  }

  // folds
  for (const summary of await page.$$("details.part > summary")) {
    const was = await summary.evaluate((of) => of.parentElement.open);
    await summary.click();
    same("a fold", await summary.evaluate((of) => of.parentElement.open), !was);
    if (was) await summary.click();
  }
  const closed = await page.$$eval("details.part", (all) => all.filter((of) => !of.open).length);
  same("folds still closed", closed, 0);

  // pictures and numbers to take away
  for (const kind of ["SVG", "PNG", "CSV"]) {
    const waiting = page.waitForEvent("download", { timeout: 10000 });
    await page.locator(".takes button", { hasText: kind }).first().click();
    const taken = await waiting;
    const bytes = readFileSync(await taken.path());
    if (kind === "CSV") truth("the CSV to take away has no numbers", 2 <= bytes.toString().trim().split("\r\n").length);
    else truth(`the ${kind} to take away is empty`, 200 < bytes.length);
    if (kind === "PNG") same("the first bytes of the PNG", bytes.subarray(1, 4).toString(), "PNG");
  }

  // accessibility, unfolded; every theme and width
  for (const [theme, width] of [["light", 1280], ["dark", 1280], ["light", 390]]) {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height: width < 500 ? 844 : 720 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    truth(`at ${width} px the page is ${wide} px too wide`, wide <= 1);
    const found = await page.evaluate(axe + ";axe.run(document,{resultTypes:['violations']})");
    for (const violation of found.violations.filter((of) => ["serious", "critical"].includes(of.impact))) {
      fault(`${theme}, ${width} px: ${violation.id}: ${violation.help}: ${violation.nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ")}`);
    }
    if (shots && width < 500) await picture(page, name, "phone", true);
    if (shots && theme === "dark") await picture(page, name, "dark");
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 720 });
  if (shots) {
    await picture(page, name, "whole", true);
    await page.pdf({ path: join(shots, name + ".pdf"), format: "A4", printBackground: true });
  }
  await context.close();
  console.log(`${name}: ${size} bytes, loaded after ${Math.round(told.load)} ms, a tab answers within ${interaction ?? "–"} ms, ${compared} numbers compared`);
}

/** Texts as the page shows them: what would act unseen stands as its code point. */
function shown(of) {
  const unseen = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;
  const code = (letter) => "[U+" + letter.codePointAt(0).toString(16).toUpperCase().padStart(4, "0") + "]";
  if (typeof of === "string") return of.replace(/\n/g, " ").replace(unseen, code);
  if (Array.isArray(of)) return of.map(shown);
  if (of && typeof of === "object") return Object.fromEntries(Object.entries(of).map(([key, value]) => [shown(key), shown(value)]));
  return of;
}

async function picture(page, name, kind, whole = false) {
  await page.screenshot({ path: join(shots, `${name}-${kind}.png`), fullPage: whole });
}

/** Each dial says at its ends, in its middle and at the author's value what was swept there. */
async function turnDials(page, data, fault, same, truth) {
  if (!data.dials) return;
  const declared = data.dials.dials.filter((dial) => dial.declared && dial.points.length);
  same("dials", await page.locator(".dial").count(), declared.length);
  const score = data.dials.scores[0].score;
  const big = () => page.locator(`.panel[data-score="${score}"] .big`).textContent();
  const own = await big();
  const answer = data.dials.scores[0].answer;
  const designs = data.designs.map((of) => of.name);
  // where only the best hardly differ, they are named
  const hardly = (of) => {
    const among = designs.filter((name) => name === of.best || of.rivals.includes(name));
    if (among.length === designs.length) return "Hardly matters";
    return among.length <= 3 ? among.join(", ").replace(/, ([^,]*)$/, " or $1") : "The best hardly differ";
  };
  const word = (of, near = answer) => {
    if (of.state === "too_small") return hardly(of.rivals ? of : near);
    return { best: of.best, alone: "Only " + of.best, none: "No design copes" }[of.state] ?? "Cannot tell";
  };
  // a band has no names of its own: those of the value nearest to its middle
  const nearest = (dial, place) => {
    const points = [...dial.points].sort((a, b) => Math.abs(a.place - place) - Math.abs(b.place - place));
    const found = points[0].scores.find((of) => of.score === score);
    return found.state === "too_small" ? found : answer;
  };
  const alike = (a, b) => word(a) === word(b);
  const plain = (of) => (of.state === "alone" ? { state: "best", best: of.best } : of);
  for (const [number, dial] of declared.entries()) {
    const box = page.locator(".dial").nth(number);
    if (dial.kind === "values") {
      for (const [at, point] of dial.points.entries()) {
        await box.locator("input").nth(at).check({ force: true });
        const should = point.yours ? own : word(point.scores.find((of) => of.score === score));
        same(`${dial.what} at ${point.text}`, await big(), should);
        if (!point.yours) same(`what is marked at ${point.text}`, await page.locator(".first.moved").count(), 1);
      }
    } else {
      // where the answer holds over the whole range, few repetitions that cannot tell do not contradict it
      const settled = (of) => (dial.holds?.[score] === true && of.state === "cannot_tell" ? plain(answer) : plain(of));
      const turn = (place) => box.locator("input").evaluate((input, value) => { input.value = value; input.dispatchEvent(new Event("input", { bubbles: true })); }, String(Math.round(1000 * place)));
      const yours = (place) => dial.yours?.place != null && Math.abs(dial.yours.place - place) < 0.02;
      for (const band of dial.bands[score]) {
        const place = (band.from + band.to) / 2, should = settled(band);
        // a value that was run in the middle of what nobody can tell has its own say
        if (yours(place) || dial.points.some((point) => Math.abs(point.place - place) < 0.04) && should.state === "cannot_tell") continue;
        await turn(place);
        same(`${dial.what} at ${band.from_text}–${band.to_text}`, await big(), word(should, nearest(dial, place)));
        const grey = await page.locator(`.panel[data-score="${score}"] .big`).evaluate((of) => of.classList.contains("unclear"));
        same(`whether ${band.from_text}–${band.to_text} is grey`, grey, should.state !== "best");
      }
      for (const point of dial.points) {
        const should = settled(point.scores.find((of) => of.score === score));
        if (yours(point.place) || !["best", "none"].includes(should.state)) continue;
        await turn(point.place);
        same(`${dial.what} at ${point.text}`, await big(), word(should));
      }
      if (dial.yours?.place != null && dial.yours.inside) {
        await turn(dial.yours.place);
        same(`${dial.what} at the author's own ${dial.yours.text}`, await big(), own);
        const told = await box.locator("input").getAttribute("aria-valuetext");
        const verdict = word(plain(answer));
        truth(`${dial.what} says “${told}” where the answer is ${verdict}`, told.endsWith(": " + verdict));
      }
      // the arrows walk over all values that were run
      const input = box.locator("input");
      await turn(0);
      await input.focus();
      let steps = 0;
      for (let before = null; steps < 100 && before !== (await input.inputValue()); steps += 1) {
        before = await input.inputValue();
        await page.keyboard.press("ArrowRight");
      }
      same(`the end of ${dial.what} by arrows`, await input.inputValue(), "1000");
      truth(`${dial.what} has ${dial.points.length} values, and ${steps} steps by arrows`, dial.points.length <= steps);
      truth(`a stretch of ${dial.what} is too narrow to be seen`, await box.locator(".band").evaluateAll((all) => all.every((of) => 6 <= of.getBoundingClientRect().width)));
    }
    const back = page.getByRole("button", { name: "Back to your values" });
    if (await back.isVisible()) await back.click();
    same(`the answer after ${dial.what} was put back`, await big(), own);
    same(`what is marked as said of the author's values after ${dial.what} was put back`, await page.locator(".first.moved").count(), 0);
  }
}

/** In a classroom both pictures and what plays them are seen at once, unless their roles could not be read. */
async function seenAtOnce(page, data, truth) {
  if (!data.replay) return;
  const before = page.viewportSize(), projector = page.getByRole("button", { name: "Projector" });
  await page.setViewportSize({ width: 1024, height: 768 });
  for (const how of ["as it opens", "projected"]) {
    const at = await page.locator("#replay").evaluate((replay) => {
      replay.querySelector(".above").scrollIntoView();
      const stages = Array.from(replay.querySelectorAll(".stage")), box = (of) => of.getBoundingClientRect();
      return {
        play: box(replay.querySelector(".controls .main")).top,
        end: Math.max(...stages.map((of) => box(of).bottom)),
        smallest: stages.every((of) => Number(of.style.getPropertyValue("--scale")) < 0.361),
      };
    });
    truth(`${how}, Play is at ${at.play} of 768 px`, 0 <= at.play && at.play < 100);
    truth(`${how}, the pictures end at ${at.end} of 768 px`, at.end <= 768 || at.smallest);
    await projector.click();
  }
  await page.setViewportSize(before);
}

/** The day plays, steps, begins again; posts and roles can be asked. */
async function playDay(page, data, fault, same, truth, name) {
  if (!data.replay) return;
  const clock = () => page.locator(".clock").textContent();
  await page.locator("#replay").scrollIntoViewIfNeeded();
  for (const [number, day] of data.replay.days.entries()) {
    await page.locator(".replayhead select").selectOption(String(number));
    const before = await clock();
    await page.locator(".controls .main").click();
    await page.waitForTimeout(700);
    await page.locator(".controls .main").click();
    const after = await clock();
    truth(`the clock of ${day.name} stands still at ${before}`, before !== after);
    // keys work whatever was clicked before: here the button, then the slider
    await page.keyboard.press("ArrowRight");
    truth("→ does not step after Play was clicked", after !== (await clock()));
    await page.keyboard.press("ArrowLeft");
    truth("← does not step back", after === (await clock()));
    await page.keyboard.press("r");
    const first = await clock();
    truth("R does not begin again", first !== after);
    await page.locator(".controls .time").focus();
    for (const what of ["the slider", "the page"]) {
      const was = await clock();
      await page.keyboard.press(" ");
      await page.waitForTimeout(500);
      await page.keyboard.press(" ");
      truth(`the space bar does not play from ${what}`, was !== (await clock()));
      await page.locator("body").evaluate(() => document.activeElement.blur());
    }
    const slide = (to) => page.locator(".controls .time").evaluate((input, value) => { input.value = String(value); input.dispatchEvent(new Event("input", { bubbles: true })); }, to);
    const watched = await page.locator(".columnhead select").evaluateAll((all) => all.map((of) => Number(of.value)));
    // who has left unanswered stays so
    const lost = watched.map(() => 0);
    for (let part = 0; part <= 24; part += 1) {
      await slide((day.seconds * part) / 24);
      for (const [side, tally] of (await page.locator(".tally").allTextContents()).entries()) {
        const now = Number(/(\d+) left unanswered/.exec(tally)?.[1] ?? 0);
        truth(`${day.name}: those left unanswered fall from ${lost[side]} to ${now}`, lost[side] <= now);
        lost[side] = now;
      }
    }
    // at the end of the day as many have been answered as the stories say
    const tallies = await page.locator(".tally").allTextContents();
    for (const [side, tally] of tallies.entries()) {
      const posts = Array.from({ length: day.posts.length / 5 }, (_, i) => day.posts.slice(5 * i, 5 * i + 5));
      const stories = day.designs[watched[side]].stories.split(";");
      let came = 0, answered = 0, unanswered = 0;
      posts.forEach((post, i) => {
        if (!(post[4] & 1) || post[0] < 0) return;
        came += 1;
        let at = post[0], replied = null, ended = null;
        for (const [, letter, after] of stories[i].matchAll(/([A-Z])([0-9a-z]*)/g)) {
          if ("CWT".includes(letter)) continue;
          at += after ? parseInt(after, 36) : 0;
          if (letter === "R" && replied === null) replied = at;
          if (letter === "E") ended = at;
        }
        const had = replied !== null && replied <= day.seconds && !(ended !== null && ended < replied);
        if (had) answered += 1;
        else if (ended !== null && ended <= day.seconds) unanswered += 1;
      });
      const drawn = 1 < day.every ? " posts drawn" : "";
      truth(`${day.name}: the tally says “${tally}” and the data ${answered} of ${came}`, tally.startsWith(`${answered} of ${came}${drawn} answered`));
      same(`${day.name}: those left unanswered in “${tally}”`, Number(/(\d+) left unanswered/.exec(tally)?.[1] ?? 0), unanswered);
    }
    // names can be read
    const small = await page.locator(".still .name").evaluateAll((all) => all.map((of) => parseFloat(getComputedStyle(of).fontSize) * of.getScreenCTM().a).filter((size) => size < 11.95));
    truth(`${small.length} names of roles are drawn as small as ${Math.min(...small)} px`, !small.length);
    // a role has its card, a post its life
    await page.locator(".controls .time").evaluate((input) => { input.value = String(input.max * 0.55); input.dispatchEvent(new Event("input", { bubbles: true })); });
    if (shots) await page.locator("#replay").screenshot({ path: join(shots, `${name}-replay-${day.kind}.png`) });
    await page.locator(".role").first().focus();
    await page.keyboard.press("Enter");
    truth("a role has no card", await page.locator(".detail .card").count());
    await page.waitForTimeout(700);
    const shown = await page.locator(".detail").evaluate((of) => of.getBoundingClientRect().top < window.innerHeight);
    truth("the card of a role is below the window", shown);
    await page.locator(".role").first().click();
    const stood = await clock();
    await page.keyboard.press(" ");
    await page.waitForTimeout(500);
    await page.keyboard.press(" ");
    truth("the space bar does not play after a role was clicked", stood !== (await clock()));
    let found = false;
    for (const part of [0.55, 0.4, 0.45, 0.5, 0.7, 0.85]) {
      if (found) break;
      await page.locator(".controls .time").evaluate((input, of) => { input.value = String(input.max * of); input.dispatchEvent(new Event("input", { bubbles: true })); }, part);
      // wherever a reader might click, until a post answers
      found = await page.evaluate(() => {
        const sheet = document.querySelector(".sheet"), frame = sheet.getBoundingClientRect();
        for (let y = 4; y < frame.height; y += 6) {
          for (let x = 4; x < frame.width; x += 6) {
            sheet.dispatchEvent(new MouseEvent("click", { bubbles: true, clientX: frame.left + x, clientY: frame.top + y }));
            if (document.querySelector(".detail .life")) return true;
          }
        }
        return false;
      });
    }
    truth(`no post of ${day.name} can be clicked`, found);
    if (shots && found) await page.locator("#replay").screenshot({ path: join(shots, `${name}-life-${day.kind}.png`) });
  }
  await page.locator(".replayhead select").selectOption("0");
}
