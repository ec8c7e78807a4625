//! `regimen new`: writes a program that checks clean, from a few answers. Knows nothing of how
//! programs are read.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::advice;
use crate::commands::{Env, Status, eprint_line, print_line, shown};
use crate::diagnostic::render;
use crate::folder;
use crate::program::library::{self, LibraryExercise};
use crate::program::notation::{self, read_weekday, slug};
use crate::program::parse::{self, Places, parse};
use crate::program::{Program, red_flags, words};
use crate::source::{Source, is_allowed, printable};
use crate::terminal;

/// What a new program is to hold, as far as it was said on the command line.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The file's name, without its ending if that is left out.
    pub name: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// What it is prescribed for.
    pub condition: Option<String>,
    /// How often.
    pub frequency: Option<String>,
    /// Exercises of the library, by any of their names.
    pub exercises: Vec<String>,
    /// Who prescribes it.
    pub therapist: Option<String>,
    /// The number to call.
    pub phone: Option<String>,
    /// An address to write to.
    pub email: Option<String>,
    /// Where the therapist works.
    pub clinic: Option<String>,
    /// For whom it is.
    pub patient: Option<String>,
    /// The id of a sample to begin with.
    pub from: Option<String>,
}

impl Options {
    /// The therapist's lines that were asked for: key and value.
    fn contact(&self) -> Vec<(&'static str, String)> {
        let given = [
            ("name", &self.therapist),
            ("clinic", &self.clinic),
            ("phone", &self.phone),
            ("email", &self.email),
        ];
        let given = given
            .into_iter()
            .filter_map(|(key, value)| Some((key, value.as_ref()?.trim().to_owned())));
        given.filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The flags that were given without a value, which is neither a value nor none.
    fn empty_flag(&self) -> Option<&'static str> {
        let flags = [
            ("--title", &self.title),
            ("--condition", &self.condition),
            ("--frequency", &self.frequency),
            ("--therapist", &self.therapist),
            ("--clinic", &self.clinic),
            ("--phone", &self.phone),
            ("--email", &self.email),
            ("--patient", &self.patient),
        ];
        flags
            .iter()
            .find(|(_, value)| value.as_ref().is_some_and(|value| value.trim().is_empty()))
            .map(|(flag, _)| *flag)
    }
}

/// Writes the program, asking for what was not said where somebody is there to answer.
pub fn new(env: &Env, wishes: &Options) -> anyhow::Result<Status> {
    let asking = terminal::is_interactive();
    if let Some(flag) = wishes.empty_flag() {
        bail!("{flag} has no value; write one in quotes after it, or leave {flag} away");
    }
    let (text, notes) = match &wishes.from {
        Some(sample) => from_sample(sample, wishes)?,
        None => (from_answers(wishes, asking)?, Vec::new()),
    };
    let parsed = parse(Source::new("new.yaml", text.as_str()));
    let Some(program) = &parsed.program else {
        eprint_line(&render::report(
            &parsed.source,
            &parsed.diagnostics,
            env.colour,
        ));
        bail!("nothing was written");
    };
    let slug = slug(&program.title);
    let path = place(
        wishes.name.as_deref(),
        if slug.is_empty() { "program" } else { &slug },
    );
    if !folder::put_new(text.as_bytes(), &path)
        .with_context(|| format!("could not write {}", shown(&path)))?
    {
        bail!(
            "{} is there already, and is left as it is; give the new file another name",
            shown(&path)
        );
    }
    let mut said = notes;
    said.extend(still_to_fill_in(program, &parsed.places));
    let said = if said.is_empty() {
        String::new()
    } else {
        said.join("\n") + "\n"
    };
    print_line(&format!(
        "Written: {0}\nOpen it in any text editor: the doses, the stop signs and the words for pain are yours to change.\n{said}Then:\n  regimen check {0}      lists every mistake\n  regimen preview {0}    plays it as your patient will see it",
        shown(&path)
    ));
    Ok(Status::Fine)
}

/// What the file needs before a patient gets it.
fn still_to_fill_in(program: &Program, places: &Places) -> Option<String> {
    let mut parts: Vec<String> = advice::placeholders(places)
        .into_iter()
        .map(|(key, _, value)| format!("{key} (now \"{}\")", printable(value)))
        .collect();
    let therapist = &program.therapist;
    if therapist.name.is_none() {
        parts.push("your name".to_owned());
    }
    if therapist.phone.is_none() && therapist.email.is_none() {
        parts.push(
            "a phone number or an email under `therapist:`, so that the patient can reach you"
                .to_owned(),
        );
    }
    (!parts.is_empty()).then(|| format!("Still to fill in: {}.", parts.join(", ")))
}

