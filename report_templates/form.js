"use strict";
/* The form: what is picked, kept as a draft in this browser, and saved as an answer file.
   It takes nothing from the questionnaire but attributes and texts of the page, makes no
   request, and writes no HTML. */
(() => {
  const form = document.getElementById("form");
  const about = form.dataset;
  const byId = (name) => document.getElementById(name);
  const every = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const fieldsets = every("fieldset[data-question]");
  const DRAFT = `it4it-assess-form-${about.id}`;
  const LARGEST = 3500000; // bytes; an answer file may have four million
  const MOST_LINES = 50; // pieces of evidence of one question; further lines go with the last
  const FORMAT = 1;

  /* ----- text ----- */

  // No text file may hold these, and no answer is about them: control characters, halves of
  // characters, two that are none. They are left out; blanks at either end are trimmed.
  const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;
  const HALVES = /\p{Surrogate}/gu;
  const clean = (text) => text.replace(/\r\n?/g, "\n").replace(CONTROL, "").replace(HALVES, "").trim();

  // Spelt out: what readers of YAML take for line ends, and what would turn lines around.
  const SPELT = /[\u0080-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
  const quoted = (text) =>
    JSON.stringify(text).replace(SPELT, (one) => "\\u" + one.charCodeAt(0).toString(16).padStart(4, "0"));
  const inline = (value) => {
    if (typeof value === "string") return quoted(value);
    if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
    if (typeof value !== "object") return String(value);
    return `{${Object.entries(value).map(([key, one]) => `${quoted(key)}: ${inline(one)}`).join(", ")}}`;
  };

  const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;

  /* ----- one question ----- */

  const parts = (fieldset) => ({
    radios: every("input[type=radio]", fieldset),
    unsure: fieldset.querySelector("[data-unsure] input"),
    reason: fieldset.querySelector("[data-reason] input"),
    note: fieldset.querySelector("[data-note]"),
    evidence: fieldset.querySelector("[data-evidence]"),
    undo: fieldset.querySelector("[data-undo]"),
  });
  const questions = fieldsets.map((fieldset) => ({
    fieldset, id: fieldset.dataset.question, section: fieldset.closest("[data-section]"), ...parts(fieldset),
  }));
  const byQuestion = new Map(questions.map((question) => [question.id, question]));

  const picked = (question) => question.radios.find((radio) => radio.checked)?.value ?? "";
  const isSame = (value, pick) => value === pick || (pick !== "" && Number(value) === Number(pick)); // 1e-07 is 1e-7
  const isLevel = (pick) => pick !== "" && pick !== "unknown" && pick !== "not-applicable";
  const raw = (question) => ({
    pick: picked(question),
    unsure: question.unsure.checked,
    reason: question.reason.value,
    note: question.note.value,
    evidence: question.evidence.value,
  });
  const isBlank = (said) => !said.pick && !said.reason && !said.note && !said.evidence;

  const put = (question, said) => {
    for (const radio of question.radios) radio.checked = isSame(radio.value, said.pick);
    question.unsure.checked = Boolean(said.unsure);
    question.reason.value = said.reason || "";
    question.note.value = said.note || "";
    question.evidence.value = said.evidence || "";
    const more = question.note.closest("details");
    more.open = more.open || Boolean(said.note || said.evidence);
    show(question);
  };

  const show = (question) => {
    const pick = picked(question);
    question.fieldset.classList.toggle("done", pick !== "");
    question.reason.closest("[data-reason]").hidden = pick !== "not-applicable";
    question.unsure.closest("[data-unsure]").hidden = !isLevel(pick);
    question.undo.hidden = pick === "";
    if (pick !== "not-applicable" || clean(question.reason.value)) blame(question, false);
  };

  const blame = (question, wrong) => {
    question.fieldset.classList.toggle("wrong", wrong);
    question.reason.setAttribute("aria-invalid", String(wrong));
    byId(question.reason.getAttribute("aria-describedby")).hidden = !wrong;
  };

  const evidenceOf = (text) => {
    const lines = clean(text).split("\n").map((line) => line.trim()).filter(Boolean);
    return lines.length <= MOST_LINES
      ? lines
      : [...lines.slice(0, MOST_LINES - 1), lines.slice(MOST_LINES - 1).join("\n")];
  };

  // The voice of a question as an answer file says it; null where there is nothing to say.
  const voice = (question) => {
    const said = raw(question);
    const note = clean(said.note);
    const evidence = evidenceOf(said.evidence);
    const more = { ...(note && { note }), ...(evidence.length && { evidence }) };
    const only = Object.keys(more).length === 0;
    if (said.pick === "unknown") return only ? "unknown" : { unknown: true, ...more };
    if (said.pick === "not-applicable") return { not_applicable: clean(said.reason), ...more };
    if (said.pick === "") return only ? null : more;
    const level = Number(said.pick);
    if (said.unsure) return { level, unsure: true, ...more };
    return only ? level : { level, ...more };
  };

  /* ----- the answer file ----- */

  const hashed = (text) => {
    let sum = 2166136261; // FNV-1a: only so that two names without a Latin letter differ
    for (const one of text) sum = Math.imul(sum ^ one.codePointAt(0), 16777619) >>> 0;
    return sum.toString(16).padStart(8, "0");
  };
  const slug = (text) =>
    text.normalize("NFKD").replace(/[^\x00-\x7f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 60).replace(/^-+|-+$/g, "");
  const who = () => {
    const name = clean(byId("name").value);
    return about.who || slug(name) || `respondent-${hashed(name)}`;
  };
  const today = () => {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return `${String(now.getFullYear()).padStart(4, "0")}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  };

  const answerFile = () => {
    const name = who();
    const given = questions.map((question) => [question.id, voice(question)]).filter(([, said]) => said !== null);
    const person = { name: clean(byId("name").value), role: clean(byId("role").value) };
    return [
      "# Saved by the form. Please mail this file back as it is.",
      `format: ${FORMAT}`,
      `questionnaire: ${quoted(about.questionnaire)}`,
      `questionnaire_version: ${quoted(about.version)}`,
      `date: ${quoted(today())}`,
      `organisation: ${inline({ name: about.organisation })}`,
      `respondents: ${inline({ [name]: person })}`,
      given.length ? "answers:" : "answers: {}",
      ...given.map(([id, said]) => `  ${id}: ${inline({ by: { [name]: said } })}`),
      "",
    ].join("\n");
  };

  /* ----- reading an answer file this form has saved ----- */

  class NotOurs extends Error {}

  const readFile = (text) => {
    const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/).filter((line) => line.trim() && !line.startsWith("#"));
    const found = { answers: {} };
    for (const line of lines) {
      const [, indent, key, value] = /^( *)([A-Za-z0-9_.-]+):(?: (.*))?$/.exec(line) ?? [];
      if (key === undefined) throw new NotOurs();
      const meant = value === undefined || value === "" ? {} : JSON.parse(value);
      if (indent) found.answers[key] = meant;
      else if (key !== "answers") found[key] = meant;
    }
    if (found.format !== FORMAT || !found.respondents || !found.questionnaire) throw new NotOurs();
    return found;
  };

  const asRaw = (said) => {
    const full = typeof said === "object" && said !== null ? said : said === "unknown" ? { unknown: true } : { level: said };
    const pick = full.unknown ? "unknown" : full.not_applicable ? "not-applicable" : full.level === undefined ? "" : String(full.level);
    return {
      pick,
      unsure: full.unsure === true,
      reason: full.not_applicable ?? "",
      note: full.note ?? "",
      evidence: (full.evidence ?? []).join("\n"),
    };
  };

  const takeFile = (text) => {
    const file = readFile(text);
    if (file.questionnaire !== about.questionnaire) return "That file answers another questionnaire; nothing was taken from it.";
    const [name, person] = Object.entries(file.respondents)[0] ?? ["", {}];
    if (about.who && name !== about.who) return `That file holds the answers of ${name}, and this form is for ${about.who}; nothing was taken from it.`;
    const voices = Object.entries(file.answers).map(([id, answer]) => [id, answer?.by?.[name]]);
    const known = voices.filter(([id, said]) => byQuestion.has(id) && said !== undefined);
    for (const [id, said] of known.map(([id, said]) => [id, asRaw(said)])) put(byQuestion.get(id), said);
    byId("name").value = person.name || byId("name").value;
    byId("role").value = person.role || byId("role").value;
    changed();
    const left = voices.length - known.length;
    return `${count(known.length, "answer", "answers")} taken from the file.` +
      (left ? ` ${count(left, "answer is", "answers are")} to questions this form does not ask and stayed behind.` : "");
  };

  /* ----- the draft ----- */

  let unsaved = false; // changed since the last saved file
  let drafted = true; // everything is in the draft
  let storage = null;
  try {
    storage = window.localStorage;
    storage.setItem(`${DRAFT}-try`, "1");
    storage.removeItem(`${DRAFT}-try`);
  } catch {
    storage = null;
  }

  const tellDraft = (text) => {
    byId("draft").textContent = text;
    byId("draft").hidden = false;
  };
  const NO_DRAFT = "This browser keeps no drafts for this page. Save your answers before you close it; you can go on from the saved file.";
  const KEPT = "Your answers are kept as a draft in this browser while you work.";

  const keepDraft = () => {
    if (drafted) return;
    try {
      if (storage === null) return;
      const said = questions.map((question) => [question.id, raw(question)]).filter(([, one]) => !isBlank(one));
      storage.setItem(DRAFT, JSON.stringify({
        name: byId("name").value, role: byId("role").value, answers: Object.fromEntries(said),
      }));
      drafted = true;
    } catch {
      tellDraft(NO_DRAFT);
    }
  };

  const restoreDraft = () => {
    if (storage === null) {
      tellDraft(NO_DRAFT);
      byId("clear").textContent = "Clear all answers";
      return;
    }
    tellDraft(KEPT);
    try {
      const draft = JSON.parse(storage.getItem(DRAFT) ?? "null");
      if (draft === null) return;
      byId("name").value = draft.name;
      byId("role").value = draft.role;
      const known = Object.entries(draft.answers).filter(([id]) => byQuestion.has(id));
      for (const [id, said] of known) put(byQuestion.get(id), said);
      if (!known.length) return;
      unsaved = true;
      tellDraft(`Your draft is back: ${count(known.length, "answer", "answers")}. ${KEPT}`);
    } catch {
      tellDraft(`The draft in this browser could not be read. ${KEPT}`);
    }
  };

  let waiting = 0;
  const changed = () => {
    unsaved = true;
    drafted = false;
    clearTimeout(waiting);
    waiting = setTimeout(keepDraft, 200);
    byId("saved").hidden = true;
    progress();
  };

  /* ----- progress ----- */

  const progress = () => {
    const open = questions.filter((question) => picked(question) === "");
    const done = questions.length - open.length;
    const minutes = Math.ceil((open.length * Number(about.seconds)) / 60);
    byId("progress").value = done;
    byId("done").textContent = `${done} of ${questions.length} answered${open.length ? `, about ${minutes} min left` : ""}`;
    byId("left").textContent = open.length
      ? `${count(open.length, "question is", "questions are")} still open. That is fine: what is open is left out, and never counts as “no”.`
      : "Every question is answered. Thank you!";
    byId("next").hidden = !open.length;
    for (const label of every("[data-part]")) {
      const own = questions.filter((question) => question.section.dataset.section === label.dataset.part);
      label.textContent = `${own.filter((question) => picked(question) !== "").length} of ${own.length}`;
    }
  };

  const goTo = (element, target) => {
    element.scrollIntoView({ block: "start" });
    target.focus({ preventScroll: true });
  };

  byId("next").addEventListener("click", () => {
    const here = questions.findIndex((question) => question.fieldset.getBoundingClientRect().bottom > 110);
    const order = [...questions.slice(Math.max(here, 0)), ...questions.slice(0, Math.max(here, 0))];
    const open = order.find((question) => picked(question) === "");
    if (open) goTo(open.fieldset, open.radios[0]);
  });

  /* ----- saving ----- */

  const trouble = (text, links) => {
    byId("saved").hidden = true;
    byId("trouble-what").textContent = text;
    byId("trouble-where").replaceChildren(...links.map(([target, words]) => {
      const link = document.createElement("a");
      link.href = `#${target.id}`;
      link.textContent = words;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        goTo(target.closest("fieldset, p"), target);
      });
      const item = document.createElement("li");
      item.append(link);
      return item;
    }));
    byId("trouble").hidden = false;
    goTo(byId("trouble"), byId("trouble"));
  };

  const nameless = (wrong) => {
    byId("name-error").hidden = !wrong;
    byId("name").setAttribute("aria-invalid", String(wrong));
  };

  const save = () => {
    const unreasoned = questions.filter(
      (question) => picked(question) === "not-applicable" && !clean(question.reason.value));
    const wantsName = !about.who && !clean(byId("name").value);
    for (const question of unreasoned) blame(question, true);
    nameless(wantsName);
    if (wantsName || unreasoned.length) {
      trouble("Nothing is saved yet; this is still missing:", [
        ...(wantsName ? [[byId("name"), "Your name, at the top"]] : []),
        ...unreasoned.map((question) => [question.reason,
          `Why this does not apply: ${question.fieldset.querySelector("legend").textContent}`]),
      ]);
      return;
    }
    if (questions.every((question) => voice(question) === null)) {
      trouble("There is nothing to save yet: no question is answered.", [[questions[0].radios[0], "Go to the first question"]]);
      return;
    }
    const text = answerFile();
    const data = new Blob([text], { type: "text/yaml" });
    if (data.size > LARGEST) {
      trouble("Nothing is saved yet: the notes are too long for one file. Please shorten the longest ones.", []);
      return;
    }
    const link = document.createElement("a");
    link.download = `${about.stem}-${who()}.yaml`;
    link.href = URL.createObjectURL(data);
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    unsaved = false;
    keepDraft();
    const open = questions.filter((question) => picked(question) === "").length;
    byId("trouble").hidden = true;
    byId("saved-what").textContent = `Your answers are saved${open ? `, with ${count(open, "question", "questions")} left open` : ""}. What now?`;
    byId("saved-name").textContent = link.download;
    byId("text").value = text;
    byId("otherwise").open = false;
    byId("saved").hidden = false;
    goTo(byId("saved"), byId("saved"));
  };

  /* ----- what people do ----- */

  for (const button of every("[data-save]")) button.addEventListener("click", save);
  byId("select").addEventListener("click", () => byId("text").select());

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    if (event.target === byId("text") || event.target === byId("file")) return;
    const fieldset = event.target.closest("fieldset[data-question]");
    if (fieldset) show(byQuestion.get(fieldset.dataset.question));
    if (event.target === byId("name") && clean(byId("name").value)) nameless(false);
    changed();
  });

  // A digit picks a level, but only while a choice of that question has the focus: never
  // where somebody types.
  form.addEventListener("keydown", (event) => {
    if (event.target.type !== "radio" || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!/^[0-9]$/.test(event.key)) return;
    const question = byQuestion.get(event.target.closest("fieldset").dataset.question);
    const radio = question.radios.find((one) => one.value === event.key);
    if (!radio) return;
    event.preventDefault();
    radio.checked = true;
    radio.focus();
    show(question);
    changed();
  });

  for (const question of questions) {
    question.undo.addEventListener("click", () => {
      put(question, { ...raw(question), pick: "", unsure: false });
      question.radios[0].focus();
      changed();
    });
  }

  const say = (text) => { byId("said").textContent = text; tellDraft(text); };

  byId("clear").addEventListener("click", () => {
    if (!window.confirm("Take all answers off this page and out of this browser? A file you have saved stays.")) return;
    clearTimeout(waiting);
    for (const question of questions) put(question, { pick: "" });
    for (const box of [byId("name"), byId("role")]) box.value = box.defaultValue;
    try { storage?.removeItem(DRAFT); } catch { /* then there is none */ }
    unsaved = false;
    drafted = true;
    byId("saved").hidden = true;
    byId("trouble").hidden = true;
    progress();
    say("All answers are cleared; nothing is kept in this browser.");
  });

  byId("open").addEventListener("click", () => byId("file").click());
  byId("file").addEventListener("change", () => {
    const [file] = byId("file").files;
    byId("file").value = "";
    if (!file) return;
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      try {
        say(takeFile(reader.result));
      } catch {
        say("That is not a file this form has saved, or it was changed since; nothing was taken from it.");
      }
    });
    reader.addEventListener("error", () => say("That file cannot be read."));
    reader.readAsText(file);
  });

  document.addEventListener("visibilitychange", () => { if (document.hidden) keepDraft(); });
  window.addEventListener("pagehide", keepDraft);
  window.addEventListener("beforeunload", (event) => {
    keepDraft();
    if (unsaved && !drafted) event.preventDefault();
  });

  for (const shown of every("[data-unscripted]")) shown.hidden = true;
  for (const hidden of every("[data-scripted]")) hidden.hidden = false;
  restoreDraft();
  progress();
})();