/// Where the file goes: the name that was given, else one made from the title.
fn place(name: Option<&str>, slug: &str) -> PathBuf {
    let name = name.unwrap_or(slug);
    let path = Path::new(name);
    let yaml = path
        .extension()
        .is_some_and(|ending| ending == "yaml" || ending == "yml");
    if yaml {
        path.to_owned()
    } else {
        PathBuf::from(format!("{name}.yaml"))
    }
}

/// A sample's text with what was asked for in its place, and what the therapist should know of it;
/// its comments and doses stay.
fn from_sample(sample: &str, wishes: &Options) -> anyhow::Result<(String, Vec<String>)> {
    let wanted = slug(sample);
    let Some((id, text)) = library::PROGRAM_FILES.iter().find(|(id, _)| *id == wanted) else {
        let ids: Vec<&str> = library::PROGRAM_FILES.iter().map(|(id, _)| *id).collect();
        bail!(
            "there is no sample `{}`; there are: {}",
            printable(sample),
            ids.join(", ")
        );
    };
    if !wishes.exercises.is_empty() {
        bail!(
            "--exercise can't be combined with --from: a sample has its own exercises; change them in the new file"
        );
    }
    let mut notes = Vec::new();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    set(&mut lines, "id", id_of(wishes));
    set(&mut lines, "title", wishes.title.as_deref().map(quoted));
    set(
        &mut lines,
        "condition",
        wishes.condition.as_deref().map(quoted),
    );
    if let Some(frequency) = &wishes.frequency {
        set(
            &mut lines,
            "frequency",
            Some(read_frequency(frequency).map_err(anyhow::Error::msg)?),
        );
        let own = lines
            .iter()
            .filter_map(|line| line.strip_prefix("    frequency: "))
            .collect::<Vec<_>>();
        if !own.is_empty() {
            notes.push(format!(
                "Phases with a frequency of their own keep it ({}); change it in the file.",
                own.join(", ")
            ));
        }
    }
    set_contact(&mut lines, &wishes.contact());
    if let Some(patient) = &wishes.patient
        && let Some(at) = lines.iter().position(|line| line.starts_with("therapist:"))
    {
        lines.insert(at, format!("patient: {}", quoted(patient)));
    }
    add_lists(&mut lines, wishes);
    Ok((
        format!("# Begun from the sample `{id}`.\n{}\n", lines.join("\n")),
        notes,
    ))
}

/// Replaces the value of a key at the top of a sample.
fn set(lines: &mut [String], key: &str, value: Option<String>) {
    let begin = format!("{key}: ");
    if let (Some(line), Some(value)) = (
        lines.iter_mut().find(|line| line.starts_with(&begin)),
        value,
    ) {
        *line = format!("{key}: {value}");
    }
}

/// Replaces values under `therapist` in a sample, and adds those that it lacks.
fn set_contact(lines: &mut Vec<String>, contact: &[(&'static str, String)]) {
    let Some(at) = lines.iter().position(|line| line == "therapist:") else {
        return;
    };
    for (key, value) in contact {
        let line = format!("  {key}: {}", always_quoted(value));
        let begin = format!("  {key}: ");
        let block = lines
            .iter_mut()
            .skip(at + 1)
            .take_while(|line| line.starts_with("  "));
        match block.into_iter().find(|line| line.starts_with(&begin)) {
            Some(there) => *there = line,
            None => lines.insert(at + 1, line),
        }
    }
}

/// Adds the lists of red flags that a new diagnosis asks for and the sample lacks.
fn add_lists(lines: &mut Vec<String>, wishes: &Options) {
    let Some(condition) = &wishes.condition else {
        return;
    };
    let Some(at) = lines.iter().position(|line| line == "stop_if:") else {
        return;
    };
    let lists = red_flags::lists_for(&format!(
        "{}\n{condition}",
        wishes.title.as_deref().unwrap_or_default()
    ));
    for id in lists.into_iter().rev() {
        let entry = format!("  - {id}");
        if !lines.contains(&entry) {
            lines.insert(at + 1, entry);
        }
    }
}

/// The id that the name of the file gives.
fn id_of(wishes: &Options) -> Option<String> {
    let stem = wishes
        .name
        .as_deref()
        .and_then(|name| Path::new(name).file_stem())?;
    Some(slug(&stem.to_string_lossy())).filter(|id| !id.is_empty())
}

/// A frequency as a program writes it; else how to write one.
fn read_frequency(text: &str) -> Result<String, String> {
    let days: Vec<&str> = text
        .split([' ', ',', '[', ']'])
        .filter(|day| !day.is_empty())
        .collect();
    let is_days = !days.is_empty() && days.iter().all(|day| read_weekday(day).is_some());
    let frequency = if is_days {
        format!("[{}]", days.join(", "))
    } else {
        text.trim().to_owned()
    };
    if is_days || notation::read_frequency(&frequency).is_some() {
        return Ok(frequency);
    }
    let meant = parse::frequencies_meant(text);
    if let [(_, only)] = meant.as_slice() {
        return Ok(only.clone());
    }
    if !meant.is_empty() {
        let meant: Vec<String> = meant
            .into_iter()
            .map(|(words, value)| format!("{words}: {value}"))
            .collect();
        return Err(format!(
            "`{}` can be written in several ways; {}",
            printable(&frequency),
            meant.join("; ")
        ));
    }
    let how = "write daily, 2x/day, 3x/week, mon wed fri, every 14 days or as needed";
    Err(format!(
        "`{}` is not how often a program is done; {how}",
        printable(&frequency)
    ))
}

/// A text in double quotes.
fn always_quoted(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|letter| is_allowed(*letter) && *letter != '\n' && *letter != '\t')
        .collect();
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A text as YAML has it in any case: in double quotes where a plain one could be misread.
fn quoted(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|letter| is_allowed(*letter) && *letter != '\n' && *letter != '\t')
        .collect();
    let plain = text.chars().next().is_some_and(char::is_alphabetic)
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && text.trim() == text;
    if plain { text } else { always_quoted(&text) }
}

fn from_answers(wishes: &Options, asking: bool) -> anyhow::Result<String> {
    let answer = |given: &Option<String>, question: &str| -> anyhow::Result<Option<String>> {
        match given {
            Some(given) => Ok(Some(given.trim().to_owned())),
            None if asking => Ok(terminal::ask_for(question)?.filter(|answer| !answer.is_empty())),
            None => Ok(None),
        }
    };
    let title = loop {
        match answer(&wishes.title, "Title of the program? ")?
            .or_else(|| wishes.name.as_deref().map(title_of))
        {
            Some(title) if !title.trim().is_empty() => break title,
            _ if asking && wishes.title.is_none() => {}
            _ => bail!(
                "give the program a title: regimen new --title \"Evening stretches\" --exercise glute-bridge"
            ),
        }
    };
    let condition = answer(&wishes.condition, "Diagnosis or reason (Enter to skip)? ")?;
    let frequency = loop {
        let frequency = answer(
            &wishes.frequency,
            "How often (3x/week, daily, mon wed fri; Enter: 3x/week)? ",
        )?;
        match read_frequency(&frequency.unwrap_or_else(|| "3x/week".to_owned())) {
            Ok(frequency) => break frequency,
            Err(problem) if !asking || wishes.frequency.is_some() => bail!(problem),
            Err(problem) => print_line(&format!("Sorry, {problem}.")),
        }
    };
    let mut exercises: Vec<&LibraryExercise> = Vec::new();
    for wanted in &wishes.exercises {
        exercises.push(library::find(wanted).with_context(|| {
            let near = library::nearest(wanted)
                .map(|near| format!(", did you mean `{near}`?"))
                .unwrap_or_default();
            format!("the library has no exercise `{}`{near}", printable(wanted))
        })?);
    }
    if exercises.is_empty() && asking {
        exercises = ask_for_exercises()?;
    }
    if exercises.is_empty() {
        bail!(
            "name at least one exercise: --exercise glute-bridge; `regimen exercises` lists them"
        );
    }
    let mut seen = HashSet::new();
    exercises.retain(|exercise| seen.insert(exercise.id));
    let wishes = Options {
        therapist: answer(
            &wishes.therapist,
            "Your name, for the handout and the stop signs (Enter to skip)? ",
        )?,
        phone: answer(&wishes.phone, "The number to call (Enter to skip)? ")?,
        title: Some(title),
        condition,
        frequency: Some(frequency),
        ..wishes.clone()
    };
    Ok(text(&wishes, &exercises))
}

/// "evening-stretches.yaml" as a title: "Evening stretches".
fn title_of(name: &str) -> String {
    let stem = Path::new(name)
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .replace(['-', '_'], " ");
    words::capitalized(&stem)
}

fn ask_for_exercises() -> anyhow::Result<Vec<&'static LibraryExercise>> {
    let mut chosen: Vec<&'static LibraryExercise> = Vec::new();
    print_line(
        "Exercises: type a name or a few words, such as side plank or hip stretch. Press Enter when done.",
    );
    loop {
        let Some(words) = terminal::ask_for(&format!("Exercise {}? ", chosen.len() + 1))?
            .filter(|words| !words.is_empty())
        else {
            return Ok(chosen);
        };
        let found = match library::find(&words) {
            Some(exercise) => vec![exercise],
            None => library::search(&words),
        };
        let found = match found.as_slice() {
            [] => {
                let near = library::nearest(&words)
                    .map(|near| format!(" Did you mean {near}?"))
                    .unwrap_or_default();
                print_line(&format!("No match.{near}"));
                continue;
            }
            [only] => *only,
            several => {
                for (number, exercise) in several.iter().take(9).enumerate() {
                    print_line(&format!("  {}  {}", number + 1, exercise.name));
                }
                let Some(answer) = terminal::ask_for("Which number (Enter: none)? ")? else {
                    return Ok(chosen);
                };
                let index = answer
                    .parse::<usize>()
                    .ok()
                    .and_then(|number| number.checked_sub(1));
                let Some(exercise) = index
                    .filter(|index| *index < 9)
                    .and_then(|index| several.get(index))
                else {
                    continue;
                };
                exercise
            }
        };
        if chosen.iter().any(|exercise| exercise.id == found.id) {
            print_line(&format!("{} is there already.", found.name));
        } else {
            print_line(&format!("  + {}", found.name));
            chosen.push(found);
        }
    }
}

/// The file: everything a program usually has, each part with a note on what to do with it.
fn text(wishes: &Options, exercises: &[&LibraryExercise]) -> String {
    let title = wishes.title.as_deref().unwrap_or_default();
    let mut lines: Vec<String> = vec![
        "# A program for regimen. Anything after # is a private note.".into(),
        "# `regimen check` with this file lists every mistake; `regimen explain` shows what each key means.".into(),
        "format: 1".into(),
    ];
    let id = id_of(wishes).unwrap_or_else(|| slug(title));
    if !id.is_empty() {
        lines.push(
            "# The patient's records are tied to this id: keep it when you change the title or the file's name.".into(),
        );
        lines.push(format!("id: {id}"));
    }
    lines.push(format!("title: {}", quoted(title)));
    lines.extend(
        wishes
            .condition
            .as_ref()
            .map(|condition| format!("condition: {}", quoted(condition))),
    );
    lines.extend(
        wishes
            .patient
            .as_ref()
            .map(|patient| format!("patient: {}", quoted(patient))),
    );
    lines.extend([
        "# daily, 2x/day, 3x/week, [mon, wed, fri], every 14 days, or as needed".into(),
        format!(
            "frequency: {}",
            wishes.frequency.as_deref().unwrap_or("3x/week")
        ),
    ]);
    let contact = wishes.contact();
    if contact.is_empty() {
        lines.extend([
            "# Who you are: remove each # and its space, and fill it in. It is shown with the stop signs.".into(),
            "# therapist:".into(),
            "#   name: Your Name, DPT".into(),
            "#   phone: \"555-0100\"".into(),
        ]);
    } else {
        lines.push("therapist:".into());
        lines.extend(
            contact
                .iter()
                .map(|(key, value)| format!("  {key}: {}", always_quoted(value))),
        );
    }
    lines.extend(stop_signs(&format!(
        "{title}\n{}",
        wishes.condition.as_deref().unwrap_or_default()
    )));
    lines.extend([
        "# Your words for pain from 0 to 10.".into(),
        "pain:".into(),
        "  ask: [before, after]".into(),
        "  bands:".into(),
        "    - {up_to: 3, label: fine, advice: Carry on.}".into(),
        "    - {up_to: 5, label: caution, advice: Do one set fewer and tell me at the next visit.}"
            .into(),
        "    - {up_to: 10, label: stop, advice: Stop for today and call me., stop: true}".into(),
        "# The pauses of every exercise that does not say otherwise.".into(),
        "defaults: {rest: 45 s, get_ready: 10 s, switch: 5 s, release: 2 s}".into(),
        "# Starter doses from the library; change them.".into(),
        "exercises:".into(),
    ]);
    for exercise in exercises {
        lines.extend(exercise.lines().into_iter().map(|line| format!("  {line}")));
    }
    lines.join("\n") + "\n"
}

/// The stop signs for a diagnosis: the library's lists, and signs that every program can have.
fn stop_signs(diagnosis: &str) -> Vec<String> {
    let lists = red_flags::lists_for(diagnosis);
    let mut lines: Vec<String> =
        vec!["# Shown before the first session, and one key away all session long. Make them fit your patient.".into()];
    if !lists.is_empty() {
        lines.push(format!(
            "# An id stands for a list of signs; read it with: regimen explain {}. Delete a list that doesn't fit.",
            lists.first().copied().unwrap_or_default()
        ));
    }
    lines.push("stop_if:".into());
    lines.extend(lists.iter().map(|id| format!("  - {id}")));
    if !lists.contains(&"chest") {
        lines.push(
            "  - Chest pain, fainting, or trouble breathing that lasts when you rest - emergency care now.".into(),
        );
    }
    if !lists.contains(&red_flags::LOW_BACK) {
        lines.push("  - New weakness, numbness or tingling - stop and call me.".into());
        lines.push(
            "  - Swelling, heat or redness with fever, or pain after a fall or blow - stop and see a doctor today."
                .into(),
        );
    }
    lines.push("  - Pain that is sharp, or grows while you exercise - stop and call me.".into());
    lines
}
